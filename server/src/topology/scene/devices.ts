import { type ArrayNode, type Badge, type DatastoreNode, type Gauge, isTrouble, type SwitchNode } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { isWired } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { badgeFor, borderOf, type Drawing, plural } from './context.ts';
import { failedFrame, failedPill, strike } from './failed.ts';
import { bar, classToken, inkOf, promise, shareText } from './gauge.ts';
import { badges, icon, worstBadge } from './icons.ts';
import { speedText } from './links.ts';
import { badgeWith, deviceReading, inkOfReading, type Reading } from './readings.ts';
import { box, type Item, path, rect, text } from './scene.ts';
import { swatch } from './swatch.ts';

const PORT_W = 4;
const PORT_H = 11;
/** Below, a datastore's card has no room for name and figure in one line. */
const NARROW_CARD = 112;

/** A switch, a fabric, or what is outside. */
export function drawSwitch(node: SwitchNode, b: Box, d: Drawing): Item[] {
  if (node.failed) return drawFailedDevice(node, b, 12, d);
  const badge = badgeFor(node.badge, [node.gauge]);
  const border = borderOf(badge, d.look);
  const items: Item[] = [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 4, fill: 'tile', stroke: border.stroke, width: border.width }),
  ];
  const strip = b.h >= 42 && b.w >= 200 && node.ports > 0;
  const cy = strip ? b.y + 15 : b.y + b.h / 2;
  let right = b.x + b.w - 10;
  if (node.kind === 'outside') {
    items.push(icon('outside', b.x + 8, cy - 7.5, 15, 'text'));
    const words = node.caption ?? '';
    const width = Math.ceil(d.look.face.width(words, 10));
    const name = d.look.face.shorten(node.name, b.w - 44, 12, true);
    const fits = width > 0 && b.x + 28 + d.look.face.width(name, 12, true) + 8 + width <= right;
    if (fits) items.push(text(right, cy + 3.5, words, 10, 'muted', { anchor: 'end' }));
    items.push(text(b.x + 28, cy + 4, name, 12, 'strong', { bold: true }));
    return items;
  }
  const reading = deviceReading(node, d);
  if (reading) {
    const drawn = swatch(reading, right, cy, Math.min(150, b.w / 2), d);
    items.push(...drawn.items);
    right = drawn.left;
  } else if (node.gauge) {
    const bad = node.gauge.state !== 'unknown' && isTrouble(node.gauge.class);
    items.push(
      text(right, cy + 3.5, shareText(node.gauge), 11, inkOf(node.gauge, 'muted'), {
        bold: bad,
        anchor: 'end',
        figures: true,
      }),
    );
    right -= 40;
  }
  const name = d.look.face.width(node.name, 12, true);
  const left = b.x + 10;
  if (!strip && !reading && node.gauge && right - left - 22 - name > 100) {
    items.push(...bar(node.gauge, { x: right - 78, y: cy - 3, line: 60, h: 6, picked: false, over: 3 }, d.look));
    right -= 88;
  }
  const mark = badges(badge, right, cy, 12, d.look);
  items.push(...mark.items);
  right = mark.left - 4;
  items.push(icon(node.kind === 'fabric' ? 'fabric' : 'switch', left, cy - 7, 14, 'text'));
  const shown = d.look.face.shorten(node.name, right - left - 20, 12, true);
  items.push(text(left + 20, cy + 4, shown, 12, 'strong', { bold: true }));
  const from = left + 20 + Math.ceil(d.look.face.width(shown, 12, true)) + 9;
  const facts = portFacts(node);
  const used = d.look.face.width(facts, 10) <= right - from ? facts : portFacts(node, false);
  if (used && d.look.face.width(used, 10) <= right - from)
    items.push(text(from, cy + 3.5, used, 10, 'muted', { figures: true }));
  if (strip) items.push(...portStrip(node, b.x + 10, b.y + 28, b.w - 20, d));
  return items;
}

