import {
  type ArrayNode,
  type Badge,
  type ClusterNode,
  type DatastoreNode,
  type Gauge,
  isTrouble,
  NO_BADGE,
  type SwitchNode,
  worst,
} from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { badgeFor, type Drawing, pickedGauge, severityToken } from './context.ts';
import { FADED } from './focus.ts';
import { classToken, inkOf, shareText } from './gauge.ts';
import { badgeIcon } from './icons.ts';
import { squareFrames } from './planned.ts';
import { badgeWith, deviceReading, frameReading, hostToken, inkOfReading } from './readings.ts';
import { box, type Item, num, path, type Token, text } from './scene.ts';

/** A cluster in the overview: its value, and its hosts as squares filled to their load. */
export function drawClusterOverview(cluster: ClusterNode, b: Box, hosts: readonly Box[], d: Drawing): Item[] {
  const picked = pickedGauge(d.measure);
  const gauge = picked ? cluster.gauges[picked] : undefined;
  const reading = picked ? undefined : frameReading(cluster, d);
  const heading: Heading = {
    name: cluster.name,
    badge: badgeFor(cluster.badge, [gauge, ...cluster.hosts.map((h) => (picked ? h.gauges[picked] : undefined))]),
    value: picked ? shareText(gauge) : (reading?.text ?? ''),
    ink: reading ? inkOfReading(reading, 'muted') : inkOf(gauge, 'muted'),
    bad: picked
      ? gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class)
      : reading?.class !== undefined && isTrouble(reading.class),
  };
  const marks = cluster.hosts.map(
    (host): Mark => ({
      id: host.id,
      failed: host.failed ?? false,
      ...(picked ? { gauge: host.gauges[picked] ?? 'unknown' } : {}),
      token: hostToken(host, d),
    }),
  );
  const frames = d.graph.plan ? squareFrames(cluster.hosts, hosts) : [];
  return [...drawHeading(heading, b, d), ...squares(marks, hosts, d), ...frames];
}

/** All switches, or all fabrics, of a site in the overview. */
export function drawTier(name: string, devices: readonly SwitchNode[], b: Box, boxes: readonly Box[], d: Drawing) {
  const gauges = isRead(d) ? [] : devices.map((s) => s.gauge);
  const badge = sumOf(devices.map((s) => s.badge));
  return [...drawHeading(highest(name, badge, gauges), b, d), ...squares(devices.map(deviceMark(d)), boxes, d)];
}

/** An array in the overview, with its datastores filled to what is used. */
export function drawArrayOverview(array: ArrayNode, b: Box, boxes: readonly Box[], d: Drawing): Item[] {
  const gauges = array.datastores.map((s) => s.gauge);
  const reading = deviceReading(array, d);
  const heading = array.failed
    ? { name: array.name, badge: NO_BADGE, value: 'failed', ink: 'ink-critical' as const, bad: true }
    : reading?.class
      ? {
          name: array.name,
          badge: badgeWith(badgeFor(array.badge, gauges), reading),
          value: reading.text,
          ink: inkOfReading(reading, 'muted'),
          bad: isTrouble(reading.class),
        }
      : isRead(d)
        ? { ...highest(array.name, array.badge ?? NO_BADGE, []), value: reading?.text ?? '' }
        : highest(array.name, badgeFor(array.badge, [...gauges, ...array.gauges]), gauges);
  const marks = array.datastores.map(deviceMark(d)).map((mark) => (array.failed ? { ...mark, failed: true } : mark));
  return [...drawHeading(heading, b, d), ...squares(marks, boxes, d)];
}

/** Whether devices show a figure of their own for the measure, not their load. */
const isRead = (d: Drawing): boolean => d.measure === 'cost' || d.measure === 'owner';

const deviceMark =
  (d: Drawing) =>
  (node: SwitchNode | DatastoreNode): Mark => {
    const { id, gauge, badge } = node;
    const failed = node.failed ?? false;
    const reading = deviceReading(node, d);
    if (reading) return { id, failed, token: reading.token };
    const token =
      d.measure === 'findings'
        ? severityToken(badge, d.look)
        : gauge && gauge.state !== 'unknown'
          ? classToken(gauge.class, d.look)
          : 'owner0';
    return { id, failed, gauge: gauge ?? 'unknown', token };
  };

const sumOf = (list: readonly (Badge | undefined)[]): Badge =>
  list.reduce<Badge>(
    (sum, b) => ({
      errors: sum.errors + (b?.errors ?? 0),
      warnings: sum.warnings + (b?.warnings ?? 0),
      infos: sum.infos + (b?.infos ?? 0),
      findings: [...sum.findings, ...(b?.findings ?? [])],
    }),
    NO_BADGE,
  );

