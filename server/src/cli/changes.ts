import { fileURLToPath } from 'node:url';
import type { FileEdit } from '../design/edits.ts';
import { byFile } from '../ide/proof.ts';
import type { Loaded } from './designs.ts';
import { STDIN, writeText } from './files.ts';
import { hunksOf } from './formats/diff.ts';
import type { Io } from './io.ts';

/** Texts of all files of some designs, by uri. */
export function textsOf({ workspace, projects }: Loaded): ReadonlyMap<string, string> {
  const uris = new Set(projects.flatMap(({ design }) => [...design.files.keys()]));
  return new Map([...uris].flatMap((uri) => [[uri, workspace.text(uri) ?? '']]));
}

/**
 * Writes every file whose text is another than before; standard input is answered on standard output. Answers the names
 * of the files. @throws UnusableFile for one that cannot be written.
 */
export async function saveChanged(io: Io, loaded: Loaded, before: ReadonlyMap<string, string>): Promise<string[]> {
  const written: string[] = [];
  for (const [uri, old] of before) {
    const now = loaded.workspace.text(uri) ?? '';
    const isStdin = loaded.named.get(uri) === STDIN;
    if (isStdin) io.out(now);
    if (now === old || isStdin) continue;
    await writeText(io, fileURLToPath(uri), now);
    written.push(loaded.fileName(uri));
  }
  return written;
}

/** Edits as a unified diff, with the names that people call the files. `before`: the texts that the edits count in. */
export function diffOf(
  edits: readonly FileEdit[],
  before: (uri: string) => string,
  fileName: (uri: string) => string,
): string {
  return [...byFile(edits)]
    .map(([uri, list]) => {
      const name = fileName(uri);
      return [`--- ${name}`, `+++ ${name}`, ...hunksOf(before(uri), list)].join('\n');
    })
    .join('\n');
}
