import { sumIfKnown } from '../base/sum.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { switchesOf } from './uplinks.ts';
import { adaptersOn, isRunning, trafficOver, vmFacts } from './vm.ts';

/** What a virtual switch would carry once VMs have moved to its host. */
export interface TargetNetwork {
  /** Its name; a cluster has it on each of its hosts. */
  readonly name: string;
  readonly before: Figure | undefined;
  /** The worse direction afterwards, as a share of what the uplinks carry. */
  readonly after: Figure;
  /** VMs that would be on it. */
  readonly vms: readonly Entity[];
}

/**
 * The fullest virtual switch of some hosts, taken together, after VMs have moved there; an even spread over the hosts is assumed, which is
 * exact for one host. Undefined if the VMs state no traffic, or nothing there carries their networks or states its uplinks.
 */
export function networkAfterMove(vms: readonly Entity[], hosts: readonly Entity[]): TargetNetwork | undefined {
  const coming = vms.filter((vm) => isRunning(vm) && !hosts.includes(placementOf(vm).host as Entity));
  let worst: TargetNetwork | undefined;
  for (const name of new Set(hosts.flatMap((host) => switchesOf(host).map((one) => one.name)))) {
    const switches = hosts.flatMap((host) => switchesOf(host).filter((one) => one.name === name));
    const carried = new Set(switches.flatMap(({ networks }) => networks));
    const own = coming.filter((vm) => adaptersOn(vmFacts(vm), carried) > 0);
    const capacity = sumIfKnown(switches.map((one) => one.capacity?.value));
    if (own.length === 0 || !capacity) continue;
    for (const direction of ['tx', 'rx'] as const) {
      const added = own.reduce((total, vm) => total + (trafficOver(vmFacts(vm), carried, direction) ?? 0), 0);
      if (added === 0) continue;
      const present = switches.reduce((total, one) => total + (one[direction]?.value ?? 0), 0);
      const rate = (label: string, value: number): Figure => ({
        label,
        unit: 'rate',
        value,
        origin: 'derived',
        isAtLeast: false,
      });
      const after = derivedFigure(
        `network ${name} after the move`,
        'share',
        (present + added) / capacity,
        '(traffic there + traffic that comes) ÷ uplinks',
        [rate('traffic there', present), rate('traffic that comes', added), rate('uplinks', capacity)],
      );
      if (worst && worst.after.value >= after.value) continue;
      const before = derivedFigure(`network ${name}`, 'share', present / capacity, 'traffic ÷ uplinks', []);
      worst = { name, before, after, vms: own };
    }
  }
  return worst;
}