function portFacts(node: SwitchNode, withUse = true): string {
  if (node.ports === 0) return withUse ? (node.caption ?? '') : '';
  const ports = node.speed > 0 ? `${node.ports} × ${speedText(node.speed)}` : `${node.ports} ports`;
  const used = node.portLoads.length;
  return withUse && used > 0 ? `${ports}, ${used} in use` : ports;
}

/** Ports side by side, those in use filled from the bottom by their load. */
function portStrip(node: SwitchNode, x: number, y: number, width: number, d: Drawing): Item[] {
  const count = Math.min(node.ports, Math.floor(width / 5.5));
  const pitch = Math.min(10, (width - PORT_W) / Math.max(1, count - 1));
  let free = '';
  const used = new Map<string, { token: ReturnType<typeof classToken>; data: string }>();
  for (let i = 0; i < count; i += 1) {
    const px = x + i * pitch;
    free += box(px, y, PORT_W, PORT_H);
    const load = node.portLoads[i];
    if (load === undefined) continue;
    const { warn, err } = d.graph.thresholds.network;
    const token =
      load < 0
        ? 'calm1'
        : classToken(load > 1 ? 'over' : load >= err ? 'critical' : load >= warn ? 'warning' : 'calm3', d.look);
    const h = load < 0 ? PORT_H : Math.max(2, Math.min(1, load) * PORT_H);
    const entry = used.get(token) ?? { token, data: '' };
    used.set(token, { token, data: entry.data + box(px, y + PORT_H - h, PORT_W, h) });
  }
  return [
    path(free, d.look.contrast ? { stroke: 'hairline', width: 0.8 } : { fill: 'track' }),
    ...[...used.values()].map((u) => path(u.data, { fill: u.token })),
  ];
}

/** An array, or datastores without one: words at the left, then what is drawn by `drawDatastore`. */
export function drawArray(node: ArrayNode, b: Box, stores: readonly Box[], d: Drawing): Item[] {
  if (node.failed) return drawFailedDevice(node, b, 12, d);
  const badge = badgeFor(undefined, node.gauges);
  const own = node.badge && node.datastores.length > 0 ? ownFindings(node) : node.badge;
  const shownBadge = own && own.errors + own.warnings + own.infos > 0 ? own : badge;
  const border = borderOf(shownBadge, d.look);
  const items: Item[] = [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 4, fill: 'tile', stroke: border.stroke, width: border.width }),
  ];
  const beside = stores.length > 0 && stores.every((s) => s.x > b.x + 100);
  const first = Math.min(...stores.map((s) => s.x), b.x + b.w);
  const right = (beside ? first : b.x + b.w) - 10;
  const left = b.x + 12;
  const cy = b.y + 17;
  items.push(icon(node.kind, left, cy - 8, 15, 'text'));
  const mark = badges(shownBadge, right, cy, 12, d.look);
  items.push(...mark.items);
  const gauge = node.gauges[0];
  const beyond = !beside && (gauge !== undefined || deviceReading(node, d) !== undefined) && right - left > 300;
  const x = left + 21;
  const nameRoom = (beyond ? mark.left - 150 : mark.left) - x - 4;
  const shown = d.look.face.shorten(node.name, nameRoom, 12, true);
  items.push(text(x, cy + 4, shown, 12, 'strong', { bold: true }));
  const card = isWired(d.layout.level);
  const reading = deviceReading(node, d);
  if (node.caption) {
    const facts = d.look.face.facts(node.caption, right - x, 10);
    if (facts && b.h > 44) items.push(text(x, cy + 17, facts, 10, 'muted'));
  }
  if (reading && beside && b.h > 50) {
    const y = card ? b.y + 54 : cy + 27;
    items.push(rect(x, y - 5, 10, 10, { r: 1, fill: reading.token }));
    const shown = d.look.face.shorten(reading.text, right - x - 16, 11);
    if (shown) items.push(text(x + 15, y + 3.5, shown, 11, inkOfReading(reading, 'text'), { figures: true }));
  } else if (reading && !beside && right - left > 300) {
    items.push(...swatch(reading, mark.left - 4, cy, 140, d).items);
  } else if (beside && card) {
    node.gauges.slice(0, b.h > 90 ? 2 : 1).forEach((g, i) => {
      const y = b.y + 54 + i * 16;
      items.push(text(left, y + 3.5, g.label ?? 'IOPS', 10, 'muted'));
      items.push(...bar(g, { x: left + 32, y: y - 3, line: 60, h: 6, picked: false, over: 2 }, d.look));
      items.push(value(g, left + 156, y + 3.5));
    });
  } else if (beside && gauge && b.h > 50) {
    const words = `${gauge.label ?? 'IOPS'} ${shareText(gauge)}`;
    const bad = gauge.state !== 'unknown' && isTrouble(gauge.class);
    items.push(text(x, cy + 29, words, 10, inkOf(gauge, 'muted'), { bold: bad, figures: true }));
  } else if (beyond && gauge) {
    const end = mark.left;
    items.push(text(end - 150, cy + 3.5, gauge.label ?? 'IOPS', 10, 'muted'));
    items.push(...bar(gauge, { x: end - 118, y: cy - 3, line: 60, h: 6, picked: false, over: 2 }, d.look));
    items.push(value(gauge, end, cy + 3.5));
  }
  return items;
}

