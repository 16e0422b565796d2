import { Bag, type Group } from '../base/bag.ts';
import { type MemoHolder, type Memos, Version } from '../base/reactive.ts';
import { expandNames, isPattern, patternTest } from '../language/values/names.ts';
import type { NamePart, Part, Value } from '../language/values/value.ts';
import type { Claim } from './claim.ts';
import type { Declaration, Entity } from './declaration.ts';
import { inTextOrder } from './order.ts';

/** Shared by all empty lists; never added to. */
const NONE: never[] = [];

/**
 * Everything known under one name of one kind. It changes with any of its lists but the last. Most lists change in place:
 * read them, and keep no hold of them.
 */
export class Cell extends Version implements MemoHolder {
  memos: Memos = undefined;
  readonly name: string;
  entities: readonly Entity[] = NONE;
  classes: Declaration[] = NONE;
  amends: Declaration[] = NONE;
  /** `runs` statements that place this VM, or that place VMs on this host or cluster. */
  claims: Claim[] = NONE;
  /** Things that stand in the block of this name, or that name it behind `in`, `on` or `at`. */
  inside: Entity[] = NONE;
  private ownInsideVersion: Version | undefined = undefined;

  constructor(name: string) {
    super();
    this.name = name;
  }

  /** Changes with the last list. */
  get insideVersion(): Version {
    this.ownInsideVersion ??= new Version();
    return this.ownInsideVersion;
  }
}

/** Lists of a cell that change in place. */
type CellList = 'classes' | 'amends' | 'claims' | 'inside';
interface KindNames {
  readonly cells: Map<string, Cell>;
  readonly bag: Bag<Entity>;
  /** Changes when a thing of the kind comes or goes. */
  readonly members: Version;
  /** Changes when a class of the kind comes or goes. */
  readonly classes: Version;
  /** The same in text order, once somebody has asked. */
  ordered: ReadonlySet<Entity> | undefined;
  readonly patterns: { readonly test: (name: string) => boolean; readonly amend: Declaration }[];
}

/** A name that a reference stands for. */
export interface Named {
  readonly name: string;
  readonly scope: string | undefined;
}

/** The same, with where it is written. */
export interface Reference extends Named {
  readonly part: NamePart;
}

/** Names of a design, one namespace per kind. Reading a cell depends on it, also on one that is empty so far. */
export class Names {
  private readonly kinds = new Map<string, KindNames>();

  private kind(kind: string): KindNames {
    let names = this.kinds.get(kind);
    if (!names) {
      names = {
        cells: new Map(),
        bag: new Bag(),
        members: new Version(),
        classes: new Version(),
        ordered: undefined,
        patterns: [],
      };
      this.kinds.set(kind, names);
    }
    return names;
  }

  /** The cell of a name, without depending on it. */
  cell(kind: string, name: string): Cell {
    const names = this.kind(kind);
    let cell = names.cells.get(name);
    if (!cell) {
      // A name cut out of a long text would keep all of it in memory; joining makes a copy.
      cell = new Cell(' '.concat(name).slice(1));
      for (const { test, amend } of names.patterns) if (test(name)) cell.amends = [...cell.amends, amend];
      names.cells.set(cell.name, cell);
    }
    return cell;
  }

  /** The cell of a name, for reading. */
  read(kind: string, name: string): Cell {
    const cell = this.cell(kind, name);
    cell.read();
    return cell;
  }

  /** Things that stand in the block of a name, or that name it in their header. */
  inside(kind: string, name: string): readonly Entity[] {
    const cell = this.cell(kind, name);
    cell.insideVersion.read();
    return cell.inside;
  }

  /** Every thing of a kind in text order. */
  members(kind: string): ReadonlySet<Entity> {
    const names = this.kind(kind);
    names.members.read();
    names.ordered ??= new Set(inTextOrder(names.bag.all()));
    return names.ordered;
  }

  addEntity(entity: Entity): void {
    const cell = this.cell(entity.kind, entity.name);
    const { entities: own } = entity.declaration;
    // Nearly always a name is that of one thing, and the list of its block will do. That one stays as it is.
    if (cell.entities.length === 0) cell.entities = own.length === 1 ? own : [entity];
    else if (cell.entities.length === 1) cell.entities = [...cell.entities, entity];
    else (cell.entities as Entity[]).push(entity);
    cell.bump();
    const names = this.kind(entity.kind);
    names.ordered = undefined;
    names.members.bump();
    names.bag.add(entity);
  }

