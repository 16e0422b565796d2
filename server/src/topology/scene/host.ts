import { GAUGE_MEASURES, type HostNode, isTrouble, type VmCell } from '../graph.ts';
import { vmsShown } from '../layout/host-rows.ts';
import type { Box } from '../layout/layout-types.ts';
import { CARD_HEAD, CARD_ROW, CARD_TANK, cardForm, cardLine, isWired } from '../layout/metrics.ts';

import { amount, cardHead, readingAt } from './card-head.ts';
import { borderOf, type Drawing, levelOf, pickedGauge, tankMeasure } from './context.ts';
import { arrow, drawFailedHost, strike } from './failed.ts';
import { fade } from './focus.ts';
import { bar, classToken, inkOf, overload, shareText } from './gauge.ts';
import { ghostRows } from './ghosts.ts';
import { worstBadge } from './icons.ts';
import { drawOpen } from './open.ts';
import { newPill, pickedChange, traffic } from './planned.ts';
import { badgeOfHost, cellToken, hostReading, hostToken } from './readings.ts';
import { type Item, num, path, rect, text } from './scene.ts';
import { isTooClose, largestOn, tank, tankLoad } from './tank.ts';

/** A host in a picture of chips, tiles or cards. */
export function drawHost(host: HostNode, b: Box, d: Drawing): Item[] {
  if (host.failed) return drawFailedHost(host, b, d);
  const level = levelOf(b, d);
  const badge = badgeOfHost(host, d);
  const border = borderOf(badge, d.look);
  const r = isWired(level) ? 4 : 3;
  const frame = rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, {
    r,
    fill: 'tile',
    stroke: host.added ? 'focus' : border.stroke,
    width: host.added ? 1.5 : border.width,
  });
  const inner =
    level === 'open'
      ? drawOpen(host, b, d)
      : level === 'card'
        ? card(host, b, d)
        : level === 'tile'
          ? tile(host, b, d)
          : chip(host, b, d, level === 'label');
  return [frame, ...inner];
}

function card(host: HostNode, b: Box, d: Drawing): Item[] {
  const { x, y } = b;
  const length = cardLine(b.w);
  const line = x + 40 + length;
  const items = cardHead(host, b, length, d);
  const on = host.vms.filter((v) => !v.off);
  const unit = tankMeasure(d.measure) === 'cpu' ? 'GHz' : 'GiB';
  if (on.length > 0) items.push(text(x + b.w - 10, y + 113, unit, 10, 'muted', { anchor: 'end' }));
  const count = vmsShown(host);
  const form = cardForm(count, b.h);
  const top = y + CARD_HEAD;
  if (count === form.rows) {
    const below = top + on.length * CARD_ROW;
    items.push(...(d.graph.plan ? ghostRows(host, b, below, d) : stoppedRows(host.left ?? [], b, below, d)));
    if (on.length === 0) return items;
    items.push(path(`M${line + 0.5} ${y + 98}V${below - 4}`, { stroke: 'faint', width: 1 }));
    items.push(...staircase(host, on, b, top, d));
    return items;
  }
  if (on.length === 0 && !d.graph.plan) return items;
  let first = top;
  if (form.tank) {
    items.push(path(`M${line + 0.5} ${y + 98}V${top + CARD_TANK + 2}`, { stroke: 'faint', width: 1 }));
    items.push(...tank(host, { x: x + 10, y: top, line: line - x - 10, h: CARD_TANK }, d));
    first += CARD_TANK + 4;
  }
  const shown = largestOn(host, tankMeasure(d.measure), form.rows);
  if (!form.tank && shown.length > 0)
    items.push(path(`M${line + 0.5} ${y + 98}V${first + shown.length * CARD_ROW - 4}`, { stroke: 'faint', width: 1 }));
  items.push(...staircase(host, shown, b, first, d, true));
  items.push(text(x + 10, first + shown.length * CARD_ROW + 9, `${on.length - shown.length} more`, 10, 'muted'));
  return items;
}

