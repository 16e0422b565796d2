import { diskSet, disksOf, poolsOf } from '../capacity/disks.ts';
import { type RaidLevel, usableCapacity } from '../capacity/models/raid.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause, replaceAt } from '../design/edits.ts';
import { partOf, type Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Unfilled {
  readonly by: Stated;
  readonly holder: Entity;
  readonly raid: RaidLevel;
  readonly count: number;
  readonly spares: number;
  /** Disks of a group; undefined where all disks are one. */
  readonly group: number | undefined;
  /** Disks that no whole group could be made of; undefined where not even one can. */
  readonly leftOver: number | undefined;
}

export const raidGroupUnfilled = defineRule<Unfilled>({
  id: 'raid-group-unfilled',
  title: 'Disks are left over beside the RAID groups, or make none',
  painPoint: 'overflowing-storage',
  owners: ['storage'],
  benefit: 'Every disk that is bought holds data, or is a spare on purpose',
  why: 'Disks come in RAID groups of a fixed size, and what no whole group can be made of holds nothing. Named as spares they take over for a failed disk; unnamed they are forgotten in the sum of what is usable. With fewer disks than its level needs, a group cannot be made at all, and nothing of the array is known.',
  formula: '(disks − spares) mod disks per group; a group of at least the parity disks + 1',
  inputs: ['array.disks', 'pool.disks'],
  severity: 'info',
  source: {
    text: 'parity disks of RAID levels as in array-iops-exceeded; those of levels other than 1, 5, 6 and 10 are ours',
    evidence: 'recalled',
  },
  covers: ['OS12'],
  of: 'array',
  examples: {
    fires: { text: 'array shelf { disks 26 x 1.8 TB media hdd raid 6 group 12 iops 140 }' },
    silent: { text: 'array shelf { disks 26 x 1.8 TB media hdd raid 6 group 12 spares 2 iops 140 }' },
  },
  find: (array) =>
    [array, ...poolsOf(array)].flatMap((holder) =>
      // An array without disks of its own has those of its pools, which are asked for themselves.
      disksOf(holder).flatMap((by): Unfilled[] => {
        if (holder === array && by.layer.declaration.kind === 'pool') return [];
        const { count, raid, group, spares = 0, size } = diskSet(by);
        if (count === undefined || raid === undefined || size === undefined || (isStriped(raid) && !group)) return [];
        const leftOver = usableCapacity(diskSet(by))?.leftOver;
        const isNone = leftOver === undefined || (leftOver > 0 && leftOver === count - spares);
        return leftOver === 0
          ? []
          : [{ by, holder, raid, count, spares, group, leftOver: isNone ? undefined : leftOver }];
      }),
    ),
  say: ({ by, holder, raid, count, spares, group, leftOver }) => {
    const groups = group === undefined ? '' : ` of ${group}`;
    const data = counted(count - spares, 'disk');
    return {
      severity: leftOver === undefined ? 'error' : 'info',
      message:
        leftOver === undefined
          ? `No RAID ${raid} group${groups} can be made of the ${data} of ${holder.name}, so nothing can be stored on them. Use more disks, or another level or group.`
          : `${leftOver} of the ${data} of ${holder.name} ${leftOver === 1 ? 'is' : 'are'} in no RAID ${raid} group${groups} and ${leftOver === 1 ? 'holds' : 'hold'} nothing. State ${leftOver === 1 ? 'it' : 'them'} as spares, or add disks for another group.`,
      ...subjectOf(by),
    };
  },
  fix: ({ by, spares, leftOver }) => {
    if (leftOver === undefined) return [];
    const part = partOf(by.sentence.clauses.get('spares')?.value, 0, by.index);
    const total = String(spares + leftOver);
    const edits = part ? replaceAt(by.place, part, total) : addClause(by, `spares ${total}`);
    return [{ title: `State ${total} spares`, edits, isPreferred: true }];
  },
});

function isStriped(raid: RaidLevel): boolean {
  return raid === '50' || raid === '60';
}
