import { formatNumber, formatQuantity } from '../../base/units.ts';
import { badgeOver } from '../bundles.ts';
import { classify, type Gauge, isTrouble, type Link, type LinkKind, worst } from '../graph.ts';
import type { LabelSlot, Layout, Point, Spoke, Wire } from '../layout/layout-types.ts';
import { isWired } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { badgeFor, type Drawing } from './context.ts';
import { FADED } from './focus.ts';
import { classToken, inkOf, shareText } from './gauge.ts';
import { badgeIcon, port } from './icons.ts';
import { lineReading, type Reading } from './readings.ts';
import { type Item, num, path, rect, type Token, text } from './scene.ts';
import { swatch, swatchWidth } from './swatch.ts';
import { type WayMark, wayMarks } from './way-marks.ts';

/** `25 G`: bit/s in the short form of people who cable. */
export function speedText(speed: number): string {
  const [value = '', unit = ''] = formatQuantity(speed, 'rate').split(' ');
  return `${value}${NARROW}${unit.slice(0, 1).toUpperCase()}`;
}

const CASINGS: readonly (readonly [from: number, width: number])[] = [
  [400e9, 8],
  [200e9, 6],
  [100e9, 5],
  [40e9, 4],
  [25e9, 3],
  [10e9, 2],
];

/** Width of a pipe between its walls, by its bandwidth in bit/s. */
const casing = (speed: number): number => (speed > 400e9 ? 10 : (CASINGS.find(([from]) => speed >= from)?.[1] ?? 1));

/** A bundle is as wide as its sum, but stays a line beside the nodes it leads to. */
function casingOf(links: readonly Link[]): number {
  const total = links.reduce((sum, l) => sum + l.speed * l.count, 0);
  return links.length > 1 || (links[0]?.count ?? 0) > 1 ? Math.min(6, casing(total)) : casing(total);
}

/** The load of links together: of what is known. */
function sumGauge(links: readonly Link[], d: Drawing): Gauge | undefined {
  const known = links.flatMap((l) => (l.gauge && l.gauge.state !== 'unknown' ? [l.gauge] : []));
  if (known.length === 0) return undefined;
  const value = known.reduce((s, g) => s + g.value, 0);
  const capacity = known.reduce((s, g) => s + g.capacity, 0);
  const share = capacity > 0 ? value / capacity : 0;
  const state =
    known.length < links.length ? 'atLeast' : known.some((g) => g.state === 'assumed') ? 'assumed' : 'stated';
  return { value, capacity, share, state, class: classify(share, d.graph.thresholds.network) };
}

const points = (list: readonly Point[], shift = 0): string =>
  list.map((p, i) => `${i === 0 ? 'M' : 'L'}${num(p.x + shift)} ${num(p.y + shift)}`).join('');

/** Which kinds are drawn as pipes: a bandwidth and a load; the rest are plain wires. */
function isPipe(kind: LinkKind, d: Drawing): boolean {
  const { level, layer } = d.layout;
  if (kind === 'wan' || kind === 'trunk' || !isWired(level)) return true;
  return layer === 'network' ? kind === 'uplink' : layer === 'storage' ? kind !== 'uplink' : false;
}

export function drawWire(whole: Wire, links: ReadonlyMap<string, Link>, d: Drawing): Item[] {
  const isLost = (s: Spoke): boolean => s.links.length > 0 && s.links.every((id) => links.get(id)?.failed);
  const gone = whole.spokes.filter(isLost);
  const wire = gone.length > 0 ? { ...whole, spokes: whole.spokes.filter((s) => !isLost(s)) } : whole;
  const items: Item[] = gone.flatMap((s) => cutWay(s.path));
  if (wire.spokes.length === 0) return items;
  const own = wire.spokes.flatMap((s) => s.links.flatMap((id) => links.get(id) ?? []));
  const bed: Token = wire.inside ? 'cluster' : 'bg';
  if (isPipe(wire.kind, d)) {
    const inner = casingOf(own) + (wire.kind === 'wan' ? 1 : 0);
    // Lines of odd width stand on half pixels, so that their edges are sharp.
    const half = inner % 2 === 1 ? 0.5 : 0;
    const way = wire.spokes.map((s) => points(s.path, half)).join('');
    items.push(path(way, { stroke: 'wire', width: inner + 2, round: true }));
    items.push(path(way, { stroke: bed, width: inner, round: true }));
    const gauge = sumGauge(own, d);
    if (gauge) items.push(core(way, gauge, inner, d));
    if (wire.spokes.length > 1) {
      for (const spoke of wire.spokes) {
        const last = spoke.path.slice(-2);
        const part = sumGauge(
          spoke.links.flatMap((id) => links.get(id) ?? []),
          d,
        );
        if (part && gauge && part.class !== gauge.class) items.push(core(points(last, half), part, inner, d));
      }
    }
    for (const j of wire.joints)
      items.push(rect(j.x - 3, j.y - 3, 6, 6, { r: 3, fill: bed, stroke: 'wire', width: 1 }));
  } else {
    const way = wire.spokes.map((s) => points(s.path)).join('');
    // Where what is lost ran beside what is left, its dashes do not shine through.
    if (gone.length > 0) items.push(path(way, { stroke: bed, width: 2 }));
    items.push(path(way, { stroke: 'wire', width: 1.5, round: true }));
    for (const j of wire.joints) items.push(rect(j.x - 2.5, j.y - 2.5, 5, 5, { r: 2.5, fill: 'wire' }));
  }
  for (const spoke of wire.spokes) {
    const end = spoke.path[spoke.path.length - 1];
    const host = d.index.nodes.get(spoke.id);
    if (end && (wire.inside || host?.kind === 'array' || host?.kind === 'pool')) items.push(port(end.x, end.y));
  }
  const marks = wire.spokes.filter((s) => isMarked(s, d)).flatMap((s) => marksOf(s, links, d));
  if (marks.length > 0) items.push(...wayMarks(marks, wire.key, d.layout));
  const hub = d.index.nodes.get(wire.hub);
  const start = wire.spokes[0]?.path[0];
  if (start && !wire.inside && (hub?.kind === 'array' || hub?.kind === 'pool')) items.push(port(start.x, start.y));
  return items;
}

