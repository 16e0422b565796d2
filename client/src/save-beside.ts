import { Uri, window, workspace } from 'vscode';
import { fileName } from './features/topology/file-name.ts';

/** What is saved: the words of the dialog, and the file's name and content. */
export interface Saving {
  readonly title: string;
  /** What follows the name of the design: `report.html`, `svg`. */
  readonly extension: string;
  /** What the dialog calls such a file. */
  readonly kind: string;
  readonly content: Uint8Array;
}

/** Saves something made of a design where the user says, beside the design unless they say otherwise. Answers where; undefined if nowhere. */
export async function saveBeside(
  design: string,
  { title, extension, kind, content }: Saving,
): Promise<Uri | undefined> {
  const target = await window.showSaveDialog({
    defaultUri: suggested(design, extension),
    filters: { [kind]: [extension.slice(extension.lastIndexOf('.') + 1)] },
    title,
  });
  if (!target) return undefined;
  try {
    await workspace.fs.writeFile(target, content);
    return target;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`${fileName(target.toString())} could not be saved: ${reason}`);
    return undefined;
  }
}

/** Beside the design; for one that is not saved yet, in the first folder. */
function suggested(design: string, extension: string): Uri | undefined {
  const uri = Uri.parse(design);
  const name = `${fileName(design).replace(/\.vdc$/, '')}.${extension}`;
  if (uri.scheme !== 'untitled') return Uri.joinPath(uri, '..', name);
  const folder = workspace.workspaceFolders?.[0];
  return folder && Uri.joinPath(folder.uri, name);
}
