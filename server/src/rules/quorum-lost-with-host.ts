import { liveHosts } from '../capacity/cluster.ts';
import type { Figure } from '../capacity/figure.ts';
import { quorumOf } from '../capacity/quorum.ts';
import { membersByHost } from '../capacity/sessions.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Lost {
  readonly by: Stated;
  readonly host: Entity;
  readonly here: readonly Entity[];
  readonly left: Figure;
  readonly needed: number;
  readonly couldSpread: boolean;
}

export const quorumLostWithHost = defineRule<Lost>({
  id: 'quorum-lost-with-host',
  title: 'One host takes the quorum with it',
  painPoint: 'application-awareness',
  owners: ['application', 'server'],
  benefit: 'A clustered application goes on when a host fails',
  why: 'A cluster of VMs that votes stops when too few members are left, although the rest still run. If one host carries so many members that its failure leaves too few, the redundancy is on paper only. Nothing is said while a member has no stated host.',
  formula: 'members − members on the host < quorum; a majority is ⌊members ÷ 2⌋ + 1',
  inputs: ['app.quorum', 'app.members', 'host.runs', 'vm.state'],
  severity: 'error',
  source: { text: 'the definition of a majority', evidence: 'ours' },
  covers: ['AA05'],
  remedy: 'plan',
  of: 'app',
  examples: {
    fires: {
      text: `cluster prod { host esx-[1..3] }
app ledger { quorum majority; vm node-a, node-b, node-c }
runs node-a, node-b on esx-1
runs node-c on esx-2`,
    },
    silent: {
      text: `cluster prod { host esx-[1..3] }
app ledger { quorum majority; vm node-a, node-b, node-c }
runs node-a on esx-1
runs node-b on esx-2
runs node-c on esx-3`,
    },
  },
  find: (app) => {
    const quorum = quorumOf(app);
    if (!quorum) return [];
    const { by, members, needed } = quorum;
    const byHost = [...membersByHost(members)];
    const placed = byHost.reduce((sum, [, vms]) => sum + vms.length, 0);
    const [most] = byHost.sort(([, a], [, b]) => b.length - a.length);
    if (!most || placed < members.length) return [];
    const [host, here] = most;
    const left = members.length - here.length;
    if (left >= needed) return [];
    const cluster = clusterOfHost(host);
    const couldSpread = cluster !== undefined && here.length > Math.ceil(members.length / liveHosts(cluster).length);
    const figure: Figure = {
      label: 'members left',
      unit: 'count',
      value: left,
      origin: 'derived',
      isAtLeast: false,
      formula: 'members − members on the host',
    };
    return [{ by, host, here, left: figure, needed, couldSpread }];
  },
  say: ({ by, host, here, left, needed, couldSpread }, _limits, app) => ({
    severity: 'error',
    message: `${app.name} stops when ${host.name} fails: ${namesOf(here)} go with it and leave ${counted(left.value, 'member')}, ${needed} must stay up. ${couldSpread ? 'Spread its members over more hosts.' : 'Add members on further hosts, or a witness.'}`,
    at: by,
    span: subjectOf(by).span,
    figures: [left],
    related: here.slice(0, 8).flatMap((vm) => {
      const at = vm.declaration.head();
      return at ? [{ at, message: `${vm.name} runs on ${host.name}` }] : [];
    }),
  }),
});
