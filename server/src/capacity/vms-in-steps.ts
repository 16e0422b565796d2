import type { Steps } from '../base/steps.ts';
import type { Design } from '../design/design.ts';
import { demandByDatastore } from './contents.ts';
import { nicsByNetwork } from './subnets.ts';
import { vmFacts } from './vm.ts';

/** VMs that are read in a step. */
const AT_ONCE = 16;

/** Reads all VMs beforehand, in steps: a network or a datastore asks all of them at once. */
export function* readVms(design: Design): Steps<void> {
  let read = 0;
  for (const group of design.names.groups('vm')) {
    for (const vm of group.members()) {
      vmFacts(vm);
      if (++read % AT_ONCE === 0) yield;
    }
    nicsByNetwork(group);
    yield;
    demandByDatastore(group);
    yield;
  }
}
