import { type ExtensionContext, env, Uri, window, workspace } from 'vscode';
import type { TopologyPanel } from './panel.ts';

/** Shows a design in a panel. */
type Show = (uri: string) => TopologyPanel;

/**
 * A link to a view: `vscode://vdc-designer.vdc-designer/view?file=plans/storefront.vdc&layer=…`. The file is named from its workspace
 * folder, so that a colleague's checkout has it, too; one outside of all folders by its whole uri.
 */
function viewLink(context: ExtensionContext, design: string, view: string): string {
  const uri = Uri.parse(design);
  const isInside = workspace.getWorkspaceFolder(uri) !== undefined;
  const file = isInside ? workspace.asRelativePath(uri, false) : design;
  return `${env.uriScheme}://${context.extension.id}/view?file=${encodeURIComponent(file)}&${view}`;
}

/** Puts a link to a view on the clipboard. */
export async function copyViewLink(context: ExtensionContext, design: string, view: string): Promise<void> {
  await env.clipboard.writeText(viewLink(context, design, view));
  window.setStatusBarMessage('$(link) The link to this view is on the clipboard', 4_000);
}

/** Asks for a link, and takes the one from the clipboard if there is one. */
export async function openViewLink(show: Show): Promise<void> {
  const clipboard = await Promise.race([env.clipboard.readText().then(String, () => ''), soon()]);
  const text = await window.showInputBox({
    title: 'Open View Link',
    prompt: 'A link that "Copy Link to This View" has made',
    value: queryOf(clipboard) === undefined ? '' : clipboard.trim(),
    ignoreFocusOut: true,
    validateInput: (value) => (queryOf(value) === undefined ? 'This is no link to a view of a topology.' : undefined),
  });
  const query = text === undefined ? undefined : queryOf(text);
  if (query !== undefined) await openView(show, query);
}

/** A browser may ask the user first whether the clipboard may be read: that is not waited for. */
const soon = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve(''), 500));

/** What stands behind the question mark of a link; undefined if it is none. */
function queryOf(link: string): string | undefined {
  const [, query] = /^[\w+.-]+:\/\/[\w.-]+\/view\?(\S+)$/.exec(link.trim()) ?? [];
  return query !== undefined && new URLSearchParams(query).has('file') ? query : undefined;
}

/** Opens the design that a link names, beside its topology as the link says. Links come from anywhere: only designs are opened. */
export async function openView(show: Show, query: string): Promise<void> {
  const pairs = new URLSearchParams(query);
  const file = pairs.get('file') ?? '';
  pairs.delete('file');
  const uri = await find(file);
  if (!uri) {
    void window.showWarningMessage(`The link is to ${file}, which is not in this window's folders.`);
    return;
  }
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { preserveFocus: true });
  show(document.uri.toString()).lookAt(pairs.toString());
}

async function find(file: string): Promise<Uri | undefined> {
  if (!file.endsWith('.vdc')) return undefined;
  const isWhole = /^[\w+.-]+:/.test(file);
  const isOpen = workspace.textDocuments.find(({ uri }) => uri.toString() === file);
  if (isOpen) return isOpen.uri;
  if (isWhole) {
    const uri = Uri.parse(file);
    return workspace.getWorkspaceFolder(uri) && (await exists(uri)) ? uri : undefined;
  }
  if (file.split(/[/\\]/).includes('..')) return undefined;
  for (const folder of workspace.workspaceFolders ?? []) {
    const uri = Uri.joinPath(folder.uri, file);
    if (await exists(uri)) return uri;
  }
  return undefined;
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
