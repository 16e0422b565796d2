import { type Course, UNWATCHED } from '../../base/course.ts';
import { finish, type Steps } from '../../base/steps.ts';
import { entityId } from '../../design/declaration.ts';
import type { Finding } from '../../rules/run.ts';
import type { Project, Workspace } from '../workspace.ts';
import { keyOf } from './consequences.ts';
import { findingTask } from './finding-tasks.ts';
import { makePlan, type NoPlan, noPlan, type Plan } from './make.ts';
import { headline } from './wording.ts';

/**
 * A plan of moves that mends a finding of a rule whose remedy is one, or why there is none. The design is asked what
 * would be if, and is afterwards as it was; entities read before may have been made anew. `work` is how much the search may weigh, if less than usual.
 */
export function planFor(workspace: Workspace, project: Project, finding: Finding, work?: number): Plan | NoPlan {
  return finish(planInSteps(workspace, project, finding, UNWATCHED, work));
}

/** The same, in steps: between two of them the design is as it was. */
export function* planInSteps(
  workspace: Workspace,
  project: Project,
  finding: Finding,
  course: Course = UNWATCHED,
  work?: number,
): Steps<Plan | NoPlan> {
  const made = yield* makePlan(workspace, project, {
    task: (tightness) => findingTask(project.design, finding, tightness),
    finding: { rule: finding.rule.id, about: entityId(finding.entity), key: keyOf(finding) },
    acceptsWarnings: false,
    work,
    course,
    describe: ({ subject }, { moves, watched }) => ({
      title: headline(moves, subject, watched),
      balance: [],
      notes: [],
    }),
    nothing: undefined,
  });
  return made.kind === 'nothing' ? noPlan(made.reason) : made;
}
