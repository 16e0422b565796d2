import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LARGEST_FILE } from '../protocol/requests.ts';

/** The text of a file; undefined for what is no file, lies elsewhere, or is too large to be a design. */
export async function readTextFile(uri: string): Promise<string | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  const path = fileURLToPath(uri);
  const found = await stat(path);
  return found.isFile() && found.size <= LARGEST_FILE ? readFile(path, 'utf8') : undefined;
}

/** Folders that hold no designs of their own. */
const isSkipped = (name: string): boolean => name === 'node_modules' || name.startsWith('.');

/**
 * Designs below folders, folder by folder in the order of names. Links are not followed: what they lead to is found
 * where it lies, and none leads in a circle. Folders that cannot be read are passed over.
 */
export async function findFiles(folders: readonly string[], most: number): Promise<readonly string[]> {
  const found = new Set<string>();
  const visit = async (path: string, uri: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (found.size >= most) return;
      const inner = `${uri}/${encodeURIComponent(entry.name)}`;
      if (entry.isFile() && entry.name.endsWith('.vdc')) found.add(inner);
      else if (entry.isDirectory() && !isSkipped(entry.name)) await visit(join(path, entry.name), inner);
    }
  };
  for (const folder of folders)
    if (folder.startsWith('file:')) await visit(fileURLToPath(folder), folder.replace(/\/+$/, ''));
  return [...found];
}
