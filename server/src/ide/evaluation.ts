import { compareDates, formatDate } from '../base/dates.ts';
import { formatNumber } from '../base/units.ts';
import { monthsAhead, statedAsOf } from '../capacity/time.ts';
import type { Design } from '../design/design.ts';
import { locate } from '../design/place.ts';
import { propsOf } from '../design/things.ts';

/** What it means for a design to be evaluated at another day than its `as-of`. */
export interface Evaluation {
  readonly message: string;
  /** Whether the day cannot be taken, or only in part. */
  readonly isProblem: boolean;
  readonly uri: string;
  readonly from: number;
  readonly to: number;
}

/** What to say of the day that a design is evaluated at, and where: at its `as-of`, else at its name. Undefined if it is its `as-of`. */
export function evaluationOf(design: Design): Evaluation | undefined {
  const { at } = design;
  const asOf = statedAsOf(design);
  if (!at || (asOf && compareDates(at, asOf) === 0)) return undefined;
  const day = formatDate(at);
  const place = placeOf(design);
  if (!asOf) {
    const message = `evaluated at ${day}, but nothing grows until then: the design states no as-of to start from. Add as-of to its design block`;
    return { ...place, isProblem: true, message };
  }
  if (compareDates(at, asOf) < 0) {
    const message = `${day} is before the as-of of the design, ${formatDate(asOf)}; it is evaluated at its as-of`;
    return { ...place, isProblem: true, message };
  }
  const months = formatNumber(monthsAhead(design));
  const message = `figures and findings are those of ${day}: demand has grown for ${months} months, and what ends until then has ended`;
  return { ...place, isProblem: false, message };
}

function placeOf(design: Design): { readonly uri: string; readonly from: number; readonly to: number } {
  const plan = design.plan();
  const located = plan && (propsOf(plan).one('as-of') ?? plan.declaration.head());
  const position = located && locate(located.place);
  if (!located || !position) return { uri: design.root, from: 0, to: 0 };
  const { from, to } = located.sentence.subject ?? located.sentence.wordSpan;
  return { uri: located.place.file.uri, from: position.from + from, to: position.from + to };
}
