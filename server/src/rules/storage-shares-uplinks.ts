import { featuresOf } from '../capacity/features.ts';
import { formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { LEAST_RATE_PER_MIGRATION } from '../capacity/models/live-migration.ts';
import { type SharedWire, sharedWire } from '../capacity/shared-wire.ts';
import { addClause, replaceAt } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { alongUplinks } from './shared/along.ts';
import { subjectOf, uplinksAt } from './shared/anchor.ts';

interface Shared {
  readonly wire: SharedWire;
}

export const storageSharesUplinks = defineRule<Shared>({
  id: 'storage-shares-uplinks',
  title: 'Storage shares its cables with traffic that can crowd it out',
  painPoint: 'congested-storage-network',
  owners: ['network', 'storage', 'server'],
  benefit: 'A migration or a download slows itself down, and not the disks of every VM',
  why: 'Migration takes all that a link gives, and VMs take what they need; neither waits for storage. Where disks are reached over the same uplinks, each such moment is felt as slow disks by all VMs of the host. A separate VLAN does not help, as the cable is the same. Nothing is said where network I/O control is on, where the virtual switch shapes its ports, or where all of it fits.',
  formula: 'VM traffic + disk throughput over the network + one migration (or its limit) ÷ Σ rate of active uplinks',
  inputs: [
    'host.service',
    'vswitch.uplink',
    'vswitch.carries',
    'vswitch.shaping',
    'host.nic',
    'vm.demand',
    'vm.measured',
    'vm.datastore',
    'array.protocol',
    'cluster.features',
  ],
  limitOf: 'all that may be asked of uplinks at once, as a share of them',
  limitUnit: 'share',
  limits: { warning: 1 },
  source: { text: 'ours', evidence: 'ours' },
  covers: ['CS10'],
  of: 'host',
  examples: {
    fires: {
      text: `network lan
network vmotion
network nfs
array filer { protocol nfs; usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan, vmotion, nfs }
  service migration on vmotion
  service storage on nfs
  runs dwh-[1..4]
}
vm dwh-[1..4] { nic lan; datastore gold; demand net 1 Gbps throughput 250 MB/s }`,
    },
    silent: {
      text: `network lan
network vmotion
network nfs
array filer { protocol nfs; usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan, vmotion, nfs }
  service migration on vmotion limit 4 Gbps
  service storage on nfs
  runs dwh-[1..4]
}
vm dwh-[1..4] { nic lan; datastore gold; demand net 1 Gbps throughput 250 MB/s }`,
    },
  },
  find: (host, limits) => {
    const wire = carriesLoad(host) ? sharedWire(host) : undefined;
    const cluster = clusterOfHost(host);
    if (!wire?.share || !grade(wire.share.value, limits)) return [];
    const isControlled =
      wire.virtualSwitch.props.has('shaping') || (cluster !== undefined && featuresOf(cluster).has('nioc'));
    return isControlled ? [] : [{ wire }];
  },
  say: ({ wire: { virtualSwitch, storage, migration, share } }, limits, host) => {
    const [all, capacity] = share?.inputs ?? [];
    const parts = (all?.inputs ?? []).map((part) => formatFigure(part)).join(' + ');
    const way = migration ? 'Limit migration, use nioc' : 'Use nioc';
    return {
      severity: grade(share?.value, limits) ?? 'warning',
      message: `Storage of ${host.name} shares ${virtualSwitch.name} with ${migration ? 'VMs and migration' : 'VMs'}: ${all ? formatFigure(all) : 'more'} may be asked at once of ${capacity ? formatFigure(capacity) : 'less'} (${parts}). Then all disks over it are slow. ${way}, or give storage its own uplinks.`,
      ...(uplinksAt(virtualSwitch) ?? subjectOf(storage)),
      figures: share ? [share] : [],
      links: alongUplinks(virtualSwitch),
      related: [
        { ...subjectOf(storage), message: 'storage is here' },
        ...(migration ? [{ ...subjectOf(migration.by), message: 'migration, too' }] : []),
      ],
    };
  },
  fix: ({ wire: { migration, share } }, _, limits) => {
    const [all, capacity] = share?.inputs ?? [];
    if (!migration || !all || !capacity) return [];
    const left = capacity.value * (leastLimit(limits) ?? 1) - (all.value - migration.rate);
    const rate = Math.floor(left / 100e6 + 1e-9) * 100;
    if (rate * 1e6 < LEAST_RATE_PER_MIGRATION) return [];
    const text = rate % 1_000 === 0 ? `${rate / 1_000} Gbps` : `${rate} Mbps`;
    const { by } = migration;
    const part = partOf(by.sentence.clauses.get('limit')?.value, 0, by.index);
    const edits = part ? replaceAt(by.place, part, text) : addClause(by, `limit ${text}`);
    return [{ title: `Limit migration to ${text}`, edits }];
  },
});
