import { commands, type ExtensionContext, ProgressLocation, type Uri, window, workspace } from 'vscode';
import { type ImportParams, type ImportResult, importRequest } from '../../../../server/src/protocol/requests.ts';
import type { LanguageServer } from '../../language-server.ts';
import { freeUri, unsavedDesign } from '../../unsaved.ts';

/** Endings of exports; `docs/import.md` says how each is made. */
const EXPORTS = ['xlsx', 'csv', 'json', 'xml', 'txt'];

/** "VDC: Import Inventory" turns an inventory export into a design beside it, unsaved until the user saves it. */
export function activateImport(context: ExtensionContext, server: LanguageServer): void {
  context.subscriptions.push(
    commands.registerCommand('vdc.importInventory', async (clicked?: Uri, selected?: readonly Uri[]) => {
      const sources = selected ?? (clicked ? [clicked] : await pickInventory());
      if (sources.length > 0) await importInventory(sources, server);
    }),
  );
}

/** An export may be several files: tabs, hosts, answers. */
async function pickInventory(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    title: 'Import Inventory',
    openLabel: 'Import',
    canSelectMany: true,
    filters: { 'Inventory exports': EXPORTS, 'All files': ['*'] },
  });
  return picked ?? [];
}

async function importInventory(sources: readonly Uri[], server: LanguageServer): Promise<void> {
  const [first] = sources;
  if (!first) return;
  const name = sources.length === 1 ? fileName(first) : `${fileName(first)} and ${sources.length - 1} more`;
  try {
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title: `Importing ${name}` },
      async () => {
        const files = await Promise.all(
          sources.map(async (source) => ({
            name: fileName(source),
            bytes: base64(await workspace.fs.readFile(source)),
          })),
        );
        const params: ImportParams = { files };
        return await server.request<ImportResult>(importRequest, params);
      },
    );
    await openDesign(first, result.text);
    // The import is done; what is said about it may stay unread.
    void reportNotCarried(name, result.notCarried);
  } catch (error) {
    void window.showErrorMessage(`${name} could not be imported: ${error instanceof Error ? error.message : error}`);
  }
}

/** Opens the design as an unsaved file that will be saved beside its source. */
async function openDesign(source: Uri, text: string): Promise<void> {
  const target = await freeUri(source.with({ path: source.path.replace(/(\.[^./]*)?$/, '.vdc') }));
  await window.showTextDocument(await unsavedDesign(text, target));
}

async function reportNotCarried(name: string, notCarried: readonly string[]): Promise<void> {
  if (notCarried.length === 0) return;
  const count = notCarried.length === 1 ? 'One thing was' : `${notCarried.length} things were`;
  const show = 'Show';
  const answer = await window.showInformationMessage(`${count} not carried over from ${name}.`, show);
  if (answer !== show) return;
  const content = [`Not carried over from ${name}`, '', ...notCarried.map((reason) => `- ${reason}`), ''].join('\n');
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }), { preview: true });
}

const fileName = (uri: Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** Base64 without Node's Buffer; in slices, as a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  const slices: string[] = [];
  for (let from = 0; from < bytes.length; from += 0x8000) {
    slices.push(String.fromCharCode(...bytes.subarray(from, from + 0x8000)));
  }
  return btoa(slices.join(''));
}
