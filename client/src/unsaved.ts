import { Range, type TextDocument, type Uri, WorkspaceEdit, workspace } from 'vscode';

/** Makes an unsaved design that will be saved at `target`; without one, the user is asked where. */
export async function unsavedDesign(text: string, target: Uri | undefined): Promise<TextDocument> {
  if (!target) return await workspace.openTextDocument({ language: 'vdc', content: text });
  const document = await workspace.openTextDocument(target.with({ scheme: 'untitled' }));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  await workspace.applyEdit(edit);
  return document;
}

/** The first of a path's variants that neither a file nor an unsaved document has: `estate.vdc`, `estate-2.vdc`, … */
export async function freeUri(target: Uri): Promise<Uri> {
  const [, stem = '', extension = ''] = /^(.*?)(\.[^./]*)?$/.exec(target.path) ?? [];
  for (let number = 1; ; number++) {
    const uri = target.with({ path: number === 1 ? target.path : `${stem}-${number}${extension}` });
    if (!(await isTaken(uri))) return uri;
  }
}

async function isTaken(uri: Uri): Promise<boolean> {
  const isIn = (path: string): boolean => path === uri.path || path.startsWith(`${uri.path}/`);
  if (workspace.textDocuments.some((document) => document.isUntitled && isIn(document.uri.path))) return true;
  return await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
