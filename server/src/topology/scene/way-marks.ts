import { LANE, lanesAt } from '../layout/lanes.ts';
import { isGrouping, type Layout, type Point } from '../layout/layout-types.ts';
import { isWired } from '../layout/metrics.ts';
import { badgeIcon } from './icons.ts';
import { type Item, rect, text } from './scene.ts';
import { type Area, labelArea } from './ways.ts';

interface Piece extends Area {
  readonly wire: string;
}

/** Everything that marks on links must keep clear of. */
interface Obstacles {
  readonly pieces: readonly Piece[];
  readonly labels: readonly Area[];
  readonly boxes: readonly Area[];
  /** Lanes of networks with the marks on them. */
  readonly lanes: readonly Area[];
}

const known = new WeakMap<Layout, Obstacles>();

function obstaclesOf(layout: Layout): Obstacles {
  const found = known.get(layout) ?? {
    pieces: layout.wires.flatMap(({ key, spokes }) =>
      spokes.flatMap(({ path: way }) =>
        way.slice(1).map((b, i): Piece => {
          const a = way[i] ?? b;
          const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
          return { wire: key, x, y, w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) };
        }),
      ),
    ),
    labels: layout.labels.map(labelArea),
    boxes: layout.boxes.filter(({ kind }) => !isGrouping(kind)),
    lanes: layout.boxes
      .filter(({ kind }) => kind === 'lanes')
      .flatMap(({ x, y, w, h }) => lanesAt(y, h).map((lane): Area => ({ x, y: lane - 4, w, h: 8 }))),
  };
  known.set(layout, found);
  return found;
}

const meets = (a: Area, x: number, y: number, r: number): boolean =>
  a.x < x + r && x - r < a.x + a.w && a.y < y + r && y - r < a.y + a.h;

/** Half of what a digit of 10 px covers, and a bit. */
const DIGIT = 4.5;

/** What is marked on a way: that it is the only path, or that something was found on it. */
export interface WayMark {
  readonly way: readonly Point[];
  readonly mark: 'only' | 'error' | 'warning';
}

/**
 * Badges and ringed ones on links of a wire, each where it lies on nothing else; where there is no such place, only a ring around the
 * port.
 */
export function wayMarks(marks: readonly WayMark[], wire: string, layout: Layout): Item[] {
  const { pieces, labels, boxes, lanes } = obstaclesOf(layout);
  const others = pieces.filter((piece) => piece.wire !== wire);
  const taken: Spot[] = [];
  // Between bundles a mark keeps clear of both walls of a pipe; rails of hosts are narrower, and closer together.
  const clear = isWired(layout.level) ? 0.5 : 4;
  const isFree = ({ x, y, r }: Spot): boolean =>
    !taken.some((spot) => Math.hypot(spot.x - x, spot.y - y) < spot.r + r + 1) &&
    !others.some((piece) => meets(piece, x, y, r + clear)) &&
    !labels.some((label) => meets(label, x, y, r)) &&
    !lanes.some((lane) => meets(lane, x, y, r)) &&
    !boxes.some((b) => meets(b, x, y, DIGIT) && !holds(b, x, y));
  return marks.flatMap(({ way, mark }) => {
    const spot = [...spotsOn(way), ...spotsBetween(way, lanes)].find(isFree);
    const end = way[way.length - 1];
    const stroke = mark === 'warning' ? 'warning' : 'critical';
    if (!spot) return end ? [rect(end.x - 4.5, end.y - 4.5, 9, 9, { r: 4.5, stroke, width: 1.5 })] : [];
    taken.push(spot);
    const { x, y, r } = spot;
    if (mark === 'only')
      return [
        rect(x - r, y - r, 2 * r, 2 * r, { r, fill: 'bg', stroke: 'critical', width: 1.5 }),
        text(x, y + 3.6, '1', 10, 'ink-critical', { bold: true, anchor: 'middle' }),
      ];
    const size = r < 8 ? 11 : 13;
    return [rect(x - r, y - r, 2 * r, 2 * r, { r, fill: 'bg' }), ...badgeIcon(mark, x - size / 2, y - size / 2, size)];
  });
}

const holds = (b: Area, x: number, y: number): boolean =>
  b.x <= x - DIGIT && b.y <= y - DIGIT && b.x + b.w >= x + DIGIT && b.y + b.h >= y + DIGIT;

interface Spot extends Point {
  readonly r: number;
}

/** Places between lanes, the lowest first. */
function spotsBetween(way: readonly Point[], lanes: readonly Area[]): readonly Spot[] {
  const [a, b] = way.slice(-2);
  if (!a || !b || a.x !== b.x) return [];
  return lanes
    .filter(({ x, y, w }) => x <= b.x && b.x <= x + w && y > Math.min(a.y, b.y) && y < Math.max(a.y, b.y))
    .map(({ y, h }): Spot => ({ x: b.x, y: y + h / 2 - LANE / 2, r: 6.5 }))
    .toSorted((p, q) => q.y - p.y);
}

/** Places on a link, the nearest to its end first. */
function spotsOn(way: readonly Point[]): readonly Spot[] {
  const spots: Spot[] = [];
  // What comes before the last pieces is shared with other links.
  for (let i = way.length - 1; i > Math.max(0, way.length - 3); i -= 1) {
    const [a, b] = [way[i - 1], way[i]];
    if (!a || !b) continue;
    const long = Math.hypot(b.x - a.x, b.y - a.y);
    const at = (from: number, r: number): Spot => ({
      x: Math.round(b.x + ((a.x - b.x) * from) / long),
      y: Math.round(b.y + ((a.y - b.y) * from) / long),
      r,
    });
    if (long >= 30) spots.push(at(long / 2, 8), at(14, 8), at(long - 14, 8), at(10, 6.5));
    else if (long >= 8) spots.push(at(Math.min(6, long / 2), 6.5));
  }
  return spots;
}
