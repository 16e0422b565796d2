import { compareDates, monthsBetween, type PlanDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { type Props, partOf } from '../design/props.ts';
import { evaluationDay } from '../design/supposed.ts';
import { propsOf } from '../design/things.ts';

const asOfIn = derive((plan: Entity): PlanDate | undefined => {
  const stated = propsOf(plan).one('as-of');
  const part = stated && partOf(stated.sentence.subject, 0, 0);
  return part?.type === 'date' ? part.date : undefined;
});

/** The `as-of` of a design; growth starts from it. Undefined if no `design` states one. There is no clock. */
export function statedAsOf(design: Design): PlanDate | undefined {
  const plan = design.plan();
  return plan && asOfIn(plan);
}

/** The day that ages and expiries are judged by: the one that the design is evaluated at, unless it lies before its `as-of`, else its `as-of`. */
export function asOf(design: Design): PlanDate | undefined {
  const stated = statedAsOf(design);
  const at = evaluationDay(design);
  return at && (!stated || compareDates(at, stated) >= 0) ? at : stated;
}

/** Months of growth between the `as-of` and the day that a design is evaluated at; 0 where one of them is not known. */
export function monthsAhead(design: Design): number {
  const at = evaluationDay(design);
  const stated = at && statedAsOf(design);
  return at && stated ? Math.max(0, monthsBetween(stated, at)) : 0;
}

/** The date in a `from` or `until` of a thing. */
export function dateOf(entity: Entity, word: 'from' | 'until'): PlanDate | undefined {
  return dateIn(propsOf(entity), word);
}

/** Whether what states these dates exists on the day of evaluation: not before its `from`, not after its `until`. */
export function existsBy(props: Props): boolean {
  const from = dateIn(props, 'from');
  const until = dateIn(props, 'until');
  if (!from && !until) return true;
  const today = asOf(props.entity.design);
  if (!today) return true;
  return (!from || compareDates(today, from) >= 0) && (!until || compareDates(today, until) <= 0);
}

function dateIn(props: Props, word: 'from' | 'until'): PlanDate | undefined {
  const stated = props.one(word);
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  return part?.type === 'date' ? part.date : undefined;
}