/** VMs that stand here and have lost their disks. */
function stoppedRows(left: readonly VmCell[], b: Box, top: number, d: Drawing): Item[] {
  const vms = left.filter((vm) => !vm.off);
  return vms.flatMap((vm, i) => {
    const y = top + i * CARD_ROW + 9;
    const name = d.look.face.shorten(vm.name, b.w - 54, 11);
    return [
      text(b.x + 10, y, name, 11, 'muted'),
      strike(b.x + 10, y, d.look.face.width(name, 11)),
      text(b.x + b.w - 10, y, 'down', 10, 'ink-critical', { anchor: 'end', bold: true }),
    ];
  });
}

/** VM rows, each segment starting where the one above ended: the row that crosses the line is the one too many. */
function staircase(host: HostNode, vms: readonly VmCell[], b: Box, top: number, d: Drawing, apart = false): Item[] {
  const rows = vmRows(host, vms, b, top, d, apart);
  return vms.flatMap((vm, i) => {
    const items = rows[i] ?? [];
    if (!d.lit) return items;
    if (!d.lit.vms(vm)) return fade(items);
    if (!isTooClose(vm, d)) return items;
    const outline = { r: 2, stroke: 'critical', width: 1.5 } as const;
    return [...items, rect(b.x + 5.5, top + i * CARD_ROW - 1.5, b.w - 11, CARD_ROW - 1, outline)];
  });
}

function vmRows(host: HostNode, vms: readonly VmCell[], b: Box, top: number, d: Drawing, apart: boolean): Item[][] {
  const line = cardLine(b.w);
  const measure = tankMeasure(d.measure);
  const load = tankLoad(host, measure);
  const shares = new Map(load.vms.map((vm, i) => [vm.id, load.shares[i] ?? 0]));
  const left = b.x + 40;
  const right = b.x + b.w - 10;
  const rows: Item[][] = [];
  let front = 0;
  vms.forEach((vm, i) => {
    const items: Item[] = [];
    rows.push(items);
    const y = top + i * CARD_ROW;
    const demand = measure === 'cpu' ? vm.cpu : vm.memory;
    const value = demand === undefined ? '?' : `${vm.assumed ? '≈' : ''}${amount(demand, measure)}`;
    items.push(text(right, y + 9, value, 10, 'muted', { anchor: 'end', figures: true }));
    const came = vm.from !== undefined;
    const nameAt = b.x + 10 + (came ? 11 : 0);
    const room = right - d.look.face.width(value, 10) - 6 - nameAt - (vm.badge ? 13 : 0);
    const name = d.look.face.shorten(vm.name, room, 11, came);
    if (came) items.push(arrow(b.x + 14, y));
    items.push(text(nameAt, y + 9, name, 11, came ? 'strong' : 'text', { bold: came }));
    if (vm.badge) items.push(...worstBadge(vm.badge, nameAt + 3 + d.look.face.width(name, 11, came), y + 5, 10));
    items.push(rect(left, y + 14, line, 1, { fill: 'track' }));
    const share = shares.get(vm.id);
    if (share === undefined) {
      if (demand === undefined)
        items.push(rect(left + num(front * line) + 0.5, y + 12.5, 5, 3, { stroke: 'wire', dash: '1 1' }));
      return;
    }
    const from = apart ? 0 : front;
    const to = from + share;
    const within = Math.min(to, 1) - Math.min(from, 1);
    const token = cellToken(vm, host, d);
    const start = num(left + from * line);
    if (within > 0) {
      const w = num(Math.max(1, within * line));
      items.push(rect(start, y + 12, w, 4, { fill: token }));
      if (came) items.push(rect(start, y + 12, w, 4, { fill: 'gain' }));
    }
    if (to > 1 && from < 1.2) {
      const end = left + line;
      const begin = Math.max(from, 1);
      const w = (Math.min(to, 1.2) - begin) * line;
      const stripes = overload(end, y + 12, 4, to, line, false, d.look).slice(0, 2);
      items.push(
        ...(begin > 1
          ? [
              rect(num(end + (begin - 1) * line), y + 12, num(w), 4, {
                fill: d.look.contrast ? 'hc-stripes' : 'stripes',
              }),
            ]
          : stripes),
      );
    }
    front = to;
  });
  return rows;
}

