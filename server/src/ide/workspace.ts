import type { PlanDate } from '../base/dates.ts';
import { untracked } from '../base/reactive.ts';
import type { TextEdit } from '../base/span.ts';
import { editFile, fileText, type ParsedFile, parseFile } from '../language/syntax/file.ts';
import { type Project, Projects } from './projects.ts';

export type { Project };

/** How the workspace finds files that imports name. Paths and uris are the caller's business. */
export interface Files {
  /** The uri that an import path means, seen from a file; undefined if it leads out of the workspace. */
  resolve(from: string, path: string): string | undefined;
}

/**
 * All texts, and the designs that they make. A file that is open, or that lies in the folders of the workspace, and that
 * no other one imports is the root of a design. Everything is computed when it is asked for, from what the last edit
 * left as it was.
 */
export class Workspace {
  /** Texts that an editor holds. */
  private readonly open = new Map<string, ParsedFile>();
  /** Texts read because an import names them, or because they lie in the workspace; undefined if unreadable. */
  private readonly read = new Map<string, ParsedFile | undefined>();
  /** Files in the folders of the workspace. */
  private readonly listed = new Set<string>();
  private readonly wantedUris = new Set<string>();
  private readonly projects: Projects;
  private changes = 0;

  constructor(files: Files) {
    this.projects = new Projects({
      file: (uri) => this.file(uri),
      missing: (uri) => {
        if (!this.read.has(uri)) this.wantedUris.add(uri);
      },
      resolve: (from, path) => files.resolve(from, path),
      isRoot: (uri) => this.open.has(uri) || this.listed.has(uri),
      isOpen: (uri) => this.open.has(uri),
      forget: (uri) => this.read.delete(uri),
    });
  }

  /** Evaluates all designs at a day from now on, each at its own `as-of` without one. False if nothing changes by that. */
  evaluateAt(at: PlanDate | undefined): boolean {
    const isChanged = this.projects.evaluateAt(at);
    if (isChanged) this.changes++;
    return isChanged;
  }

  /** Takes over a text that an editor holds from now on. */
  openText(uri: string, text: string): void {
    this.open.set(uri, parseFile(text));
    this.wantedUris.delete(uri);
    this.changed(uri);
  }

  /** Applies the edits of one change, each to the text that the one before left. */
  edit(uri: string, edits: readonly TextEdit[]): void {
    let parsed = this.file(uri);
    if (!parsed) return;
    for (const edit of edits) parsed = editFile(parsed, edit);
    this.open.set(uri, parsed);
    this.changed(uri);
  }

  /** Replaces the whole text. */
  replaceText(uri: string, text: string): void {
    this.open.set(uri, parseFile(text));
    this.changed(uri);
  }

  /** Until somebody hands over what lies on the disk, the text stays as the editor had it. */
  closeText(uri: string): void {
    const parsed = this.open.get(uri);
    this.open.delete(uri);
    if (parsed && !this.read.has(uri)) this.read.set(uri, parsed);
    this.projects.closed(uri);
    this.changed(uri);
  }

  /** Hands over a file that is not open: one that was wanted, or one of the workspace. `undefined`: it cannot be read. */
  provide(uri: string, text: string | undefined): void {
    this.wantedUris.delete(uri);
    const before = this.read.get(uri);
    this.read.set(uri, text === undefined ? undefined : before ? revised(before, text) : parseFile(text));
    if (!this.open.has(uri)) this.changed(uri);
  }

  /** Says that a file lies in a folder of the workspace: it is checked, whether or not it is open. */
  list(uri: string): void {
    if (this.listed.has(uri)) return;
    this.listed.add(uri);
    if (this.file(uri)) this.changed(uri);
  }

  /** Says that a file no longer lies in a folder of the workspace, or is no longer to be checked for that. */
  unlist(uri: string): void {
    if (!this.listed.delete(uri)) return;
    this.projects.closed(uri);
  }

  isListed(uri: string): boolean {
    return this.listed.has(uri);
  }

