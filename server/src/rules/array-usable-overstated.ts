import { poolsOf, usableOfDisks } from '../capacity/disks.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import { removeStatement } from '../design/edits.ts';
import type { StatedNumber } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { isOwn, subjectOf } from './shared/anchor.ts';

interface Overstated {
  readonly holder: Entity;
  readonly stated: StatedNumber;
  readonly derived: Figure;
  readonly ratio: number;
}

/** What decimal prefixes promise beyond binary ones: TB read as TiB. */
const TERA = 2 ** 40 / 1e12;

export const arrayUsableOverstated = defineRule<Overstated>({
  id: 'array-usable-overstated',
  title: 'More usable space is stated than the disks have',
  painPoint: 'overflowing-storage',
  owners: ['storage'],
  benefit: 'Space that is planned with is there when the array is unpacked',
  why: 'Between the disks on the invoice and the space in the datastores lie spares, parity, and the step from TB (1000) to TiB (1024), nearly ten percent by itself. A figure taken from the wrong side of one of them plans with space that does not exist. A vendor who counts on compression states more on purpose: then silence this rule there, with the ratio that was promised as the reason.',
  formula: 'usable as stated ÷ Σ RAID groups × data disks × disk size',
  inputs: ['array.usable', 'array.disks', 'pool.usable', 'pool.disks'],
  limitOf: 'stated usable space as a share of what the disks have',
  limitUnit: 'share',
  limits: { info: 1.01 },
  source: { text: 'arithmetic; that 1 % is within rounding is ours', evidence: 'ours' },
  covers: ['OS12'],
  of: 'array',
  examples: {
    fires: { text: 'array shelf { disks 12 x 4 TB raid 6 iops 75; usable 40 TiB }' },
    silent: { text: 'array shelf { disks 12 x 4 TB raid 6 iops 75; usable 36 TiB }' },
  },
  find: (array, limits) =>
    [array, ...poolsOf(array)].flatMap((holder) => {
      const stated = propsOf(holder).number('usable');
      const derived = usableOfDisks(holder);
      if (!stated || !derived || derived.value <= 0) return [];
      const ratio = stated.value / derived.value;
      return grade(ratio, limits) ? [{ holder, stated, derived, ratio }] : [];
    }),
  say: ({ holder, stated, derived, ratio }, limits) => {
    const isPrefix = Math.abs(ratio / TERA - 1) < 0.01;
    return {
      severity: grade(ratio, limits) ?? 'info',
      message: `${holder.name} states ${formatFigure({ value: stated.value, unit: 'size' })} usable, its disks make ${formatFigure(derived)} after spares and parity${isPrefix ? ': TB were read as TiB' : ''}. What is planned beyond that has no disks, unless compression makes up for it.`,
      ...subjectOf(stated.by),
      figures: [derived],
    };
  },
  fix: ({ holder, stated, derived }) =>
    isOwn(holder, stated.by)
      ? [
          {
            title: `Leave it to the disks: ${formatFigure(derived)}`,
            edits: removeStatement(stated.by),
          },
        ]
      : [],
});
