import type { FacilityUse } from '../../capacity/facility.ts';
import type { Related } from '../rule.ts';
import { type Anchor, nameOf } from './anchor.ts';

const MOST = 6;

/** The blocks of the things that take most of a rack or site, each with what one of them takes. */
export function mountedThings({ things }: FacilityUse, textOf: (amount: number) => string): Related[] {
  const byBlock = new Map([...things].reverse().map((thing) => [thing.entity.declaration, thing] as const));
  return [...byBlock.values()]
    .reverse()
    .slice(0, MOST)
    .flatMap(({ entity, amount }) => {
      const at: Anchor | undefined = nameOf(entity);
      return at ? [{ ...at, message: `${entity.name}: ${textOf(amount)}` }] : [];
    });
}