/** Devices have no load together: the heading says that of the fullest. */
function highest(name: string, badge: Badge, gauges: readonly (Gauge | undefined)[]): Heading {
  const stated = gauges.flatMap((g) => (g && g.state !== 'unknown' ? [g] : []));
  const [first] = stated;
  if (!first) return { name, badge, value: gauges.length > 0 ? '?' : '', ink: 'muted', bad: false };
  const top = stated.reduce((a, g) => (g.share > a.share ? g : a), first);
  const isLeast = stated.length < gauges.length && top.state === 'stated';
  const value = `max ${shareText(isLeast ? { ...top, state: 'atLeast' } : top)}`;
  return { name, badge: badgeFor(badge, stated), value, ink: inkOf(top, 'muted'), bad: isTrouble(top.class) };
}

/** What stands above squares: name, value, worst badge. */
interface Heading {
  readonly name: string;
  readonly badge: Badge;
  readonly value: string;
  readonly ink: Token;
  readonly bad: boolean;
}

function drawHeading({ name, badge, value, ink, bad }: Heading, b: Box, d: Drawing): Item[] {
  const severity = worst(badge);
  const width = Math.ceil(d.look.face.width(value, 11, bad));
  const shown = d.look.face.shorten(name, b.w - width - 6 - (severity ? 14 : 0), 11, true);
  const y = b.y + 9;
  const x = b.x + Math.ceil(d.look.face.width(shown, 11, true)) + 6;
  return [
    text(b.x, y, shown, 11, 'text', { bold: true }),
    ...(value ? [text(x, y, value, 11, ink, { bold: bad, figures: true })] : []),
    ...(severity ? badgeIcon(severity, x + width + 5, y - 9, 10, badge.hollow) : []),
  ];
}

/** One square, filled to its gauge; full where the measure has none. */
interface Mark {
  readonly id: string;
  readonly failed: boolean;
  readonly gauge?: Gauge | 'unknown';
  readonly token: Token;
}

/** Squares filled to their load, one path per class, whatever their number. */
function squares(marks: readonly Mark[], boxes: readonly Box[], d: Drawing): Item[] {
  const dots = d.layout.level === 'dot';
  const fills = new Map<Token, string>();
  const faded = new Map<Token, string>();
  let tracks = '';
  let rims = '';
  let dotted = '';
  let beyond = '';
  let gone = '';
  let struck = '';
  let ghosts = '';
  let gains = '';
  const byId = new Map(boxes.map((b) => [b.id, b]));
  for (const { id, failed, gauge, token } of marks) {
    const b = byId.get(id);
    if (!b) continue;
    if (failed) {
      gone += box(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1);
      struck += `M${b.x + b.w} ${b.y}l${-b.w} ${b.h}`;
      continue;
    }
    if (gauge === 'unknown' || gauge?.state === 'unknown') {
      dotted += box(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1);
      continue;
    }
    const share = dots || !gauge ? 1 : gauge.share;
    if (!dots) tracks += box(b.x, b.y, b.w, b.h);
    const w = num(Math.max(1, Math.min(1, share) * b.w));
    const into = d.lit && !d.lit.nodes.has(id) ? faded : fills;
    into.set(token, (into.get(token) ?? '') + box(b.x, b.y, w, b.h));
    if (!dots && gauge?.was !== undefined) {
      const [low, high] = [Math.min(gauge.was, share), Math.max(gauge.was, share)].map((at) => Math.min(1, at) * b.w);
      const part = box(b.x + (low ?? 0), b.y, (high ?? 0) - (low ?? 0), b.h);
      if (gauge.was > share) ghosts += part;
      else gains += part;
    }
    if (!dots && gauge && gauge.share > 1) beyond += box(b.x + b.w, b.y + 2, 2.5, b.h - 4);
    if (!dots && gauge && isTrouble(gauge.class) && gauge.class !== 'warning')
      rims += box(b.x + 0.75, b.y + 0.75, b.w - 1.5, b.h - 1.5);
  }
  const items: Item[] = [];
  if (tracks) items.push(path(tracks, d.look.contrast ? { stroke: 'hairline', width: 1 } : { fill: 'track' }));
  for (const [fill, data] of faded) items.push(path(data, { fill, opacity: FADED }));
  for (const [fill, data] of fills) items.push(path(data, { fill }));
  if (beyond) items.push(path(beyond, { fill: 'critical' }));
  if (rims) items.push(path(rims, { stroke: 'rim', width: 1.5 }));
  if (ghosts) items.push(path(ghosts, { stroke: 'text', width: 1, dash: '1.5 1.5' }));
  if (gains) items.push(path(gains, { fill: 'gain' }));
  if (gone) items.push(path(gone, { stroke: 'wire', dash: '2 2', width: 1 }));
  if (struck) items.push(path(struck, { stroke: 'critical', width: 1 }));
  if (dotted) items.push(path(dotted, { stroke: 'wire', dash: dots ? '1 1' : '2 2', width: 1 }));
  return items;
}