function tile(host: HostNode, b: Box, d: Drawing): Item[] {
  const { x, y } = b;
  const picked = pickedGauge(d.measure);
  const items: Item[] = header(host, b, d, 15, 12);
  const left = x + 8;
  const line = Math.floor(((b.w - 16) * 5) / 6);
  items.push(...tank(host, { x: left, y: y + 23, line, h: 45 }, d));
  const tracks: string[] = [];
  GAUGE_MEASURES.forEach((measure, i) => {
    const gauge = host.gauges[measure];
    const top = y + 72 + i * 3.5;
    if (!gauge || gauge.state === 'unknown') {
      items.push(path(`M${left} ${top + 1}h${line}`, { stroke: 'wire', width: 1, dash: '1.5 1.5' }));
      return;
    }
    tracks.push(`M${left} ${top}h${line}v2h${-line}z`);
    const token = classToken(measure === picked || isTrouble(gauge.class) ? gauge.class : 'calm2', d.look);
    items.push(
      rect(left, top, num(Math.min(gauge.share, 1.2) * line), 2, {
        fill: token === 'hc-critical' ? 'critical' : token === 'hc-warning' ? 'warning' : token,
      }),
    );
  });
  if (tracks.length > 0 && !d.look.contrast) items.unshift(path(tracks.join(''), { fill: 'track' }));
  items.push(path(`M${left + line + 0.5} ${y + 21}V${y + 84.5}`, { stroke: 'line', width: 1 }));
  return items;
}

/** Name at the left, value at the right, badge before the value. */
function header(host: HostNode, b: Box, d: Drawing, baseline: number, badgeSize: number): Item[] {
  const picked = pickedGauge(d.measure);
  const gauge = picked ? host.gauges[picked] : undefined;
  const right = b.x + b.w - 8;
  const items: Item[] = [];
  const badge = badgeOfHost(host, d);
  const total = badge.errors + badge.warnings + badge.infos;
  let edge = right;
  if (picked) {
    // The name is not given up for what was before: what has left is outlined below.
    const name = d.look.face.width(host.name, 11, true);
    const change = pickedChange(host, d, b.w - 26 - name - (total > 0 ? badgeSize + 4 : 0), 11);
    const value = change ?? shareText(gauge);
    const bad = change !== undefined || (gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class));
    items.push(
      text(right, b.y + baseline, value, 11, inkOf(gauge, change ? 'strong' : 'muted'), {
        bold: bad,
        anchor: 'end',
        figures: true,
      }),
    );
    edge -= Math.ceil(d.look.face.width(value, 11, bad)) + 5;
  } else {
    const [left, words] = readingAt(host, right, b.y + baseline, (b.w - 16) * 0.45, 11, d);
    items.push(...words);
    edge = left;
  }
  const left = b.x + 8;
  if (total > 0) {
    items.push(...worstBadge(badge, edge - badgeSize, b.y + baseline - 4, badgeSize));
    edge -= badgeSize + 4;
  }
  const came = d.graph.plan ? 0 : host.vms.filter((vm) => vm.from !== undefined).length;
  if (host.added) {
    const [at, pill] = newPill(edge, b.y + baseline - 4, d);
    items.push(...pill);
    edge = at - 5;
  }
  const moved = d.graph.plan ? traffic(host) : '';
  const room = edge - left - d.look.face.width(host.name, 11, true);
  const wide = Math.ceil(d.look.face.width(moved, 10, true)) + 10;
  if (moved && wide <= room) {
    items.push(text(edge - 3, b.y + baseline, moved, 10, 'strong', { bold: true, anchor: 'end', figures: true }));
    edge -= wide;
  }
  if (came > 0) {
    const words = String(came);
    edge -= Math.ceil(d.look.face.width(words, 10, true)) + 12;
    items.push(
      arrow(edge + 4, b.y + baseline - 8),
      text(edge + 9, b.y + baseline, words, 10, 'strong', { bold: true, figures: true }),
    );
    edge -= 4;
  }
  items.push(
    text(left, b.y + baseline, d.look.face.shorten(host.name, edge - left, 11, true), 11, 'strong', { bold: true }),
  );
  return items;
}

