import { type Snapshot, snapshotsOf } from '../capacity/contents.ts';
import { exists } from '../capacity/exists.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeAll } from '../design/edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { isOwn, subjectOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Chain {
  readonly count: number;
  /** Those beyond what is allowed. */
  readonly excess: readonly Snapshot[];
  readonly first: Snapshot;
}

export const snapshotChainLong = defineRule<Chain>({
  id: 'snapshot-chain-long',
  title: 'A VM has a long chain of snapshots',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'Disks read as fast as they can, and a snapshot can be taken back',
  why: 'Each snapshot is a layer that a read may have to look through, and that grows by itself. Three are two changes that somebody is in the middle of; more are backups that are none. Merging a long chain takes hours and room for its layers, and vSphere refuses a chain longer than 32.',
  formula: 'snapshots of one VM',
  inputs: ['vm.snapshot'],
  limitOf: 'snapshots of one VM',
  limits: { warning: 3, error: 32 },
  source: {
    text: "VMware's advice of two or three in a chain, and its limit of 32, as secondary sources quote them",
    evidence: 'recalled',
  },
  covers: ['OS05'],
  of: 'vm',
  examples: {
    fires: {
      text: `vm db {
  snapshot monday 4 GiB
  snapshot tuesday 6 GiB
  snapshot wednesday 5 GiB
  snapshot thursday 7 GiB
}`,
    },
    silent: {
      text: `vm db {
  snapshot monday 4 GiB
  snapshot tuesday 6 GiB
  snapshot wednesday 5 GiB
}`,
    },
  },
  find: (vm, limits) => {
    if (!vmFacts(vm).hasSnapshots || !exists(vm)) return [];
    const all = snapshotsOf(vm);
    const least = leastLimit(limits);
    const excess = least !== undefined && grade(all.length, limits) ? all.slice(Math.floor(least)) : [];
    const [first] = excess;
    return first ? [{ count: all.length, excess, first }] : [];
  },
  say: ({ count, first }, limits, vm) => ({
    severity: grade(count, limits) ?? 'warning',
    message: `${vm.name} has a chain of ${counted(count, 'snapshot')}: reads look through all of them, each grows, and merging takes hours and space. Delete what nobody will go back to.`,
    ...subjectOf(first.by),
    related: snapshotsOf(vm)
      .filter((other) => other !== first)
      .slice(0, 4)
      .map((other) => ({ ...subjectOf(other.by), message: 'in the same chain' })),
  }),
  fix: ({ excess }, vm) => {
    const isShared = excess.some(({ by }) => !isOwn(vm, by));
    const names = excess.flatMap(({ name }) => name ?? []);
    const which = names.length === excess.length ? listed(names) : counted(excess.length, 'snapshot');
    return [
      {
        title: `Delete ${which} of ${isShared ? 'all that share them' : vm.name}`,
        edits: removeAll(excess.map(({ by }) => by)),
      },
    ];
  },
});
