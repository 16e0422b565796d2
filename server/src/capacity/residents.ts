import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { vmsOn } from '../design/placement.ts';
import { type VmFacts, vmFacts } from './vm.ts';

/** Some VMs, and what is known of each, in the same order. */
export interface Residents {
  readonly vms: readonly Entity[];
  readonly facts: readonly VmFacts[];
}

export function sameResidents(a: Residents, b: Residents): boolean {
  return sameList(a.vms, b.vms) && sameList(a.facts, b.facts);
}

/** All VMs on a host, or in the pool of a cluster. A figure of a host that reads this follows one value, not each of its VMs. */
export const residentsOf = derive((holder: Entity): Residents => {
  const vms = vmsOn(holder);
  return { vms, facts: vms.map(vmFacts) };
}, sameResidents);

/** Those of them that are as asked. */
export function residentsWhere({ vms, facts }: Residents, isOne: (facts: VmFacts, vm: Entity) => boolean): Residents {
  const those = vms.map((vm, index) => isOne(facts[index] as VmFacts, vm));
  return { vms: vms.filter((_, index) => those[index]), facts: facts.filter((_, index) => those[index]) };
}
