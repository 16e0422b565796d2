import { type Snapshot, snapshotsOf } from '../capacity/contents.ts';
import { exists } from '../capacity/exists.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeStatement } from '../design/edits.ts';
import { isOwn, subjectOf } from './anchor.ts';
import { defineRule, grade } from './rule.ts';
import { counted } from './wording.ts';

interface Chain {
  readonly count: number;
  /** The first one beyond what is allowed. */
  readonly excess: Snapshot;
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
    const least = Math.min(limits.info ?? Infinity, limits.warning ?? Infinity, limits.error ?? Infinity);
    const excess = grade(all.length, limits) ? all[Math.floor(least)] : undefined;
    return excess ? [{ count: all.length, excess }] : [];
  },
  say: ({ count, excess }, limits, vm) => ({
    severity: grade(count, limits) ?? 'warning',
    message: `${vm.name} has a chain of ${counted(count, 'snapshot')}: reads look through all of them, each grows, and merging takes hours and space. Delete what nobody will go back to, beginning with ${excess.name ?? 'this one'}.`,
    ...subjectOf(excess.by),
    related: snapshotsOf(vm)
      .filter((other) => other !== excess)
      .slice(0, 4)
      .map((other) => ({ ...subjectOf(other.by), message: 'in the same chain' })),
  }),
  fix: ({ excess }, vm) => {
    const whose = isOwn(vm, excess.by) ? vm.name : 'all that share it';
    const title = `Delete snapshot ${excess.name ?? ''} of ${whose}`.replace('  ', ' ');
    return [{ title, edits: removeStatement(excess.by) }];
  },
});
