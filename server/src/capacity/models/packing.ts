/**
 * Finds room for machines on hosts in several dimensions at once. Deterministic: the same input gives the same places.
 *
 * Vector bin packing has no quick exact method; this is first-fit decreasing, machines ordered by their largest share of a mean host,
 * followed by a repair that makes room by short chains of machines that move on. Both are ours, on common heuristics.
 */

/** Figures by dimension, all arrays of one packing of the same length and order. */
export type Vector = readonly number[];

export interface PackingItem {
  readonly demand: Vector;
  /** Groups whose members must be on different hosts. */
  readonly apart: readonly number[];
  /** Hosts it may run on; all if absent. */
  readonly hosts?: readonly number[] | undefined;
}

/** The mutable working state of one packing: where items are, and what each host has left. */
export interface Packing {
  readonly items: readonly PackingItem[];
  /** Host of each item, -1 for none. */
  readonly hostOf: number[];
  /** What each host has left, `dimensions` figures a host; negative where it is already overloaded. */
  readonly free: Float64Array;
  readonly dimensions: number;
  readonly hostCount: number;
  /** For each group of apart items, how many are on a host: key group x hostCount + host. */
  readonly apartOnHost: Map<number, number>;
  /** Items on each host. */
  readonly itemsOn: number[][];
  /** Hosts that take nothing. */
  readonly closed: Set<number>;
  /** What was changed since `checkpoint`, to be put back exactly. */
  journal: Journal | undefined;
}

interface Journal {
  readonly hosts: Map<number, { readonly free: readonly number[]; readonly items: number[] }>;
  readonly hostOf: Map<number, number>;
}

/** How many items one repair may try to shift before it gives up; keeps the work bounded on any input. */
const REPAIR_STEPS = 20_000;

/** How many items may move on, one after the other, to make room for one. */
const LONGEST_CHAIN = 2;

/** Rounding of sums must not turn away what fits exactly: this share of the demand may lack. */
const TOLERANCE = 1e-9;

export function createPacking(
  capacities: readonly Vector[],
  items: readonly PackingItem[],
  hostOf: readonly number[],
): Packing {
  const dimensions = capacities[0]?.length ?? 0;
  const packing: Packing = {
    items,
    hostOf: items.map(() => -1),
    free: new Float64Array(capacities.flat()),
    dimensions,
    hostCount: capacities.length,
    apartOnHost: new Map(),
    itemsOn: capacities.map(() => []),
    closed: new Set(),
    journal: undefined,
  };
  hostOf.forEach((host, item) => {
    if (host >= 0) put(packing, item, host);
  });
  return packing;
}

/** Closes hosts and takes everything off them, in such a way that `reopen` restores the packing bit by bit. Returns what was taken off. */
export function closeHosts(packing: Packing, hosts: readonly number[]): readonly number[] {
  packing.journal = { hosts: new Map(), hostOf: new Map() };
  for (const host of hosts) packing.closed.add(host);
  const displaced = [...packing.closed].flatMap((host) => packing.itemsOn[host] ?? []).sort((a, b) => a - b);
  for (const item of displaced) take(packing, item);
  return displaced;
}

/** Items that are not where they were when hosts were closed, in their order. */
export function movedItems(packing: Packing): readonly number[] {
  const before = packing.journal?.hostOf ?? new Map<number, number>();
  return [...before.keys()].filter((item) => packing.hostOf[item] !== before.get(item)).sort((a, b) => a - b);
}

/** Undoes everything since `closeHosts`. */
export function reopen(packing: Packing): void {
  const { journal, hostOf, itemsOn, free, dimensions } = packing;
  if (!journal) return;
  for (const [item, before] of journal.hostOf) {
    countApart(packing, item, hostOf[item] ?? -1, -1);
    countApart(packing, item, before, 1);
    hostOf[item] = before;
  }
  for (const [host, saved] of journal.hosts) {
    free.set(saved.free, host * dimensions);
    itemsOn[host] = saved.items;
  }
  packing.closed.clear();
  packing.journal = undefined;
}

/** Places the items where they fit and returns those left over, in the order they were tried. */
export function placeAll(packing: Packing, items: readonly number[], order: Float64Array): readonly number[] {
  const sorted = items.toSorted((a, b) => (order[b] ?? 0) - (order[a] ?? 0) || a - b);
  const left: number[] = [];
  for (const item of sorted) {
    const host = firstFit(packing, item);
    if (host === undefined) left.push(item);
    else put(packing, item, host);
  }
  return left;
}

/**
 * Tries to place what is left: an item takes the place of another, which goes elsewhere, if need be in place of a third. Short chains are
 * tried for all items before longer ones for any. Returns what is still left. `mayShift` says which placed items may be moved.
 */
export function repair(
  packing: Packing,
  left: readonly number[],
  mayShift: (item: number) => boolean,
): readonly number[] {
  const search: Search = { mayShift, chain: new Set(), steps: REPAIR_STEPS };
  let still = left;
  for (let depth = 0; depth <= LONGEST_CHAIN && still.length > 0; depth++) {
    still = still.filter((item) => !makeRoom(packing, item, depth, search));
  }
  return still;
}

interface Search {
  readonly mayShift: (item: number) => boolean;
  /** Items placed by the chain so far, which its next links leave in place. */
  readonly chain: Set<number>;
  steps: number;
}

