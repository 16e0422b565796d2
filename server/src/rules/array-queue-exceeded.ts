import { formatShare } from '../base/units.ts';
import { queueShare } from '../capacity/models/storage-paths.ts';
import { arrayPorts, type QueueUse, queueUse } from '../capacity/san.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { morePorts } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Exceeded {
  readonly use: QueueUse;
  readonly share: number;
  readonly by: Stated;
}

const BLOCK_PROTOCOLS: ReadonlySet<string | undefined> = new Set(['fc', 'fcoe', 'iscsi']);

export const arrayQueueExceeded = defineRule<Exceeded>({
  id: 'array-queue-exceeded',
  title: 'Hosts may send more commands at once than the array queues',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server'],
  benefit: 'A burst of all hosts is queued, and not refused',
  why: 'A port of an array takes a limited number of commands at once. When hosts send more, it answers "queue full", and hosts back off sharply: latency jumps for all of them at once, though disks and links are idle. Hosts × LUNs × queue depth is the most that can happen, not what usually does, so this is a warning for the day when everything is busy. NFS, SMB and NVMe queue otherwise and are not asked.',
  formula: 'Σ over hosts LUNs × queue depth ÷ (ports of the array × queue of a port)',
  inputs: ['host.hba', 'host.mount', 'host.path', 'array.queue', 'array.ports', 'array.protocol'],
  limitOf: 'commands that hosts may send at once, as a share of what the array queues',
  limitUnit: 'share',
  limits: { warning: 1 },
  source: {
    text: '2048 for a port and 32 for a LUN, where nothing is stated, are recalled: state queue on the array, the mount or the adapter',
    evidence: 'recalled',
  },
  covers: ['CS12'],
  of: 'array',
  examples: {
    fires: {
      text: `switch san-[a,b] { type fc }
array shelf {
  protocol fc
  usable 80 TiB
  queue 1024
  ports 1 x 16 Gbps to san-a
  ports 1 x 16 Gbps to san-b
  datastore lun-[01..08] { capacity 8 TiB }
}
host esx-[01..12] {
  hba hba[1..2] 16 Gbps queue 64
  path hba1 to san-a
  path hba2 to san-b
  mount lun-[01..08]
}`,
    },
    silent: {
      text: `switch san-[a,b] { type fc }
array shelf {
  protocol fc
  usable 80 TiB
  queue 2048
  ports 2 x 16 Gbps to san-a
  ports 2 x 16 Gbps to san-b
  datastore lun-[01..08] { capacity 8 TiB }
}
host esx-[01..12] {
  hba hba[1..2] 16 Gbps queue 64
  path hba1 to san-a
  path hba2 to san-b
  mount lun-[01..08]
}`,
    },
  },
  find: (array, limits) => {
    if (!BLOCK_PROTOCOLS.has(propsOf(array).word('protocol'))) return [];
    const use = queueUse(array);
    const [first] = arrayPorts(array);
    const share = use && queueShare(use.hosts, use.ports, use.portQueue);
    if (!use || !first || share === undefined || !grade(share, limits)) return [];
    return [{ use, share, by: propsOf(array).one('queue') ?? first.by }];
  },
  say: ({ use, share, by }, limits, array) => {
    const { hosts, ports, portQueue } = use;
    const sent = hosts.reduce((sum, { luns, queue }) => sum + luns * queue, 0);
    const assumed = [
      ...(use.isHostQueueStated ? [] : ['32 for each LUN']),
      ...(use.isPortQueueStated ? [] : [`${portQueue} for each port`]),
    ];
    const basis = assumed.length > 0 ? ` (${assumed.join(' and ')} assumed)` : '';
    return {
      severity: grade(share, limits) ?? 'warning',
      message: `${counted(hosts.length, 'host')} may send ${array.name} ${sent} commands at once, ${formatShare(share)} of the ${ports * portQueue} that its ${counted(ports, 'port')} queue${basis}. Beyond that it refuses, and latency jumps for all. Lower the queue depth, or use more ports.`,
      ...subjectOf(by),
    };
  },
  fix: ({ share }, array, limits) => morePorts(array, share / (leastLimit(limits) ?? share)),
});
