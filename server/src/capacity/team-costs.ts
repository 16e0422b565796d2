import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { ownersOf } from '../design/things.ts';
import { type CostLine, costLinesOf, PRICED_KINDS, unpricedOf } from './cost.ts';

/** Payments and missing prices by the team that answers for them; under undefined what nobody owns. */
interface TeamCosts {
  readonly lines: ReadonlyMap<Entity | undefined, readonly CostLine[]>;
  readonly unpriced: ReadonlyMap<Entity | undefined, readonly Entity[]>;
}

/** Each payment goes to the owner of what it is for, or in equal parts to its owners; what a team itself costs is its own. */
const teamCostsOf = derive((design: Design): TeamCosts => {
  const { lines, unreckoned } = costLinesOf(design);
  const byTeam = new Map<Entity | undefined, CostLine[]>();
  for (const line of lines) {
    const payers = payersOf(line.entity);
    for (const team of payers) add(byTeam, team, { ...line, amount: line.amount / payers.length });
  }
  const unpriced = new Map<Entity | undefined, Entity[]>();
  const missing = new Set([...PRICED_KINDS.flatMap((kind) => unpricedOf(design, kind)), ...unreckoned]);
  for (const entity of missing) for (const team of payersOf(entity)) add(unpriced, team, entity);
  return { lines: byTeam, unpriced };
});

const NOBODY: readonly undefined[] = [undefined];

function payersOf(entity: Entity): readonly (Entity | undefined)[] {
  const owners = ownersOf(entity);
  return owners.length > 0 ? owners : NOBODY;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Payments for a team and for what it owns; without a team, for what nobody owns. In the currency of totals. */
export function linesOwnedBy(team: Entity): readonly CostLine[] {
  return teamCostsOf(team.design).lines.get(team) ?? [];
}

export function linesOfNobody(design: Design): readonly CostLine[] {
  return teamCostsOf(design).lines.get(undefined) ?? [];
}

/** Things of a team that are paid for and state no price, or one that cannot be reckoned: what it pays is at least the sum of the rest. */
export function unpricedOwnedBy(team: Entity): readonly Entity[] {
  return teamCostsOf(team.design).unpriced.get(team) ?? [];
}
