import { type MemoHolder, type Memos, Version } from '../base/reactive.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Design } from './design.ts';
import { type Place, placesInOrder, readItem } from './place.ts';

/** A sentence and where it stands; its spans count from the start of the place. */
export interface Located {
  readonly place: Place;
  readonly sentence: Sentence;
}

const NO_CHILDREN: ReadonlySet<Declaration> = new Set();
const NO_PARTS: ReadonlySet<Place> = new Set();

/** The same for the same statement, however often it was read. Sentences are read anew and cannot be compared. */
export function statementKey({ place, sentence }: Located): string {
  return `${place.id}:${sentence.from}`;
}

/** A block as written: one thing, a range of them, a class, an amendment, an assumption, a policy, or a file's top level. */
export class Declaration implements MemoHolder {
  memos: Memos = undefined;
  /** The word it begins with; `file` for a top level. */
  readonly word: string;
  /** Kind of thing it declares or speaks of: `vm` for `vm`, `class vm`, `amend vm` and `assume vm`. */
  readonly kind: string;
  readonly names: readonly string[];
  readonly parent: Declaration | undefined;
  readonly place: Place | undefined;
  /** Index of its sentence in the place, then in that sentence's body, and so on. */
  readonly path: readonly number[];
  /** Things it declares: for each member of the block around it, one per name. */
  entities: Entity[] = [];
  /** Blocks written in its body. */
  children: ReadonlySet<Declaration> = NO_CHILDREN;
  /** Places in the body that hold statements other than blocks. */
  parts: ReadonlySet<Place> = NO_PARTS;
  private ownVersion: Version | undefined;
  readonly scope: string | undefined;
  readonly uri: string;
  readonly design: Design;

  constructor(init: {
    readonly design: Design;
    readonly word: string;
    readonly kind: string;
    readonly names: readonly string[];
    readonly parent: Declaration | undefined;
    readonly place: Place | undefined;
    readonly path: readonly number[];
    readonly scope: string | undefined;
    readonly uri: string;
  }) {
    this.design = init.design;
    this.word = init.word;
    this.kind = init.kind;
    this.names = init.names;
    this.parent = init.parent;
    this.place = init.place;
    this.path = init.path;
    this.scope = init.scope;
    this.uri = init.uri;
  }

  /** Changes with its text, its parts and its children. */
  get version(): Version {
    this.ownVersion ??= new Version();
    return this.ownVersion;
  }

  /** Its text has changed; what it declares has not. */
  touch(): void {
    this.ownVersion?.bump();
  }

  addPart(place: Place): void {
    if (this.parts === NO_PARTS) this.parts = new Set();
    if (this.parts.has(place)) return;
    (this.parts as Set<Place>).add(place);
    this.version.bump();
  }

  deletePart(place: Place): void {
    if (!this.parts.has(place)) return;
    (this.parts as Set<Place>).delete(place);
    this.version.bump();
  }

  addChild(child: Declaration): void {
    if (this.children === NO_CHILDREN) this.children = new Set();
    (this.children as Set<Declaration>).add(child);
    this.version.bump();
  }

  deleteChild(child: Declaration): void {
    if (this.children.has(child)) {
      (this.children as Set<Declaration>).delete(child);
      this.version.bump();
    }
  }

  /** The statement itself; undefined for a top level. */
  head(): Located | undefined {
    const { place, path } = this;
    if (!place) return undefined;
    this.version.read();
    let sentence: Sentence | undefined;
    let list = readItem(place.item, place.context).sentences;
    for (const index of path) {
      sentence = list[index];
      list = sentence?.body ?? [];
    }
    return sentence && { place, sentence };
  }

  /** The statements in its body that are no blocks. */
  body(): readonly Located[] {
    this.version.read();
    const found: Located[] = [];
    const head = this.head();
    if (head)
      for (const sentence of head.sentence.body) if (!sentence.block) found.push({ place: head.place, sentence });
    for (const place of placesInOrder(this.parts)) {
      for (const sentence of readItem(place.item, place.context).sentences)
        if (!sentence.block) found.push({ place, sentence });
    }
    return found;
  }
}

/** One thing of a design: a host, a VM, a network. */
export class Entity implements MemoHolder {
  memos: Memos = undefined;
  readonly kind: string;
  readonly name: string;
  readonly declaration: Declaration;
  /** Number of the member in the nearest ranged block: what `each` deals by. */
  readonly index: number;
  readonly parent: Entity | undefined;

  get design(): Design {
    return this.declaration.design;
  }

  constructor(declaration: Declaration, name: string, index: number, parent: Entity | undefined) {
    this.kind = declaration.kind;
    this.name = name;
    this.declaration = declaration;
    this.index = index;
    this.parent = parent;
  }
}

/** The same for as long as names and containers stay, whatever else changes: `host:prod/esx-01`. */
export function entityId(entity: Entity): string {
  const path = [entity.name];
  for (let parent = entity.parent; parent; parent = parent.parent) path.unshift(parent.name);
  const { scope } = entity.declaration;
  return `${entity.kind}:${scope === undefined ? '' : `${scope}/`}${path.join('/')}`;
}

/** What the cables between two things are called, `from` being the nearer to the VMs: `host:prod/esx-01>switch:tor-a`. */
export const linkId = (from: Entity, to: Entity): string => `${entityId(from)}>${entityId(to)}`;

/** How a person would say it: the name, with its container where the name alone is not unique. */
export function entityLabel(entity: Entity): string {
  return `${entity.kind} ${entity.name}`;
}
