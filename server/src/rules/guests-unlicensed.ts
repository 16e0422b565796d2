import { budgetsOf } from '../capacity/budget.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { licenceFacts, unlicensedGuests, WINDOWS_SERVER } from '../capacity/licences.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { propsOf } from '../design/things.ts';
import { isBareName } from '../language/make/bare-name.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Unlicensed {
  readonly guests: readonly Entity[];
  readonly anchor: Anchor;
  /** The only licence of Windows Server that the design has. */
  readonly only: Entity | undefined;
  /** Whether the design has any. */
  readonly hasSome: boolean;
}

export const guestsUnlicensed = defineRule<Unlicensed>({
  id: 'guests-unlicensed',
  title: 'Windows guests run where no licence of theirs is stated',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'application', 'management'],
  benefit: 'Licences of the guests are in the budget beside those of the hypervisor',
  why: 'Nine of ten guests of some estates are Windows, and their licences may cost more than the hosts. They are due for each core of every host that the guests may ever run on, or for each VM. Said once for a cluster whose hosts state no licence of product windows-server, and of whose Windows guests some state none either, where the design states a budget; a hint only, while the design has no such licence at all. VMs that are off still need theirs; templates do not.',
  formula: 'guests of Windows Server without a licence, on hosts without one',
  inputs: [
    'vm.os',
    'vm.licences',
    'vm.state',
    'host.licences',
    'licence.product',
    'host.runs',
    'cluster.runs',
    'design.budget',
  ],
  severity: 'warning',
  source: { text: 'terms of Windows Server as secondary sources agree on them', evidence: 'recalled' },
  covers: ['UC03', 'UC04'],
  of: 'cluster',
  examples: {
    fires: {
      text: `design d { currency EUR; budget capex 40_000 EUR }
licence std { product windows-server edition standard; cost 62 EUR/core; vms 2 }
cluster prod {
  host esx-1 { cpu 1 x 16 cores; cost none }
  runs dc-[1..2]
}
vm dc-[1..2] { os windows-server-2022 }`,
    },
    silent: {
      text: `design d { currency EUR; budget capex 40_000 EUR }
licence std { product windows-server edition standard; cost 62 EUR/core; vms 2 }
cluster prod {
  licences std
  host esx-1 { cpu 1 x 16 cores; cost none }
  runs dc-[1..2]
}
vm dc-[1..2] { os windows-server-2022 }`,
    },
  },
  find: (cluster) => {
    const plan = cluster.design.plan();
    const anchor = nameOf(cluster);
    if (!plan || !anchor) return [];
    const guests = [...liveHosts(cluster), cluster].flatMap(unlicensedGuests);
    if (guests.length === 0 || budgetsOf(plan).length === 0) return [];
    const licences = [...cluster.design.members('licence')].filter(
      (licence) => licenceFacts(licence).product === WINDOWS_SERVER,
    );
    return [{ guests, anchor, only: licences.length === 1 ? licences[0] : undefined, hasSome: licences.length > 0 }];
  },
  say: ({ guests, anchor, only, hasSome }, _limits, cluster) => ({
    severity: hasSome ? 'warning' : 'info',
    message: `${counted(guests.length, 'Windows guest')} of ${cluster.name} (${namesOf(guests)}) ${guests.length === 1 ? 'has' : 'have'} no licence, and ${guests.length === 1 ? 'its host states' : 'their hosts state'} none, so the budget is compared with less than will be paid. ${only ? `Name ${only.name} in licences` : 'Add a licence of product windows-server and name it in licences'} of the cluster, or of the VMs.`,
    ...anchor,
    related: guests.slice(0, 6).flatMap((vm) => {
      const at = nameOf(vm);
      return at ? [{ ...at, message: `${vm.name} runs Windows Server` }] : [];
    }),
  }),
  fix: ({ only }, cluster) => {
    const head = cluster.declaration.head();
    const isFree =
      !propsOf(cluster).has('licences') && liveHosts(cluster).every((host) => !propsOf(host).has('licences'));
    if (!only || !head || !isFree || !isBareName(only.name)) return [];
    return [{ title: `License ${cluster.name} with ${only.name}`, edits: addToBody(head, `licences ${only.name}`) }];
  },
});
