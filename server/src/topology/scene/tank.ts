import type { HostNode, VmCell } from '../graph.ts';
import { type Drawing, tankMeasure } from './context.ts';
import { APART_RULES, FADED } from './focus.ts';
import { SCALE_END } from './gauge.ts';
import { ghostCells } from './ghosts.ts';
import { cellToken, hostToken } from './readings.ts';
import { box, type Item, num, path, rect, type Token } from './scene.ts';
import { stripTreemap } from './treemap.ts';

/** VMs that take room in the tank, with the share of the host's capacity each takes. The shares add up to the host's load. */
export interface TankLoad {
  readonly vms: readonly VmCell[];
  readonly shares: readonly number[];
  /** VMs whose demand is not stated. */
  readonly unstated: readonly VmCell[];
}

export function tankLoad(host: HostNode, measure: 'cpu' | 'memory'): TankLoad {
  const on = host.vms.filter((v) => !v.off);
  const demand = (v: VmCell): number | undefined => (measure === 'cpu' ? v.cpu : v.memory);
  const vms = on.filter((v) => (demand(v) ?? 0) > 0);
  const total = vms.reduce((sum, v) => sum + (demand(v) ?? 0), 0);
  const gauge = host.gauges[measure];
  const share = !gauge || gauge.state === 'unknown' ? 0 : gauge.share;
  return {
    vms: share > 0 ? vms : [],
    shares: share > 0 ? vms.map((v) => ((demand(v) ?? 0) / total) * share) : [],
    unstated: on.filter((v) => demand(v) === undefined),
  };
}

/** The VMs of a host that ask for most; the first ones where no load is known. */
export function largestOn(host: HostNode, measure: 'cpu' | 'memory', count: number): readonly VmCell[] {
  const { vms, shares } = tankLoad(host, measure);
  if (vms.length === 0) return host.vms.filter((v) => !v.off).slice(0, count);
  return vms
    .map((vm, i) => ({ vm, share: shares[i] ?? 0 }))
    .sort((p, q) => q.share - p.share)
    .slice(0, count)
    .map(({ vm }) => vm);
}

export interface TankBox {
  readonly x: number;
  readonly y: number;
  /** Length of 100 %. */
  readonly line: number;
  readonly h: number;
}

/** VM cells as a tank: their area is demand, their front is the load, what is right of the line is striped. */
export function tank(host: HostNode, at: TankBox, d: Drawing): Item[] {
  const measure = tankMeasure(d.measure);
  const gauge = host.gauges[measure];
  const { x, y, line, h } = at;
  if (!gauge || gauge.state === 'unknown') {
    return [rect(x + 0.5, y + 0.5, line - 1, h - 1, { r: 1, stroke: 'wire', dash: '2 2' })];
  }
  const items: Item[] = [
    d.look.contrast
      ? rect(x + 0.5, y + 0.5, line - 1, h - 1, { r: 1, stroke: 'hairline' })
      : rect(x, y, line, h, { r: 1, fill: 'track' }),
  ];
  const load = tankLoad(host, measure);
  const cells = stripTreemap(load.shares, line, h);
  const paths = new Map<Token, string>();
  let beyond = '';
  let came = '';
  const faded = new Map<Token, string>();
  let apart = '';
  for (const cell of cells) {
    const vm = load.vms[cell.first];
    if (!vm) continue;
    const token = cellToken(vm, host, d);
    const left = cell.from * line;
    const right = Math.min(cell.to, SCALE_END) * line;
    const top = cell.top * h;
    const bottom = cell.bottom * h;
    const draw = (from: number, to: number): string => {
      const gapX = to - from > 3 ? 0.5 : 0;
      const gapY = bottom - top > 3 ? 0.5 : 0;
      return box(x + from + gapX, y + top + gapY, to - from - 2 * gapX, bottom - top - 2 * gapY);
    };
    if (left < line && vm.from !== undefined) came += draw(left, Math.min(right, line));
    const isLit = !d.lit || d.lit.vms(vm);
    const into = isLit ? paths : faded;
    if (left < line) into.set(token, (into.get(token) ?? '') + draw(left, Math.min(right, line)));
    if (d.lit && isLit && isTooClose(vm, d)) apart += draw(left, Math.min(right, line));
    if (right > line) beyond += draw(Math.max(left, line), right);
  }
  for (const [fill, data] of faded) items.push(path(data, { fill, opacity: FADED }));
  for (const [fill, data] of paths) items.push(path(data, { fill }));
  if (apart) items.push(path(apart, { stroke: 'critical', width: 1.5 }));
  if (came) items.push(path(came, { fill: 'gain' }));
  if (beyond) {
    items.push(path(beyond, { fill: d.look.contrast ? 'hc-stripes' : 'stripes-wide' }));
    const end = num(x + Math.min(gauge.share, SCALE_END) * line);
    items.push(rect(end - 1.5, y, 1.5, h, { fill: 'critical' }));
  }
  if (load.vms.length === 0 && gauge.share > 0) {
    // A load without VMs: measured on the host, or its VMs are placed on the cluster.
    const w = num(Math.min(1, gauge.share) * line);
    const token = hostToken(host, d);
    items.push(rect(x, y, w, h, { r: 1, fill: token, opacity: 0.35 }));
    if (w > 2) items.push(rect(x + 0.5, y + 0.5, w - 1, h - 1, { r: 1, stroke: token }));
  }
  if (d.graph.plan) items.push(...ghostCells(host, at, d));
  items.push(...unstatedCells(load.unstated, x + Math.min(1, gauge.share) * line, { x, y, line, h }));
  return items;
}

/** Whether a VM must be apart from others that it shares something with. */
export function isTooClose(vm: VmCell, { index }: Drawing): boolean {
  return (vm.badge?.findings ?? []).some((key) => APART_RULES.has(index.findings.get(key)?.rule ?? ''));
}

/** Demand not stated: hollow dotted cells after the front. */
function unstatedCells(vms: readonly VmCell[], from: number, at: TankBox): Item[] {
  const room = Math.floor((at.x + at.line - from - 2) / 8);
  const rows = Math.max(1, Math.floor(at.h / 8));
  let data = '';
  for (let i = 0; i < Math.min(vms.length, room * rows); i += 1) {
    data += box(from + 2 + Math.floor(i / rows) * 8 + 0.5, at.y + (i % rows) * 8 + 1.5, 5, 5);
  }
  return data ? [path(data, { stroke: 'wire', dash: '1 1', width: 1 })] : [];
}
