import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode';
import { freeUri, unsavedDesign } from '../../unsaved.ts';
import { type Sample, samplesOf } from './samples.ts';

/** "VDC: New Sample Design" opens one of the examples as a new, unsaved file, after those that it imports. */
export function activateSample(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('vdc.newSample', async (name?: string) => {
      const samples = samplesOf(await readExamples(context.extensionUri));
      const sample = samples.find((other) => other.name === name) ?? (await pickSample(samples));
      if (sample) await openSample(sample);
    }),
  );
}

/** Texts of the examples by file name, as the build has gathered them. */
async function readExamples(extensionUri: Uri): Promise<Readonly<Record<string, string>>> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', 'examples.json'));
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function pickSample(samples: readonly Sample[]): Promise<Sample | undefined> {
  const items = samples.map((sample) => ({
    sample,
    label: sample.name,
    description: sample.files.length > 1 ? `${sample.files.length} files` : '',
    detail: sample.detail,
  }));
  const picked = await window.showQuickPick(items, {
    title: 'New Sample Design',
    placeHolder: 'What should the sample show?',
    matchOnDetail: true,
  });
  return picked?.sample;
}

async function openSample({ name, files }: Sample): Promise<void> {
  const folder = folderForNew() ?? (files.length > 1 ? await pickFolder() : undefined);
  if (files.length > 1 && !folder) return;
  // Files that import each other have a folder of their own.
  const home = folder && (files.length > 1 ? await freeUri(Uri.joinPath(folder, name)) : folder);
  for (const file of files) {
    const target = home && (await freeUri(Uri.joinPath(home, file.name)));
    await window.showTextDocument(await unsavedDesign(file.text, target), { preview: false });
  }
}

/** The folder of the workspace that the user works in. */
function folderForNew(): Uri | undefined {
  const { document } = window.activeTextEditor ?? {};
  const active = document && workspace.getWorkspaceFolder(document.uri);
  return (active ?? workspace.workspaceFolders?.[0])?.uri;
}

async function pickFolder(): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title: 'Folder for the Sample',
    openLabel: 'Put Sample Here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0];
}
