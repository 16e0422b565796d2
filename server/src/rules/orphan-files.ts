import { formatDate } from '../base/dates.ts';
import { formatQuantity } from '../base/units.ts';
import { filesOf, type StrayFile } from '../capacity/storage.ts';
import { removeAll } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Orphans {
  readonly largest: StrayFile;
  readonly others: readonly StrayFile[];
  readonly size: number;
}

export const orphanFiles = defineRule<Orphans>({
  id: 'orphan-files',
  title: 'Disks that no VM refers to take space',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'Space that nobody uses is found before space is bought',
  why: 'A VM that was unregistered, a restore that was tried, a move that broke off: each leaves disks behind that belong to nothing any more, and that no list of VMs shows. They are found by comparing a datastore with the inventory. Look before deleting: a disk may belong to another vCenter or to a backup tool.',
  formula: 'Σ size of files on the datastore that no VM refers to',
  inputs: ['datastore.file'],
  limitOf: 'size of such files on one datastore',
  limitUnit: 'size',
  limits: { info: 10e9 },
  source: {
    text: 'RVTools lists such files as zombies; from what size on they are worth a look is ours',
    evidence: 'ours',
  },
  covers: ['OS15'],
  of: 'datastore',
  examples: {
    fires: {
      text: 'datastore gold { capacity 8 TiB; file "old_ris/old_ris_1.vmdk" size 1.9 TiB last-used 2023-04-02 }',
    },
    silent: { text: 'datastore gold { capacity 8 TiB; file "iso/rescue.iso" size 2 GiB last-used 2023-04-02 }' },
  },
  find: (datastore, limits) => {
    const [largest, ...others] = filesOf(datastore)
      .filter(({ size }) => size !== undefined)
      .sort((a, b) => (b.size ?? 0) - (a.size ?? 0));
    const size = others.reduce((sum, file) => sum + (file.size ?? 0), largest?.size ?? 0);
    return largest && grade(size, limits) ? [{ largest, others, size }] : [];
  },
  say: ({ largest, others, size }, limits, datastore) => {
    const used = partOf(largest.by.sentence.clauses.get('last-used')?.value, 0, largest.by.index);
    const since = used?.type === 'date' ? `, last used ${formatDate(used.date)},` : '';
    const what =
      others.length > 0
        ? `${counted(others.length + 1, 'file')} on ${datastore.name}, the largest ${largest.name}${since}, belong to no VM and take`
        : `${largest.name} on ${datastore.name}${since} belongs to no VM and takes`;
    return {
      severity: grade(size, limits) ?? 'info',
      message: `${what} ${formatQuantity(size, 'size')}. Find the owner; delete or archive what nobody claims.`,
      ...subjectOf(largest.by),
      related: others.slice(0, 6).map(({ by, name }) => ({ ...subjectOf(by), message: `${name}, too` })),
    };
  },
  fix: ({ largest, others }) => [
    {
      title: others.length === 0 ? 'Delete the file' : `Delete the ${others.length + 1} files`,
      edits: removeAll([largest, ...others].map(({ by }) => by)),
    },
  ],
});
