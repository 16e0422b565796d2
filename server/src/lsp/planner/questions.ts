import type { Course } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import type { FileEdit } from '../../design/edits.ts';
import { plannedFor } from '../../ide/code-actions.ts';
import { planForWish } from '../../ide/plans/ask.ts';
import { EMPTY_PLAN, noPlan, type Planned } from '../../ide/plans/make.ts';
import { planPage } from '../../ide/plans/page.ts';
import type { PlannedMove, PlanWindow } from '../../ide/plans/trial.ts';
import { plannedFix, topologyFix } from '../../ide/topology.ts';
import { tryFix } from '../../ide/try-fix.ts';
import type { Workspace } from '../../ide/workspace.ts';
import type { PlanAnswer, PlanParams } from '../../protocol/plans.ts';
import type { FixParams } from '../../protocol/requests.ts';
import type { TryFixParams } from '../../protocol/topology.ts';

/** A plan as data. Its edits count in the texts that the question was asked of. */
export type PlanMade = Omit<PlanAnswer, 'id' | 'edits'> & {
  readonly edits: readonly FileEdit[];
  readonly moves: readonly PlannedMove[];
  readonly window: PlanWindow | undefined;
};

/**
 * Questions whose answers take a search and a proof. Each is a function of the texts that gives plain data: a worker that
 * has the same texts answers the same.
 */
const QUESTIONS = {
  /** A plan for what a client wishes. What comes over the wire may lack anything. */
  plan: function* (workspace: Workspace, params: Partial<PlanParams>, course: Course): Steps<PlanMade> {
    const made = yield* planFor(workspace, params, course);
    const { edits, moves, window } = made.kind === 'plan' ? made : EMPTY_PLAN;
    return {
      outcome: made.kind,
      title: made.kind === 'plan' ? made.title : made.reason,
      page: planPage(made),
      edits,
      moves,
      window,
      ...(made.kind !== 'nothing' && made.isStopped ? { isStopped: true } : {}),
    };
  },
  fix: (workspace: Workspace, { uri, finding, fix, reason }: FixParams) =>
    topologyFix(workspace, uri, finding, fix, reason),
  tryFix: (workspace: Workspace, { uri, finding, fix }: TryFixParams) => tryFix(workspace, uri, finding, fix),
};

export type QuestionName = keyof typeof QUESTIONS;
export type QuestionParams<Name extends QuestionName> = Parameters<(typeof QUESTIONS)[Name]>[1];
export type QuestionAnswer<Name extends QuestionName> =
  ReturnType<(typeof QUESTIONS)[Name]> extends Steps<infer Answer> ? Answer : never;

/** The steps to an answer. */
export function stepsTo<Name extends QuestionName>(
  name: Name,
  workspace: Workspace,
  params: QuestionParams<Name>,
  course: Course,
): Steps<QuestionAnswer<Name>> {
  const ask = QUESTIONS[name] as unknown as (
    workspace: Workspace,
    params: QuestionParams<Name>,
    course: Course,
  ) => Steps<QuestionAnswer<Name>>;
  return ask(workspace, params, course);
}

function* planFor(workspace: Workspace, params: Partial<PlanParams>, course: Course): Steps<Planned> {
  const { uri = '', wish, acceptsWarnings = false } = params;
  if (!wish) return noPlan('it was not said what for');
  if (wish.kind === 'mend')
    return (yield* plannedFor(workspace, uri, wish.key, course)) ?? noPlan('the finding is gone');
  if (wish.kind === 'fix') return yield* plannedFix(workspace, uri, wish.finding, wish.fix, course);
  const project = workspace.projectOf(uri);
  if (!project) return noPlan('this file is of no design');
  const own = wish.kind === 'fit' ? { ...wish, count: wish.count } : wish;
  return yield* planForWish(workspace, project, own, { acceptsWarnings, course });
}
