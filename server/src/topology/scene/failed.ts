import { formatQuantity } from '../../base/units.ts';
import { type HostNode, indexGraph, type LeftVm, nameIn, type StrandedVm, type VmCell } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { CARD_HEAD, CARD_ROW, cardLine } from '../layout/metrics.ts';
import { TRAY_GROUP, TRAY_HEAD, TRAY_SINGLE, trayRows, traySingleWidth } from '../layout/tray.ts';
import { NARROW } from '../text.ts';
import { type Drawing, levelOf, MEASURE_LABELS, pickedGauge, plural } from './context.ts';
import { shareText } from './gauge.ts';
import { badgeIcon, icon } from './icons.ts';
import { type Item, num, path, rect, text } from './scene.ts';

/** A frame that is not there any more. */
export const failedFrame = (b: Box, r: number): Item =>
  rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r, fill: 'bg', stroke: 'wire', dash: '4 3', width: 1 });

/** A name struck out. `width`: of its letters. */
export const strike = (x: number, y: number, width: number): Item =>
  path(`M${num(x - 1)} ${num(y - 3.5)}h${num(width + 2)}`, { stroke: 'muted', width: 1 });

/** `failed` in a pill that ends at `right`; answers where it begins. */
export function failedPill(right: number, cy: number, d: Drawing): [number, Item[]] {
  const w = Math.ceil(d.look.face.width('failed', 10)) + 14;
  return [
    right - w,
    [
      rect(right - w + 0.5, cy - 8, w - 1, 16, { r: 8, fill: 'bg', stroke: 'wire', width: 1 }),
      text(right - w / 2, cy + 3.5, 'failed', 10, 'text', { anchor: 'middle' }),
    ],
  ];
}

/** A host that has failed: it stays in its place and says where its VMs went. */
export function drawFailedHost(host: HostNode, b: Box, d: Drawing): Item[] {
  const level = levelOf(b, d);
  const items: Item[] = [failedFrame(b, level === 'card' || level === 'open' ? 4 : 3)];
  const left = host.left ?? [];
  const pad = level === 'chip' ? 5 : level === 'card' || level === 'open' ? 10 : 8;
  if (level === 'chip') {
    items.push(text(b.x + b.w / 2, b.y + b.h / 2 + 3.5, 'failed', 10, 'muted', { anchor: 'middle' }));
    return items;
  }
  const size = pad === 10 ? 12 : 11;
  const baseline = b.y + (pad === 10 ? 20 : 15);
  const wide = b.w >= 110;
  const [edge, pill] = wide ? failedPill(b.x + b.w - pad, baseline - 4, d) : [b.x + b.w - pad, []];
  const name = d.look.face.shorten(host.name, edge - b.x - pad - 6, size, true);
  items.push(
    ...pill,
    text(b.x + pad, baseline, name, size, 'muted', { bold: true }),
    strike(b.x + pad, baseline, d.look.face.width(name, size, true)),
  );
  if (level === 'label') items.push(text(b.x + pad, b.y + 33, leftText(left), 10, 'muted', { figures: true }));
  else if (level === 'tile') items.push(...goneTo(left, b, d));
  else items.push(...cardOfGone(host, left, b, d));
  return items;
}

const leftText = (left: readonly LeftVm[]): string =>
  left.length === 0 ? 'no VMs' : `${plural(left.length, 'VM')} left`;

