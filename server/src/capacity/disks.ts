import type { Entity } from '../design/declaration.ts';
import { clauseNumber, clauseText, partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { derivedFigure, type Figure, statedFigure } from './figure.ts';
import { type DiskSet, frontEndIops, type RaidLevel, rawIops, usableCapacity, writePenalty } from './models/raid.ts';

/** Operations that an array can answer at a mix of reads and writes: as stated, else from its disks and their RAID level. */
export function iopsLimit(array: Entity, reads: number | undefined): Figure | undefined {
  const props = propsOf(array);
  const stated = props.number('iops');
  if (stated) return statedFigure('IOPS limit', 'IOPS', stated);
  const cache = props.one('cache');
  const cacheHit = (cache && clauseNumber(cache, 'hit')?.value) ?? 0;
  const sets = disksOf(array).map((by) => {
    const raw = rawIops(diskSet(by), clauseNumber(by, 'iops')?.value);
    const raid = clauseText(by, 'raid') as RaidLevel | undefined;
    const replica = clauseNumber(by, 'replica')?.value;
    const penalty = raid ? writePenalty(raid) * (replica ?? 1) : replica;
    return { raw, penalty, value: frontEndIops(raw, { reads, penalty, cacheHit }) };
  });
  const known = sets.filter((set) => set.value !== undefined);
  if (known.length === 0 || known.length < sets.length || reads === undefined) return undefined;
  const inputs: Figure[] = known.flatMap((set) => [
    { label: 'IOPS of the disks', unit: 'IOPS', value: set.raw ?? 0, origin: 'stated', isAtLeast: false } as const,
    { label: 'write penalty', unit: 'count', value: set.penalty ?? 1, origin: 'derived', isAtLeast: false } as const,
  ]);
  inputs.push({ label: 'reads', unit: 'share', value: reads, origin: 'derived', isAtLeast: false });
  if (cacheHit > 0)
    inputs.push({ label: 'cache hits', unit: 'share', value: cacheHit, origin: 'stated', isAtLeast: false });
  const value = known.reduce((sum, set) => sum + (set.value ?? 0), 0);
  if (!Number.isFinite(value)) return undefined;
  return derivedFigure(
    'IOPS limit',
    'IOPS',
    value,
    'disks × IOPS ÷ (reads × (1 − cache hits) + writes × write penalty)',
    inputs,
  );
}

/** `disks` statements of an array or pool; those of its pools where an array states none itself. */
export function disksOf(array: Entity): Stated[] {
  const own = propsOf(array).list('disks');
  if (own.length > 0) return [...own];
  return poolsOf(array).flatMap((pool) => [...propsOf(pool).list('disks')]);
}

/** Pools of an array. */
export function poolsOf(array: Entity): readonly Entity[] {
  return array.design.names
    .read(array.kind, array.name)
    .inside.filter((pool) => pool.kind === 'pool' && pool.parent === array);
}

/** What one `disks` statement says. */
export function diskSet(by: Stated): DiskSet {
  const count = partOf(by.sentence.subject, 0, by.index);
  const size = partOf(by.sentence.subject, 1, by.index);
  return {
    count: count?.type === 'number' ? count.value : undefined,
    size: size?.type === 'quantity' ? size.value : undefined,
    raid: clauseText(by, 'raid') as RaidLevel | undefined,
    group: clauseNumber(by, 'group')?.value,
    spares: clauseNumber(by, 'spares')?.value,
    replica: clauseNumber(by, 'replica')?.value,
  };
}

/** Usable capacity of an array or pool: as stated, else from its disks. */
export function usableOf(array: Entity): Figure | undefined {
  const stated = propsOf(array).number('usable');
  if (stated) return statedFigure('usable', 'size', stated);
  return usableOfDisks(array);
}

/** Usable capacity of an array or pool as its disks and their RAID groups give it, whatever is stated. */
export function usableOfDisks(array: Entity): Figure | undefined {
  const sets = disksOf(array).map((by) => usableCapacity(diskSet(by))?.usable);
  if (sets.length === 0 || sets.some((size) => size === undefined)) return undefined;
  const value = sets.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return derivedFigure('usable', 'size', value, 'Σ groups × data disks × disk size', []);
}
