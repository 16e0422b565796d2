import { formatQuantity } from '../../base/units.ts';
import { formatFigure } from '../../capacity/figure.ts';
import { hostUse, runningOn } from '../../capacity/load.ts';
import { vmFacts } from '../../capacity/vm.ts';
import type { Declaration, Entity } from '../../design/declaration.ts';
import type { Reference } from '../../design/names.ts';
import { resolve } from '../../design/resolve.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';
import type { NamePart } from '../../language/values/value.ts';
import type { Completion } from './item.ts';

/** Longer lists are cut off and asked for again with each letter. */
export const MOST_NAMES = 200;
/** Members of a range are offered one by one up to this many; of longer ones the range as it is written. */
const MOST_MEMBERS = 12;

export interface NameOptions {
  readonly owner: Declaration;
  readonly kinds: readonly string[];
  readonly prefix: string;
  /** Names that are written already. */
  readonly taken: ReadonlySet<string>;
  /** Words that begin a clause here, and would not be read as a name. */
  readonly isClause: (word: string) => boolean;
  /** Several may be named: ranges as a whole are offered, too. */
  readonly isList?: boolean;
  readonly accepts?: (entity: Entity) => boolean;
  readonly describe?: (entity: Entity) => string;
  /** Smaller comes first. */
  readonly order?: (entity: Entity) => number;
}

export interface Names {
  readonly items: readonly Completion[];
  readonly isCut: boolean;
}

/** Names of things that may be referred to from a block: those of its own containers first. */
export function entityNames(options: NameOptions): Names {
  const { owner, kinds, prefix, taken, accepts } = options;
  const { names } = owner.design;
  const wanted = prefix.toLowerCase();
  const found: Entity[] = [];
  const ranges = new Map<Declaration, number>();
  let isCut = false;
  for (const kind of kinds) {
    for (const entity of names.members(kind)) {
      if (taken.has(entity.name) || !isSubsequence(wanted, entity.name.toLowerCase())) continue;
      if (accepts && !accepts(entity)) continue;
      const seen = ranges.get(entity.declaration) ?? 0;
      ranges.set(entity.declaration, seen + 1);
      if (seen >= MOST_MEMBERS) {
        isCut = true;
        continue;
      }
      found.push(entity);
    }
  }
  const ranked = found.map((entity) => ({ entity, rank: options.order?.(entity) ?? nearness(entity, owner) }));
  ranked.sort((a, b) => a.rank - b.rank);
  if (ranked.length > MOST_NAMES) {
    ranked.length = MOST_NAMES;
    isCut = true;
  }
  const items = ranked.flatMap(({ entity, rank }) => nameItem(entity, rank, options) ?? []);
  return { items: [...(options.isList ? rangeItems(ranges.keys(), options) : []), ...items], isCut };
}

/** Longer ranges are not looked through for what of them may be named. */
const LONGEST_RANGE = 2_000;
/** Ranges that may be named as a whole, at most. */
const MOST_RANGES = 50;

/** Ranges of which several members may be named, as one word: those in front of their members. */
function rangeItems(declarations: Iterable<Declaration>, options: NameOptions): Completion[] {
  const { owner, taken, accepts } = options;
  const items: Completion[] = [];
  for (const { entities } of declarations) {
    if (entities.length < 2 || entities.length > LONGEST_RANGE || items.length >= MOST_RANGES) continue;
    const free = entities.filter((entity) => !taken.has(entity.name) && (!accepts || accepts(entity)));
    const isPlain = free.length > 1 && free.every((entity) => writtenFrom(entity, options) === entity.name);
    const [range, more] = isPlain
      ? compressNames(
          free.map(({ name }) => name),
          isBareName,
          2,
        )
      : [];
    const [first] = free;
    if (!range || more || !first) continue;
    const rank = 10 + (options.order?.(first) ?? nearness(first, owner)) - 0.5;
    const detail = `${free.length} ${first.kind}s`;
    items.push({ label: range.text, kind: 'name', insert: range.text, detail, rank });
  }
  return items;
}

function nameItem(entity: Entity, rank: number, options: NameOptions): Completion | undefined {
  const insert = writtenFrom(entity, options);
  if (insert === undefined) return undefined;
  const detail = options.describe?.(entity) ?? where(entity);
  return {
    label: insert.startsWith('"') ? entity.name : insert,
    kind: 'name',
    insert,
    filter: insert,
    ...(detail ? { detail } : {}),
    rank: 10 + rank,
  };
}

function where(entity: Entity): string {
  return entity.parent ? `${entity.kind} in ${entity.parent.name}` : entity.kind;
}

/** How a thing is named from a block: with its container where the name alone means several; quoted where it must be. */
export function writtenFrom(
  entity: Entity,
  { owner, kinds, isClause }: Pick<NameOptions, 'owner' | 'kinds' | 'isClause'>,
): string | undefined {
  const { name } = entity;
  const isBare = isBareName(name) && !isClause(name);
  const part: NamePart = { type: 'name', text: name, quoted: !isBare, scope: undefined, from: 0, to: 0 };
  const reference: Reference = { name, scope: undefined, part };
  const from = { entity: owner.entities[0], declaration: owner };
  const written = isBare ? name : `"${name.replaceAll('"', '""')}"`;
  const plain = resolve(owner.design.names, kinds, reference, from);
  if ('found' in plain && plain.found === entity) return written;
  const scope = entity.parent?.name ?? entity.declaration.scope;
  if (scope === undefined) return undefined;
  const scoped = resolve(owner.design.names, kinds, { ...reference, scope }, from);
  if (!('found' in scoped) || scoped.found !== entity) return undefined;
  // Behind an `@` no word has a meaning of its own.
  return `${written}@${isBareName(`${scope}-`) ? scope : `"${scope.replaceAll('"', '""')}"`}`;
}

/** How far a thing is from a block: the levels of containers between them. */
function nearness(entity: Entity, owner: Declaration): number {
  let level = 0;
  for (let around = owner.entities[0]; around; around = around.parent) {
    if (entity.parent === around) return level;
    level++;
  }
  return entity.declaration.uri === owner.uri ? level : level + 1;
}

/** Hosts with their load, those with most room first. */
export function hostLoadText(host: Entity): string {
  const { cpu, memory } = hostUse(host);
  const parts = [cpu && `CPU ${formatFigure(cpu)}`, memory && `memory ${formatFigure(memory)}`];
  return parts.filter((part) => part !== undefined).join(' · ') || (runningOn(host).length === 0 ? 'no VMs' : 'host');
}

/** The worse of CPU and memory; a host that nothing is known of stands between those with room and the full ones. */
export function hostLoadRank(host: Entity): number {
  const { cpu, memory } = hostUse(host);
  const shares = [cpu, memory].flatMap((figure) => (figure ? [figure.value] : []));
  if (shares.length > 0) return Math.max(...shares);
  return runningOn(host).length === 0 ? 0 : 0.75;
}

export function vmSizeText(vm: Entity): string {
  const { vcpus, memory } = vmFacts(vm);
  const parts = [
    vcpus === undefined ? '' : `${vcpus} vCPU`,
    memory === undefined ? '' : formatQuantity(memory, 'size'),
  ].filter((part) => part !== '');
  return parts.join(' · ') || 'vm';
}

/** Whether all letters of a word occur in a text in their order: how editors filter. */
function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
