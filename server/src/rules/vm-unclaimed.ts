import type { Group } from '../base/bag.ts';
import { derive, sameList } from '../base/reactive.ts';
import { exists } from '../capacity/exists.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder } from '../design/order.ts';
import { appOf, propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Unclaimed {
  readonly vms: readonly Entity[];
  readonly all: number;
  readonly anchor: Anchor;
}

export const vmUnclaimed = defineRule<Unclaimed>({
  id: 'vm-unclaimed',
  title: 'VMs that belong to no application and to nobody',
  painPoint: 'management-complexity',
  owners: ['application', 'server', 'management'],
  benefit: 'Each VM has somebody who knows whether it is still needed',
  why: 'A VM is made in minutes; who needs it, and for how long, is forgotten as fast. Nobody dares to switch off what nobody claims. Said once for all of them, and only in designs that say for at least half of their VMs to which application or owner they belong: an inventory alone cannot know.',
  formula: 'VMs in no application, without `owner` and without a day in `until`',
  inputs: ['app.members', 'vm.in', 'any.owner', 'any.until'],
  severity: 'info',
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC07'],
  of: 'design',
  unmendable: 'People have to find out whose it is.',
  examples: {
    fires: {
      text: `design d
app shop { vm web-[1..2] }
vm test`,
    },
    silent: {
      text: `design d
app shop { vm web-[1..2] }
vm test { until 2027-03-31 }`,
    },
  },
  find: ({ design }) => {
    if (design.members('app').size === 0) return [];
    const { vms: found, all } = unclaimedOf(design);
    if (found.length === 0 || found.length * 2 > all) return [];
    const vms = inTextOrder([...found]);
    const anchor = vms[0] && nameOf(vms[0]);
    return anchor ? [{ vms, all, anchor }] : [];
  },
  say: ({ vms, all, anchor }) => ({
    severity: 'info',
    message: `${counted(vms.length, 'VM')} of ${all} (${listed(vms.map(({ name }) => name))}) ${vms.length === 1 ? 'belongs' : 'belong'} to no application and no owner, and ${vms.length === 1 ? 'has' : 'have'} no last day: nobody can say whether ${vms.length === 1 ? 'it is' : 'they are'} still needed. State one of them.`,
    ...anchor,
    related: [...new Map(vms.map((vm) => [vm.declaration, vm])).values()].slice(1, 9).flatMap((vm) => {
      const at = nameOf(vm);
      return at ? [{ ...at, message: `${vm.name} belongs to nobody` }] : [];
    }),
  }),
});

interface Claims {
  readonly vms: readonly Entity[];
  readonly all: number;
}

const unclaimedOf = derive((design: Design): Claims => {
  const parts = design.names.groups('vm').map(unclaimedIn);
  return { vms: parts.flatMap(({ vms }) => vms), all: parts.reduce((sum, { all }) => sum + all, 0) };
}, isSame);

const unclaimedIn = derive((group: Group<Entity>): Claims => {
  const vms: Entity[] = [];
  let all = 0;
  for (const vm of group.members()) {
    if (!exists(vm) || vmFacts(vm).state === 'template') continue;
    all++;
    if (vm.parent?.kind !== 'app' && !isClaimed(vm)) vms.push(vm);
  }
  return { vms, all };
}, isSame);

/** An edit of a VM seldom changes whose it is: then nothing that looks at the whole design is asked again. */
function isSame(a: Claims, b: Claims): boolean {
  return a.all === b.all && sameList(a.vms, b.vms);
}

function isClaimed(vm: Entity): boolean {
  if (appOf(vm)) return true;
  const props = propsOf(vm);
  return props.has('owner') || props.has('until');
}
