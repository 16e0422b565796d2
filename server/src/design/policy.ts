import type { Dimension } from '../base/units.ts';
import type { Entity } from './declaration.ts';
import { partOf, Stated } from './props.ts';
import { circles, distanceOf } from './things.ts';

/** What the policies around a thing say of one rule; each limit comes from the nearest policy that states it. */
export interface RulePolicy {
  readonly info: Limit | undefined;
  readonly warn: Limit | undefined;
  readonly error: Limit | undefined;
  readonly severity: 'info' | 'warning' | 'error' | undefined;
  readonly isOff: boolean;
}

/** In base units of its dimension; `unit` is what the author wrote. */
export interface Limit {
  readonly value: number;
  /** Undefined for a plain number, cores and money. */
  readonly dimension: Dimension | undefined;
  readonly unit: string;
}

/** Where no policy says anything of a rule. */
export const NO_POLICY: RulePolicy = {
  info: undefined,
  warn: undefined,
  error: undefined,
  severity: undefined,
  isOff: false,
};

const SEVERITIES = { info: 'info', warn: 'warning', error: 'error' } as const;

/** The policy for a rule at a thing. Policies of containers hold for what is in them; inner ones win, limit by limit. */
export function policyFor(entity: Entity, rule: string): RulePolicy {
  if (entity.design.policies().size === 0) return NO_POLICY;
  let result = NO_POLICY;
  for (const stated of statementsFor(entity, rule)) {
    const clause = (word: string) => stated.sentence.clauses.get(word)?.value;
    const limit = (word: 'info' | 'warn' | 'error'): Limit | undefined => {
      const part = partOf(clause(word), 0, 0);
      return (
        result[word] ??
        (part?.type === 'limit' ? { value: part.value, dimension: part.dimension, unit: part.unit } : undefined)
      );
    };
    const severity = partOf(clause('severity'), 0, 0);
    const said = severity?.type === 'word' ? SEVERITIES[severity.text as keyof typeof SEVERITIES] : undefined;
    result = {
      info: limit('info'),
      warn: limit('warn'),
      error: limit('error'),
      severity: result.severity ?? said,
      isOff: result.isOff || (stated.sentence.clauses.has('off') && result === NO_POLICY),
    };
  }
  return result;
}

/** Whether powered-off VMs count as demand around a thing. */
export function countsPoweredOff(entity: Entity): boolean {
  const [nearest] = statementsFor(entity, 'powered-off');
  const part = nearest && partOf(nearest.sentence.subject, 0, 0);
  return part?.type === 'word' && part.text === 'count';
}

function statementsFor(entity: Entity, word: string): Stated[] {
  const policies = entity.design.policies();
  if (policies.size === 0) return [];
  const ranks = new Map([entity, ...circles(entity)].map((circle, rank) => [circle.declaration, rank]));
  const found: { readonly stated: Stated; readonly rank: number }[] = [];
  for (const declaration of policies) {
    const rank = distanceOf(declaration, ranks);
    if (rank === undefined) continue;
    const layer = {
      source: 'own',
      declaration,
      body: declaration.body(),
      head: declaration.head(),
      from: entity,
    } as const;
    for (const ref of layer.body) if (ref.word === word) found.push({ stated: new Stated(ref, layer, 0), rank });
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ stated }) => stated);
}
