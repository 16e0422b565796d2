import type { LabelSlot, Layout, Point, Wire } from '../layout/layout-types.ts';
import { box as boxPath, type Item, path } from './scene.ts';

/** How much of what was not found is covered. */
const VEIL = 0.7;
/** As wide as pipes and joints are; lines between sites are wider. */
const WIDTH = 8;
const WIDE = 12;
/** What is left of a wire that crosses one that stays, at each side. */
const CROSSING = 2;

/** Nodes that show a match, and the matches: nodes, VMs or links. */
export interface Matches {
  readonly shown: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

let last: { readonly layout: Layout; readonly matches: Matches; readonly items: readonly Item[] } | undefined;

/** Fades what was not found: nodes, frames in which nothing was, wires that lead to nothing of it, and their words. */
export function veil(layout: Layout, matches: Matches): readonly Item[] {
  if (last?.layout === layout && last.matches === matches) return last.items;
  const found = matches.shown;
  const parents = new Map(layout.boxes.map((b) => [b.id, b.parent]));
  const keep = new Set<string>();
  for (const id of found) for (let up: string | undefined = id; up !== undefined; up = parents.get(up)) keep.add(up);
  let nodes = '';
  for (const b of layout.boxes) {
    if (keep.has(b.id) || (b.parent !== undefined && found.has(b.parent))) continue;
    nodes += boxPath(b.x - 1, b.y - 1, b.w + 2, b.h + 2);
  }
  const items = [path(nodes, { fill: 'bg', opacity: VEIL }), ...wireVeil(layout, matches, keep)];
  last = { layout, matches, items };
  return items;
}

function wireVeil(layout: Layout, { shown, ids }: Matches, keep: ReadonlySet<string>): Item[] {
  const isLink = (id: string): boolean => ids.has(id);
  // Where links were found, their ends are shown as well: what else leads there was not found.
  const ofLinks = layout.wires.some(({ spokes }) => spokes.some((s) => s.links.some(isLink)));
  const bright = new Lines();
  const faint = { wan: new Lines(), inside: new Lines(), around: new Lines() };
  const links = new Set<string>();
  for (const wire of layout.wires) {
    for (const spoke of wire.spokes) {
      const isKept = ofLinks ? spoke.links.some(isLink) : leadsTo(wire, spoke.id, shown, keep);
      if (isKept) for (const id of spoke.links) links.add(id);
      const lines = isKept
        ? bright
        : faint[wire.kind === 'wan' ? 'wan' : wire.inside === undefined ? 'around' : 'inside'];
      lines.add(spoke.path);
    }
  }
  const words = layout.labels.filter((slot) => !slot.links.some((id) => links.has(id)));
  return [
    path(words.map(labelArea).join(''), { fill: 'bg', opacity: VEIL }),
    path(faint.wan.without(bright, WIDE), { stroke: 'bg', width: WIDE, opacity: VEIL }),
    path(faint.around.without(bright, WIDTH), { stroke: 'bg', width: WIDTH, opacity: VEIL }),
    path(faint.inside.without(bright, WIDTH), { stroke: 'cluster', width: WIDTH, opacity: VEIL }),
  ].filter(({ d }) => d !== '');
}

/** Whether a wire leads to a match: sites count for lines between them only if they are one themselves. */
const leadsTo = (wire: Wire, id: string, found: ReadonlySet<string>, keep: ReadonlySet<string>): boolean =>
  wire.kind === 'wan' ? found.has(wire.hub) && found.has(id) : found.has(wire.hub) || keep.has(id);

function labelArea({ x, y, width, anchor, lines }: LabelSlot): string {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return boxPath(left, y - 11, width, 2 + 13 * (lines ?? (anchor === 'middle' ? 3 : 1)));
}

type Span = readonly [from: number, to: number];

/** Horizontal and vertical pieces, by the line that they lie on. */
class Lines {
  readonly #rows = new Map<number, Span[]>();
  readonly #columns = new Map<number, Span[]>();

  add(way: readonly Point[]): void {
    for (let i = 1; i < way.length; i++) {
      const [a, b] = [way[i - 1], way[i]];
      if (!a || !b) continue;
      const isRow = a.y === b.y;
      const [lines, at] = isRow ? ([this.#rows, a.y] as const) : ([this.#columns, a.x] as const);
      const span: Span = isRow ? [Math.min(a.x, b.x), Math.max(a.x, b.x)] : [Math.min(a.y, b.y), Math.max(a.y, b.y)];
      const known = lines.get(at);
      if (known) known.push(span);
      else lines.set(at, [span]);
    }
  }

  /** What of these does not lie on others, nor where one crosses, as path data; drawn so wide that corners are covered, too. */
  without(others: Lines, width: number): string {
    let data = '';
    for (const [y, spans] of this.#rows)
      for (const [from, to] of rest(longer(spans, width), others.#rows.get(y) ?? [], crossings(others.#columns, y)))
        data += `M${from} ${y}H${to}`;
    for (const [x, spans] of this.#columns)
      for (const [from, to] of rest(longer(spans, width), others.#columns.get(x) ?? [], crossings(others.#rows, x)))
        data += `M${x} ${from}V${to}`;
    return data;
  }
}

const longer = (spans: readonly Span[], width: number): Span[] =>
  spans.map(([from, to]) => [from - width / 2, to + width / 2]);

/** Where lines cross one at right angles. */
function crossings(lines: ReadonlyMap<number, readonly Span[]>, at: number): Span[] {
  const found: Span[] = [];
  for (const [line, spans] of lines)
    if (spans.some(([from, to]) => from <= at && at <= to)) found.push([line - CROSSING, line + CROSSING]);
  return found;
}

/** All of `spans` together, less what is taken. */
function rest(spans: readonly Span[], ...taken: readonly (readonly Span[])[]): Span[] {
  const gone = merged(taken.flat());
  return merged(spans).flatMap(([from, to]) => {
    const left: Span[] = [];
    let start = from;
    for (const [a, b] of gone) {
      if (b <= start || a >= to) continue;
      if (a > start) left.push([start, a]);
      start = Math.max(start, b);
    }
    if (start < to) left.push([start, to]);
    return left;
  });
}

function merged(spans: readonly Span[]): Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const before = all.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else all.push([from, to]);
  }
  return all;
}
