import type { PlanDate } from '../base/dates.ts';
import { formatDate } from '../base/dates.ts';
import { formatQuantity } from '../base/units.ts';
import { hasEnded } from '../capacity/exists.ts';
import { dateOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Expired {
  readonly by: Stated;
  readonly until: PlanDate;
  readonly place: Entity;
  readonly runs: Located | undefined;
}

export const vmExpired = defineRule<Expired>({
  id: 'vm-expired',
  title: 'VM is still placed after its last day',
  painPoint: 'management-complexity',
  owners: ['application', 'server'],
  benefit: 'VMs that nobody needs any more give back what they hold',
  why: 'VMs are made in minutes and seldom removed. One that was to end on a day and is still there keeps its disks, address and licence, and nobody patches it. Judged by the day of the plan; without one nothing is said.',
  formula: '`until` of the VM < `as-of`, and it is still in a `runs`',
  inputs: ['any.until', 'design.as-of', 'host.runs', 'cluster.runs'],
  severity: 'info',
  source: { text: 'the day that the design itself states', evidence: 'ours' },
  covers: ['MC07'],
  of: 'vm',
  judgesEnded: true,
  unmendable: 'Its owner says whether it is deleted or kept longer.',
  examples: {
    fires: {
      text: `design d { as-of 2026-11-22 }
host esx-1 { runs trial }
vm trial { until 2026-10-31 }`,
    },
    silent: {
      text: `design d { as-of 2026-11-22 }
host esx-1 { runs trial }
vm trial { until 2026-12-31 }`,
    },
  },
  find: (vm) => {
    if (!hasEnded(vm)) return [];
    const until = dateOf(vm, 'until');
    const by = propsOf(vm).one('until');
    const { host, cluster, claim } = placementOf(vm);
    const place = host ?? cluster;
    return until && by && place ? [{ by, until, place, runs: claim?.located }] : [];
  },
  say: ({ by, until, place, runs }, _limits, vm) => {
    const size = vmFacts(vm).provisioned;
    const holds = size === undefined ? '' : ` and holds ${formatQuantity(size, 'size')} of disk`;
    return {
      severity: 'info',
      message: `${vm.name} was to end on ${formatDate(until)}, and is still placed on ${place.name}${holds}. Take it out of runs and delete it, or give it a later day.`,
      at: by,
      span: subjectOf(by).span,
      related: runs ? [{ at: runs, message: `placed on ${place.name}` }] : [],
    };
  },
});
