import { type HostNode, networkNames, type PortNode, storeNames, type VmCell } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { isWired } from '../layout/metrics.ts';
import { openTop, PORT_NAME, portSlots } from '../layout/open.ts';
import { NARROW } from '../text.ts';
import { amount, cardHead } from './card-head.ts';
import { type Drawing, tankMeasure } from './context.ts';
import { worstBadge } from './icons.ts';
import { cellToken } from './readings.ts';
import { type Item, path, rect, text } from './scene.ts';

/** An open host: its ports along its edges, its gauges, and below them its VMs, which are nodes of their own. */
export function drawOpen(host: HostNode, b: Box, d: Drawing): Item[] {
  const top = openTop(host);
  const line = Math.floor(((b.w - 40 - 58) * 5) / 6);
  return [...ports(host, 'nic', b, d), ...ports(host, 'hba', b, d), ...cardHead(host, { ...b, y: b.y + top }, line, d)];
}

/** Plugs with their names: hollow where nothing is cabled, dashed where the port stands by. */
function ports(host: HostNode, kind: PortNode['kind'], b: Box, d: Drawing): Item[] {
  const up = kind === 'nic';
  const edge = up ? b.y : b.y + b.h;
  const y = up ? b.y + 13 : b.y + b.h - 6;
  return portSlots(host, kind, b.w).flatMap(({ port, x, words }): Item[] => {
    const name = d.look.face.shorten(words, PORT_NAME, 10);
    const label = text(b.x + x + 8, y, name, 10, port && port.to.length === 0 ? 'muted' : 'text');
    if (!port) return [label];
    const plug = rect(b.x + x - 3, edge - 2.5, 6, 5, {
      r: 1,
      fill: port.to.length > 0 && !port.standby ? 'wire' : 'tile',
      stroke: 'wire',
      width: 1.2,
      ...(port.standby ? { dash: '1.5 1' } : {}),
    });
    return [plug, label];
  });
}

/** A VM as a card of 148 × 40: name and demand, what it has, where its network and its disks are. */
export function drawVm(vm: VmCell, host: HostNode | undefined, b: Box, d: Drawing): Item[] {
  const measure = tankMeasure(d.measure);
  const demand = measure === 'cpu' ? vm.cpu : vm.memory;
  const unit = measure === 'cpu' ? 'GHz' : 'GiB';
  const value = vm.off
    ? 'off'
    : demand === undefined
      ? '?'
      : `${vm.assumed && measure === 'cpu' ? '≈' : ''}${amount(demand, measure)}${NARROW}${unit}`;
  const { face } = d.look;
  const left = b.x + 10;
  const right = b.x + b.w - 8;
  const items: Item[] = [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, {
      r: 3,
      fill: 'tile',
      stroke: 'hairline',
      width: 1,
      ...(vm.off ? { dash: '3 2' } : {}),
    }),
  ];
  if (!vm.off) items.push(path(`M${b.x + 1} ${b.y + 4}h3v${b.h - 8}h-3z`, { fill: cellToken(vm, host, d) }));
  items.push(text(right, b.y + 14, value, 10, 'muted', { anchor: 'end', figures: true }));
  let edge = right - Math.ceil(face.width(value, 10)) - 5;
  if (vm.badge && vm.badge.errors + vm.badge.warnings + vm.badge.infos > 0) {
    items.push(...worstBadge(vm.badge, edge - 10, b.y + 10, 10));
    edge -= 14;
  }
  items.push(text(left, b.y + 14, face.shorten(vm.name, edge - left, 11), 11, vm.off ? 'muted' : 'text'));
  const memory = vm.size === undefined ? '' : `${amount(vm.size, 'memory')}${NARROW}GiB`;
  const has = [vm.vcpus === undefined ? '' : `${vm.vcpus}${NARROW}vCPU`, memory];
  const room = right - left;
  items.push(
    text(left, b.y + 25, face.facts(has.filter(Boolean).join(' · '), room, 10), 10, 'muted', { figures: true }),
  );
  items.push(text(left, b.y + 35.5, placeWords(vm, room, d), 10, 'muted'));
  return items;
}

/** `web · gold-1`: the first network and datastore, how many more, as much of it as fits. */
function placeWords(vm: VmCell, room: number, { graph, look: { face } }: Drawing): string {
  const first = (list: readonly string[]): string =>
    list[0] === undefined ? '' : `${list[0]}${list.length > 1 ? ` +${list.length - 1}` : ''}`;
  const parts = [first(networkNames(graph, vm)), first(storeNames(graph, vm))].filter(Boolean);
  const whole = parts.join(' · ');
  if (face.width(whole, 10) <= room) return whole;
  const half = (room - face.width(' · ', 10)) / parts.length;
  return parts
    .map((p) => face.shorten(p, half, 10))
    .filter(Boolean)
    .join(' · ');
}

/** The name of a rack over its hosts, and a hairline as long as they are wide. */
export function drawRack(name: string, b: Box, d: Drawing): Item[] {
  // Wires pass close by in the gutter.
  const left = b.x + (isWired(d.layout.level) ? 8 : 0);
  const room = b.w - 12;
  const whole = `rack ${name}`;
  const words =
    name === ''
      ? d.look.face.shorten('no rack stated', room, 10)
      : d.look.face.width(whole, 10) <= room
        ? whole
        : d.look.face.shorten(name, room, 10);
  const end = left + Math.ceil(d.look.face.width(words, 10)) + (words ? 7 : 0);
  return [
    text(left, b.y + 10, words, 10, 'muted'),
    path(`M${end} ${b.y + 6.5}H${b.x + b.w}`, { stroke: 'hairline', width: 1 }),
  ];
}
