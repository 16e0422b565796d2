import { untracked } from '../base/reactive.ts';
import type { TextEdit } from '../base/span.ts';
import { Design } from '../design/design.ts';
import { editFile, fileText, type ParsedFile, parseFile } from '../language/syntax/file.ts';

/** A design and what keeps its findings fresh. */
export interface Project {
  readonly design: Design;
  /** Ends what keeps its findings fresh; set by whoever shows them. */
  release: (() => void) | undefined;
}

/** How the workspace finds files that imports name. Paths and uris are the caller's business. */
export interface Files {
  /** The uri that an import path means, seen from a file; undefined if it leads out of the workspace. */
  resolve(from: string, path: string): string | undefined;
}

/**
 * All texts, and the designs that they make. A file that no other file imports is the root of a design.
 * Everything is computed when it is asked for, from what the last edit left as it was.
 */
export class Workspace {
  private readonly files: Files;
  /** Texts that an editor holds. */
  private readonly open = new Map<string, ParsedFile>();
  /** Texts read because an import names them, or because they lie in the workspace; undefined if unreadable. */
  private readonly read = new Map<string, ParsedFile | undefined>();
  private readonly projects = new Map<string, Project>();
  private readonly wantedUris = new Set<string>();
  private changes = 0;

  constructor(files: Files) {
    this.files = files;
  }

  /** Takes over a text that an editor holds from now on. */
  openText(uri: string, text: string): void {
    const isNew = this.file(uri) === undefined;
    this.open.set(uri, parseFile(text));
    this.wantedUris.delete(uri);
    if (isNew) for (const { design } of this.projects.values()) if (!design.files.has(uri)) design.refresh();
    this.changed(uri);
    this.arrange();
  }

  /** Applies the edits of one change, each to the text that the one before left. Returns the new text's parse. */
  edit(uri: string, edits: readonly TextEdit[]): void {
    let parsed = this.file(uri);
    if (!parsed) return;
    for (const edit of edits) parsed = editFile(parsed, edit);
    this.open.set(uri, parsed);
    if (this.changed(uri)) this.arrange();
  }

  /** Replaces the whole text. */
  replaceText(uri: string, text: string): void {
    this.open.set(uri, parseFile(text));
    if (this.changed(uri)) this.arrange();
  }

  closeText(uri: string): void {
    const parsed = this.open.get(uri);
    this.open.delete(uri);
    if (parsed && !this.read.has(uri)) this.read.set(uri, parsed);
    this.arrange();
    this.changed(uri);
  }

  /** Hands over a file that is not open: one that was wanted, or one of the workspace. `undefined`: it cannot be read. */
  provide(uri: string, text: string | undefined): void {
    this.changes++;
    this.wantedUris.delete(uri);
    this.read.set(uri, text === undefined ? undefined : parseFile(text));
    if (this.open.has(uri)) return;
    for (const project of this.projects.values()) {
      if (project.design.files.has(uri)) project.design.update(uri);
      else project.design.refresh();
    }
    this.arrange();
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

  /** Designs that a file belongs to: its own if nothing imports it, else those of the roots that reach it. */
  projectsOf(uri: string): readonly Project[] {
    return [...this.projects.values()].filter((project) => project.design.files.has(uri));
  }

  /** The design to show for a file: the one it is the root of, else the first that reaches it. */
  projectOf(uri: string): Project | undefined {
    return this.projects.get(uri) ?? this.projectsOf(uri)[0];
  }

  /** Every file whose findings an edit of this one may change. */
  affectedBy(uri: string): readonly string[] {
    return [...new Set(this.projectsOf(uri).flatMap((project) => [...project.design.files.keys()]))];
  }

  /**
   * What a question would be answered if the text were edited so. The workspace is put back afterwards.
   * Edits of several files are given by uri, each list in offsets of the present text.
   */
  suppose<T>(edits: ReadonlyMap<string, readonly TextEdit[]>, ask: () => T): T {
    const before = new Map(
      [...edits.keys()].map((uri) => [uri, { parsed: this.file(uri), isOpen: this.open.has(uri) }]),
    );
    try {
      for (const [uri, list] of edits) {
        const sorted = [...list].sort((a, b) => b.from - a.from || b.to - a.to);
        this.edit(uri, sorted);
      }
      return untracked(ask);
    } finally {
      for (const [uri, { parsed, isOpen }] of before) {
        if (isOpen && parsed) this.open.set(uri, parsed);
        else this.open.delete(uri);
        if (this.changed(uri)) this.arrange();
      }
    }
  }

  /** Tells the designs that a text is another; true if the set of files may have changed with it. */
  private changed(uri: string): boolean {
    this.changes++;
    let isArranged = true;
    for (const project of this.projects.values()) {
      const before = project.design.files.size;
      project.design.update(uri);
      if (project.design.files.size !== before) isArranged = false;
    }
    return !isArranged || this.wantedUris.size > 0 || !this.projectOf(uri);
  }

  /** Makes sure that every open file belongs to a design, and that no design is one that another contains. */
  private arrange(): void {
    for (const uri of this.open.keys()) if (this.projectsOf(uri).length === 0) this.addProject(uri);
    for (const uri of this.read.keys()) {
      if (!this.open.has(uri) && !this.projects.has(uri) && this.reachesOpen(uri)) this.addProject(uri);
    }
    for (const [root, project] of this.projects) {
      const isInner = [...this.projects].some(
        ([other, outer]) => other !== root && outer.design.files.has(root) && !this.isInnerOf(other, project),
      );
      const isUsed = [...project.design.files.keys()].some((uri) => this.open.has(uri));
      if (isInner || !isUsed) {
        project.release?.();
        this.projects.delete(root);
      }
    }
    for (const uri of this.open.keys()) if (this.projectsOf(uri).length === 0) this.addProject(uri);
  }

  /** Of two files that import each other the one that became a root first stays one. */
  private isInnerOf(root: string, project: Project): boolean {
    if (!project.design.files.has(root)) return false;
    const order = [...this.projects.keys()];
    return order.indexOf(project.design.root) < order.indexOf(root);
  }

  /** Whether a file that is not open imports, directly or through others, one that is. */
  private reachesOpen(uri: string): boolean {
    const parsed = this.read.get(uri);
    if (!parsed || !/^\s*import\b/m.test(fileText(parsed))) return false;
    const probe = this.makeProject(uri);
    return [...probe.design.files.keys()].some((reached) => this.open.has(reached));
  }

  private addProject(root: string): void {
    this.projects.set(root, this.makeProject(root));
  }

  private makeProject(root: string): Project {
    const design = new Design(root, {
      file: (uri) => {
        const parsed = this.file(uri);
        if (!parsed && !this.read.has(uri)) this.wantedUris.add(uri);
        return parsed;
      },
      importUri: (from, path) => this.files.resolve(from, path),
    });
    return { design, release: undefined };
  }
}
