import { addDays, formatDate } from '../base/dates.ts';
import { formatDuration, formatQuantity, formatShare, SECONDS_PER_YEAR } from '../base/units.ts';
import { datastoreGrowth } from '../capacity/growth.ts';
import { type Growth, monthsUntil } from '../capacity/models/growth.ts';
import { datastoreUse } from '../capacity/storage.ts';
import { asOf } from '../capacity/time.ts';
import type { Stated } from '../design/props.ts';
import { anotherDatastore, DATASTORE_FULL } from './fixes/another-datastore.ts';
import { extension } from './fixes/extension.ts';
import { defineRule, gradeBelow, greatestLimit } from './rule.ts';
import { type Anchor, capacityOf, clauseIn } from './shared/anchor.ts';

interface Filling {
  /** Seconds until it is full. */
  readonly time: number;
  readonly used: number;
  readonly growth: Growth;
  readonly by: Stated;
  readonly anchor: Anchor;
}

const DAY = 86_400;
const MONTH = SECONDS_PER_YEAR / 12;

export const growthFillsDatastore = defineRule<Filling>({
  id: 'growth-fills-datastore',
  title: 'Growth fills the datastore soon',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'Disks are ordered before they are needed, and not in a hurry',
  why: 'Buying, fitting and zoning disks takes weeks. A datastore that is three quarters full may last for years or for days; what it grows by decides. The growth stated for the datastore counts, else that of what is around it, else that of the design.',
  formula: '(capacity − used) ÷ growth; for growth by a share: ln(capacity ÷ used) ÷ ln(1 + share)',
  inputs: ['datastore.growth', 'design.growth', 'design.as-of', 'datastore.capacity', 'datastore.measured', 'vm.disk'],
  limitOf: 'least time until it is full',
  limitUnit: 'time',
  limits: { info: 120 * DAY, warning: 60 * DAY, error: 30 * DAY },
  source: { text: 'the colours of time remaining in vCenter Operations 5', evidence: 'verified' },
  covers: ['OS06'],
  of: 'datastore',
  examples: {
    fires: {
      text: `array san {
  usable 10 TiB
  datastore gold { capacity 1 TiB; growth disk 200 GiB/month; measured used 700 GiB }
}`,
    },
    silent: {
      text: `array san {
  usable 10 TiB
  datastore gold { capacity 1 TiB; growth disk 20 GiB/month; measured used 700 GiB }
}`,
    },
  },
  find: (datastore, limits) => {
    const { used, capacity } = datastoreUse(datastore);
    const grows = datastoreGrowth(datastore);
    const anchor = capacityOf(datastore);
    // What is full already is no forecast.
    if (!used || !capacity || !grows || !anchor || used.value >= capacity.value) return [];
    const months = monthsUntil(used.value, capacity.value, grows.growth);
    if (months === undefined || !gradeBelow(months * MONTH, limits)) return [];
    const { growth, by } = grows;
    return [{ time: months * MONTH, used: used.value, growth, by, anchor }];
  },
  say: ({ time, used, growth, by, anchor }, limits, datastore) => {
    const today = asOf(datastore.design);
    const day = today ? ` (${formatDate(addDays({ day: today.day }, Math.floor(time / DAY)))})` : '';
    const rate = growth.kind === 'linear' ? formatQuantity(growth.perMonth, 'size') : formatShare(growth.perMonth);
    return {
      severity: gradeBelow(time, limits) ?? 'info',
      message: `${datastore.name} is full in ${formatDuration(time)}${day}: it holds ${formatQuantity(used, 'size')} and grows by ${rate} a month. Extend it, move disks away, or order now.`,
      ...anchor,
      related: [{ ...clauseIn(by, 'disk'), message: 'growth is stated here' }],
    };
  },
  fix: ({ used, growth }, datastore, limits) => {
    const months = ((greatestLimit(limits) ?? 0) / MONTH) * 1.01;
    const needed = growth.kind === 'linear' ? used + growth.perMonth * months : used * (1 + growth.perMonth) ** months;
    const { capacity } = datastoreUse(datastore);
    const filled =
      growth.kind === 'linear'
        ? (capacity?.value ?? 0) - growth.perMonth * months
        : (capacity?.value ?? 0) / (1 + growth.perMonth) ** months;
    return [
      ...extension(datastore, needed),
      ...anotherDatastore(datastore, { excess: used - filled, limit: DATASTORE_FULL, by: ({ written }) => written }),
    ];
  },
});
