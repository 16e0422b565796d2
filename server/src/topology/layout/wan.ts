import type { Link } from '../graph.ts';
import type { Box, LabelSlot, Point, Wire } from './layout-types.ts';
import { simplify } from './tiers.ts';
import { hubsOf, routeHub } from './wan-hubs.ts';

const GAP = 24;
const LANE = 16;

interface Cell {
  readonly row: number;
  readonly col: number;
}

/** Sites in a grid, and the room between them that WAN links need. */
export interface Grid {
  readonly cells: readonly Cell[];
  readonly ids: readonly string[];
  /** The site from whose rail a line branches off, by its id. */
  readonly hubs: ReadonlyMap<string, number>;
  readonly gapX: number;
  readonly gapY: number;
  readonly leftLanes: number;
  readonly rightLanes: number;
  readonly bottomLanes: number;
}

type Course = 'across' | 'down' | 'around';

function courseOf(a: Cell, b: Cell): Course {
  if (a.row === b.row && Math.abs(a.col - b.col) === 1) return 'across';
  if (a.col === b.col && Math.abs(a.row - b.row) === 1) return 'down';
  return 'around';
}

/** Two columns up to four sites, three up to nine: the number of columns changes at squares only. */
export function gridOf(ids: readonly string[], wans: readonly Link[]): Grid {
  const columns = ids.length <= 1 ? 1 : Math.max(2, Math.ceil(Math.sqrt(ids.length)));
  const cells = ids.map((_, i) => ({ row: Math.floor(i / columns), col: i % columns }));
  const courses = wans.flatMap((l) => {
    const a = cells[ids.indexOf(l.from)];
    const b = cells[ids.indexOf(l.to)];
    return a && b ? [courseOf(a, b)] : [];
  });
  const hubs = hubsOf(ids, wans, ({ from, to }) => {
    const a = cells[ids.indexOf(from)];
    const b = cells[ids.indexOf(to)];
    return a !== undefined && b !== undefined && courseOf(a, b) === 'around';
  });
  const around = courses.filter((c) => c === 'around').length - hubs.size + new Set(hubs.values()).size;
  const lanes = around * LANE;
  return {
    cells,
    ids,
    hubs,
    gapX: (courses.includes('across') ? 96 : GAP) + lanes,
    gapY: (courses.includes('down') || around > 0 ? 64 : GAP) + lanes,
    leftLanes: 0,
    rightLanes: around > 0 ? lanes + GAP : 0,
    bottomLanes: around > 0 ? lanes + GAP : 0,
  };
}

