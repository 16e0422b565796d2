import type { Gauge, HostNode, TopologyGraph } from '../graph.ts';
import type { Box, Point } from '../layout/layout-types.ts';
import { isOverview } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { type Drawing, pickedGauge } from './context.ts';
import { type Flow, flowsOf } from './flows.ts';
import { shareText } from './gauge.ts';
import { box, type Item, num, path, rect, type Token, text } from './scene.ts';

/** Whether a plan changes something about a host, at this step or another one. */
export const takesPart = ({ most, added, gauges }: HostNode): boolean =>
  most !== undefined || added === true || Object.values(gauges).some(({ was }) => was !== undefined);

/** `110 → 78 %`: a load before and after, with a space on both sides of the arrow or without; undefined where it stays. */
export function changeText(gauge: Gauge | undefined, space = NARROW): string | undefined {
  if (gauge?.was === undefined) return undefined;
  const after = shareText(gauge);
  const before = shareText({ ...gauge, share: gauge.was, state: 'stated' });
  return before === after ? undefined : `${before.replace(`${NARROW}%`, '')}${space}→${space}${after}`;
}

/** The change of the measure that is picked, in what fits in `room`; undefined where there is none, or no room for it. */
export function pickedChange(host: HostNode, d: Drawing, room: number, size: number): string | undefined {
  const picked = d.graph.plan && pickedGauge(d.measure);
  const gauge = picked && host.gauges[picked];
  const whole = [NARROW, ''].flatMap((space) => changeText(gauge, space) ?? []);
  // What it was says more than the unit, which the legend has.
  return [...whole, ...whole.slice(-1).map((words) => words.replace(`${NARROW}%`, ''))].find(
    (words) => d.look.face.width(words, size, true) <= room,
  );
}

/** `−2 +1`: VMs that have left, and that have come; empty where none has. */
export function traffic({ vms, left = [] }: HostNode): string {
  const out = left.filter(({ off }) => !off).length;
  const came = vms.filter(({ from, off }) => from !== undefined && !off).length;
  return [out > 0 ? `−${out}` : '', came > 0 ? `+${came}` : ''].filter(Boolean).join(NARROW);
}

/** `new` in a pill that ends at `right`; answers where it begins. */
export function newPill(right: number, cy: number, d: Drawing): [number, Item[]] {
  const w = Math.ceil(d.look.face.width('new', 10, true)) + 12;
  return [
    right - w,
    [
      rect(right - w + 0.5, cy - 7.5, w - 1, 15, { r: 7.5, fill: 'bg', stroke: 'focus', width: 1 }),
      text(right - w / 2, cy + 3.5, 'new', 10, 'strong', { anchor: 'middle', bold: true }),
    ],
  ];
}

/** Squares of an overview that a plan changes: a frame around each. */
export function squareFrames(hosts: readonly HostNode[], boxes: readonly Box[]): Item[] {
  const changed = new Set(hosts.filter(takesPart).map(({ id }) => id));
  let frames = '';
  for (const b of boxes) {
    if (changed.has(b.id)) frames += box(b.x - 0.5, b.y - 0.5, b.w + 1, b.h + 1);
  }
  return frames ? [path(frames, { stroke: 'focus', width: 1 })] : [];
}

/** How large a corner is rounded. */
const CORNER = 4;

/** A line with rounded corners; with a bend, a curve. */
export function wayData({ path: points, bend }: Pick<Flow, 'path' | 'bend'>): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const start = `M${num(first.x)} ${num(first.y)}`;
  const last = rest[rest.length - 1];
  if (bend && last) return `${start}Q${num(bend.x)} ${num(bend.y)} ${num(last.x)} ${num(last.y)}`;
  let data = start;
  let from = first;
  for (const [index, p] of rest.entries()) {
    const next = rest[index + 1];
    if (!next) {
      data += `L${num(p.x)} ${num(p.y)}`;
      break;
    }
    const r = Math.min(CORNER, distance(from, p) / 2, distance(p, next) / 2);
    const [a, b] = [towards(p, from, r), towards(p, next, r)];
    data += `L${num(a.x)} ${num(a.y)}Q${num(p.x)} ${num(p.y)} ${num(b.x)} ${num(b.y)}`;
    from = b;
  }
  return data;
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

function towards(from: Point, to: Point, by: number): Point {
  const far = Math.max(1e-9, distance(from, to));
  return { x: from.x + ((to.x - from.x) / far) * by, y: from.y + ((to.y - from.y) / far) * by };
}