/** `2 to esx-01`, the hosts with most VMs first; those without a place before all. */
function goneTo(left: readonly LeftVm[], b: Box, d: Drawing): Item[] {
  const counts = new Map<string | undefined, number>();
  for (const { to, off } of left) if (!off) counts.set(to, (counts.get(to) ?? 0) + 1);
  const lines = [...counts].sort((p, q) => (p[0] === undefined ? -1 : q[0] === undefined ? 1 : q[1] - p[1]));
  if (lines.length === 0) return [text(b.x + 8, b.y + 32, 'no VMs', 10, 'muted')];
  const room = Math.floor((b.h - 26) / 13);
  const shown = lines.length > room ? lines.slice(0, room - 1) : lines;
  const items = shown.map(([to, n], i) => {
    const words = to === undefined ? `${plural(n, 'VM')} no place` : `${n} to ${nameIn(to)}`;
    const fitting = d.look.face.shorten(words, b.w - 16, 10, to === undefined);
    return text(b.x + 8, b.y + 32 + i * 13, fitting, 10, to === undefined ? 'ink-critical' : 'muted', {
      bold: to === undefined,
      figures: true,
    });
  });
  const rest = lines.slice(shown.length).reduce((sum, [, n]) => sum + n, 0);
  if (rest > 0) items.push(text(b.x + 8, b.y + 32 + shown.length * 13, `${rest} to others`, 10, 'muted'));
  return items;
}

/** The load it had, and its VMs with where each went. */
function cardOfGone(host: HostNode, left: readonly LeftVm[], b: Box, d: Drawing): Item[] {
  const { x, y } = b;
  const right = x + b.w - 10;
  const on = left.filter((vm) => !vm.off);
  const items: Item[] = [
    text(x + 10, y + 33, on.length === 0 ? 'no VMs' : `${plural(on.length, 'VM')} to restart`, 10, 'muted'),
  ];
  const picked = pickedGauge(d.measure);
  const gauge = picked && host.gauges[picked];
  if (picked && gauge && gauge.state !== 'unknown') {
    const cy = y + 48 + 14;
    items.push(
      text(x + 10, cy + 3.5, MEASURE_LABELS[picked], 10, 'muted'),
      rect(x + 40.5, cy - 3.5, num(Math.min(1, gauge.share) * cardLine(b.w)), 7, {
        r: 1,
        stroke: 'wire',
        dash: '2 2',
        width: 1,
      }),
      text(right, cy + 3.5, shareText(gauge), 10, 'muted', { anchor: 'end', figures: true }),
    );
  }
  if (on.length === 0) return items;
  items.push(
    text(x + 10, y + 113, plural(on.length, 'VM'), 10, 'muted'),
    text(right, y + 113, 'went to', 10, 'muted', { anchor: 'end' }),
  );
  const rows = Math.max(1, Math.floor((b.h - CARD_HEAD + 1) / CARD_ROW));
  const order = [...on].sort((p, q) => Number(p.to !== undefined) - Number(q.to !== undefined));
  const shown = on.length > rows ? order.slice(0, rows - 1) : on;
  shown.forEach((vm, i) => {
    const at = y + CARD_HEAD + i * CARD_ROW + 9;
    const lost = vm.to === undefined;
    const where = lost ? 'no place' : d.look.face.shorten(nameIn(vm.to), (b.w - 26) / 2, 10);
    items.push(
      text(right, at, where, 10, lost ? 'ink-critical' : 'text', { anchor: 'end', bold: lost }),
      text(
        x + 10,
        at,
        d.look.face.shorten(vm.name, b.w - 26 - d.look.face.width(where, 10, lost), 11, lost),
        11,
        lost ? 'ink-critical' : 'muted',
        { bold: lost },
      ),
    );
  });
  if (shown.length < on.length)
    items.push(
      text(x + 10, y + CARD_HEAD + shown.length * CARD_ROW + 9, `${on.length - shown.length} more`, 10, 'muted'),
    );
  return items;
}

/** An arrow that points down at `x`, `y`, 8 px high. */
export const arrow = (x: number, y: number): Item =>
  path(`M${num(x)} ${num(y)}v8M${num(x - 3)} ${num(y + 5)}l3 3 3 -3`, { stroke: 'focus', width: 1.5, round: true });

/** `2 VMs, 64 GiB` that a host has taken over; undefined if none. */
export function arrivalsText(host: HostNode): string | undefined {
  const came = host.vms.filter((vm) => vm.from !== undefined);
  if (came.length === 0) return undefined;
  const memory = came.reduce((sum, vm) => sum + (vm.size ?? vm.memory ?? 0), 0);
  const size = memory > 0 ? `, ${formatQuantity(memory, 'size').replace(' ', NARROW)}` : '';
  return `${plural(came.length, 'VM')}${size}`;
}