  listedUris(): readonly string[] {
    return [...this.listed];
  }

  /** The day that all designs are evaluated at; undefined: each at its own `as-of`. */
  get evaluatedAt(): PlanDate | undefined {
    return this.projects.evaluatedAt;
  }

  /** Another number after every change of a text, also after one that was only supposed: things are made anew then. */
  get revision(): number {
    return this.changes;
  }

  /** Uris that imports name and nobody has handed over yet. */
  wanted(): readonly string[] {
    return [...this.wantedUris];
  }

  file(uri: string): ParsedFile | undefined {
    return this.open.get(uri) ?? this.read.get(uri);
  }

  text(uri: string): string | undefined {
    const parsed = this.file(uri);
    return parsed && fileText(parsed);
  }

  /** Whether a file has been asked for, even if it could not be read. */
  isKnown(uri: string): boolean {
    return this.open.has(uri) || this.read.has(uri);
  }

  isOpen(uri: string): boolean {
    return this.open.has(uri);
  }

  openUris(): readonly string[] {
    return [...this.open.keys()];
  }

  /** Files that were read, and that no editor holds. */
  readUris(): readonly string[] {
    return [...this.read.keys()].filter((uri) => !this.open.has(uri));
  }

  /** Every design, those that became one first in front. */
  allProjects(): readonly Project[] {
    return this.projects.all();
  }

  /** Designs that a file belongs to: its own if nothing imports it, else those of the roots that reach it. */
  projectsOf(uri: string): readonly Project[] {
    return [...this.projects.of(uri)];
  }

  /** The design to show for a file: the one it is the root of, else the first that reaches it. */
  projectOf(uri: string): Project | undefined {
    const [first] = this.projects.of(uri);
    return this.projects.rootedAt(uri) ?? first;
  }

  /** Every file whose findings an edit of this one may change. */
  affectedBy(uri: string): readonly string[] {
    return [...new Set(this.projectsOf(uri).flatMap(({ design }) => [...design.files.keys()]))];
  }

  /** Every file of every design. */
  checkedUris(): ReadonlySet<string> {
    return new Set(this.allProjects().flatMap(({ design }) => [...design.files.keys()]));
  }

  /**
   * What a question would be answered if the text were edited so. The workspace is put back afterwards.
   * Edits of several files are given by uri, each list in offsets of the present text. A file that is not known is
   * taken for a new one.
   */
  suppose<T>(edits: ReadonlyMap<string, readonly TextEdit[]>, ask: () => T): T {
    const before = new Map(
      [...edits.keys()].map((uri) => [uri, { parsed: this.file(uri), isOpen: this.open.has(uri) }]),
    );
    const wanted = new Set(this.wantedUris);
    try {
      for (const [uri, { parsed }] of before) if (!parsed) this.openText(uri, '');
      for (const [uri, list] of edits) {
        // Of two insertions at one place the first in the list comes first in the text.
        const sorted = [...list].reverse().sort((a, b) => b.from - a.from || b.to - a.to);
        this.edit(uri, sorted);
      }
      return untracked(ask);
    } finally {
      for (const [uri, { parsed, isOpen }] of before) {
        if (isOpen && parsed) this.open.set(uri, parsed);
        else this.open.delete(uri);
      }
      for (const [uri, { parsed }] of before) {
        if (!parsed) {
          this.projects.closed(uri);
          if (!wanted.has(uri)) this.wantedUris.delete(uri);
        }
        this.changed(uri);
        if (!parsed && !wanted.has(uri)) this.wantedUris.delete(uri);
      }
    }
  }

  /** Tells the designs that a text is another. */
  private changed(uri: string): void {
    this.changes++;
    this.projects.changed(uri);
  }
}

/** A file with another text, made from the one before: what is the same at its beginning and its end is not read anew. */
function revised(before: ParsedFile, text: string): ParsedFile {
  const old = fileText(before);
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let same = 0;
  while (same < most - from && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same++;
  return editFile(before, { from, to: old.length - same, text: text.slice(from, text.length - same) });
}
