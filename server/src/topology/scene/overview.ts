import { type ClusterNode, type HostNode, isTrouble, worst } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';

import { badgeFor, type Drawing, pickedGauge } from './context.ts';
import { FADED } from './focus.ts';
import { inkOf, shareText } from './gauge.ts';
import { badgeIcon } from './icons.ts';
import { frameReading, hostToken, inkOfReading } from './readings.ts';
import { box, type Item, num, path, type Token, text } from './scene.ts';

/**
 * A cluster in the overview: name, value, worst badge, and its hosts as squares filled to their load. One path per class, whatever the number
 * of hosts.
 */
export function drawClusterOverview(cluster: ClusterNode, b: Box, hosts: readonly Box[], d: Drawing): Item[] {
  const picked = pickedGauge(d.measure);
  const gauge = picked ? cluster.gauges[picked] : undefined;
  const items: Item[] = [];
  const reading = picked ? undefined : frameReading(cluster, d);
  const value = picked ? shareText(gauge) : (reading?.text ?? '');
  const bad = picked
    ? gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class)
    : reading?.class !== undefined && isTrouble(reading.class);
  const badge = badgeFor(cluster.badge, [gauge, ...cluster.hosts.map((h) => (picked ? h.gauges[picked] : undefined))]);
  const severity = worst(badge);
  const valueWidth = Math.ceil(d.look.face.width(value, 11, bad));
  const name = d.look.face.shorten(cluster.name, b.w - valueWidth - 6 - (severity ? 14 : 0), 11, true);
  const y = b.y + 9;
  items.push(text(b.x, y, name, 11, 'text', { bold: true }));
  let x = b.x + Math.ceil(d.look.face.width(name, 11, true)) + 6;
  if (value)
    items.push(
      text(x, y, value, 11, reading ? inkOfReading(reading, 'muted') : inkOf(gauge, 'muted'), {
        bold: bad,
        figures: true,
      }),
    );
  x += valueWidth + 5;
  if (severity) items.push(...badgeIcon(severity, x, y - 9, 10, badge.hollow));
  items.push(...squares(cluster.hosts, hosts, d));
  return items;
}

function squares(hosts: readonly HostNode[], boxes: readonly Box[], d: Drawing): Item[] {
  const picked = pickedGauge(d.measure);
  const dots = d.layout.level === 'dot';
  const fills = new Map<Token, string>();
  const faded = new Map<Token, string>();
  let tracks = '';
  let rims = '';
  let dotted = '';
  let beyond = '';
  let gone = '';
  let struck = '';
  const byId = new Map(boxes.map((b) => [b.id, b]));
  for (const host of hosts) {
    const b = byId.get(host.id);
    if (!b) continue;
    const gauge = picked ? host.gauges[picked] : undefined;
    if (host.failed) {
      gone += box(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1);
      struck += `M${b.x + b.w} ${b.y}l${-b.w} ${b.h}`;
      continue;
    }
    if (picked && (!gauge || gauge.state === 'unknown')) {
      dotted += box(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1);
      continue;
    }
    const token = hostToken(host, d);
    const share = dots || !gauge ? 1 : gauge.share;
    if (!dots) tracks += box(b.x, b.y, b.w, b.h);
    const w = num(Math.max(1, Math.min(1, share) * b.w));
    const into = d.lit && !d.lit.nodes.has(host.id) ? faded : fills;
    into.set(token, (into.get(token) ?? '') + box(b.x, b.y, w, b.h));
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
  if (gone) items.push(path(gone, { stroke: 'wire', dash: '2 2', width: 1 }));
  if (struck) items.push(path(struck, { stroke: 'critical', width: 1 }));
  if (dotted) items.push(path(dotted, { stroke: 'wire', dash: dots ? '1 1' : '2 2', width: 1 }));
  return items;
}
