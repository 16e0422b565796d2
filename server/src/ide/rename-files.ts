import { type FileEdit, replaceAt } from '../design/edits.ts';
import { importPath } from './import-path.ts';
import type { Workspace } from './workspace.ts';

/** A file or a folder that gets another uri. */
export interface FileRenaming {
  readonly oldUri: string;
  readonly newUri: string;
}

/**
 * Edits by which imports still lead to the same files once some are renamed or moved: those that name a moved file, and
 * those of a moved file that name others. In the offsets and uris of before.
 */
export function renameFiles(workspace: Workspace, renamings: readonly FileRenaming[]): readonly FileEdit[] {
  const moved = (uri: string) => movedUri(uri, renamings);
  const edits = new Map<string, FileEdit>();
  for (const root of workspace.allProjects()) {
    for (const { declaration, uri } of root.design.imports()) {
      const head = declaration.head();
      const part = head?.sentence.subject?.parts[0];
      if (uri === undefined || !head || part?.type !== 'text') continue;
      if (moved(uri) === uri && moved(declaration.uri) === declaration.uri) continue;
      const wanted = importPath(moved(declaration.uri), moved(uri));
      // Another way to write the same path, such as ./x.vdc, is the author's.
      if (wanted === undefined || wanted === importPath(declaration.uri, uri)) continue;
      for (const edit of replaceAt(head.place, part, `"${wanted.replaceAll('"', '""')}"`))
        edits.set(`${edit.uri} ${edit.from}`, edit);
    }
  }
  return [...edits.values()];
}

function movedUri(uri: string, renamings: readonly FileRenaming[]): string {
  for (const { oldUri, newUri } of renamings) {
    if (uri === oldUri) return newUri;
    if (uri.startsWith(`${oldUri}/`)) return newUri + uri.slice(oldUri.length);
  }
  return uri;
}
