import { formatQuantity, formatShare, SECONDS_PER_YEAR } from '../base/units.ts';
import { clusterUse, failoverDemand } from '../capacity/cluster.ts';
import { formatFigure } from '../capacity/figure.ts';
import { clusterExhaustion, type Exhaustion, monthText } from '../capacity/forecast.ts';
import { growthOf } from '../capacity/growth.ts';
import type { Entity } from '../design/declaration.ts';
import { moreHosts } from './fixes/next-host.ts';
import { defineRule, gradeBelow, type Related, type Severity } from './rule.ts';
import { type Anchor, clauseIn, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Filling {
  readonly what: 'CPU' | 'memory';
  readonly exhaustion: Exhaustion;
  readonly months: number;
  readonly anchor: Anchor;
}

const DAY = 86_400;
const MONTH = SECONDS_PER_YEAR / 12;

export const growthFillsCluster = defineRule<Filling>({
  id: 'growth-fills-cluster',
  title: 'Growth fills the cluster within the horizon',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'Hosts are ordered before they are needed',
  why: 'A cluster fills VM by VM, and what its `failover` keeps for a lost host is used up first, unnoticed. With a stated growth the month is known in which the rest no longer carries everything, and a host ordered in time costs less than one ordered at once. `vms` adds VMs of the mix of today, `cpu` and `memory` are what each VM asks for more. A host that is planned with `from`, or goes with `until`, counts from its day. What is full today is no forecast, and left to other rules.',
  formula:
    'first month in which Σ demand × growth of each VM × growth in number > usable CPU or memory − what `failover` names; within the horizon',
  inputs: [
    'cluster.growth',
    'design.growth',
    'design.horizon',
    'design.as-of',
    'cluster.failover',
    'vm.memory',
    'vm.demand',
    'host.cpu',
    'host.memory',
    'host.from',
    'host.until',
  ],
  limitOf: 'least time until it is full; without a limit of its own, info says so within the horizon of the design',
  limitUnit: 'time',
  limits: { warning: 60 * DAY, error: 30 * DAY },
  source: {
    text: 'the two colours of least time remaining in vCenter Operations 5; that the reserve for a failure is no room to grow is ours',
    evidence: 'verified',
  },
  covers: ['RS15', 'RS18'],
  of: 'cluster',
  examples: {
    fires: {
      text: `design plan { as-of 2026-11-22; horizon 24 months; growth vms 3 %/month }
cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB }
  runs db-[1..8]
}
vm db-[1..8] { memory 12 GiB }`,
    },
    silent: {
      text: `design plan { as-of 2026-11-22; horizon 24 months; growth vms 3 %/month }
cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB }
  runs db-[1..4]
}
vm db-[1..4] { memory 12 GiB }`,
    },
  },
  find: (cluster, limits) => {
    const anchor = nameOf(cluster);
    if (!anchor || clusterUse(cluster).vms.length === 0) return [];
    const { cpu, memory } = clusterExhaustion(cluster);
    const found: Filling[] = [];
    for (const [what, exhaustion] of [['CPU', cpu] as const, ['memory', memory] as const]) {
      const months = exhaustion?.months;
      if (exhaustion && months && (limits.info === undefined || months * MONTH < limits.info))
        found.push({ what, exhaustion, months, anchor });
    }
    // What runs out first decides; the other one is seen when that is mended.
    return found.sort((a, b) => a.months - b.months).slice(0, 1);
  },
  say: ({ what, exhaustion, months, anchor }, limits, cluster) => {
    const { now, limit, changing = 0 } = exhaustion;
    const unit = what === 'CPU' ? 'frequency' : 'size';
    const demand = failoverDemand(cluster);
    const isReserved = demand !== undefined && demand.kind !== 'none';
    const severity: Severity = gradeBelow(months * MONTH, limits) ?? 'info';
    return {
      severity,
      message: `${cluster.name} runs out of ${what} ${monthText(cluster.design, months)}: its VMs ask for ${formatQuantity(now, unit)} now, and ${formatFigure(limit)} are there${isReserved ? ' when what may fail has failed' : ''}${changing > 0 ? `; ${counted(changing, 'host')} that ${changing === 1 ? 'comes or goes' : 'come or go'} until then ${changing === 1 ? 'is' : 'are'} reckoned with` : ''}. Plan a host until then, or slow the growth.`,
      ...anchor,
      figures: [limit],
      related: growthStatements(cluster, what),
    };
  },
  fix: (_, cluster) => moreHosts(cluster, 1),
});

/** Where the growth of a cluster is stated. */
function growthStatements(cluster: Entity, what: 'CPU' | 'memory'): Related[] {
  return (['vms', what === 'CPU' ? 'cpu' : 'memory'] as const).flatMap((word) => {
    const found = growthOf(cluster, word);
    if (!found) return [];
    const { growth, by } = found;
    const rate =
      growth.kind === 'compound'
        ? formatShare(growth.perMonth)
        : word === 'vms'
          ? `${growth.perMonth}`
          : formatQuantity(growth.perMonth, what === 'CPU' ? 'frequency' : 'size');
    return [{ ...clauseIn(by, word), message: `growth of ${word}: ${rate} a month` }];
  });
}