const value = (g: Gauge, x: number, y: number): Item =>
  text(x, y, shareText(g), 10, inkOf(g, 'muted'), {
    bold: g.state !== 'unknown' && isTrouble(g.class),
    anchor: 'end',
    figures: true,
  });

/** Findings of an array that none of its datastores shows. */
function ownFindings(node: ArrayNode) {
  const badge = node.badge ?? { errors: 0, warnings: 0, infos: 0, findings: [] };
  const sum = (pick: (s: DatastoreNode) => number): number => node.datastores.reduce((n, s) => n + pick(s), 0);
  return {
    errors: Math.max(0, badge.errors - sum((s) => s.badge?.errors ?? 0)),
    warnings: Math.max(0, badge.warnings - sum((s) => s.badge?.warnings ?? 0)),
    infos: Math.max(0, badge.infos - sum((s) => s.badge?.infos ?? 0)),
    findings: badge.findings,
  };
}

/** `14.2 of 20 TiB`: both in the unit of the capacity. */
function spaceText(gauge: Gauge): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, gauge.capacity)) / 10)));
  const scale = 2 ** (10 * power);
  const short = (n: number): string => {
    const v = n / scale;
    return v >= 100 || Number.isInteger(Math.round(v * 10) / 10) ? String(Math.round(v)) : v.toFixed(1);
  };
  return `${short(gauge.value)} of ${short(gauge.capacity)}${NARROW}${units[power]}`;
}

export function drawDatastore(node: DatastoreNode, b: Box, d: Drawing): Item[] {
  if (node.failed) return b.h >= 50 ? drawFailedDevice(node, b, 10, d) : failedRow(node, b, d);
  return b.h >= 50 ? storeCard(node, b, d) : storeRow(node, b, d);
}

/** A device that has failed stays in its place, struck out. */
function drawFailedDevice(node: SwitchNode | ArrayNode | DatastoreNode, b: Box, pad: number, d: Drawing): Item[] {
  const cy = node.kind === 'array' || node.kind === 'pool' ? b.y + 17 : b.y + Math.min(23, b.h / 2);
  const left = b.x + pad;
  const room = (node.kind === 'array' || node.kind === 'pool' ? Math.min(b.w, 190) : b.w) - pad - 10;
  const pillWidth = Math.ceil(d.look.face.width('failed', 10)) + 14;
  const name = d.look.face.shorten(node.name, room - 28 - pillWidth, 12, true);
  // Datastores may stand at the right of an array.
  const end =
    node.kind === 'array' || node.kind === 'pool'
      ? left + 28 + Math.ceil(d.look.face.width(name, 12, true)) + pillWidth
      : b.x + b.w - 10;
  const [, pill] = failedPill(end, cy, d);
  return [
    failedFrame(b, 4),
    icon(node.kind, left, cy - 7, 14, 'muted'),
    text(left + 20, cy + 4, name, 12, 'muted', { bold: true }),
    strike(left + 20, cy + 4, d.look.face.width(name, 12, true)),
    ...pill,
  ];
}

