import type { Group, Grouped } from '../base/bag.ts';
import { type MemoHolder, type Memos, Version } from '../base/reactive.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Design } from './design.ts';
import { type Place, placesInOrder, readItem } from './place.ts';

/**
 * A sentence and where it stands; its spans count from the start of the place. The sentence is what the place says now:
 * whoever compares an earlier value with a new one keeps what it compares. It may be read by a getter, so do not spread it.
 */
export interface Located {
  readonly place: Place;
  readonly sentence: Sentence;
}

const NO_CHILDREN: ReadonlySet<Declaration> = new Set();
const NO_PARTS: ReadonlySet<Place> = new Set();
const NO_ENTITIES: readonly Entity[] = [];

/**
 * A sentence by where it stands: it is read again from its place when somebody asks. What is kept of a design refers to
 * many sentences and looks at few of them again, and a sentence takes twenty times the memory of this.
 */
export class StatementRef implements Located {
  readonly place: Place;
  readonly word: string;
  /** Indices of the sentences around it, the outermost first. */
  private readonly around: readonly number[];
  private readonly index: number;

  constructor(place: Place, around: readonly number[], index: number, word: string) {
    this.place = place;
    this.around = around;
    this.index = index;
    this.word = word;
  }

  /** @throws Error if its place says something else by now: whoever keeps it has to follow the declaration. */
  get sentence(): Sentence {
    const { place } = this;
    let list: readonly Sentence[] | undefined = readItem(place.item, place.context).sentences;
    for (let at = 0; list && at < this.around.length; at++) list = list[this.around[at] as number]?.body;
    const sentence = list?.[this.index];
    if (!sentence) throw new Error(`a statement of ${this.word} is gone from its place`);
    return sentence;
  }
}

const OUTERMOST: readonly number[] = [];

/** The sentence that a path of indices leads to. */
export function statementAt(place: Place, path: readonly number[], word: string): StatementRef {
  return new StatementRef(place, path.length > 1 ? path.slice(0, -1) : OUTERMOST, path.at(-1) ?? 0, word);
}

/** The same for the same statement, however often it was read. Sentences are read anew and cannot be compared. */
export function statementKey({ place, sentence }: Located): string {
  return `${place.id}:${sentence.from}`;
}

/**
 * A block as written: one thing, a range of them, a class, an amendment, an assumption, a policy, or a file's top level.
 * It changes with its text, its parts and its children.
 */
export class Declaration extends Version implements MemoHolder {
  memos: Memos = undefined;
  /** The word it begins with; `file` for a top level. */
  readonly word: string;
  /** Kind of thing it declares or speaks of: `vm` for `vm`, `class vm`, `amend vm` and `assume vm`. */
  readonly kind: string;
  /** Undefined where it has declared one thing, and the name is that. */
  private written: readonly string[] | undefined;
  readonly parent: Declaration | undefined;
  readonly place: Place | undefined;
  /** Index of its sentence in the place, then in that sentence's body, and so on. */
  readonly path: readonly number[];
  /** Things it declares: for each member of the block around it, one per name. */
  private declared: readonly Entity[] = NO_ENTITIES;
  /** Blocks written in its body. */
  children: ReadonlySet<Declaration> = NO_CHILDREN;
  /** Places in the body that hold statements other than blocks. */
  parts: ReadonlySet<Place> = NO_PARTS;
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
    super();
    this.design = init.design;
    this.word = init.word;
    this.kind = init.kind;
    this.written = init.names;
    this.parent = init.parent;
    this.place = init.place;
    this.path = init.path;
    this.scope = init.scope;
    this.uri = init.uri;
  }

  get names(): readonly string[] {
    return this.written ?? this.declared.map(({ name }) => name);
  }

  get entities(): readonly Entity[] {
    return this.declared;
  }

  set entities(entities: readonly Entity[]) {
    this.declared = entities;
    if (entities.length === 1 && this.written?.length === 1) this.written = undefined;
  }

  addPart(place: Place): void {
    if (this.parts === NO_PARTS) this.parts = new Set();
    if (this.parts.has(place)) return;
    (this.parts as Set<Place>).add(place);
    this.bump();
  }

  deletePart(place: Place): void {
    if (!this.parts.has(place)) return;
    (this.parts as Set<Place>).delete(place);
    this.bump();
  }

  addChild(child: Declaration): void {
    if (this.children === NO_CHILDREN) this.children = new Set();
    (this.children as Set<Declaration>).add(child);
    this.bump();
  }

  deleteChild(child: Declaration): void {
    if (this.children.has(child)) {
      (this.children as Set<Declaration>).delete(child);
      this.bump();
    }
  }

  /** The statement itself; undefined for a top level. */
  head(): StatementRef | undefined {
    const { place, path } = this;
    if (!place) return undefined;
    this.read();
    return statementAt(place, path, this.word);
  }

  /** The statements in its body that are no blocks. */
  body(): readonly StatementRef[] {
    this.read();
    const found: StatementRef[] = [];
    const head = this.head();
    if (head) addStatements(head.place, this.path, head.sentence.body, found);
    if (this.parts !== NO_PARTS)
      for (const place of placesInOrder(this.parts))
        addStatements(place, OUTERMOST, readItem(place.item, place.context).sentences, found);
    return found;
  }
}

function addStatements(
  place: Place,
  around: readonly number[],
  sentences: readonly Sentence[],
  found: StatementRef[],
): void {
  for (let index = 0; index < sentences.length; index++) {
    const { block, word } = sentences[index] as Sentence;
    if (!block) found.push(new StatementRef(place, around, index, word));
  }
}

/** One thing of a design: a host, a VM, a network. */
export class Entity implements MemoHolder, Grouped<Entity> {
  memos: Memos = undefined;
  group: Group<Entity> | undefined = undefined;
  slot = 0;
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

/** How a person would say it: its kind and its name. */
export function entityLabel(entity: Entity): string {
  return `${entity.kind} ${entity.name}`;
}

/** The name of a thing; where several of its kind have it, with the import or block that tells it from them: `db-1@branch`. */
export function distinctName({ kind, name, design, parent, declaration }: Entity): string {
  if (design.names.read(kind, name).entities.length < 2) return name;
  const around = declaration.scope ?? parent?.name;
  return around === undefined ? name : `${name}@${around}`;
}
