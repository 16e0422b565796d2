import { formatNumber, formatShare } from '../base/units.ts';
import { poolsOf } from '../capacity/disks.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { arrayUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { moreDisks } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';

interface Exceeded {
  /** The array, or the pool of it. */
  readonly holder: Entity;
  readonly share: Figure;
  readonly datastores: readonly Entity[];
  readonly anchor: Anchor;
}

export const arrayIopsExceeded = defineRule<Exceeded>({
  id: 'array-iops-exceeded',
  title: 'VMs ask for more operations than the disks can do',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server', 'network'],
  benefit: 'Disks answer in milliseconds at the busiest hour, too',
  why: 'Above what its disks can do, an array queues, and every VM on it waits. One write costs several operations on the disks: two for a mirror, four for RAID 5, six for RAID 6. So what servers may ask for is raw ÷ (reads + writes × penalty), less what a cache answers. The formula that is often repeated, raw × reads + raw × writes ÷ penalty, gives reads and writes each their share of the disks instead of the operations: for 900 raw, 16 % writes and RAID 5 it promises 792 where 608 are there.',
  formula:
    'Σ IOPS of running VMs ÷ (disks × IOPS ÷ (reads × (1 − cache hits) + writes × write penalty)), or ÷ the limit that is stated',
  inputs: [
    'vm.demand',
    'vm.measured',
    'vm.disk',
    'vm.datastore',
    'array.disks',
    'array.iops',
    'array.cache',
    'pool.disks',
    'pool.iops',
  ],
  limitOf: 'share of the operations that servers may ask for',
  limitUnit: 'share',
  limits: { warning: 0.8, error: 1 },
  source: {
    text: 'write penalties from a secondary source; the formula was derived and computed; 80 % is ours',
    evidence: 'recalled',
  },
  covers: ['CS01'],
  of: 'array',
  examples: {
    fires: {
      text: `array shelf {
  disks 12 x 1.2 TB media hdd raid 6 iops 140
  datastore gold { capacity 8 TiB }
}
vm db { datastore gold; demand iops 900 reads 70 % }`,
    },
    silent: {
      text: `array shelf {
  disks 12 x 1.2 TB media hdd raid 10 iops 140
  datastore gold { capacity 5 TiB }
}
vm db { datastore gold; demand iops 900 reads 70 % }`,
    },
  },
  find: (array, limits) =>
    [array, ...poolsOf(array)].flatMap((holder) => {
      const props = propsOf(holder);
      const by = props.one('iops') ?? props.one('disks');
      const { share, datastores } = arrayUse(holder);
      if (!by || !share || !grade(share.value, limits)) return [];
      return [{ holder, share, datastores, anchor: subjectOf(by) }];
    }),
  say: ({ holder, share, datastores, anchor }, limits) => {
    const [demand, limit] = share.inputs ?? [];
    const amounts = demand && limit ? `${formatFigure(demand)} of ${formatFigure(limit)}` : '';
    const input = (label: string) => limit?.inputs?.find((one) => one.label === label)?.value;
    const reads = input('reads');
    const penalty = input('write penalty');
    const mix =
      reads !== undefined && penalty !== undefined
        ? ` at ${formatShare(reads)} reads, each write costing ${formatNumber(penalty)}`
        : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `VMs ask ${holder.name} for ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of what its disks can do: ${amounts}${mix}. They wait for their disks; add disks, use RAID 10 or flash, or move VMs.`,
      ...anchor,
      figures: [share],
      related: datastores.slice(0, 8).flatMap((datastore) => {
        const at = nameOf(datastore);
        return at ? [{ ...at, message: `${datastore.name} is on ${holder.name}` }] : [];
      }),
    };
  },
  fix: ({ holder, share }, _, limits) =>
    propsOf(holder).has('iops') ? [] : moreDisks(holder, share.value / (leastLimit(limits) ?? 1)),
});