/** Where each host has its own stub, the bundle that they hang on is not marked again. */
const isMarked = ({ id }: Spoke, d: Drawing): boolean =>
  d.index.nodes.get(id)?.kind !== 'cluster' || !isWired(d.layout.level);

/** What stands on a piece of wire: the worst that was found on its links, where no words beside it say so, and that it is the only path. */
function marksOf({ path: way, links: ids }: Spoke, links: ReadonlyMap<string, Link>, d: Drawing): WayMark[] {
  const own = ids.flatMap((id) => links.get(id) ?? []);
  const severity = isLabelled(d.layout, ids) ? undefined : worst(badgeOver(d.graph, own));
  return [
    ...(severity === 'error' || severity === 'warning' ? [{ way, mark: severity }] : []),
    ...(own.some((link) => link.only) ? [{ way, mark: 'only' as const }] : []),
  ];
}

const labelled = new WeakMap<Layout, ReadonlySet<string>>();

/** Whether words beside a bundle are about just these links. */
function isLabelled(layout: Layout, ids: readonly string[]): boolean {
  const keyOf = (list: readonly string[]): string => `${list.length} ${list[0]} ${list.at(-1)}`;
  const known = labelled.get(layout) ?? new Set(layout.labels.map((slot) => keyOf(slot.links)));
  labelled.set(layout, known);
  return known.has(keyOf(ids));
}

/** A wire that the picture is not about. */
export const drawFaintWire = (wire: Wire): Item[] => [
  path(wire.spokes.map((s) => points(s.path)).join(''), { stroke: 'wire', width: 1.5, opacity: FADED }),
];

/** A link that is lost: dashes, with a cross in a gap on its last piece. */
function cutWay(way: readonly Point[]): Item[] {
  const b = way[way.length - 1];
  const a = way[way.length - 2];
  const items: Item[] = [path(points(way), { stroke: 'wire', width: 1, dash: '3 3' })];
  if (!a || !b) return items;
  const [x, y] = [num((a.x + b.x) / 2), num((a.y + b.y) / 2)];
  items.push(
    rect(x - 5, y - 5, 10, 10, { r: 5, fill: 'bg' }),
    path(`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`, { stroke: 'critical', width: 1.5 }),
  );
  return items;
}

/** The load inside a pipe; beyond capacity it breaks through both walls. */
function core(d: string, gauge: Gauge, inner: number, drawing: Drawing): Item {
  const token = classToken(gauge.class, drawing.look);
  const solid: Token = token === 'hc-warning' ? 'warning' : token === 'hc-critical' ? 'critical' : token;
  if (gauge.share > 1) return path(d, { stroke: solid, width: inner + 4, dash: '2.5 1.5' });
  return path(d, { stroke: solid, width: num(Math.max(1, inner * gauge.share)) });
}

/** `22 × 25 G · 41 %`, or as much of it as there is room for; a value is never cut. */
export function drawLabel(slot: LabelSlot, links: ReadonlyMap<string, Link>, d: Drawing): Item[] {
  const own = slot.links.flatMap((id) => links.get(id) ?? []).filter((l) => !l.failed);
  const first = own[0];
  if (!first) return [];
  const gauge = sumGauge(own, d);
  const bad = gauge !== undefined && isTrouble(gauge.class);
  const count = own.reduce((n, l) => n + l.count, 0);
  const same = own.every((l) => l.speed === first.speed);
  const width = same && first.speed > 0 ? `${count > 1 ? `${count} × ` : ''}${speedText(first.speed)}` : '';
  const load = gauge ? shareText(gauge) : '';
  const ink = inkOf(gauge, 'muted');
  const badge = badgeFor(badgeOver(d.graph, own), [gauge]);
  const severity = badge.errors > 0 ? 'error' : badge.warnings > 0 ? 'warning' : undefined;
  if (first.kind === 'wan') return wanLabel(slot, first, width, load, ink, bad, severity, d);
  const iconWidth = severity ? 15 : 0;
  const options = [[width, load].filter(Boolean).join(' · '), load];
  const words = options.find((o) => o && d.look.face.width(o, 10, bad) + iconWidth <= slot.width);
  if (!words && !severity) return [];
  const items: Item[] = [];
  const sign = slot.anchor === 'end' ? -1 : 1;
  if (severity)
    items.push(...badgeIcon(severity, slot.anchor === 'end' ? slot.x - 11 : slot.x, slot.y - 9, 11, badge.hollow));
  if (!words) return items;
  items.push(
    text(slot.x + sign * iconWidth, slot.y, words, 10, ink, {
      bold: bad,
      figures: true,
      ...(slot.anchor === 'end' ? { anchor: 'end' as const } : {}),
    }),
  );
  return items;
}

