import type { Design } from '../../design/design.ts';
import { maturityOf } from '../../rules/run.ts';
import type { Row } from './figures.ts';
import { plain } from './markdown.ts';

/** How mature a design is, dimension by dimension, each with the step that comes next. Empty for one without hosts. */
export function maturityRows(design: Design): Row[] {
  const maturity = maturityOf(design);
  if (!maturity) return [];
  const { stage, name, dimensions, next } = maturity;
  return [
    { label: 'maturity', text: `stage ${stage} of 5: ${name}` },
    ...(next.length > 0 ? [{ label: 'for the next', text: next.join('; ') }] : []),
    ...dimensions.map(
      ({ name: label, isCore, score, next: step }): Row => ({
        label,
        text: [`${score} of 4`, isCore ? '' : 'beside', step ? `next: ${step}` : '']
          .filter((part) => part !== '')
          .join(' · '),
        figure: { label, unit: 'share', value: score / 4, origin: 'derived', isAtLeast: false },
      }),
    ),
  ];
}

/** The same in one paragraph. */
export function maturityText(design: Design): string {
  const maturity = maturityOf(design);
  if (!maturity) return '';
  const { stage, name, next } = maturity;
  const steps = next.length > 0 ? ` For stage ${stage + 1}: ${next.join('; ')}.` : '';
  return plain(`By what it states, this design is at stage ${stage} of 5: ${name}.${steps}`);
}
