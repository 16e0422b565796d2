import type { PlanDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import { type Entity, entityId } from './declaration.ts';
import type { Design } from './design.ts';

/**
 * What may be supposed beside what the texts say: another day, and what has failed. As things are, it is the day of the design, and nothing.
 * A world (`worlds.ts`) supposes something else, and whatever reads it here is another there.
 */
interface Loss {
  /** It does nothing any more. */
  readonly isWhole: boolean;
  /** Ids of what its cables led to that are cut. */
  readonly cut: ReadonlySet<string>;
}

/** What is lost of a host, switch, array, datastore or WAN line. */
export const lossOf = derive((_: Entity): Loss | undefined => undefined);

/** The day that a design is evaluated at, where that is not its `as-of`. */
export const evaluationDay = derive((design: Design): PlanDate | undefined => design.at);

/** Whether a thing is supposed to have failed. */
export const hasFailed = (thing: Entity): boolean => lossOf(thing)?.isWhole ?? false;

/** Whether the cables between two things are of no use: one of them has failed, or they are cut. `from` is the nearer to the VMs. */
export function isCut(from: Entity, to: Entity): boolean {
  const loss = lossOf(from);
  return hasFailed(to) || (loss !== undefined && (loss.isWhole || loss.cut.has(entityId(to))));
}
