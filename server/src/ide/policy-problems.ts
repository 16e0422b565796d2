import { USUAL_UNITS } from '../base/units.ts';
import type { Declaration, Located } from '../design/declaration.ts';
import type { Problem } from '../language/problem.ts';
import { nearest } from '../language/values/nearest.ts';
import type { LimitPart } from '../language/values/value.ts';
import { RULES } from '../rules/index.ts';
import { isLimitOf, type Rule } from '../rules/rule.ts';

export interface PolicyProblem {
  readonly located: Located;
  readonly problem: Problem;
  readonly earlier?: Located;
}

const LIMITS = ['info', 'warn', 'error'] as const;

/** What a unit is of. */
const NOUNS = {
  size: 'is a unit of size',
  rate: 'is a unit of data rate',
  frequency: 'is a unit of frequency',
  time: 'is a unit of time',
  power: 'is a unit of power',
  share: 'makes it a share',
} as const;

export function ruleCalled(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

/** Said of a word that should be the id of a rule. */
export function unknownRule(id: string): Omit<Problem, 'from' | 'to'> {
  const near = nearest(
    id,
    RULES.map((rule) => rule.id),
  );
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
  return { code: 'word-unknown', severity: 'warning', message: `no rule is called ${id}${hint}` };
}

/** What is wrong with a policy, beyond its text: rules that there are not, rules named twice, limits of something else. */
export function* policyProblems(policy: Declaration): Generator<PolicyProblem> {
  const first = new Map<string, Located>();
  for (const located of policy.body()) {
    const { word, wordSpan, property } = located.sentence;
    if (word === 'powered-off' || property.word !== 'RULE') continue;
    const { from, to } = wordSpan;
    const rule = ruleCalled(word);
    if (!rule) {
      yield { located, problem: { ...unknownRule(word), from, to } };
      continue;
    }
    const earlier = first.get(word);
    if (earlier) {
      const message = `${word} is named twice in this policy; where both say something, the first counts: make it one statement`;
      yield { located, problem: { code: 'word-repeated', message, from, to }, earlier };
    } else first.set(word, located);
    for (const clause of LIMITS) {
      const part = located.sentence.clauses.get(clause)?.value?.parts[0];
      const problem = part?.type === 'limit' ? limitProblem(rule, part) : undefined;
      if (problem) yield { located, problem };
    }
  }
}

function limitProblem(rule: Rule, limit: LimitPart): Problem | undefined {
  const { from, to, dimension, unit } = limit;
  if (isLimitOf(rule, dimension)) return undefined;
  if (rule.limitOf === undefined) {
    const message = `${rule.id} has no limits; a policy gives it a severity, or switches it off`;
    return { code: 'value-surplus', severity: 'warning', message, from, to };
  }
  const { limitUnit, limitOf } = rule;
  const units = limitUnit && USUAL_UNITS[limitUnit].slice(0, 3).join(' or ');
  const wanted = `the limit of ${rule.id} (${limitOf}) is ${units ? `in ${units}` : 'a plain number'}`;
  if (dimension === undefined) return { code: 'unit-missing', message: `${wanted}; write the unit`, from, to };
  return { code: 'unit-wrong', message: `${wanted}; ${unit} ${NOUNS[dimension]}`, from, to };
}
