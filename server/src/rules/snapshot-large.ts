import { formatQuantity } from '../base/units.ts';
import { type Snapshot, snapshotsOf } from '../capacity/contents.ts';
import { exists } from '../capacity/exists.ts';
import { asOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeStatement } from '../design/edits.ts';
import { clauseNumber } from '../design/props.ts';
import { defineRule, grade, type Severity } from './rule.ts';
import { isOwn, subjectOf } from './shared/anchor.ts';

interface Large {
  readonly snapshot: Snapshot;
  readonly size: number;
  /** What was agreed for this one. */
  readonly agreed: number | undefined;
  readonly severity: Severity;
}

export const snapshotLarge = defineRule<Large>({
  id: 'snapshot-large',
  title: 'Snapshot has grown large',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'A snapshot is merged in minutes, and fills no datastore meanwhile',
  why: 'A snapshot grows with each block that is written, up to the size of the disk. The larger it is, the longer merging it slows the VM, and the more room merging takes. A limit that was agreed for a snapshot counts first; without one, a size is mentioned from which merging is felt, unless its age is known: then that decides (`snapshot-stale`).',
  formula: 'size > its limit; without one and without a known age, size > 50 GiB',
  inputs: ['vm.snapshot', 'design.as-of'],
  limitOf: 'size of a snapshot that states no limit and whose age is not known',
  limitUnit: 'size',
  limits: { info: 50 * 2 ** 30 },
  source: { text: 'the limit of another analyser of inventories', evidence: 'verified' },
  covers: ['OS05'],
  of: 'vm',
  examples: {
    fires: { text: 'vm db { snapshot before-upgrade 40 GiB limit 20 GiB }' },
    silent: { text: 'vm db { snapshot before-upgrade 40 GiB }' },
  },
  find: (vm, limits) => {
    if (!vmFacts(vm).hasSnapshots || !exists(vm)) return [];
    return snapshotsOf(vm).flatMap((snapshot): Large[] => {
      const { size, by } = snapshot;
      if (size === undefined) return [];
      const agreed = clauseNumber(by, 'limit')?.value;
      const isJudgedByAge = asOf(vm.design) !== undefined && by.sentence.clauses.has('taken');
      const own = agreed === undefined ? (isJudgedByAge ? {} : limits) : { warning: agreed };
      const severity = grade(size, own);
      return severity ? [{ snapshot, size, agreed, severity }] : [];
    });
  },
  say: ({ snapshot, size, agreed, severity }, _, vm) => {
    const name = snapshot.name === undefined ? '' : ` ${snapshot.name}`;
    const limit = agreed === undefined ? '' : `, ${formatQuantity(agreed, 'size')} were agreed`;
    return {
      severity,
      message: `Snapshot${name} of ${vm.name} takes ${formatQuantity(size, 'size')}${limit}. It grows with each write, and merging that much slows the VM for long. Delete it in a quiet hour, before it grows further.`,
      ...subjectOf(snapshot.by),
    };
  },
  fix: ({ snapshot }, vm) => {
    const whose = isOwn(vm, snapshot.by) ? vm.name : 'all that share it';
    const name = snapshot.name === undefined ? '' : ` ${snapshot.name}`;
    return [{ title: `Delete snapshot${name} of ${whose}`, edits: removeStatement(snapshot.by) }];
  },
});
