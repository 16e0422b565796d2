import { daysBetween } from '../base/dates.ts';
import { formatDuration, formatQuantity } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { asOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeStatement } from '../design/edits.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { isOwn, subjectOf } from './anchor.ts';
import { defineRule, grade } from './rule.ts';

interface Stale {
  readonly by: Stated;
  readonly name: string;
  readonly size: number | undefined;
  /** Seconds; undefined where only the number of snapshots is wrong. */
  readonly age: number | undefined;
  readonly count: number;
}

/** Longest chain that VMware advises. */
const MOST_SNAPSHOTS = 3;
const DAY = 86_400;

export const snapshotStale = defineRule<Stale>({
  id: 'snapshot-stale',
  title: 'Snapshot was forgotten',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'Snapshots stay what they are for: hours before a change, not months after it',
  why: 'A snapshot keeps each changed block until it is deleted: it grows with every write up to the size of the disk, slows reading, and takes long to merge. It is no backup, as it depends on the disk it was taken of. A few hours around a change are what it is made for.',
  formula: 'as-of − taken > 72 h; or more than 3 snapshots of one VM',
  inputs: ['vm.snapshot', 'design.as-of'],
  limitOf: 'age of a snapshot',
  limits: { warning: 3 * DAY },
  source: {
    text: "VMware's advice of two or three in a chain and no longer than 24 to 72 hours, as secondary sources quote it",
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
    const all = propsOf(vm).keyed('snapshot', ({ subject, statement }) => {
      const name = subject?.parts[0];
      return name?.type === 'name' ? name.text : String(statement.from);
    });
    return all.flatMap((by, order) => {
      const taken = partOf(by.sentence.clauses.get('taken')?.value, 0, by.index);
      const days = today && taken?.type === 'date' ? daysBetween(taken.date, today) : undefined;
      const isOld = days !== undefined && grade(days * DAY, limits) !== undefined;
      if (!isOld && order < MOST_SNAPSHOTS) return [];
      const [name, size] = [0, 1].map((slot) => partOf(by.sentence.subject, slot, by.index));
      return [
        {
          by,
          name: name?.type === 'name' ? ` ${name.text}` : '',
          size: size?.type === 'quantity' ? size.value : undefined,
          age: isOld && days !== undefined ? days * DAY : undefined,
          count: all.length,
        },
      ];
    });
  },
  say: ({ by, name, size, age, count }, limits, vm) => {
    const takes = size === undefined ? '' : ` and takes ${formatQuantity(size, 'size')}`;
    const what =
      age === undefined
        ? `Snapshot${name} of ${vm.name} is one of ${count}${takes}; long chains are slow and fragile.`
        : `Snapshot${name} of ${vm.name} is ${formatDuration(age)} old${takes}. It grows with each write, slows the disk and is no backup.`;
    return {
      severity: age === undefined ? 'warning' : (grade(age, limits) ?? 'warning'),
      message: `${what} Delete it in a quiet hour; merging takes time.`,
      ...subjectOf(by),
    };
  },
  fix: ({ by, name }, vm) => {
    const whose = isOwn(vm, by) ? vm.name : 'all that share it';
    return [{ title: `Delete snapshot${name} of ${whose}`, edits: removeStatement(by) }];
  },
});
