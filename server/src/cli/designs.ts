import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlanDate } from '../base/dates.ts';
import { resolveImport } from '../ide/import-path.ts';
import { type Project, Workspace } from '../ide/workspace.ts';
import { readDesign, readImport, STDIN, uriOf } from './files.ts';
import { type Io, UnusableFile } from './io.ts';

/** Designs as read from files. */
export interface Loaded {
  readonly workspace: Workspace;
  /** A file that another of them imports is part of that one's design, not a design of its own. */
  readonly projects: readonly Project[];
  /** The files that were named, by uri. */
  readonly named: ReadonlyMap<string, string>;
  /** What could not be read, and why. The rest is there. */
  readonly unreadable: readonly string[];
  /** What people call a file: as it was named, else relative to where the command runs. */
  readonly fileName: (uri: string) => string;
}

/** Reads files and everything they import, to be evaluated at a day, or each at its own `as-of`. Imports that cannot be read are findings of the design, not failures. */
export async function loadDesigns(io: Io, files: readonly string[], at?: PlanDate): Promise<Loaded> {
  const workspace = new Workspace({ resolve: resolveImport });
  workspace.evaluateAt(at);
  const named = new Map<string, string>();
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      const text = await readDesign(io, file);
      named.set(uriOf(io, file), file);
      workspace.openText(uriOf(io, file), text);
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      unreadable.push(error.message);
    }
  }
  await readImports(workspace);
  const projects = new Set([...named.keys()].flatMap((uri) => workspace.projectsOf(uri)));
  const fileName = (uri: string) => {
    const own = named.get(uri);
    if (own !== undefined) return own === STDIN ? '<stdin>' : own.replaceAll(path.sep, '/');
    return path.relative(io.cwd, fileURLToPath(uri)).replaceAll(path.sep, '/');
  };
  return { workspace, projects: [...projects], named, unreadable, fileName };
}

/** Reads what imports name, until nothing more is wanted. */
async function readImports(workspace: Workspace): Promise<void> {
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted()) {
    const texts = await Promise.all(wanted.map((uri) => readImport(fileURLToPath(uri))));
    for (const [index, uri] of wanted.entries()) workspace.provide(uri, texts[index]);
  }
}