/** Rails from failed hosts to those that take over their VMs, in the gaps above the rows of a cluster. */
export function failureRails(
  d: Drawing,
  boxes: ReadonlyMap<string, Box>,
): readonly { readonly id: string; readonly box: Box; readonly items: Item[] }[] {
  const { failure } = d.graph;
  if (!failure) return [];
  const { parents } = indexGraph(d.graph);
  const byCluster = new Map<string, { readonly from: Set<string>; readonly to: Set<string> }>();
  for (const { from, to } of failure.moves) {
    const cluster = parents.get(from);
    if (cluster === undefined || parents.get(to) !== cluster) continue;
    const known = byCluster.get(cluster) ?? { from: new Set<string>(), to: new Set<string>() };
    byCluster.set(cluster, known);
    known.from.add(from);
    known.to.add(to);
  }
  return [...byCluster].flatMap(([id, { from, to }]) => {
    const frame = boxes.get(id);
    const at = (list: ReadonlySet<string>): Box[] => [...list].flatMap((host) => boxes.get(host) ?? []);
    const items = frame ? railsIn(frame, at(from), at(to)) : [];
    return frame && items.length > 0 ? [{ id, box: frame, items }] : [];
  });
}

const GAP = 4;

function railsIn(frame: Box, from: readonly Box[], to: readonly Box[]): Item[] {
  const rows = new Map<number, { readonly xs: number[]; readonly heads: number[] }>();
  const row = (b: Box): { readonly xs: number[]; readonly heads: number[] } => {
    const known = rows.get(b.y) ?? { xs: [], heads: [] };
    rows.set(b.y, known);
    return known;
  };
  const foot = (b: Box): number => Math.round(b.x + Math.min(20, b.w / 3));
  let joints = '';
  for (const b of from) row(b).xs.push(foot(b));
  for (const b of to) {
    row(b).xs.push(foot(b));
    row(b).heads.push(foot(b));
  }
  const trunk = frame.x + 4.5;
  const several = rows.size > 1;
  let lines = '';
  let heads = '';
  for (const [top, { xs, heads: own }] of rows) {
    const y = top - GAP;
    const [low, high] = [several ? trunk : Math.min(...xs), Math.max(...xs)];
    lines += `M${low} ${y}H${high}`;
    for (const x of own) heads += `M${x - 3} ${top - GAP}h6l-3 5z`;
  }
  if (several) lines += `M${trunk} ${Math.min(...rows.keys()) - GAP}V${Math.max(...rows.keys()) - GAP}`;
  for (const b of from) {
    lines += `M${foot(b)} ${b.y - GAP}V${b.y + 1}`;
    joints += `M${foot(b) - 2.5} ${b.y - GAP}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z`;
  }
  return [
    path(lines, { stroke: 'focus', width: 2, round: true }),
    path(heads, { fill: 'focus' }),
    path(joints, { fill: 'focus' }),
  ];
}

