import type { ArrayNode } from '../graph.ts';
import type { ClusterPlan } from './cluster.ts';
import type { Layout } from './layout-types.ts';
import type { PlacedSite } from './site.ts';
import type { View } from './structure.ts';
import type { TierRow } from './tiers.ts';

/**
 * What a layout has placed, for the next one to keep. Every place and size is a least one: what stands somewhere stays there until what is before
 * it has grown into it, and a frame shrinks only when all is laid out afresh.
 */
export interface HeldPicture {
  readonly view: View;
  /** What lies between the sites and below them. */
  readonly around: string;
  /** Its area, and what its clusters ask for by themselves, when all was laid out afresh. */
  readonly base: { readonly area: number; readonly need: number };
  readonly width: number;
  readonly height: number;
  /** Left of each column of sites and top of each row. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly rowH: readonly number[];
  readonly sites: ReadonlyMap<string, HeldSitePlace>;
}

export interface HeldSitePlace {
  readonly structure: string;
  /** The engine had placed its switches. */
  readonly isRouted: boolean;
  readonly placed: PlacedSite;
}

/** A row of a site or pod. */
export interface HeldRow {
  readonly y: number;
  readonly h: number;
  /** What wires in the gutters left of it. */
  readonly left: number;
  readonly right: number;
  readonly ids: readonly string[];
}

export interface HeldRows {
  readonly w: number;
  readonly h: number;
  /** By what they hold: `switches`, `clusters 0`, `arrays 1`. */
  readonly rows: ReadonlyMap<string, HeldRow>;
}

export interface HeldSite extends HeldRows {
  /** In the order of the text. */
  readonly clusters: readonly string[];
  readonly pods: readonly HeldPod[];
  /** Clusters in the overview. */
  readonly blocks?: ReadonlyMap<string, HeldBlock>;
}

/** A cluster in the overview: squares, or expanded. */
export interface HeldBlock {
  readonly row: string;
  readonly x: number;
  readonly w: number;
  readonly h: number;
  readonly rows: number;
  readonly ids: readonly (string | undefined)[];
  readonly inner?: HeldHosts;
}

export interface HeldPod extends HeldRows {
  readonly id: string;
  readonly row: string;
  readonly x: number;
  readonly frames: ReadonlyMap<string, HeldFrame>;
}

/** A cluster's frame in its pod. */
export interface HeldFrame {
  readonly row: string;
  readonly x: number;
  readonly w: number;
  readonly h: number;
  readonly structure: string;
  readonly plan: ClusterPlan;
  readonly inner: HeldHosts;
}

/** How the hosts of a cluster stand. */
export interface HeldHosts {
  readonly hostW: number;
  /** Room for so many beside each other. */
  readonly slots: number;
  readonly gutter: number;
  readonly rows: readonly { readonly h: number; readonly ids: readonly (string | undefined)[] }[];
}

/** The room that a frame can take without moving another. */
export interface Room {
  readonly w: number;
  readonly h: number;
}

const pictures = new WeakMap<Layout, HeldPicture>();

export const heldBy = (layout: Layout): HeldPicture | undefined => pictures.get(layout);
export const hold = (layout: Layout, held: HeldPicture): Layout => {
  pictures.set(layout, held);
  return layout;
};

/**
 * For each thing the one before whose place it takes: itself, or one that went from between the same neighbours, as one does that was renamed.
 */
export function heirs(before: readonly string[], now: readonly string[]): ReadonlyMap<string, string> {
  const gone = betweenKept(before, new Set(now));
  const found = new Map<string, string>();
  const old = new Set(before);
  for (const id of now) if (old.has(id)) found.set(id, id);
  for (const [after, come] of betweenKept(now, old))
    for (const [i, id] of come.entries()) {
      const heirOf = gone.get(after)?.[i];
      if (heirOf !== undefined) found.set(id, heirOf);
    }
  return found;
}

/** Those that are not kept, by the kept one that they follow. */
function betweenKept(ids: readonly string[], kept: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let last = '';
  for (const id of ids) {
    if (kept.has(id)) last = id;
    else found.set(last, [...(found.get(last) ?? []), id]);
  }
  return found;
}

/**
 * Slots for things in their order: each stays where it was, a new one takes the first free slot behind the one before it, and where none is
 * free those behind it move up. Undefined if there are more things than slots.
 */
export function slotsOf(wishes: readonly (number | undefined)[], slots: number): readonly number[] | undefined {
  if (wishes.length > slots) return undefined;
  const at: number[] = [];
  for (const wish of wishes) at.push(Math.max(wish ?? 0, (at[at.length - 1] ?? -1) + 1));
  let limit = slots - 1;
  for (let i = at.length - 1; i >= 0; i--) {
    at[i] = Math.min(at[i] ?? 0, limit);
    limit = (at[i] ?? 0) - 1;
  }
  return at;
}

/** Rows as they were placed. */
export const heldRows = (
  rows: readonly (TierRow & { readonly key: string; readonly left: number; readonly right: number })[],
  ys: readonly number[],
): ReadonlyMap<string, HeldRow> =>
  new Map(
    rows.map(({ key, h, left, right, nodes }, r) => [
      key,
      { y: ys[r] ?? 0, h, left, right, ids: nodes.map((n) => n.id) },
    ]),
  );

/** Arrays in the rows in which they stood; undefined where others have come or gone. */
export function splitAsBefore(arrays: readonly ArrayNode[], held: HeldRows | undefined): ArrayNode[][] | undefined {
  if (!held) return undefined;
  const sizes = [...held.rows].flatMap(([key, row]) => (key.startsWith('arrays') ? [row.ids.length] : []));
  if (sizes.reduce((sum, n) => sum + n, 0) !== arrays.length) return undefined;
  const rest = [...arrays];
  return sizes.map((n) => rest.splice(0, n));
}
