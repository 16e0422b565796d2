import { compareDates, type PlanDate } from '../base/dates.ts';
import { Design, type Texts } from '../design/design.ts';
import type { ParsedFile } from '../language/syntax/file.ts';

/** A design and what keeps its findings fresh. */
export interface Project {
  readonly design: Design;
  /** Counts the changes of its texts and of its files: what was computed from it holds for as long as this stays. */
  readonly revision: number;
  /** Ends what keeps its findings fresh; set by whoever shows them. */
  release: (() => void) | undefined;
}

/** What designs are made of, and which there have to be. */
export interface Sources {
  file(uri: string): ParsedFile | undefined;
  /** An import names this file, and there is no text of it. */
  missing(uri: string): void;
  resolve(from: string, path: string): string | undefined;
  /** Whether a file belongs to a design even if nothing imports it. */
  isRoot(uri: string): boolean;
  isOpen(uri: string): boolean;
  /** No design has this file any more. */
  forget(uri: string): void;
}

interface Held extends Project {
  revision: number;
  /** Tells which of two became a design first. */
  readonly age: number;
  /** Files that it is known to hold, and the count of arrivals that this was learnt at. */
  files: ReadonlySet<string>;
  arrivals: number;
}

const NONE: ReadonlySet<Held> = new Set();

/**
 * The designs of a workspace: each file that has to be checked is in one, and none is inside another. What a change
 * costs follows from the designs that have the file, not from how many others there are.
 */
export class Projects {
  private readonly sources: Sources;
  private readonly byRoot = new Map<string, Held>();
  private readonly byFile = new Map<string, Set<Held>>();
  /** Roots of the designs that import a file which there is no text of. */
  private readonly waiting = new Map<string, Set<string>>();
  private ages = 0;
  private at: PlanDate | undefined;

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** Makes all designs anew, evaluated at a day; without one each at its own `as-of`. False if that is so already. */
  evaluateAt(at: PlanDate | undefined): boolean {
    if (at === this.at || (at && this.at && compareDates(at, this.at) === 0)) return false;
    this.at = at;
    for (const [root, held] of [...this.byRoot]) {
      const loose = new Set<string>();
      this.remove(held, loose);
      this.add(root, loose);
    }
    return true;
  }

  get evaluatedAt(): PlanDate | undefined {
    return this.at;
  }

  all(): readonly Project[] {
    return [...this.byRoot.values()];
  }

  /** Designs that hold a file. */
  of(uri: string): ReadonlySet<Project> {
    return this.byFile.get(uri) ?? NONE;
  }

  rootedAt(uri: string): Project | undefined {
    return this.byRoot.get(uri);
  }

  /** The text of a file is another one, or there is one for the first time, or none any more. */
  changed(uri: string): void {
    const loose = new Set([uri]);
    const waiting = this.waiting.get(uri);
    if (waiting && this.sources.file(uri)) {
      this.waiting.delete(uri);
      for (const root of waiting) {
        const held = this.byRoot.get(root);
        if (!held) continue;
        held.design.refresh();
        held.revision++;
        this.follow(held, loose);
      }
    }
    for (const held of [...(this.byFile.get(uri) ?? NONE)]) {
      held.design.update(uri);
      held.revision++;
      this.follow(held, loose);
    }
    this.settle(loose);
  }

  /** A file is no reason for a design any more. Texts that no design has then are forgotten. */
  closed(uri: string): void {
    const loose = new Set([uri]);
    for (const held of [...(this.byFile.get(uri) ?? NONE)]) if (!this.isUsed(held)) this.remove(held, loose);
    for (const left of this.settle(loose)) this.sources.forget(left);
  }

  /** A design is there for its root, or for what is open of it. */
  private isUsed(held: Held): boolean {
    if (this.sources.isRoot(held.design.root)) return true;
    for (const uri of held.files) if (this.sources.isOpen(uri)) return true;
    return false;
  }

  /** Finds a design for each file that is in none and has to be in one; answers those that need not. */
  private settle(loose: Set<string>): readonly string[] {
    const left: string[] = [];
    for (const uri of loose) {
      loose.delete(uri);
      if (this.byFile.has(uri) || !this.sources.file(uri)) continue;
      if (this.sources.isRoot(uri)) this.add(uri, loose);
      else left.push(uri);
    }
    return left.filter((uri) => !this.byFile.has(uri));
  }

  private add(root: string, loose: Set<string>): void {
    const texts: Texts = {
      file: (uri) => {
        const parsed = this.sources.file(uri);
        if (!parsed) this.await(uri, root);
        return parsed;
      },
      importUri: (from, path) => this.sources.resolve(from, path),
    };
    const design = new Design(root, texts, this.at);
    const held: Held = { design, revision: 0, release: undefined, age: this.ages++, files: new Set(), arrivals: -1 };
    this.byRoot.set(root, held);
    this.follow(held, loose);
  }

  private await(uri: string, root: string): void {
    const waiting = this.waiting.get(uri);
    if (waiting) waiting.add(root);
    else this.waiting.set(uri, new Set([root]));
    this.sources.missing(uri);
  }

  private remove(held: Held, loose: Set<string>): void {
    held.release?.();
    held.release = undefined;
    this.byRoot.delete(held.design.root);
    for (const uri of held.files) this.leave(uri, held, loose);
  }

  private leave(uri: string, held: Held, loose: Set<string>): void {
    const having = this.byFile.get(uri);
    if (!having?.delete(held) || having.size > 0) return;
    this.byFile.delete(uri);
    loose.add(uri);
  }

  /** Notes which files a design has won and lost. One whose root it has won is no design of its own any more. */
  private follow(held: Held, loose: Set<string>): void {
    const { design } = held;
    if (held.arrivals === design.arrivals || this.byRoot.get(design.root) !== held) return;
    held.arrivals = design.arrivals;
    const before = held.files;
    held.files = new Set(design.files.keys());
    for (const uri of before) if (!held.files.has(uri)) this.leave(uri, held, loose);
    for (const uri of held.files) {
      const having = this.byFile.get(uri);
      if (having) having.add(held);
      else this.byFile.set(uri, new Set([held]));
    }
    if (!held.files.has(design.root)) {
      this.remove(held, loose);
      return;
    }
    for (const uri of held.files) {
      const inner = uri === design.root ? undefined : this.byRoot.get(uri);
      if (!inner) continue;
      const isCircle = inner.files.has(design.root);
      if (isCircle && inner.age < held.age) {
        this.remove(held, loose);
        return;
      }
      this.remove(inner, loose);
    }
  }
}
