import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { runningOn, shareOf } from '../capacity/load.ts';
import { afterPathLoss, pathCapacity } from '../capacity/models/storage-paths.ts';
import { pathTraffic, storagePaths } from '../capacity/san.ts';
import { fasterPaths } from './fixes/link-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { alongPaths } from './shared/along.ts';
import { type Anchor, largestOf, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overloaded {
  readonly share: Figure;
  readonly paths: number;
  readonly anchor: Anchor;
}

export const storagePathOverloaded = defineRule<Overloaded>({
  id: 'storage-path-overloaded',
  title: 'VMs move more data than the storage paths of their host carry',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network', 'server'],
  benefit: 'Copies, reports and boots run as fast as the disks allow',
  why: 'The disks may be fast and idle while the two adapters of a host are full: then every VM on it waits, and those on the next host do not. A nominal rate is not what arrives: 16 Gbps of Fibre Channel carry 1600 MB/s, and iSCSI or NFS leave about a tenth to headers. Load is taken to be spread evenly over all paths, which is the best case.',
  formula: 'Σ disk throughput of running VMs ÷ Σ paths × rate × payload (Fibre Channel 0.8, Ethernet 0.9)',
  inputs: [
    'vm.demand',
    'vm.measured',
    'vm.datastore',
    'vm.disk',
    'host.path',
    'host.hba',
    'host.nic',
    'array.protocol',
    'switch.type',
  ],
  limitOf: 'share of what the storage paths of a host carry',
  limitUnit: 'share',
  limits: { warning: 0.7, error: 1 },
  source: { text: 'payload and 70 % are recalled', evidence: 'recalled' },
  covers: ['CS02'],
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
vm dwh-[1..2] { datastore gold; demand throughput 600 MB/s }`,
    },
    silent: {
      text: `switch san-[a,b] { type fc }
array shelf { usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  hba hba[1..2] 32 Gbps
  path hba1 to san-a
  path hba2 to san-b
  runs dwh-[1..2]
}
vm dwh-[1..2] { datastore gold; demand throughput 600 MB/s }`,
    },
  },
  find: (host, limits) => {
    const paths = carriesLoad(host) ? storagePaths(host) : undefined;
    const [first] = paths ?? [];
    if (!paths || !first) return [];
    const value = pathCapacity(paths);
    if (value === undefined) return [];
    const inputs = paths.map(
      ({ port, rate, by }): Figure => ({
        label: port,
        unit: 'rate',
        value: rate ?? 0,
        origin: 'stated',
        isAtLeast: false,
        by,
      }),
    );
    const capacity = derivedFigure('storage paths', 'rate', value, 'Σ rate × payload', inputs);
    const share = shareOf('storage paths', pathTraffic(host), capacity);
    return share && grade(share.value, limits) ? [{ share, paths: paths.length, anchor: subjectOf(first.by) }] : [];
  },
  say: ({ share, paths, anchor }, limits, host) => {
    const [traffic, capacity] = share.inputs ?? [];
    const amounts = traffic && capacity ? `${formatFigure(traffic)} of ${formatFigure(capacity)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `VMs on ${host.name} move ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of what its ${counted(paths, 'storage path')} ${paths === 1 ? 'carries' : 'carry'} at best: ${amounts}. Their disks wait for the cable; add paths, use faster ones, or move VMs.`,
      ...anchor,
      figures: [share],
      links: alongPaths(host, storagePaths(host) ?? []),
      related: largestOf(traffic, runningOn(host)),
    };
  },
  fix: ({ share }, host, limits) => {
    const limit = leastLimit(limits) ?? 1;
    // Fast enough for the day when one fabric is away, too, where one may be.
    const loss = afterPathLoss(storagePaths(host) ?? []);
    const traffic = share.inputs?.[0]?.value ?? 0;
    const afterLoss = loss && loss.capacity > 0 ? traffic / loss.capacity : 0;
    return fasterPaths(host, Math.max(share.value / limit, afterLoss));
  },
});
