import type { HostNode, PortNode, VmCell } from '../graph.ts';
import { textWidth } from '../text.ts';

/** A host with everything in sight: its ports along its edges, its gauges, each VM as a card of its own. */
export const VM_W = 148;
export const VM_H = 40;
const VM_GAP = 8;
const PAD = 10;
/** Room for a row of ports at an edge. */
const PORTS_H = 18;
/** Name, caption, gauges, number of VMs. */
export const OPEN_HEAD = 120;
/** Port names are shortened to this. */
export const PORT_NAME = 62;
const PORT_GAP = 24;

/** Columns of VMs, by their number: two, three, four or six. */
export const vmColumns = (vms: number): number => (vms <= 16 ? 2 : vms <= 48 ? 3 : vms <= 120 ? 4 : 6);

export const openWidth = (columns: number): number => 2 * PAD + columns * (VM_W + VM_GAP) - VM_GAP;

const columnsIn = (w: number): number => Math.max(1, Math.floor((w - 2 * PAD + VM_GAP) / (VM_W + VM_GAP)));

/** Height of VMs as cards in a box of this width. */
export function vmsHeight(vms: number, w: number): number {
  const rows = Math.ceil(vms / columnsIn(w));
  return rows === 0 ? 0 : rows * (VM_H + VM_GAP) - VM_GAP;
}

/** Places of VM cards in a box of this width, from its left and from their own top, in the order of the text. */
export function vmPlaces(vms: readonly VmCell[], w: number): readonly { id: string; x: number; y: number }[] {
  const columns = columnsIn(w);
  return vms.map((vm, i) => ({
    id: vm.id,
    x: PAD + (i % columns) * (VM_W + VM_GAP),
    y: Math.floor(i / columns) * (VM_H + VM_GAP),
  }));
}

export interface PortSlot {
  /** Empty for the one that stands for those that found no room. */
  readonly port?: PortNode;
  /** From the host's left: the plug; its words follow. */
  readonly x: number;
  readonly words: string;
}

/** Network ports along the upper edge, storage ports along the lower one, as far as there is room; the last slot then says how many more. */
export function portSlots(host: HostNode, kind: PortNode['kind'], w: number): readonly PortSlot[] {
  const ports = (host.ports ?? []).filter((p) => p.kind === kind);
  const slots: PortSlot[] = [];
  let x = PAD + 4;
  for (const [i, port] of ports.entries()) {
    const words = port.name;
    const wide = 8 + Math.min(PORT_NAME, Math.ceil(textWidth(words, 10)));
    const reserve = i === ports.length - 1 ? 0 : 60;
    if (x + wide + reserve > w - PAD) {
      slots.push({ x, words: `${ports.length - i} more` });
      break;
    }
    slots.push({ port, x, words });
    x += wide + PORT_GAP;
  }
  return slots;
}

const hasPorts = (host: HostNode, kind: PortNode['kind']): boolean => host.ports?.some((p) => p.kind === kind) === true;

/** From the top of an open host: its words, and its first VM. */
export const openTop = (host: HostNode): number => (hasPorts(host, 'nic') ? PORTS_H : 0);

/** `spare`: room for so many VMs more. */
export const openHeight = (host: HostNode, w: number, spare = 0): number => {
  const vms = vmsHeight(host.vms.length + spare, w);
  return openTop(host) + OPEN_HEAD + (vms > 0 ? vms + PAD : 0) + (hasPorts(host, 'hba') ? PORTS_H : 0);
};

/** Where the wire to a hub meets an open host, from its left: at the port that is cabled to it. */
export function portAt(host: HostNode, hub: string, w: number): number | undefined {
  for (const kind of ['nic', 'hba'] as const) {
    const slots = portSlots(host, kind, w);
    const found = slots.find((s) => s.port?.to.includes(hub));
    if (found) return found.x;
    const hidden = host.ports?.some((p) => p.kind === kind && p.to.includes(hub));
    if (hidden) return slots.find((s) => !s.port)?.x;
  }
  return undefined;
}