/** The head of an arrow at the end of a way. */
export function headData({ path: points, bend }: Pick<Flow, 'path' | 'bend'>, size: number): string {
  const tip = points[points.length - 1];
  const before = bend ?? points[points.length - 2];
  if (!tip || !before) return '';
  const far = Math.max(1e-9, distance(before, tip));
  const [ux, uy] = [(tip.x - before.x) / far, (tip.y - before.y) / far];
  const [bx, by] = [tip.x - ux * size, tip.y - uy * size];
  const half = size * 0.55;
  return `M${num(tip.x)} ${num(tip.y)}L${num(bx - uy * half)} ${num(by + ux * half)}L${num(bx + uy * half)} ${num(by - ux * half)}z`;
}

/** A mark where a way begins. */
const footData = ({ x, y }: Point, r: number): string =>
  `M${num(x - r)} ${num(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** The ways of a plan, those of a cluster together. */
export function flowParts(
  d: Drawing,
  boxes: ReadonlyMap<string, Box>,
): readonly { readonly id: string; readonly box: Box; readonly items: Item[] }[] {
  const byCluster = new Map<string, Flow[]>();
  for (const flow of flowsOf(d.graph, d.layout, d.measure))
    byCluster.set(flow.cluster, [...(byCluster.get(flow.cluster) ?? []), flow]);
  return [...byCluster].flatMap(([id, flows]) => {
    const frame = boxes.get(id);
    return frame ? [{ id, box: around(frame, flows), items: drawFlows(flows, d) }] : [];
  });
}

/** A frame with all that leads out of it. */
function around(frame: Box, flows: readonly Flow[]): Box {
  const points = flows.flatMap(({ path: own, bend }) => [...own, ...(bend ? [bend] : [])]);
  const x = Math.min(frame.x, ...points.map((p) => p.x));
  const y = Math.min(frame.y, ...points.map((p) => p.y));
  const right = Math.max(frame.x + frame.w, ...points.map((p) => p.x));
  const bottom = Math.max(frame.y + frame.h, ...points.map((p) => p.y));
  return { ...frame, x, y, w: right - x, h: bottom - y };
}

const MOST_BENT = 16;

/** Those of the step that is looked at stand out from the ones before. */
function drawFlows(all: readonly Flow[], d: Drawing): Item[] {
  const overview = isOverview(d.layout.level);
  // Bends over squares say nothing any more where they are many; those of one host are shown where it is looked at.
  const flows = overview && all.length > MOST_BENT ? all.filter(({ isNow }) => isNow) : all;
  const hasNow = flows.some(({ isNow }) => isNow);
  const many = flows.length > 14 ? 0.75 : 1;
  const [now, rest] = [flows.filter(({ isNow }) => isNow), flows.filter(({ isNow }) => !isNow)];
  const size = d.layout.level === 'dot' ? 3.5 : overview ? 5 : 6;
  const strokes = (list: readonly Flow[], width: number, opacity: number): Item[] => {
    if (list.length === 0) return [];
    const lines = list.map(wayData).join('');
    const heads = list.map((flow) => headData(flow, size)).join('');
    const feet = overview
      ? ''
      : list.flatMap(({ path: [first], isStub }) => (first && !isStub ? [footData(first, 2.5)] : [])).join('');
    const halo: Token = overview ? 'bg' : 'cluster';
    return [
      ...(overview && list.length > 14 ? [] : [path(lines, { stroke: halo, width: width + 2.5, round: true })]),
      path(lines, { stroke: 'focus', width, round: true, opacity }),
      path(heads + feet, { fill: 'focus', opacity: Math.max(opacity, 0.8) }),
    ];
  };
  const width = d.layout.level === 'dot' ? 0.8 : overview ? 1.2 : 1.5;
  return [
    ...strokes(rest, width, hasNow ? 0.45 : many),
    ...strokes(now, width * 2, 1),
    ...(overview ? [] : flows.flatMap((flow) => countPill(flow, (words) => d.look.face.width(words, 10, true)))),
  ];
}

/** How many come in at an arrow. */
export function countPill({ path: points, count, bend }: Flow, widthOf: (words: string) => number): Item[] {
  const tip = points[points.length - 1];
  const before = points[points.length - 2];
  if (count === undefined || bend || !tip || !before) return [];
  const words = String(count);
  const w = Math.ceil(widthOf(words)) + 7;
  // Over the arrow, in the gap: words of the host begin at its edge.
  const cx = tip.x - Math.sign(tip.x - before.x) * (w / 2 - 1.5);
  return [
    rect(num(cx - w / 2), tip.y - 6.5, w, 13, { r: 6.5, fill: 'bg', stroke: 'focus', width: 1.2 }),
    text(num(cx), tip.y + 3.5, words, 10, 'strong', { anchor: 'middle', bold: true, figures: true }),
  ];
}

/** What a node or VM has to do with a plan: its ways, for who looks at it. */
export function flowsAt(graph: TopologyGraph, flows: readonly Flow[], id: string): readonly Flow[] {
  return graph.plan ? flows.filter(({ from, to, vms }) => from === id || to === id || vms.includes(id)) : [];
}