/** Places an item, putting up to `depth` others elsewhere one after the other. Changes nothing if it finds no way. */
function makeRoom(packing: Packing, wanted: number, depth: number, search: Search): boolean {
  const host = firstFit(packing, wanted);
  if (host !== undefined) {
    put(packing, wanted, host);
    return true;
  }
  if (depth === 0) return false;
  search.chain.add(wanted);
  const isPlaced = takePlace(packing, wanted, depth, search);
  search.chain.delete(wanted);
  return isPlaced;
}

function takePlace(packing: Packing, wanted: number, depth: number, search: Search): boolean {
  const allowed = packing.items[wanted]?.hosts;
  for (let from = 0; from < packing.hostCount; from++) {
    if (packing.closed.has(from) || (allowed && !allowed.includes(from))) continue;
    // Smaller items were placed later, so they come first. The list is copied: an attempt that is undone changes its order.
    for (const item of (packing.itemsOn[from] ?? []).toReversed()) {
      if (search.steps-- <= 0) return false;
      if (search.chain.has(item) || !search.mayShift(item)) continue;
      if (!hasRoom(packing, wanted, from, item) || hasApartMember(packing, wanted, from, item)) continue;
      take(packing, item);
      put(packing, wanted, from);
      if (makeRoom(packing, item, depth - 1, search)) return true;
      take(packing, wanted);
      put(packing, item, from);
    }
  }
  return false;
}

/** The first host on which the item may be and fits. */
function firstFit(packing: Packing, item: number): number | undefined {
  const allowed = packing.items[item]?.hosts;
  const count = allowed?.length ?? packing.hostCount;
  for (let i = 0; i < count; i++) {
    const host = allowed ? (allowed[i] ?? -1) : i;
    if (fits(packing, item, host)) return host;
  }
  return undefined;
}

/** Largest share of a mean host that each item takes in any dimension. */
export function largestShares(capacities: readonly Vector[], items: readonly PackingItem[]): Float64Array {
  const dimensions = capacities[0]?.length ?? 0;
  const totals = Array.from({ length: dimensions }, (_, d) =>
    capacities.reduce((sum, host) => sum + (host[d] ?? 0), 0),
  );
  return Float64Array.from(items, ({ demand }) => {
    let largest = 0;
    for (let d = 0; d < dimensions; d++) {
      const mean = (totals[d] ?? 0) / capacities.length;
      const share = mean > 0 ? (demand[d] ?? 0) / mean : 0;
      if (share > largest) largest = share;
    }
    return largest;
  });
}

function fits(packing: Packing, item: number, host: number): boolean {
  return !packing.closed.has(host) && hasRoom(packing, item, host) && !hasApartMember(packing, item, host);
}

function hasRoom({ items, free, dimensions }: Packing, item: number, host: number, without?: number): boolean {
  const demand = items[item]?.demand ?? [];
  const given = without === undefined ? undefined : items[without]?.demand;
  for (let d = 0; d < dimensions; d++) {
    const need = demand[d] ?? 0;
    // What an item does not use cannot lack, even on a host that is overloaded in it.
    if (need > 0 && (free[host * dimensions + d] ?? 0) + (given?.[d] ?? 0) < need * (1 - TOLERANCE)) return false;
  }
  return true;
}

function hasApartMember(packing: Packing, item: number, host: number, without?: number): boolean {
  const given = without === undefined ? undefined : packing.items[without]?.apart;
  for (const group of packing.items[item]?.apart ?? []) {
    const members = packing.apartOnHost.get(group * packing.hostCount + host) ?? 0;
    if (members - (given?.includes(group) ? 1 : 0) > 0) return true;
  }
  return false;
}

function put(packing: Packing, item: number, host: number): void {
  remember(packing, item, host);
  packing.hostOf[item] = host;
  packing.itemsOn[host]?.push(item);
  account(packing, item, host, 1);
}

function take(packing: Packing, item: number): void {
  const host = packing.hostOf[item] ?? -1;
  remember(packing, item, host);
  const residents = packing.itemsOn[host];
  residents?.splice(residents.indexOf(item), 1);
  packing.hostOf[item] = -1;
  account(packing, item, host, -1);
}

function remember({ journal, hostOf, itemsOn, free, dimensions }: Packing, item: number, host: number): void {
  if (!journal) return;
  if (!journal.hostOf.has(item)) journal.hostOf.set(item, hostOf[item] ?? -1);
  if (journal.hosts.has(host)) return;
  const at = host * dimensions;
  journal.hosts.set(host, { free: [...free.subarray(at, at + dimensions)], items: [...(itemsOn[host] ?? [])] });
}

function account(packing: Packing, item: number, host: number, sign: 1 | -1): void {
  const { items, free, dimensions } = packing;
  const demand = items[item]?.demand ?? [];
  for (let d = 0; d < dimensions; d++) {
    const at = host * dimensions + d;
    free[at] = (free[at] ?? 0) - sign * (demand[d] ?? 0);
  }
  countApart(packing, item, host, sign);
}

function countApart({ items, apartOnHost, hostCount }: Packing, item: number, host: number, sign: 1 | -1): void {
  if (host < 0) return;
  for (const group of items[item]?.apart ?? []) {
    const key = group * hostCount + host;
    apartOnHost.set(key, (apartOnHost.get(key) ?? 0) + sign);
  }
}
