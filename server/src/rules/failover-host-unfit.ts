import { sparesOf, type UnfitSpare } from '../capacity/admission.ts';
import { clusterUse, failoverDemand } from '../capacity/cluster.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostLoad } from '../capacity/load.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody, removeStatement } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, type Fix } from './rule.ts';
import { type Anchor, isOwn, nameOf, subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Unfit {
  /** Undefined where the cluster keeps too few hosts empty. */
  readonly spare: UnfitSpare | undefined;
  readonly ready: number;
  readonly wanted: number;
  readonly anchor: Anchor;
}

export const failoverHostUnfit = defineRule<Unfit>({
  id: 'failover-host-unfit',
  title: 'Host kept for failover cannot stand in for a lost one',
  painPoint: 'resource-starvation',
  owners: ['server'],
  benefit: 'The host that is paid to stand by can do what it stands by for',
  why: 'A host that is kept for failover carries nothing until another one fails, and then all that this one carried. So it has to be empty, and as large as the largest. Where `failover` says `by dedicated`, as many such hosts are needed as hosts may fail.',
  formula:
    'running VMs on a failover-host = 0; its usable CPU and memory ≥ those of the largest other host; with by dedicated: fit hosts ≥ hosts that may fail',
  inputs: ['host.failover-host', 'cluster.failover', 'host.runs', 'host.cpu', 'host.memory', 'vm.state'],
  severity: 'error',
  source: { text: 'vSphere 6.5 Availability, its advice on dedicated failover hosts', evidence: 'verified' },
  covers: ['RS17'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  failover 1 host by dedicated
  host esx-[1..2] { memory 128 GiB; runs each db-[1..2] }
  host esx-3 { memory 64 GiB; failover-host }
}
vm db-[1..2] { memory 32 GiB }`,
    },
    silent: {
      text: `cluster prod {
  failover 1 host by dedicated
  host esx-[1..2] { memory 128 GiB; runs each db-[1..2] }
  host esx-3 { memory 128 GiB; failover-host }
}
vm db-[1..2] { memory 32 GiB }`,
    },
  },
  find: (cluster) => {
    const { ready, unfit } = sparesOf(cluster);
    const demand = failoverDemand(cluster);
    const found = unfit.flatMap((spare): Unfit[] => {
      const [vm] = spare.vms;
      const claim = vm && placementOf(vm).claim;
      const anchor = claim ? subjectOf(claim.located) : nameOf(spare.host);
      return anchor ? [{ spare, ready, wanted: 0, anchor }] : [];
    });
    if (demand?.kind !== 'hosts' || demand.by !== 'dedicated') return found;
    const wanted = demand.count;
    const { hosts, spares } = clusterUse(cluster);
    if (hosts.length === 0 || spares.length >= wanted) return found;
    return [...found, { spare: undefined, ready, wanted, anchor: subjectOf(demand.stated) }];
  },
  say: ({ spare, ready, wanted, anchor }, _limits, cluster) => {
    if (!spare) {
      return {
        severity: 'error',
        message: `${cluster.name} is to survive the loss of ${counted(wanted, 'host')} by hosts that are kept for it, and keeps ${ready === 0 ? 'none' : ready}. State failover-host at ${wanted - ready === 1 ? 'an empty host' : `${wanted - ready} empty hosts`}, as large as the largest.`,
        ...anchor,
      };
    }
    const { host, vms, lacks, larger } = spare;
    const why =
      vms.length > 0
        ? `runs ${namesOf(vms)}`
        : `has less ${lacks} than ${larger?.name}, whose VMs it could not all take`;
    const mend =
      vms.length > 0 ? 'Move its VMs away, or count it as an ordinary host' : 'Keep one of the largest hosts';
    const head = larger && vms.length === 0 ? nameOf(larger) : undefined;
    return {
      severity: 'error',
      message: `${host.name} is kept for failover but ${why}. When another host fails, there is not the room that ${cluster.name} counts on. ${mend}.`,
      ...anchor,
      related: head ? [{ ...head, message: 'this host is larger' }] : [],
    };
  },
  fix: ({ spare }, cluster) => {
    if (!spare) return kept(cluster);
    const demand = failoverDemand(cluster);
    return demand && demand.kind !== 'none' && demand.by === 'dedicated' ? [] : released(spare);
  },
});

/** Counts a host as an ordinary one again. */
function released({ host }: UnfitSpare): Fix[] {
  const stated = propsOf(host).one('failover-host');
  if (!stated || !isOwn(host, stated)) return [];
  return [{ title: `Count ${host.name} as an ordinary host`, edits: removeStatement(stated) }];
}

/** Keeps one of the largest hosts, where it is empty. */
function kept(cluster: Entity): Fix[] {
  const { hosts } = clusterUse(cluster);
  const size = (host: Entity, what: 'cpu' | 'memory') => hostSupply(host)[what]?.value ?? 0;
  const largest = (what: 'cpu' | 'memory') => Math.max(...hosts.map((host) => size(host, what)));
  const fit = hosts.find(
    (host) =>
      hostLoad(host).vms.length === 0 &&
      size(host, 'cpu') >= largest('cpu') &&
      size(host, 'memory') >= largest('memory') &&
      host.declaration.names.length === 1,
  );
  const head = fit?.declaration.head();
  if (!fit || !head) return [];
  return [{ title: `Keep ${fit.name} for failover`, edits: addToBody(head, 'failover-host'), isPreferred: true }];
}
