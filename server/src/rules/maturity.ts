import { sightOf } from '../capacity/coverage.ts';
import { type DimensionState, dimensionsOf } from '../capacity/maturity.ts';
import { type MaturityStage, maturityStage, STAGES } from '../capacity/models/maturity.ts';
import type { Design } from '../design/design.ts';
import type { PainPoint, Severity } from './rule.ts';

/** How far a design has come on the way to a virtual data centre, and what comes next. */
export interface Maturity extends MaturityStage {
  /** What the stage is, in a few words. */
  readonly name: string;
  readonly dimensions: readonly DimensionState[];
  /** What would have to hold for the next stage. */
  readonly next: readonly string[];
}

/** Pain points whose errors hold the stage down. */
const HOLDS_DOWN: ReadonlySet<PainPoint> = new Set([
  'resource-starvation',
  'unused-features',
  'congested-storage-network',
]);

/** The maturity of a design, given what the rules find in it; undefined for one without hosts. */
export function maturityFrom(
  design: Design,
  findings: readonly { readonly severity: Severity; readonly painPoint: PainPoint }[],
): Maturity | undefined {
  const dimensions = dimensionsOf(design);
  if (!dimensions) return undefined;
  const errors = findings.filter(({ severity, painPoint }) => severity === 'error' && HOLDS_DOWN.has(painPoint)).length;
  const reached = maturityStage(dimensions, { hasErrors: errors > 0, coverage: sightOf(design)?.coverage });
  if (!reached) return undefined;
  const { stage, cappedBy } = reached;
  const lowest = dimensions.filter(({ isCore, score }) => isCore && score + 1 <= stage);
  const next =
    cappedBy === 'errors'
      ? [`no errors of resource starvation, unused features and congested storage networks are left (${errors})`]
      : cappedBy === 'coverage'
        ? ['tools see 80 % of the components']
        : lowest.flatMap(({ name, next: step }) => (step ? [`${name}: ${step}`] : []));
  return { stage, cappedBy, name: STAGES[stage], dimensions, next };
}
