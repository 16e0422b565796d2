import { GAUGE_MEASURES, type HostNode, isTrouble } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { type Drawing, hostBadge, MEASURE_LABELS, pickedGauge, plural } from './context.ts';
import { bar, inkOf, shareText } from './gauge.ts';
import { badges } from './icons.ts';
import { type Item, path, text } from './scene.ts';

/** Name, caption and the four gauges of a host, with the line for 100 % through all of them; then how many VMs it has. `line`: length of 100 %. */
export function cardHead(host: HostNode, b: Box, line: number, d: Drawing): Item[] {
  const { x, y } = b;
  const right = x + b.w - 10;
  const mark = badges(hostBadge(host), right, y + 16, 14, d.look);
  const items: Item[] = [...mark.items];
  items.push(
    text(x + 10, y + 20, d.look.face.shorten(host.name, mark.left - x - 12, 12, true), 12, 'strong', { bold: true }),
  );
  if (host.caption) items.push(text(x + 10, y + 33, d.look.face.facts(host.caption, b.w - 20, 10), 10, 'muted'));
  const picked = pickedGauge(d.measure);
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
  const words = on.length === 0 && off === 0 ? none : `${plural(on.length, 'VM')}${off > 0 ? `, ${off} off` : ''}`;
  items.push(text(x + 10, y + 113, words, 10, 'muted'));
  items.push(path(`M${left + line + 0.5} ${y + 40}V${y + 98}`, { stroke: 'line', width: 1 }));
  return items;
}

/** The host has no VMs of its own, but carries its part of those placed on the cluster. */
const isSpread = (host: HostNode): boolean => host.vms.length === 0 && host.gauges.memory?.state === 'assumed';

/** GHz with one decimal, GiB whole from 10 up. */
export function amount(value: number, measure: 'cpu' | 'memory'): string {
  if (measure === 'cpu') return (value / 1e9).toFixed(1);
  const gib = value / 2 ** 30;
  return gib >= 10 || Number.isInteger(gib) ? String(Math.round(gib)) : gib.toFixed(1);
}
