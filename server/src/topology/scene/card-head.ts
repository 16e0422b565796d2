import { GAUGE_MEASURES, type HostNode, isTrouble } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { type Drawing, MEASURE_LABELS, pickedGauge, plural } from './context.ts';
import { arrivalsText, arrow } from './failed.ts';
import { bar, inkOf, shareText } from './gauge.ts';
import { badges, worstBadge } from './icons.ts';
import { newPill, pickedChange, traffic } from './planned.ts';
import { badgeOfHost, hostReading, inkOfReading } from './readings.ts';
import { type Item, path, text } from './scene.ts';

/** Name, caption and the four gauges of a host, with the line for 100 % through all of them; then how many VMs it has. `line`: length of 100 %. */
export function cardHead(host: HostNode, b: Box, line: number, d: Drawing): Item[] {
  const { x, y } = b;
  const right = x + b.w - 10;
  const [pillAt, pill] = host.added ? newPill(right, y + 16, d) : [right, []];
  const [edge, figure] = readingAt(host, pillAt - (host.added ? 5 : 0), y + 20, (b.w - 20) * 0.4, 11, d);
  const badge = badgeOfHost(host, d);
  const all = badges(badge, edge, y + 16, 14, d.look);
  // A name that is lost says less than badges of which the worst is left.
  const isTight = all.left - x - 12 < Math.min(60, d.look.face.width(host.name, 12, true));
  const mark =
    isTight && all.items.length > 0 ? { items: worstBadge(badge, edge - 14, y + 16, 14), left: edge - 18 } : all;
  const items: Item[] = [...pill, ...figure, ...mark.items];
  items.push(
    text(x + 10, y + 20, d.look.face.shorten(host.name, mark.left - x - 12, 12, true), 12, 'strong', { bold: true }),
  );
  const came = d.graph.plan ? undefined : arrivalsText(host);
  const change = pickedChange(host, d, b.w - 52, 11);
  const picked = pickedGauge(d.measure);
  if (change && picked)
    items.push(
      text(x + 10, y + 33, `${MEASURE_LABELS[picked]} ${change}`, 11, inkOf(host.gauges[picked], 'strong'), {
        bold: true,
        figures: true,
      }),
    );
  else if (came)
    items.push(
      arrow(x + 14, y + 25),
      text(x + 21, y + 33, d.look.face.shorten(came, b.w - 31, 10, true), 10, 'strong', { bold: true, figures: true }),
    );
  else if (host.caption) items.push(text(x + 10, y + 33, d.look.face.facts(host.caption, b.w - 20, 10), 10, 'muted'));
  const left = x + 40;
  GAUGE_MEASURES.forEach((measure, i) => {
    const gauge = host.gauges[measure];
    const chosen = measure === picked;
    const cy = y + 48 + i * 14;
    const h = chosen ? 8 : 5;
    const bad = gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class);
    items.push(...bar(gauge, { x: left, y: cy - Math.floor(h / 2), line, h, picked: chosen, over: -1 }, d.look));
    items.push(text(x + 10, cy + 3.5, MEASURE_LABELS[measure], 10, chosen ? 'strong' : 'muted', { bold: chosen }));
    const size = chosen ? 11 : 10;
    items.push(
      text(right, cy + 3.5, shareText(gauge), size, inkOf(gauge, chosen ? 'text' : 'muted'), {
        bold: chosen || bad,
        anchor: 'end',
        figures: true,
      }),
    );
  });
  const on = host.vms.filter((v) => !v.off);
  const off = host.vms.length - on.length;
  const none = isSpread(host) ? 'VMs of the cluster' : 'no VMs';
  const stopped = d.graph.plan ? 0 : (host.left?.length ?? 0);
  // The unit of what VMs ask for stands at the end of the line.
  const end = b.w - 20 - (on.length > 0 ? 34 : 0);
  if (stopped > 0) {
    const all = `${plural(stopped, 'VM')} down`;
    const words = on.length > 0 ? `${plural(on.length, 'VM')}, ${stopped} down` : all;
    items.push(text(x + 10, y + 113, d.look.face.shorten(words, end, 10), 10, 'muted'));
    return [...items, path(`M${left + line + 0.5} ${y + 40}V${y + 98}`, { stroke: 'line', width: 1 })];
  }
  const whole = on.length === 0 && off === 0 ? none : `${plural(on.length, 'VM')}${off > 0 ? `, ${off} off` : ''}`;
  const moved = d.graph.plan ? traffic(host) : '';
  const room = end - (moved ? d.look.face.width(moved, 10, true) : 0);
  const words = moved && d.look.face.width(whole, 10) > room ? plural(on.length, 'VM') : whole;
  items.push(text(x + 10, y + 113, d.look.face.shorten(words, end, 10), 10, 'muted'));
  if (moved && d.look.face.width(words, 10) <= room) {
    const from = x + 10 + Math.ceil(d.look.face.width(words, 10)) + 6;
    items.push(text(from, y + 113, moved, 10, 'strong', { bold: true, figures: true }));
  }
  items.push(path(`M${left + line + 0.5} ${y + 40}V${y + 98}`, { stroke: 'line', width: 1 }));
  return items;
}

/** The figure of a measure without a gauge, ending at `right`; answers where what stands before it must end. */
export function readingAt(
  host: HostNode,
  right: number,
  baseline: number,
  room: number,
  size: number,
  d: Drawing,
): [number, Item[]] {
  const reading = pickedGauge(d.measure) ? undefined : hostReading(host, d);
  if (!reading?.text) return [right, []];
  const bad = reading.class !== undefined && isTrouble(reading.class);
  const words = d.look.face.shorten(reading.text, room, size, bad);
  const ink = inkOfReading(reading, 'muted');
  return words
    ? [
        right - Math.ceil(d.look.face.width(words, size, bad)) - 5,
        [text(right, baseline, words, size, ink, { bold: bad, anchor: 'end', figures: true })],
      ]
    : [right, []];
}

/** The host has no VMs of its own, but carries its part of those placed on the cluster. */
const isSpread = (host: HostNode): boolean => host.vms.length === 0 && host.gauges.memory?.state === 'assumed';

/** GHz with one decimal, GiB whole from 10 up. */
export function amount(value: number, measure: 'cpu' | 'memory'): string {
  if (measure === 'cpu') return (value / 1e9).toFixed(1);
  const gib = value / 2 ** 30;
  return gib >= 10 || Number.isInteger(gib) ? String(Math.round(gib)) : gib.toFixed(1);
}