  removeEntity(entity: Entity): void {
    const cell = this.cell(entity.kind, entity.name);
    const left = cell.entities.filter((other) => other !== entity);
    cell.entities = left.length > 0 ? left : NONE;
    cell.bump();
    const names = this.kind(entity.kind);
    names.ordered = undefined;
    names.members.bump();
    names.bag.delete(entity);
  }

  /** Things of a kind in groups; which group holds which has no meaning. */
  groups(kind: string): readonly Group<Entity>[] {
    return this.kind(kind).bag.groups();
  }

  add<L extends CellList>(kind: string, name: string, list: L, item: Cell[L][number]): void {
    const cell = this.cell(kind, name);
    const lists = cell as unknown as Record<CellList, unknown[]>;
    if (lists[list].length === 0) lists[list] = [item];
    else lists[list].push(item);
    versionOf(cell, list).bump();
    if (list === 'classes') this.kind(kind).classes.bump();
  }

  remove<L extends CellList>(kind: string, name: string, list: L, item: Cell[L][number]): void {
    const cell = this.cell(kind, name);
    const lists = cell as unknown as Record<CellList, unknown[]>;
    const at = lists[list].lastIndexOf(item);
    if (at < 0) return;
    if (lists[list].length === 1) lists[list] = NONE;
    else lists[list].splice(at, 1);
    versionOf(cell, list).bump();
    if (list === 'classes') this.kind(kind).classes.bump();
  }

  /** `names` may hold patterns. */
  addAmend(amend: Declaration, names: readonly string[]): void {
    const known = this.kind(amend.kind);
    for (const name of names) {
      if (!isPattern(name)) {
        this.add(amend.kind, name, 'amends', amend);
        continue;
      }
      const test = patternTest(name);
      known.patterns.push({ test, amend });
      for (const cell of known.cells.values()) if (test(cell.name)) this.add(amend.kind, cell.name, 'amends', amend);
    }
  }

  removeAmend(amend: Declaration): void {
    const known = this.kind(amend.kind);
    for (let at = known.patterns.length - 1; at >= 0; at--)
      if (known.patterns[at]?.amend === amend) known.patterns.splice(at, 1);
    for (const cell of known.cells.values()) {
      if (!cell.amends.includes(amend)) continue;
      cell.amends = cell.amends.filter((other) => other !== amend);
      cell.bump();
    }
  }

  /** Names of a kind that are declared, for suggestions. Depends on all of them. */
  declared(kind: string): string[] {
    this.kind(kind).members.read();
    return [
      ...new Set(
        this.kind(kind)
          .bag.all()
          .map((entity) => entity.name),
      ),
    ].sort();
  }

  /** Classes of a kind that are declared, for suggestions. Depends on all of them. */
  declaredClasses(kind: string): string[] {
    this.kind(kind).classes.read();
    return [...this.kind(kind).cells.values()]
      .filter((cell) => cell.classes.length > 0)
      .map((cell) => cell.name)
      .sort();
  }
}

function versionOf(cell: Cell, list: CellList): Version {
  return list === 'inside' ? cell.insideVersion : cell;
}

/** The names that a list of references stands for, ranges expanded; patterns as they are. */
export function referencesIn(value: Value | undefined, slot = 0): Reference[] {
  const part = value?.parts[slot];
  return part ? referencesOf(part) : [];
}

export function referencesOf(part: Part): Reference[] {
  if (part.type === 'list') return part.items.flatMap(referencesOf);
  if (part.type !== 'name') return [];
  if (part.quoted) return [{ name: part.text, scope: part.scope, part }];
  if (part.scope === undefined && !part.text.includes('[')) return [{ name: part.text, scope: undefined, part }];
  const names = expandNames(part.text);
  const scopes = part.scope === undefined ? { value: [undefined] } : expandNames(part.scope);
  if ('error' in names || 'error' in scopes) return [];
  return names.value.flatMap((name) => scopes.value.map((scope) => ({ name, scope, part })));
}