function failedRow(node: DatastoreNode, b: Box, d: Drawing): Item[] {
  const name = d.look.face.shorten(node.name, b.w - 44, 10);
  return [
    text(b.x, b.y + 10, name, 10, 'muted'),
    strike(b.x, b.y + 10, d.look.face.width(name, 10)),
    rect(b.x + 0.5, b.y + 17.5, Math.floor((b.w * 5) / 6), 5, { r: 1, stroke: 'wire', dash: '2 2', width: 1 }),
  ];
}

/** Promising more than the policy allows is red, and so has a badge. */
function storeBadge({ badge, gauge }: DatastoreNode): Badge {
  const own = badgeFor(badge, [gauge]);
  const beyond =
    gauge.promised !== undefined && gauge.promisedLimit !== undefined && gauge.promised > gauge.promisedLimit;
  return beyond && own.errors + own.warnings === 0 ? { ...own, warnings: 1, hollow: true } : own;
}

function storeCard(node: DatastoreNode, b: Box, d: Drawing): Item[] {
  const { gauge } = node;
  const badge = storeBadge(node);
  const items: Item[] = [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 3, fill: 'cluster', stroke: 'hairline', width: 1 }),
  ];
  const cy = b.y + 15;
  const tall = b.h >= 80;
  const bad = gauge.state !== 'unknown' && isTrouble(gauge.class);
  let right = b.x + b.w - 10;
  const left = b.x + 10;
  const name = left + 20;
  const marked = (end: number) => {
    const all = badges(badge, end, cy, 14, d.look);
    // A name that is lost says less than badges of which the worst is left.
    const isTight = all.left - name < Math.min(56, d.look.face.width(node.name, 12, true)) + 50;
    return isTight && all.items.length > 0 ? { items: worstBadge(badge, end - 14, cy, 14), left: end - 18 } : all;
  };
  const reading = deviceReading(node, d);
  if (b.w < NARROW_CARD) return [...items, ...narrowCard(node, badge, reading, b, d)];
  if (!tall) {
    const mark = marked(right);
    items.push(...mark.items);
    right = mark.left - (mark.items.length > 0 ? 1 : 0);
  }
  if (reading) {
    const drawn = swatch(reading, right, cy, Math.max(40, right - name - 60), d);
    items.push(...drawn.items);
    right = drawn.left;
  }
  const words = reading ? '' : tall ? shareText(gauge) : gauge.state === 'unknown' ? '?' : spaceText(gauge);
  const room = right - name - Math.min(60, d.look.face.width(node.name, 12, true)) - 8;
  const shown = reading || d.look.face.width(words, 10, bad) <= room ? words : shareText(gauge);
  if (shown) {
    items.push(
      text(right, cy + 3.5, shown, tall ? 11 : 10, inkOf(gauge, 'muted'), {
        bold: bad && tall,
        anchor: 'end',
        figures: true,
      }),
    );
    right -= Math.ceil(d.look.face.width(shown, tall ? 11 : 10, bad)) + 8;
  }
  if (tall) {
    const mark = badges(badge, right, cy, 14, d.look);
    items.push(...mark.items);
    right = mark.left;
  }
  items.push(icon('datastore', left, cy - 7.5, 14, 'text'));
  items.push(text(name, cy + 4, d.look.face.shorten(node.name, right - name, 12, true), 12, 'strong', { bold: true }));
  const line = Math.floor(((b.w - 20) * 5) / 6);
  const picked = d.measure === 'storage' || tall;
  items.push(
    ...bar(gauge, { x: left, y: b.y + 30, line, h: 8, picked, over: 2 }, d.look),
    ...promise(gauge, left, b.y + 42, line),
  );
  if (!tall) return items;
  const end = b.x + b.w - 10;
  const promised = gauge.promised === undefined ? '' : `promised ${Math.round(gauge.promised * 100)}${NARROW}%`;
  const full = node.fullIn === undefined ? '' : `full in ${plural(node.fullIn, 'month')}`;
  const lines: readonly (readonly [string, string, string])[] = [
    ['text', gauge.state === 'unknown' ? 'not stated' : spaceText(gauge), promised],
    ['muted', plural(node.vms, 'VM'), full],
  ];
  lines.forEach(([fill, a, c], i) => {
    const y = b.y + 59 + i * 14;
    items.push(text(left, y, a, 10, fill === 'text' ? 'text' : 'muted', { figures: true }));
    if (c && d.look.face.width(a, 10) + d.look.face.width(c, 10) + 8 <= end - left)
      items.push(text(end, y, c, 10, 'muted', { anchor: 'end', figures: true }));
  });
  return items;
}

