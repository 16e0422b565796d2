import { Uri, window, workspace } from 'vscode';
import { fileName } from './file-name.ts';

/** Saves a picture where the user says. `data`: text of an SVG, base64 of a PNG. */
export async function savePicture(design: string, format: 'svg' | 'png', data: string): Promise<void> {
  const target = await window.showSaveDialog({
    defaultUri: suggested(design, format),
    filters: format === 'svg' ? { 'SVG picture': ['svg'] } : { 'PNG picture': ['png'] },
    title: 'Export Topology',
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, format === 'svg' ? new TextEncoder().encode(data) : bytesOf(data));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`The picture could not be saved: ${reason}`);
  }
}

/** Beside the design; for one that is not saved yet, in the first folder. */
function suggested(design: string, format: string): Uri | undefined {
  const uri = Uri.parse(design);
  const name = `${fileName(design).replace(/\.vdc$/, '')}.${format}`;
  if (uri.scheme !== 'untitled') return Uri.joinPath(uri, '..', name);
  const folder = workspace.workspaceFolders?.[0];
  return folder && Uri.joinPath(folder.uri, name);
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
