import type { Bag } from '../base/bag.ts';
import type { PlanDate } from '../base/dates.ts';
import { type MemoHolder, type Memos, Version } from '../base/reactive.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { Sequence } from '../language/syntax/sequence.ts';
import { Declaration, type Entity } from './declaration.ts';
import { Declarations } from './declare.ts';
import type { Names } from './names.ts';
import type { FilePlace, Place } from './place.ts';

/** What a design asks of whoever holds the texts. */
export interface Texts {
  /** The parsed file, or undefined if it cannot be read. */
  file(uri: string): ParsedFile | undefined;
  /** The uri that an import means, or undefined if it leads out of the workspace. */
  importUri(from: string, path: string): string | undefined;
}

/** An import statement and what became of it. */
export interface Import {
  readonly declaration: Declaration;
  readonly path: string;
  /** Undefined if it leads out of the workspace. */
  readonly uri: string | undefined;
  readonly scope: string | undefined;
  readonly isRead: boolean;
}

/**
 * A root file and what it imports, as one set of named things. It follows the texts: `update` takes over a new version
 * of a file at the cost of what differs, and everything derived from the parts that changed becomes stale by itself.
 */
export class Design implements MemoHolder {
  memos: Memos = undefined;
  readonly root: string;
  /** The day that it is evaluated at, where that is not its `as-of`. It never changes: another day makes another design, or a world. */
  readonly at: PlanDate | undefined;
  readonly files = new Map<string, FilePlace>();
  /** Counts the files that have come and gone. */
  arrivals = 0;
  private readonly texts: Texts;
  private readonly declarations: Declarations;
  private readonly membership = new Version();
  private importsKnown = '';

  constructor(root: string, texts: Texts, at?: PlanDate) {
    this.root = root;
    this.at = at;
    this.texts = texts;
    this.declarations = new Declarations();
    this.follow();
  }

  /** The same with other texts of some files, asked for by uri each time that one is read. */
  variantOf(others: (uri: string) => ParsedFile | undefined): Design {
    const { texts } = this;
    const own: Texts = {
      file: (uri) => others(uri) ?? texts.file(uri),
      importUri: (from, path) => texts.importUri(from, path),
    };
    return new Design(this.root, own, this.at);
  }

  get names(): Names {
    return this.declarations.names;
  }

  /** Everything that stands in the files, in groups. */
  get places(): Bag<Place> {
    return this.declarations.places;
  }

  policies(): ReadonlySet<Declaration> {
    return this.declarations.policies.inOrder();
  }

  /** Blocks that state an `ignore`, now or earlier. */
  ignores(): ReadonlySet<Declaration> {
    return this.declarations.ignores.all();
  }

  assumptions(): ReadonlySet<Declaration> {
    return this.declarations.assumptions.inOrder();
  }

  /** Every thing of a kind. Reading it depends on which there are, not on what they say. */
  members(kind: string): ReadonlySet<Entity> {
    return this.names.members(kind);
  }

  /** The `design` block, if there is exactly one or as the first of several. */
  plan(): Entity | undefined {
    const [plan] = this.members('design');
    return plan;
  }

  imports(): readonly Import[] {
    this.membership.read();
    return [...this.declarations.imports.all()].flatMap((declaration) => {
      const found = this.importOf(declaration);
      return found ? [found] : [];
    });
  }

  /** Takes over the present text of a file that belongs to the design; false if it does not belong to it. */
  update(uri: string): boolean {
    const place = this.files.get(uri);
    if (!place) return false;
    const parsed = this.texts.file(uri);
    if (!parsed || parsed === place.parsed) {
      if (!parsed) this.follow();
      return true;
    }
    const before = place.parsed;
    place.parsed = parsed;
    this.declarations.update(before.root, parsed.root, place, undefined, 'file', place.top);
    if (this.importSignature() !== this.importsKnown) this.follow();
    return true;
  }

  /** Reads imports again: a file has come, gone, or could not be read before. */
  refresh(): void {
    this.follow();
  }

  private importOf(declaration: Declaration): Import | undefined {
    const sentence = declaration.head()?.sentence;
    const path = sentence?.subject?.parts[0];
    if (!sentence || path?.type !== 'text') return undefined;
    const name = sentence.clauses.get('as')?.value?.parts[0];
    const uri = this.texts.importUri(declaration.uri, path.text);
    const scope = name?.type === 'name' ? name.text : declaration.scope;
    const isRead = uri !== undefined && this.files.has(uri);
    return { declaration, path: path.text, uri, scope, isRead };
  }

  private importSignature(): string {
    return [...this.declarations.imports.all()]
      .map((declaration) => {
        const found = this.importOf(declaration);
        return `${found?.uri} ${found?.scope}`;
      })
      .join('\n');
  }

  /** Adds and removes files until the design holds exactly what its imports reach. */
  private follow(): void {
    const reached = new Map<string, string | undefined>([[this.root, undefined]]);
    const queue = [this.root];
    for (let uri = queue.shift(); uri !== undefined; uri = queue.shift()) {
      this.addFile(uri, reached.get(uri));
      // What a file imported that is gone belongs to the design no more.
      if (!this.texts.file(uri)) continue;
      for (const declaration of this.declarations.imports.all()) {
        if (declaration.uri !== uri) continue;
        const found = this.importOf(declaration);
        if (found?.uri === undefined || reached.has(found.uri)) continue;
        reached.set(found.uri, found.scope);
        queue.push(found.uri);
      }
    }
    for (const [uri, place] of this.files) {
      if (reached.has(uri) && reached.get(uri) === place.scope && this.texts.file(uri)) continue;
      this.removeFile(place);
      if (reached.has(uri)) this.addFile(uri, reached.get(uri));
    }
    this.importsKnown = this.importSignature();
    this.membership.bump();
  }

  private addFile(uri: string, scope: string | undefined): void {
    if (this.files.has(uri)) return;
    const parsed = this.texts.file(uri);
    if (!parsed) return;
    const top = new Declaration({
      design: this,
      word: 'file',
      kind: 'file',
      names: [],
      parent: undefined,
      place: undefined,
      path: [],
      scope,
      uri,
    });
    const place: FilePlace = { uri, parsed, items: new Map(), top, scope };
    this.files.set(uri, place);
    this.declarations.update(Sequence.of([]), parsed.root, place, undefined, 'file', top);
    this.arrivals++;
    this.membership.bump();
  }

  private removeFile(place: FilePlace): void {
    this.files.delete(place.uri);
    this.declarations.update(place.parsed.root, Sequence.of([]), place, undefined, 'file', place.top);
    this.arrivals++;
    this.membership.bump();
  }

  /** Top levels of all files. */
  tops(): readonly Declaration[] {
    this.membership.read();
    return [...this.files.values()].map((place) => place.top);
  }
}