/** Where one more than usual had to fit: the name alone in the first line, the figure below the bar. */
function narrowCard(node: DatastoreNode, badge: Badge, reading: Reading | undefined, b: Box, d: Drawing): Item[] {
  const { gauge } = node;
  const left = b.x + 8;
  const right = b.x + b.w - 8;
  const has = badge.errors + badge.warnings + badge.infos > 0;
  const name = d.look.face.shorten(node.name, right - left - (has ? 16 : 0), 11, true);
  const line = Math.floor(((b.w - 16) * 5) / 6);
  const words = reading ? d.look.face.shorten(reading.text, right - left, 10) : shareText(gauge);
  const ink = reading ? inkOfReading(reading, 'muted') : inkOf(gauge, 'muted');
  return [
    text(left, b.y + 15, name, 11, 'strong', { bold: true }),
    ...(has ? worstBadge(badge, right - 12, b.y + 11, 12) : []),
    ...(reading
      ? [rect(left, b.y + 22, line, 7, { r: 1, fill: reading.token })]
      : [
          ...bar(gauge, { x: left, y: b.y + 22, line, h: 7, picked: d.measure === 'storage', over: 2 }, d.look),
          ...promise(gauge, left, b.y + 33, line),
        ]),
    text(left, b.y + 47, words, 10, ink, { figures: true }),
  ];
}

/** In an estate: name, percent, a bar. */
function storeRow(node: DatastoreNode, b: Box, d: Drawing): Item[] {
  const { gauge } = node;
  const reading = deviceReading(node, d);
  const badge = badgeWith(storeBadge(node), reading);
  const bad = reading
    ? reading.class !== undefined && isTrouble(reading.class)
    : gauge.state !== 'unknown' && isTrouble(gauge.class);
  // Where one more than usual had to fit there is room for the name alone; the bar says how full it is.
  const isTight = b.w < 72 && !bad;
  const whole = reading ? d.look.face.shorten(reading.text, Math.max(24, b.w / 2), 10, bad) : shareText(gauge);
  const words = isTight ? '' : whole;
  const has = badge.errors + badge.warnings + badge.infos > 0;
  const line = Math.floor((b.w * 5) / 6);
  const right = b.x + line + Math.min(14, b.w - line);
  const room = right - b.x - Math.ceil(d.look.face.width(words, 10, bad)) - (has ? 16 : 0) - 5;
  const name = d.look.face.shorten(node.name, room, 10);
  const items: Item[] = [text(b.x, b.y + 10, name, 10, 'text')];
  if (has) items.push(...worstBadge(badge, b.x + Math.ceil(d.look.face.width(name, 10)) + 4, b.y + 6, 11));
  const ink = reading ? inkOfReading(reading, 'muted') : inkOf(gauge, 'muted');
  if (words) items.push(text(right, b.y + 10, words, 10, ink, { bold: bad, anchor: 'end', figures: true }));
  if (reading) items.push(rect(b.x, b.y + 17, line, 6, { r: 1, fill: reading.token }));
  else items.push(...bar(gauge, { x: b.x, y: b.y + 17, line, h: 6, picked: d.measure === 'storage', over: 2 }, d.look));
  return items;
}
