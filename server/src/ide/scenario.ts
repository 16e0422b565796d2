import { compareDates, type PlanDate } from '../base/dates.ts';
import type { Design } from '../design/design.ts';
import { type Outcome, outcomeOf } from './failure.ts';
import type { Project } from './workspace.ts';

/** What a picture is asked to suppose. */
export interface Supposition {
  /** The day that it is of; the one that the design is evaluated at without. */
  readonly at?: PlanDate | undefined;
  /** Ids of nodes and links that have failed. */
  readonly failed?: readonly string[] | undefined;
}

export interface Scenario {
  /** The design as it would be. */
  readonly design: Design;
  /** On the same day, with nothing failed. */
  readonly before: Design;
  readonly outcome: Outcome | undefined;
}

/** Variants of the design of a project, kept from question to question: they follow its texts as it does. */
interface Kept {
  revision: number;
  readonly base: Design;
  day: Design | undefined;
  failed:
    | {
        /** What was asked, of which day and text. */
        readonly asked: string;
        readonly outcome: Outcome;
        readonly key: string;
        readonly design: Design;
      }
    | undefined;
}

const kept = new WeakMap<Project, Kept>();

/** The design of a project on another day, after a failure, or both. */
export function scenarioOf(project: Project, { at, failed = [] }: Supposition): Scenario {
  const { design } = project;
  const state = stateOf(project);
  const isOtherDay = at !== undefined && !(design.at && compareDates(design.at, at) === 0);
  if (!isOtherDay) state.day = undefined;
  else if (!state.day?.at || compareDates(state.day.at, at) !== 0) state.day = design.variant(at);
  const before = state.day ?? design;
  const asked = JSON.stringify([project.revision, before.at, failed]);
  if (state.failed?.asked === asked) return { design: state.failed.design, before, outcome: state.failed.outcome };
  const outcome = failed.length > 0 ? outcomeOf(before, failed) : undefined;
  if (!outcome || outcome.failure.failed.length === 0) {
    state.failed = undefined;
    return { design: before, before, outcome: undefined };
  }
  const { supposed } = outcome;
  const key = JSON.stringify([before.at, [...supposed.failed], [...supposed.placed]]);
  const known = state.failed?.key === key ? state.failed.design : before.variant(before.at, supposed);
  state.failed = { asked, outcome, key, design: known };
  return { design: known, before, outcome };
}

/** What is kept of a project, brought up to its present texts. */
function stateOf(project: Project): Kept {
  const known = kept.get(project);
  if (!known || known.base !== project.design) {
    const fresh: Kept = { revision: project.revision, base: project.design, day: undefined, failed: undefined };
    kept.set(project, fresh);
    return fresh;
  }
  if (known.revision !== project.revision) {
    for (const variant of [known.day, known.failed?.design]) {
      variant?.refresh();
      for (const uri of variant?.files.keys() ?? []) variant?.update(uri);
    }
    known.revision = project.revision;
  }
  return known;
}