function wanLabel(
  slot: LabelSlot,
  link: Link,
  width: string,
  load: string,
  ink: Token,
  bad: boolean,
  severity: 'error' | 'warning' | undefined,
  d: Drawing,
): Item[] {
  const rtt = link.rtt === undefined ? '' : `${formatNumber(link.rtt * 1000, link.rtt >= 0.01 ? 0 : 1)}${NARROW}ms`;
  const items: Item[] = [];
  const reading = lineReading(link, d);
  if (slot.anchor === 'middle') {
    [width, rtt].filter(Boolean).forEach((words, i) => {
      if (d.look.face.width(words, 10) <= slot.width)
        items.push(
          text(slot.x, slot.y + i * 13, words, 10, i === 0 ? 'text' : 'muted', { anchor: 'middle', figures: true }),
        );
    });
    const y = slot.y + [width, rtt].filter(Boolean).length * 13;
    if (reading) {
      const room = Math.min(slot.width, swatchWidth(reading, d));
      if (reading.text && room > 30) items.push(...swatch(reading, slot.x + room / 2, y - 3.5, room + 3, d, 10).items);
    } else if (load) items.push(text(slot.x, y, load, 10, ink, { bold: bad, anchor: 'middle', figures: true }));
    if (severity) items.push(...badgeIcon(severity, slot.x - d.look.face.width(load, 10, bad) / 2 - 16, y - 9, 12));
    return items;
  }
  const facts = [width, rtt].filter(Boolean).join(' · ');
  const name = link.name ?? '';
  if (reading) return [...items, ...lineFigure(slot, name, facts, reading, severity, d)];
  const two = slot.lines === 2;
  const lead = two
    ? facts
      ? `${facts}${load ? ' · ' : ''}`
      : ''
    : [name, facts].filter(Boolean).join(' · ') + (load ? ' · ' : '');
  const y = two ? slot.y + 13 : slot.y;
  const room = slot.width - (severity ? 15 : 0);
  const shownLead = d.look.face.width(lead + load, 10) <= room ? lead : '';
  const isLeft = slot.anchor === 'end';
  const anchor = isLeft ? ({ anchor: 'end' } as const) : {};
  if (two && name && d.look.face.width(name, 10) <= slot.width)
    items.push(text(slot.x, slot.y, name, 10, 'text', anchor));
  if (severity) items.push(...badgeIcon(severity, isLeft ? slot.x - 11 : slot.x, y - 9, 11));
  const x = slot.x + (severity ? 15 : 0) * (isLeft ? -1 : 1);
  const words = bad ? load : shownLead + load;
  if (words && d.look.face.width(words, 10, bad) <= room)
    items.push(text(x, y, words, 10, bad ? ink : 'muted', { bold: bad, figures: true, ...anchor }));
  return items;
}

/** Beside a line that shows a figure of its own in place of its load: badge, facts as far as there is room, and the figure. */
function lineFigure(
  slot: LabelSlot,
  name: string,
  facts: string,
  reading: Reading,
  severity: 'error' | 'warning' | undefined,
  d: Drawing,
): Item[] {
  const items: Item[] = [];
  const isLeft = slot.anchor === 'end';
  const anchor = isLeft ? ({ anchor: 'end' } as const) : {};
  const two = slot.lines === 2;
  if (two && name && d.look.face.width(name, 10) <= slot.width)
    items.push(text(slot.x, slot.y, name, 10, 'text', anchor));
  const y = two ? slot.y + 13 : slot.y;
  const sign = severity ? 15 : 0;
  if (severity) items.push(...badgeIcon(severity, isLeft ? slot.x - 11 : slot.x, y - 9, 11));
  const own = Math.min(swatchWidth(reading, d), slot.width - sign);
  if (own < 30) return items;
  const lead = d.look.face.facts(
    (two ? [facts] : [name, facts]).filter(Boolean).join(' · '),
    slot.width - sign - own - 10,
    10,
  );
  const before = lead ? Math.ceil(d.look.face.width(lead, 10)) + 10 : 0;
  const end = isLeft ? slot.x - sign : slot.x + sign + before + own;
  items.push(...swatch(reading, end, y - 3.5, own + 3, d, 10).items);
  if (lead)
    items.push(text(isLeft ? end - own - 10 : slot.x + sign, y, lead, 10, 'muted', { figures: true, ...anchor }));
  return items;
}
