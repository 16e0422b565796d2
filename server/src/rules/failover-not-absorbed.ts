import { formatShare } from '../base/units.ts';
import { type FailoverResult, failoverResult, type LossResult } from '../capacity/absorption.ts';
import { affinities } from '../capacity/affinity.ts';
import { formatFigure } from '../capacity/figure.ts';
import { hostsMissing } from '../capacity/missing-hosts.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause } from '../design/edits.ts';
import { moreHosts } from './fixes/next-host.ts';
import { defineRule, type Related } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Unabsorbed {
  readonly result: FailoverResult;
  readonly loss: LossResult;
  /** There is room, and only a rule of keeping VMs apart stands in the way. */
  readonly isByRule: boolean;
}

export const failoverNotAbsorbed = defineRule<Unabsorbed>({
  id: 'failover-not-absorbed',
  title: 'The hosts that are left cannot take the VMs of one that fails',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'After a host fails, everything runs again minutes later',
  why: 'A spare host is one only if what runs on the others finds room when they share the load of the lost one. Counting hosts or reservations says little: a cluster without reservations passes while its memory is full. So each host is taken away in turn, and its VMs are packed onto the rest by what they ask for, keeping apart what must be apart. What runs there already stays where it is, unless balancing is on (`drs full`) and makes room by itself; where moves beforehand would make that room, this is a warning. VMs that stay down only because of such a rule are a remark: the others of their group still run. Where `failover` says `by percent` or `by slots`, HA starts them by their reservations, which `admission-refuses-start` judges; that they starve then is a warning here.',
  formula:
    'for each host, rack or site (of several hosts at once, for the busiest 100 combinations): a placement of its VMs on the others with Σ demand ≤ usable CPU, memory and uplinks of each, on hosts that reach their datastores and networks and that no keep excludes, together what must be together; for pools and shares: Σ demand ≤ what is left in total',
  inputs: [
    'cluster.failover',
    'cluster.apart',
    'cluster.together',
    'cluster.keep',
    'vm.demand',
    'vm.memory',
    'vm.disk',
    'host.cpu',
    'host.memory',
    'host.mount',
    'host.nic',
    'vswitch.carries',
  ],
  severity: 'error',
  source: { text: 'the plan itself states what may fail; packing by demand is ours', evidence: 'ours' },
  covers: ['RS15', 'RS18', 'RS21'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  failover 1 host
  host esx-[1..2] { memory 64 GiB }
}
vm db-[1..4] { memory 24 GiB }
runs db-[1..2] on esx-1
runs db-[3..4] on esx-2`,
    },
    silent: {
      text: `cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB }
}
vm db-[1..4] { memory 24 GiB }
runs db-[1..2] on esx-1
runs db-[3..4] on esx-2`,
    },
  },
  find: (cluster) => {
    const result = failoverResult(cluster);
    if (!result) return [];
    if (result.outcome === 'fails' && result.worst) return [{ result, loss: result.worst, isByRule: false }];
    return result.keptApart ? [{ result, loss: result.keptApart, isByRule: true }] : [];
  },
  say: ({ result, loss, isByRule }, _, cluster) => ({
    severity: isByRule ? 'info' : isByReservations(result) || result.isScattered ? 'warning' : 'error',
    message: isByRule ? ruleMessage(loss) : roomMessage(result, loss, cluster),
    ...subjectOf(result.demand.stated),
    figures: result.afterLoss ? [result.afterLoss] : [],
    related: [
      ...rulesBehind(loss, cluster).map((rule) => ({ ...subjectOf(rule), message: 'must be apart' })),
      ...places(loss.lost.slice(0, 3), 'this host fails'),
      ...places(loss.leftOut.slice(0, 5), 'finds no host'),
    ],
  }),
  fix: ({ result, loss, isByRule }, cluster) => {
    if (!isByRule) return moreHosts(cluster, hostsMissing(cluster, result, result.demand) ?? 1);
    const [rule, ...others] = isByRule ? rulesBehind(loss, cluster) : [];
    if (!rule || others.length > 0) return [];
    return [{ title: 'Let them share a host when there is no other way: should', edits: addClause(rule, 'should') }];
  },
});

/** HA by reservations starts the VMs all the same: they are up, and starve. */
function isByReservations({ demand }: FailoverResult): boolean {
  return demand.kind !== 'none' && (demand.by === 'percent' || demand.by === 'slots');
}

function roomMessage(
  { demand, afterLoss, isScattered }: FailoverResult,
  { lost, verdict, leftOut }: LossResult,
  cluster: Entity,
): string {
  if (verdict) {
    const { proof } = verdict;
    const reason = isScattered
      ? 'there is room enough, but scattered'
      : proof?.kind === 'machine'
        ? 'none of the others is large enough'
        : proof?.kind === 'sum'
          ? `the others have too little ${proof.dimension === 'cpu' ? 'CPU' : proof.dimension} left`
          : 'what is free on the others does not fit together';
    const verb = leftOut.length === 1 ? 'finds' : 'find';
    return `When ${namesOf(lost)} ${lost.length === 1 ? 'fails' : 'fail'}, ${namesOf(leftOut)} ${verb} no other host in ${cluster.name}: ${reason}. Move VMs so that room comes together, or add a host.`;
  }
  const what = demand.kind === 'percent' ? `${formatShare(demand.share)} of ${cluster.name}` : namesOf(lost, 2);
  const [load, left] = afterLoss?.inputs ?? [];
  const amounts = load && left ? `: ${formatFigure(load)} of ${formatFigure(left)}` : '';
  const kind = afterLoss?.label.startsWith('CPU') ? 'CPU' : 'memory';
  const share = afterLoss ? `${afterLoss.isAtLeast ? 'at least ' : ''}${formatFigure(afterLoss)}` : 'more than all';
  return `Without ${what}, the rest of ${cluster.name} is asked for ${share} of its ${kind}${amounts}. VMs stay down or starve. Add a host, or give VMs less.`;
}

function ruleMessage({ lost, leftOut }: LossResult): string {
  const verb = leftOut.length === 1 ? 'stays' : 'stay';
  return `When ${namesOf(lost)} fails, ${namesOf(leftOut)} ${verb} down until it is back: there is room, but no host where what must be apart would stay apart. State should if they may share a host until then.`;
}

/** Rules that keep VMs apart of which something was left out. */
function rulesBehind({ leftOut }: LossResult, cluster: Entity) {
  const left = new Set(leftOut);
  return affinities(cluster.design)
    .filter((rule) => rule.kind === 'apart' && rule.by === 'host' && rule.isMust && rule.vms.some((vm) => left.has(vm)))
    .slice(0, 3)
    .map(({ located }) => located);
}

function places(entities: readonly Entity[], message: string): Related[] {
  return entities.flatMap((entity) => {
    const at = nameOf(entity);
    return at ? [{ ...at, message: `${entity.name}: ${message}` }] : [];
  });
}
