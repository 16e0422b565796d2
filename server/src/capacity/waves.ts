import type { Window } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { named } from '../design/layers.ts';
import { partOf, type Stated } from '../design/props.ts';
import { appOf, propsOf, referred, sitesOf, vmsOfApp } from '../design/things.ts';
import { exists, hasEnded } from './exists.ts';

/** A batch of conversions or moves, or a backup job: what it touches, how and when. */
export interface Job {
  readonly job: Entity;
  /** VMs and physical servers: for a backup those that exist, for a wave those that have not ended. */
  readonly things: readonly Entity[];
  readonly method: string;
  /** Where a wave moves them: its window is in the time of that site. */
  readonly to: Entity | undefined;
  readonly window: StatedWindow | undefined;
}

export interface StatedWindow {
  readonly by: Stated;
  readonly window: Window;
}

export const waveOf = derive((wave: Entity): Job => {
  const things = new Set<Entity>();
  for (const stated of propsOf(wave).list('moves')) {
    for (const moved of referred(stated, ['server', 'vm', 'app'])) {
      if (moved.kind !== 'app') things.add(moved);
      else for (const vm of vmsOfApp(moved)) things.add(vm);
    }
  }
  const method = propsOf(wave).word('method') ?? 'cold';
  const to = propsOf(wave).one('to');
  const [target] = to ? referred(to, ['cluster', 'host', 'datastore']) : [];
  return {
    job: wave,
    things: [...things].filter((thing) => !hasEnded(thing)),
    method,
    to: target,
    window: windowsIn(wave, 'window')[0],
  };
});

export const backupOf = derive((backup: Entity): Job => {
  const things = new Set<Entity>();
  for (const covered of coveredBy(backup)) {
    if (covered.kind === 'vm') things.add(covered);
    if (covered.kind === 'app') for (const vm of vmsOfApp(covered)) things.add(vm);
  }
  const method = propsOf(backup).word('method') ?? 'full';
  return {
    job: backup,
    things: [...things].filter(exists),
    method,
    to: undefined,
    window: windowsIn(backup, 'window')[0],
  };
});

/** Things that `covers` of a tool or a backup job names. */
export const coveredBy = derive((holder: Entity): ReadonlySet<Entity> => {
  const found = new Set<Entity>();
  for (const stated of propsOf(holder).list('covers')) {
    const kind = partOf(stated.sentence.subject, 0, stated.index);
    if (kind?.type !== 'word') continue;
    for (const entity of referred(stated, [kind.text], undefined, 1)) found.add(entity);
  }
  return found;
});

/** Windows that a word of a thing states. */
export function windowsIn(entity: Entity, word: string): readonly StatedWindow[] {
  return propsOf(entity)
    .list(word)
    .flatMap((by) => {
      const part = partOf(by.sentence.subject, 0, by.index);
      return part?.type === 'window' ? [{ by, window: part.window }] : [];
    });
}

/** The application of a VM or of a physical server. */
export function appOfThing(thing: Entity): Entity | undefined {
  return thing.kind === 'vm' ? appOf(thing) : named(thing, 'in', ['app'])[0];
}

/** Minutes that the clock of a thing's site is ahead of UTC; undefined if its site is not stated. */
export function utcOffsetOf(thing: Entity): number | undefined {
  const [site] = sitesOf(thing);
  if (!site) return undefined;
  const stated = propsOf(site).one('timezone');
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  return part?.type === 'utc' ? part.minutes : 0;
}
