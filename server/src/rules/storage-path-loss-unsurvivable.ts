import { formatQuantity, formatShare } from '../base/units.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { afterPathLoss, pathCapacity } from '../capacity/models/storage-paths.ts';
import { pathTraffic, storagePaths } from '../capacity/san.ts';
import type { Stated } from '../design/props.ts';
import { fasterPaths } from './fixes/link-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { alongPaths } from './shared/along.ts';
import { subjectOf } from './shared/anchor.ts';

interface Loss {
  readonly lost: string;
  readonly left: number;
  readonly traffic: Figure;
  readonly share: number;
  readonly by: Stated;
}

export const storagePathLossUnsurvivable = defineRule<Loss>({
  id: 'storage-path-loss-unsurvivable',
  title: 'Without one storage path the rest is overloaded',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network', 'server'],
  benefit: 'A fabric can be updated at noon, and nobody notices',
  why: 'Two paths are two only if one of them carries everything while the other is away, for an update of the fabric switch or a broken cable. What was comfortable at 60 % of both is 120 % of one. Said only where both together carry the load: else they are overloaded as they are.',
  formula:
    'Σ disk throughput of running VMs ÷ what the paths carry without the fabric, or the port, whose loss leaves least',
  inputs: ['vm.demand', 'vm.measured', 'vm.datastore', 'vm.disk', 'host.path', 'host.hba', 'host.nic'],
  limitOf: 'share of what the remaining storage paths carry',
  limitUnit: 'share',
  limits: { warning: 1 },
  source: { text: 'ours; payload as in storage-path-overloaded', evidence: 'ours' },
  covers: ['CS03'],
  of: 'host',
  examples: {
    fires: {
      text: `switch san-[a,b] { type fc }
array shelf { usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  hba hba[1..2] 8 Gbps
  path hba1 to san-a
  path hba2 to san-b
  runs dwh-[1..2]
}
vm dwh-[1..2] { datastore gold; demand throughput 450 MB/s }`,
    },
    silent: {
      text: `switch san-[a,b] { type fc }
array shelf { usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  hba hba[1..2] 8 Gbps
  path hba1 to san-a
  path hba2 to san-b
  runs dwh-[1..2]
}
vm dwh-[1..2] { datastore gold; demand throughput 350 MB/s }`,
    },
  },
  find: (host, limits) => {
    const paths = carriesLoad(host) ? storagePaths(host) : undefined;
    const whole = paths && pathCapacity(paths);
    const loss = paths && afterPathLoss(paths);
    const traffic = loss && pathTraffic(host);
    const by = paths?.find(({ fate }) => fate === loss?.lost)?.by;
    // A single path is another rule's business, and so is an overload of all of them.
    if (!loss || !traffic || !by || !whole || loss.capacity <= 0 || traffic.value > whole) return [];
    const share = traffic.value / loss.capacity;
    return grade(share, limits) ? [{ lost: loss.lost, left: loss.capacity, traffic, share, by }] : [];
  },
  say: ({ lost, left, traffic, share, by }, limits, host) => ({
    severity: grade(share, limits) ?? 'warning',
    message: `Without ${lost} the storage paths of ${host.name} carry ${formatQuantity(left, 'rate')} at best; its VMs move ${traffic.isAtLeast ? 'at least ' : ''}${formatFigure(traffic)}, ${formatShare(share)} of that. Their disks slow down until it is back; use faster paths, or move VMs.`,
    ...subjectOf(by),
    figures: [traffic],
    links: alongPaths(host, storagePaths(host) ?? []),
  }),
  fix: ({ share }, host, limits) => fasterPaths(host, share / (leastLimit(limits) ?? 1)),
});
