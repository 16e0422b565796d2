import { formatShare } from '../base/units.ts';
import { iopsLimit } from '../capacity/disks.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { propsOf, referred, standsOn } from '../design/things.ts';
import { nameOf, subjectOf } from './anchor.ts';
import { defineRule, grade } from './rule.ts';
import { counted } from './wording.ts';

interface Storm {
  readonly by: Stated;
  readonly array: Entity;
  readonly count: number;
  readonly reads: number;
  readonly share: Figure;
}

/** Operations of a booting desktop and their mix, where nothing is stated. */
const BOOT_IOPS = 150;
const BOOT_READS = 0.65;

export const bootStormSlow = defineRule<Storm>({
  id: 'boot-storm-slow',
  title: 'VMs that start together ask for more than the array can do',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server', 'network'],
  benefit: 'After a power cut everybody works again in minutes',
  why: 'A VM that starts asks for many times what it asks for at work, and after a power cut or at eight in the morning all of them start at once. Above what the array can do, each waits for all others. It does not hurt where they are started in turns.',
  formula: 'VMs that start together × IOPS of each ÷ what the array can do at that mix of reads and writes',
  inputs: ['cluster.boot', 'vm.datastore', 'vm.disk', 'array.disks', 'array.iops', 'array.cache', 'pool.disks'],
  limitOf: 'share of what the array can do',
  limits: { warning: 1 },
  source: {
    text: '150 IOPS for each pooled desktop and 60 to 70 % reads are from an article of Citrix',
    evidence: 'verified',
  },
  covers: ['CS05'],
  of: 'cluster',
  examples: {
    fires: {
      text: `array shelf {
  disks 24 x 1.2 TB raid 10 iops 180
  datastore vdi { capacity 12 TiB }
}
cluster desktops {
  host esx-[1..2]
  failover none
  runs d-[1..50]
  boot d-[1..50] within 15 min
}
vm d-[1..50] { datastore vdi; storage 64 GiB }`,
    },
    silent: {
      text: `array shelf {
  disks 24 x 1.2 TB raid 10 iops 180
  datastore vdi { capacity 12 TiB }
}
cluster desktops {
  host esx-[1..2]
  failover none
  runs d-[1..50]
  boot d-[1..20] within 15 min
}
vm d-[1..50] { datastore vdi; storage 64 GiB }`,
    },
  },
  find: (cluster, limits) =>
    propsOf(cluster)
      .list('boot')
      .flatMap((by) => stormsOf(by).filter(({ share }) => grade(share.value, limits) !== undefined)),
  say: ({ by, array, count, reads, share }, limits) => {
    const [demand, limit] = share.inputs ?? [];
    const amounts = demand && limit ? `${formatFigure(demand)} of ${formatFigure(limit)}` : '';
    const head = nameOf(array);
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${counted(count, 'VM')} that start together ask ${array.name} for ${formatFigure(share)} of what it can do at ${formatShare(reads)} reads: ${amounts}. Starting takes that much longer; start them in turns, or from flash.`,
      ...subjectOf(by),
      figures: [share],
      related: head ? [{ ...head, message: 'their disks are here' }] : [],
    };
  },
});

function stormsOf(by: Stated): Storm[] {
  const each = clauseNumber(by, 'iops')?.value ?? BOOT_IOPS;
  const reads = clauseNumber(by, 'reads')?.value ?? BOOT_READS;
  const counts = new Map<Entity, number>();
  for (const vm of referred(by, ['vm'])) {
    const { home, disks } = vmFacts(vm);
    const datastore = home ?? disks[0]?.datastore;
    const array = datastore && standsOn(datastore);
    if (array) counts.set(array, (counts.get(array) ?? 0) + 1);
  }
  return [...counts].flatMap(([array, count]) => {
    const limit = iopsLimit(array, reads);
    if (!limit || limit.value <= 0) return [];
    const demand: Figure = {
      label: 'IOPS of starting VMs',
      unit: 'IOPS',
      value: count * each,
      origin: 'derived',
      isAtLeast: false,
      by,
    };
    const formula = `${demand.label} ÷ ${limit.label}`;
    const share = derivedFigure('IOPS at start', 'share', demand.value / limit.value, formula, [demand, limit]);
    return [{ by, array, count, reads, share }];
  });
}
