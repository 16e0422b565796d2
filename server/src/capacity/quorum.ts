import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { majorityOf } from './models/failure-domains.ts';
import { runningMembers } from './sessions.ts';

/** The vote of an application: its members, and how many of them must stay up. */
export interface Quorum {
  readonly by: Stated;
  readonly members: readonly Entity[];
  readonly needed: number;
}

/** Undefined if none is stated, it cannot be read, or there are fewer members than it takes. */
export function quorumOf(app: Entity): Quorum | undefined {
  const by = propsOf(app).one('quorum');
  if (!by) return undefined;
  const members = runningMembers(app);
  const part = partOf(by.sentence.subject, 0, by.index);
  const isMajority = by.sentence.statement.args[0]?.text === 'majority';
  const needed = part?.type === 'number' ? part.value : isMajority ? majorityOf(members.length) : undefined;
  return needed === undefined || members.length < 2 || needed > members.length ? undefined : { by, members, needed };
}
