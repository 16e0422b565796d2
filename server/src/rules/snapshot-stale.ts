import { daysBetween } from '../base/dates.ts';
import { formatDuration, formatQuantity } from '../base/units.ts';
import { type Snapshot, snapshotsOf } from '../capacity/contents.ts';
import { exists } from '../capacity/exists.ts';
import { asOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeStatement } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade } from './rule.ts';
import { isOwn, subjectOf } from './shared/anchor.ts';

interface Stale {
  readonly snapshot: Snapshot;
  /** Seconds. */
  readonly age: number;
}

const DAY = 86_400;

export const snapshotStale = defineRule<Stale>({
  id: 'snapshot-stale',
  title: 'Snapshot was forgotten',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'Snapshots stay what they are for: hours before a change, not months after it',
  why: 'A snapshot keeps each changed block until it is deleted: it grows with every write up to the size of the disk, slows reading, and takes long to merge. It is no backup, as it depends on the disk it was taken of. A few hours around a change are what it is made for.',
  formula: 'as-of − taken > 72 h',
  inputs: ['vm.snapshot', 'design.as-of'],
  limitOf: 'age of a snapshot',
  limitUnit: 'time',
  limits: { warning: 3 * DAY },
  source: {
    text: "VMware's advice of no longer than 24 to 72 hours, as secondary sources quote it",
    evidence: 'recalled',
  },
  covers: ['OS05'],
  of: 'vm',
  examples: {
    fires: {
      text: `design plan { as-of 2026-11-22 }
vm db { snapshot before-upgrade 40 GiB taken 2026-09-02 }`,
    },
    silent: {
      text: `design plan { as-of 2026-11-22 }
vm db { snapshot before-upgrade 40 GiB taken 2026-11-21 }`,
    },
  },
  find: (vm, limits) => {
    if (!vmFacts(vm).hasSnapshots || !exists(vm)) return [];
    const today = asOf(vm.design);
    return snapshotsOf(vm).flatMap((snapshot) => {
      const { by } = snapshot;
      const taken = partOf(by.sentence.clauses.get('taken')?.value, 0, by.index);
      const days = today && taken?.type === 'date' ? daysBetween(taken.date, today) : undefined;
      return days !== undefined && grade(days * DAY, limits) ? [{ snapshot, age: days * DAY }] : [];
    });
  },
  say: ({ snapshot: { name, size, by }, age }, limits, vm) => ({
    severity: grade(age, limits) ?? 'warning',
    message: `Snapshot${name === undefined ? '' : ` ${name}`} of ${vm.name} is ${formatDuration(age)} old${size === undefined ? '' : ` and takes ${formatQuantity(size, 'size')}`}. It grows with each write, slows the disk and is no backup. Delete it in a quiet hour; merging takes time.`,
    ...subjectOf(by),
  }),
  fix: ({ snapshot: { name, by } }, vm) => {
    const whose = isOwn(vm, by) ? vm.name : 'all that share it';
    return [
      { title: `Delete snapshot${name === undefined ? '' : ` ${name}`} of ${whose}`, edits: removeStatement(by) },
    ];
  },
});