/** WAN links: straight between neighbours, otherwise through the gaps between the sites. */
export function routeWan(
  frames: readonly Box[],
  grid: Grid,
  wans: readonly Link[],
): { wires: Wire[]; labels: LabelSlot[] } {
  const wires: Wire[] = [];
  const labels: LabelSlot[] = [];
  const used = new Map<string, number>();
  const slot = (key: string): number => {
    const n = used.get(key) ?? 0;
    used.set(key, n + 1);
    return n;
  };
  const upright = new Map<number, number[]>();
  /** A place for an upright piece at the edge of a site, clear of those that share the gap below a row. */
  const claim = (gap: number, site: Box, wish: number): number => {
    const taken = upright.get(gap) ?? [];
    upright.set(gap, taken);
    const room = Math.max(1, site.w - 48);
    const at = (k: number): number => site.x + 24 + ((((wish - site.x - 24 + k * LANE) % room) + room) % room);
    let x = Math.round(at(0));
    for (let k = 0; k * LANE < room && taken.some((t) => Math.abs(t - x) < 12); k++) x = Math.round(at(k));
    taken.push(x);
    return x;
  };
  /** Where the lowest site of a row ends. */
  const bottoms = new Map<number, number>();
  frames.forEach((f, i) => {
    const row = grid.cells[i]?.row ?? 0;
    bottoms.set(row, Math.max(bottoms.get(row) ?? 0, f.y + f.h));
  });
  const bent: { link: string; from: Point; to: Point }[] = [];
  const straight: (readonly LabelSlot[])[] = [];
  let lane = 0;
  for (const hub of new Set(grid.hubs.values())) {
    const own = wans.filter((l) => grid.hubs.get(l.id) === hub);
    const bottomOf = (row: number): number => bottoms.get(row) ?? 0;
    const rail = routeHub(hub, own, {
      frames,
      cells: grid.cells,
      ids: grid.ids,
      off: 18 + lane * LANE,
      bottomOf,
      claim,
    });
    lane += 1;
    if (!rail) continue;
    wires.push(rail.wire);
    straight.push(...rail.labels);
  }
  for (const link of wans) {
    if (grid.hubs.has(link.id)) continue;
    const i = grid.ids.indexOf(link.from);
    const k = grid.ids.indexOf(link.to);
    const [first, second] = i <= k ? [i, k] : [k, i];
    const a = frames[first];
    const b = frames[second];
    const ca = grid.cells[first];
    const cb = grid.cells[second];
    if (!a || !b || !ca || !cb || i === k) continue;
    const course = courseOf(ca, cb);
    let path: Point[];
    if (course === 'across') {
      const y = a.y + Math.round(Math.min(150, Math.min(a.h, b.h) * 0.4)) + slot(`${first}|${second}`) * 72;
      path = [
        { x: a.x + a.w, y },
        { x: b.x, y },
      ];
      const label = { links: [link.id], y: y + 18, anchor: 'middle', lines: 3 } as const;
      // Lanes of links that go round are at the left of the gap.
      straight.push([
        { ...label, x: Math.round((a.x + a.w + b.x) / 2), width: grid.gapX - 8 },
        { ...label, x: b.x - 46, width: 84 },
      ]);
    } else if (course === 'down') {
      const x = claim(ca.row, a, a.x + Math.min(150, Math.round(a.w * 0.25)) + slot(`${first}|${second}`) * 190);
      path = [
        { x, y: a.y + a.h },
        { x, y: b.y },
      ];
      const label = { links: [link.id], width: 168, lines: 2 } as const;
      const right = { ...label, x: x + 14, anchor: 'start' } as const;
      const left = { ...label, x: x - 12, anchor: 'end' } as const;
      const middle = Math.round(((bottoms.get(ca.row) ?? a.y + a.h) + b.y) / 2) - 2;
      const places = [right, left].flatMap((s) => [middle, b.y - 22, a.y + a.h + 14].map((y) => ({ ...s, y })));
      straight.push([...places, ...places.map((s) => ({ ...s, width: 100 }))]);
    } else {
      const shift = lane * LANE;
      lane += 1;
      const out = claim(ca.row, a, a.x + Math.round(a.w * 0.6) + shift);
      const gap = cb.row === ca.row ? ca.row : cb.row - 1;
      const into = claim(gap, b, b.x + Math.round(b.w * (cb.col > ca.col ? 0.3 : 0.7)) + shift);
      const y1 = (bottoms.get(ca.row) ?? a.y + a.h) + 18 + shift;
      if (cb.row - ca.row <= 1) {
        const below = ca.row === cb.row;
        path = [
          { x: out, y: a.y + a.h },
          { x: out, y: y1 },
          { x: into, y: y1 },
          { x: into, y: below ? b.y + b.h : b.y },
        ];
      } else {
        const gutter = a.x + a.w + 18 + shift;
        const y2 = b.y - 18 - shift;
        path = [
          { x: out, y: a.y + a.h },
          { x: out, y: y1 },
          { x: gutter, y: y1 },
          { x: gutter, y: y2 },
          { x: into, y: y2 },
          { x: into, y: b.y },
        ];
      }
      bent.push({ link: link.id, from: path[1] ?? { x: out, y: y1 }, to: path[2] ?? { x: into, y: y1 } });
    }
    wires.push({
      key: link.id,
      kind: 'wan',
      side: 'a',
      hub: a.id,
      spokes: [{ id: b.id, links: [link.id], path: simplify(path) }],
      joints: [],
    });
  }
  for (const { link, from, to } of bent) labels.push(freeStretch(link, from, to, wires));
  for (const choices of straight) {
    const free = choices.find((slot) => isFree(slot, wires, frames, labels));
    if (free) labels.push(free);
  }
  return { wires, labels };
}

interface Room {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What words in a slot may cover. */
function roomOf({ x, y, anchor, width, lines }: LabelSlot): Room {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left - 3, y: y - 11, w: width + 6, h: 14 + ((lines ?? 1) - 1) * 13 };
}

const meets = (a: Room, b: Room): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** No line, site or other words are in the way. */
function isFree(
  slot: LabelSlot,
  wires: readonly Wire[],
  frames: readonly Box[],
  labels: readonly LabelSlot[],
): boolean {
  const room = roomOf(slot);
  if (room.x < 0 || frames.some((f) => meets(room, f)) || labels.some((l) => meets(room, roomOf(l)))) return false;
  return wires.every((wire) =>
    wire.spokes.every(({ path }) =>
      path.every((b, i) => {
        const a = path[i - 1];
        const piece = a && {
          x: Math.min(a.x, b.x),
          y: Math.min(a.y, b.y),
          w: Math.abs(a.x - b.x),
          h: Math.abs(a.y - b.y),
        };
        return !piece || !meets(room, piece);
      }),
    ),
  );
}

/** Room for words above a horizontal piece: its longest stretch that no upright piece of another link crosses. */
function freeStretch(link: string, from: Point, to: Point, wires: readonly Wire[]): LabelSlot {
  const low = Math.min(from.x, to.x);
  const high = Math.max(from.x, to.x);
  const cuts = [low, high];
  for (const wire of wires) {
    if (wire.key === link) continue;
    for (const { path } of wire.spokes) {
      path.forEach((b, i) => {
        const a = path[i - 1];
        if (!a || a.x !== b.x || a.x <= low || a.x >= high) return;
        if (Math.min(a.y, b.y) < from.y && Math.max(a.y, b.y) > from.y - 16) cuts.push(a.x);
      });
    }
  }
  cuts.sort((a, b) => a - b);
  let best = { x: low, w: 0 };
  cuts.forEach((x, i) => {
    const w = (cuts[i + 1] ?? x) - x;
    if (w > best.w) best = { x, w };
  });
  return { links: [link], x: best.x + 10, y: from.y - 5, anchor: 'start', width: Math.max(0, best.w - 20) };
}
