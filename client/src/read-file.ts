import { Uri, workspace } from 'vscode';
import type { ReadFileParams, ReadFileResult } from '../../server/src/protocol/requests.ts';

/** Larger files are not read for an import: nobody writes them, and the server would have to hold them. */
const largestFile = 64 * 2 ** 20;

/** Answers the server's request for a file that an import names. */
export async function readFile({ uri }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const target = Uri.parse(uri, true);
    if (!isWithinReach(target)) return null;
    const { size } = await workspace.fs.stat(target);
    if (size > largestFile) return null;
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
