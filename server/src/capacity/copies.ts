import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clauseText, partOf, type Stated } from '../design/props.ts';
import { datastoresIn, propsOf, referred } from '../design/things.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { changedShare, diskData, intervalOf, sumOfKnown, wanCapacity } from './jobs.ts';
import { shareOf } from './load.ts';
import { copiesWithin, repositoryNeed } from './models/copies.ts';
import { arrayUse, datastoreUse } from './storage.ts';
import { backupOf } from './waves.ts';

/** What the copies of one backup job take. */
export interface BackupNeed {
  readonly backup: Entity;
  readonly copies: number;
  /** Bytes of one full copy. */
  readonly full: number;
  readonly need: Figure;
  /** Where the copies go. */
  readonly to: Entity;
  readonly by: Stated;
}

/** Space that a backup job takes where it keeps its copies; undefined while retention, size, change or repository are not stated. */
export const backupNeed = derive((backup: Entity): BackupNeed | undefined => {
  const props = propsOf(backup);
  const by = props.one('retain');
  const to = props.one('to');
  const [target] = to ? referred(to, ['datastore', 'array']) : [];
  const part = by && partOf(by.sentence.subject, 0, by.index);
  if (!by || !target || !part) return undefined;
  const job = backupOf(backup);
  const isTime = part.type === 'quantity' && part.dimension === 'time';
  const copies = part.type === 'number' ? part.value : isTime ? copiesWithin(part.value, intervalOf(job)) : undefined;
  const sizes = job.things.flatMap(diskData);
  const known = sizes.filter((size) => size !== undefined);
  const full = sumOfKnown(sizes);
  const change = job.method === 'full' ? undefined : changedShare(job, full);
  if (job.method !== 'full' && change === undefined) return undefined;
  const need = repositoryNeed({ full, copies, change });
  if (need === undefined || copies === undefined || full === 0) return undefined;
  const formula = change === undefined ? 'one full copy × copies' : 'one full copy × (1 + (copies − 1) × change)';
  const inputs: Figure[] = [
    { label: 'one full copy', unit: 'size', value: full, origin: 'derived', isAtLeast: known.length < sizes.length },
    {
      label: 'copies',
      unit: 'count',
      value: copies,
      origin: part.type === 'number' ? 'stated' : 'derived',
      isAtLeast: false,
      by,
    },
  ];
  if (change !== undefined)
    inputs.push({ label: 'change', unit: 'share', value: change, origin: 'derived', isAtLeast: false });
  return { backup, copies, full, need: derivedFigure(backup.name, 'size', need, formula, inputs), to: target, by };
});

/** A copy that an array or datastore keeps elsewhere. */
export interface Replication {
  readonly source: Entity;
  readonly to: Entity;
  readonly via: Entity | undefined;
  readonly mode: string | undefined;
  readonly by: Stated;
}

export const replications = derive((design: Design): readonly Replication[] =>
  [...design.members('array'), ...design.members('datastore')].flatMap(replicationsOf),
);

function replicationsOf(source: Entity): Replication[] {
  const stated = propsOf(source).keyed('replicates', ({ clauses }) =>
    JSON.stringify(clauses.get('to')?.value?.parts[0]),
  );
  return stated.flatMap((by) => {
    const [to] = referred(by, ['array'], 'to');
    const [via] = referred(by, ['wan'], 'via');
    return to ? [{ source, to, via, mode: clauseText(by, 'mode'), by }] : [];
  });
}

/** bit/s that change on average. */
function changeOf({ source, by }: Replication): number | undefined {
  const part = partOf(by.sentence.clauses.get('change')?.value, 0, by.index);
  if (part?.type !== 'growth') return undefined;
  if (part.dimension === 'size') return (part.amount * 8) / part.seconds;
  const size = part.dimension === 'share' ? sizeOf(source)?.value : undefined;
  return size === undefined ? undefined : (part.amount * size * 8) / part.seconds;
}

/** Bytes that a replica of an array or datastore holds: what is written, as far as it is known. */
function sizeOf(source: Entity): Figure | undefined {
  if (source.kind === 'datastore') {
    const { used } = datastoreUse(source);
    return used && { ...used, label: source.name };
  }
  const parts = datastoresIn(source).map((datastore) => datastoreUse(datastore).used);
  const known = parts.filter((used) => used !== undefined);
  if (known.length === 0) return undefined;
  const value = known.reduce((sum, used) => sum + used.value, 0);
  const isAtLeast = known.length < parts.length || known.some((used) => used.isAtLeast);
  return derivedFigure(source.name, 'size', value, 'Σ written on its datastores', known, { isAtLeast });
}

/** What replicas that go to an array take there. */
export const replicasOn = derive((array: Entity): readonly { readonly from: Replication; readonly size: Figure }[] =>
  replications(array.design).flatMap((from) => {
    const size = from.to === array ? sizeOf(from.source) : undefined;
    return size ? [{ from, size }] : [];
  }),
);

/** All that copies take of a repository, and what it has for them. */
export interface RepositoryUse {
  readonly backups: readonly BackupNeed[];
  /** What replicates to the same place. */
  readonly replicas: readonly { readonly from: Replication; readonly size: Figure }[];
  readonly share: Figure;
}

export const repositoryUse = derive((repository: Entity): RepositoryUse | undefined => {
  const backups = [...repository.design.members('backup')].flatMap((backup) => {
    const need = backupNeed(backup);
    return need?.to === repository ? [need] : [];
  });
  if (backups.length === 0) return undefined;
  const replicas = repository.kind === 'array' ? replicasOn(repository) : [];
  const needs = [...backups.map(({ need }) => need), ...replicas.map(({ size }) => size)];
  const value = needs.reduce((sum, need) => sum + need.value, 0);
  const need = derivedFigure('copies', 'size', value, 'Σ copies of backups + replicas', needs);
  const share = shareOf('repository', need, roomOf(repository));
  return share && { backups, replicas, share };
});

/** What a repository has for copies: all of a datastore, what datastores leave of an array. */
function roomOf(repository: Entity): Figure | undefined {
  if (repository.kind === 'datastore') return datastoreUse(repository).capacity;
  const { usable, allocated } = arrayUse(repository);
  if (!usable || !allocated) return usable;
  return derivedFigure('left by datastores', 'size', usable.value - allocated.value, 'usable − Σ datastores', [
    usable,
    allocated,
  ]);
}

/** What replication asks of a WAN link, on average. */
export interface ReplicationLoad {
  readonly list: readonly (Replication & { readonly change: number })[];
  readonly share: Figure;
}

export const replicationLoad = derive((wan: Entity): ReplicationLoad | undefined => {
  const all = replications(wan.design).filter(({ via }) => via === wan);
  const list = all.flatMap((one) => {
    const change = changeOf(one);
    return change === undefined ? [] : [{ ...one, change }];
  });
  const path = wanCapacity(wan, 1, Math.max(1, all.length));
  if (list.length === 0 || !path) return undefined;
  const inputs = list.map(
    ({ source, change, by }): Figure => ({
      label: source.name,
      unit: 'rate',
      value: change,
      origin: 'derived',
      isAtLeast: false,
      by,
    }),
  );
  const value = inputs.reduce((sum, input) => sum + input.value, 0);
  const change = derivedFigure('change to replicate', 'rate', value, 'Σ change × 8 ÷ time', inputs, {
    isAtLeast: list.length < all.length,
  });
  const rate = derivedFigure('rate of the link', 'rate', path.rate, `held down by ${path.bound}`, []);
  const share = shareOf('replication', change, rate);
  return share && { list, share };
});
