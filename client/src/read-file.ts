import { Uri, workspace } from 'vscode';
import { LARGEST_FILE, type ReadFileParams, type ReadFileResult } from '../../server/src/protocol/requests.ts';

/** Answers the server's request for a file that an import names, or that lies in the workspace. */
export async function readFile({ uri }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const target = Uri.parse(uri, true);
    if (!isWithinReach(target)) return null;
    const { size } = await workspace.fs.stat(target);
    if (size > LARGEST_FILE) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(target));
  } catch {
    return null;
  }
}

/** A design may read what lies in the workspace, and what lies beside or below a design that the user has opened. */
function isWithinReach(target: Uri): boolean {
  if (workspace.getWorkspaceFolder(target)) return true;
  return workspace.textDocuments.some(({ languageId, uri }) => {
    const folder = Uri.joinPath(uri, '..').path.replace(/\/?$/, '/');
    return (
      languageId === 'vdc' &&
      uri.scheme === target.scheme &&
      uri.authority === target.authority &&
      target.path.startsWith(folder)
    );
  });
}
