/** Stages of the maturity of a virtual data centre, 1 to 5. */

export type Stage = 1 | 2 | 3 | 4 | 5;

/** What each stage is. The first two are described in F5 World, volume 9 (verified there); the text of the others was not found, so they are ours. */
export const STAGES: Readonly<Record<Stage, string>> = {
  1: 'separate machines, every decision reactive',
  2: 'consolidated: basic availability, segments, no planning',
  3: 'planned: failures are survived by statement, parts are watched',
  4: 'joined: network, storage and servers are checked and watched together',
  5: 'fluid, dynamic and provisionable',
};

/** How far one dimension has come: steps taken of its four, in their order. */
export interface DimensionScore {
  readonly name: string;
  /** Whether the stage depends on it. */
  readonly isCore: boolean;
  /** 0 to 4. */
  readonly score: number;
}

export interface MaturityStage {
  readonly stage: Stage;
  /** What holds the stage down below the scores of the dimensions. */
  readonly cappedBy: 'errors' | 'coverage' | undefined;
}

/**
 * stage = 1 + the least score of the core dimensions; at most 3 while there are errors of starvation, unused features or congestion, and
 * at most 4 while the tools together see less than 80 % of the components. Dimensions after F5's eight ways of virtualization (verified
 * as names), scoring and caps ours. `undefined` without core dimensions.
 */
export function maturityStage(
  dimensions: readonly DimensionScore[],
  gate: { readonly hasErrors: boolean; readonly coverage: number | undefined },
): MaturityStage | undefined {
  const core = dimensions.filter(({ isCore }) => isCore);
  if (core.length === 0) return undefined;
  const own = 1 + Math.min(4, ...core.map(({ score }) => Math.max(0, Math.floor(score))));
  const byErrors = gate.hasErrors ? 3 : 5;
  const byCoverage = gate.coverage !== undefined && gate.coverage < 0.8 - 1e-9 ? 4 : 5;
  const stage = Math.min(own, byErrors, byCoverage) as Stage;
  const cappedBy = stage === own ? undefined : byErrors <= byCoverage ? 'errors' : 'coverage';
  return { stage, cappedBy };
}

/** Steps taken of a ladder: those that hold, up to the first that does not. */
export function stepsTaken(steps: readonly boolean[]): number {
  const first = steps.indexOf(false);
  return first < 0 ? steps.length : first;
}