/** VMs that a failure leaves without a place: what they need, what each host has for them, how much is short. */
export function drawStranded(b: Box, d: Drawing): Item[] {
  const { stranded = [] } = d.graph.failure ?? {};
  const { single, groups, more } = trayRows(d.graph);
  const items: Item[] = [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 6, fill: 'cluster', stroke: 'critical', width: 1 }),
    ...badgeIcon('error', b.x + 14, b.y + 13, 14),
    text(b.x + 36, b.y + 24, `${plural(stranded.length, 'VM')} without a place`, 12, 'strong', { bold: true }),
  ];
  const cells = new Map(d.graph.unplaced.map((vm) => [vm.id, vm]));
  let y = b.y + TRAY_HEAD;
  for (const vm of single) {
    items.push(...strandedRow(vm, cells.get(vm.vm), b, y, d));
    y += TRAY_SINGLE;
  }
  for (const { why, vms } of groups) {
    const many = vms.length > 1;
    const who = many ? plural(vms.length, 'VM') : (vms[0]?.name ?? '');
    const name = d.look.face.shorten(who, 180, 11, true);
    items.push(
      icon('vm', b.x + 16, y - 1, 12, 'text'),
      text(b.x + 36, y + 9, name, 11, 'strong', { bold: true, figures: true }),
    );
    const from = b.x + 36 + Math.ceil(d.look.face.width(name, 11, true)) + 8;
    const names = many
      ? ` (${vms
          .slice(0, 4)
          .map((vm) => vm.name)
          .join(', ')}${vms.length > 4 ? ', …' : ''})`
      : '';
    const room = b.x + b.w - 14 - from;
    const words = [`${why}${names}`, why].find((one) => d.look.face.width(one, 10) <= room);
    items.push(text(from, y + 9, words ?? d.look.face.shorten(why, room, 10), 10, 'muted'));
    y += TRAY_GROUP;
  }
  if (more > 0) items.push(text(b.x + 36, y + 9, `${more} more`, 10, 'muted', { figures: true }));
  return items;
}

const UNITS = { cpu: 'frequency', memory: 'size', network: 'rate' } as const;

function strandedRow(vm: StrandedVm, cell: VmCell | undefined, b: Box, y: number, d: Drawing): Item[] {
  const { face } = d.look;
  const w = traySingleWidth(b.w);
  const x = b.x + 14;
  const app = cell?.app === undefined ? undefined : d.graph.apps[cell.app];
  const facts = app ? [`app ${app.name}`, app.tier ? `tier ${app.tier}` : ''].filter(Boolean).join(', ') : '';
  const items: Item[] = [
    rect(x + 0.5, y + 0.5, w - 1, TRAY_SINGLE - 11, { r: 4, fill: 'tile', stroke: 'critical', dash: '4 3', width: 1 }),
    icon('vm', x + 9, y + 8, 13, 'text'),
    text(x + 28, y + 18, face.shorten(vm.name, w - 38, 12, true), 12, 'strong', { bold: true }),
    text(x + 10, y + 33, face.facts(vm.needs, w - 20, 11), 11, 'text', { figures: true }),
    text(x + 10, y + 47, face.shorten(facts, w - 20, 10), 10, 'muted'),
  ];
  const { room } = vm;
  if (!room) return items;
  const amount = (value: number): string => formatQuantity(value, UNITS[room.measure]).replace(' ', NARROW);
  const left = x + w + 18;
  const end = b.x + b.w - 14;
  const whole = [vm.why, vm.remedy].filter(Boolean).join(' · ');
  const words = face.width(whole, 10) <= end - left ? whole : (vm.remedy ?? vm.why);
  items.push(text(left, y + 9, face.shorten(words, end - left, 10), 10, 'muted'));
  const names = 84;
  const line = Math.min(180, end - left - names - 190);
  if (line < 40) return items;
  room.hosts.slice(0, 3).forEach(({ name, free }, i) => {
    const top = y + 19 + i * 14;
    const share = Math.min(1, free / room.needed);
    const start = left + names;
    const has = num(share * line);
    const short = `${amount(room.needed - free)} short`;
    items.push(
      text(left, top + 8, face.shorten(name, names - 8, 11), 11, 'text'),
      rect(start, top, Math.max(0, has), 8, { r: 1, fill: 'calm2' }),
      rect(num(start + has) + 0.5, top + 0.5, Math.max(0, num(line - has) - 1), 7, {
        stroke: 'critical',
        dash: '2 1.5',
        width: 1,
      }),
      text(start + line + 10, top + 8, `${amount(free)} free`, 10, 'muted', { figures: true }),
      text(start + line + 100, top + 8, short, 10, i === 0 ? 'ink-critical' : 'muted', {
        bold: i === 0,
        figures: true,
      }),
    );
  });
  items.push(
    path(`M${left + names + line + 0.5} ${y + 16}V${y + 19 + Math.min(3, room.hosts.length) * 14 - 4}`, {
      stroke: 'line',
      width: 1,
    }),
  );
  return items;
}
