import type { PlanDate } from '../../base/dates.ts';
import type { Project, Workspace } from '../../ide/workspace.ts';
import { fileText, type ParsedFile } from '../../language/syntax/file.ts';
import type { TextChanges } from './messages.ts';

/** The texts that a question about a file is answered from, as they are now. */
export interface Texts {
  readonly roots: readonly string[];
  readonly at: PlanDate | undefined;
  readonly files: ReadonlyMap<string, ParsedFile>;
}

/** Those of all designs that share a file with one of the designs of this file, and so on; its own designs in front. */
export function textsAround(workspace: Workspace, uri: string): Texts {
  const projects = new Set<Project>(workspace.projectsOf(uri));
  const files = new Map<string, ParsedFile>();
  // Those that are added on the way have their turn, too.
  for (const { design } of projects)
    for (const each of design.files.keys()) {
      const parsed = workspace.file(each);
      if (!parsed || files.has(each)) continue;
      files.set(each, parsed);
      for (const other of workspace.projectsOf(each)) projects.add(other);
    }
  return { roots: [...projects].map(({ design }) => design.root), at: workspace.evaluatedAt, files };
}

/** Whether two are the same. A text that is supposed, and taken back, is. */
export function isSame(a: Texts, b: Texts): boolean {
  return (
    hasSameRoots(a, b) &&
    a.files.size === b.files.size &&
    [...a.files].every(([uri, file]) => b.files.get(uri) === file)
  );
}

/** What has changed for somebody who has `known`. */
export function changesSince(known: Texts | undefined, now: Texts): TextChanges {
  const isFresh = known === undefined || !hasSameRoots(known, now);
  const before = isFresh ? new Map<string, ParsedFile>() : known.files;
  const changed = [...now.files].filter(([uri, file]) => before.get(uri) !== file);
  return {
    isFresh,
    roots: now.roots,
    at: now.at,
    texts: changed.map(([uri, file]) => ({ uri, text: fileText(file) })),
    gone: [...before.keys()].filter((uri) => !now.files.has(uri)),
  };
}

function hasSameRoots(a: Texts, b: Texts): boolean {
  return a.at === b.at && a.roots.length === b.roots.length && a.roots.every((root, index) => root === b.roots[index]);
}