function chip(host: HostNode, b: Box, d: Drawing, named: boolean): Item[] {
  const picked = pickedGauge(d.measure);
  const pad = named ? 8 : 5;
  const line = Math.floor(((b.w - 2 * pad) * 5) / 6);
  const items: Item[] = [];
  const gauge = picked ? host.gauges[picked] : undefined;
  const badge = badgeOfHost(host, d);
  const has = badge.errors + badge.warnings + badge.infos > 0;
  const change = pickedChange(host, d, b.w - 2 * pad, 10);
  const value = change ?? shareText(gauge);
  const bad = change !== undefined || (gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class));
  if (named) {
    const edge = b.x + b.w - 6 - (has ? 14 : 0);
    items.push(
      text(b.x + pad, b.y + 15, d.look.face.shorten(host.name, edge - b.x - pad, 11, true), 11, 'strong', {
        bold: true,
      }),
    );
    if (has) items.push(...worstBadge(badge, b.x + b.w - 6 - 11, b.y + 11, 11));
    const top = b.y + 25;
    const right = b.x + b.w - 6;
    // The bar has what the widest value leaves.
    const words = Math.max(36, Math.ceil(d.look.face.width(value, 10, bad)) + 4);
    const line = Math.floor(((b.w - pad - 6 - words) * 5) / 6);
    if (picked) {
      if (line >= 14) items.push(...bar(gauge, { x: b.x + pad, y: top, line, h: 8, picked: true, over: 2 }, d.look));
      items.push(
        text(right, top + 7.5, value, 10, inkOf(gauge, change ? 'strong' : 'muted'), {
          bold: bad,
          anchor: 'end',
          figures: true,
        }),
      );
    } else {
      const [end, words] = readingAt(host, right, top + 7.5, (b.w - pad - 6) * 0.62, 10, d);
      // Figures that differ by a letter leave the same room.
      const room = (words.length > 0 ? Math.min(end, right - 36) : right) - b.x - pad;
      items.push(...readingBar(host, b.x + pad, top, Math.max(6, room), d), ...words);
    }
    return items;
  }
  const room = b.w - 2 * pad - (has ? 11 : 0);
  const fitting = [value, shareText(gauge)].find((one) => d.look.face.width(one, 10, bad) <= room);
  if (picked && fitting) {
    items.push(text(b.x + pad, b.y + 14, fitting, 10, inkOf(gauge, 'text'), { bold: bad, figures: true }));
  }
  if (!picked) items.push(...readingAt(host, b.x + pad + room, b.y + 14, room, 10, d)[1]);
  if (has) items.push(...worstBadge(badge, b.x + b.w - 4 - 10, b.y + 10, 10));
  const top = b.y + b.h - 14;
  if (picked) items.push(...bar(gauge, { x: b.x + pad, y: top, line, h: 8, picked: true, over: 2 }, d.look));
  else items.push(...readingBar(host, b.x + pad, top, b.w - 2 * pad, d));
  return items;
}

/** The colour of a measure without a gauge: a bar on the scale of all where it is a share, else a swatch. `room`: up to 120 %. */
function readingBar(host: HostNode, x: number, y: number, room: number, d: Drawing): Item[] {
  const gauge = hostReading(host, d)?.gauge;
  const line = Math.floor((room * 5) / 6);
  if (gauge && line >= 14) return bar(gauge, { x, y, line, h: 8, picked: true, over: 2 }, d.look);
  return [rect(x, y, gauge ? line : room, 8, { r: 1, fill: hostToken(host, d) })];
}
