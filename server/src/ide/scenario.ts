import { compareDates, type PlanDate } from '../base/dates.ts';
import type { World } from '../base/reactive.ts';
import { finish, type Steps } from '../base/steps.ts';
import type { Design } from '../design/design.ts';
import { afterFailure, onDay } from '../design/worlds.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { type Outcome, outcomeInSteps } from './failure.ts';
import { type Proposal, textsAfter } from './proposals.ts';
import type { Project } from './workspace.ts';

/** What a picture is asked to suppose. */
export interface Supposition {
  /** The day that it is of; the one that the design is evaluated at without. */
  readonly at?: PlanDate | undefined;
  /** Ids of nodes and links that have failed. */
  readonly failed?: readonly string[] | undefined;
  /** A plan, after some of its steps; nothing has failed then. */
  readonly plan?: PlanStep | undefined;
}

export interface PlanStep {
  readonly proposal: Proposal;
  readonly step: number;
}

/** A design as it would be. What is not supposed is not reckoned again. */
export interface Scenario {
  /** Asks about the design as it would be. Outside of it, answers are about things as they are. */
  readonly after: <T>(ask: () => T) => T;
  /** Asks about the same day, with nothing failed and nothing planned. */
  readonly before: <T>(ask: () => T) => T;
  /** The design of the plan, else that of the project. */
  readonly design: Design;
  readonly outcome: Outcome | undefined;
  readonly plan: PlanStep | undefined;
}

/** What is kept of a project from question to question. */
interface Kept {
  revision: number;
  readonly base: Design;
  planned: Planned | undefined;
  /** The failure or day asked about last, and what was asked: its figures stay for the cards of its nodes. */
  last: { readonly asked: string; readonly scenario: Scenario } | undefined;
}

/** A design with the texts of a plan. From step to step it takes over what differs. */
interface Planned {
  /** Whose, and after which step. */
  key: string;
  readonly texts: { now: ReadonlyMap<string, ParsedFile> };
  readonly design: Design;
}

const kept = new WeakMap<Project, Kept>();

const asItIs = <T>(ask: () => T): T => ask();

const asking = (world: World | undefined): Scenario['after'] => (world ? (ask) => world.within(ask) : asItIs);

/** The design of a project on another day, after a failure, or after a plan. */
export function scenarioOf(project: Project, supposition: Supposition): Scenario {
  return finish(scenarioInSteps(project, supposition));
}

/** The same, in steps. */
export function* scenarioInSteps(project: Project, { at, failed = [], plan }: Supposition): Steps<Scenario> {
  const { design } = project;
  const state = stateOf(project);
  const day = at && !(design.at && compareDates(design.at, at) === 0) ? at : undefined;
  state.planned = plan && planned(design, state.planned, plan);
  const asked = JSON.stringify([project.revision, day, failed, state.planned?.key]);
  if (state.last?.asked === asked) return state.last.scenario;
  const made = yield* scenarioAnew(design, day, failed, state.planned?.design, plan);
  state.last = { asked, scenario: made };
  return made;
}

function* scenarioAnew(
  design: Design,
  day: PlanDate | undefined,
  failed: readonly string[],
  afterPlan: Design | undefined,
  plan: PlanStep | undefined,
): Steps<Scenario> {
  const before = asking(day && onDay(day, design, ...(afterPlan ? [afterPlan] : [])));
  if (afterPlan) return { after: before, before, design: afterPlan, outcome: undefined, plan };
  const outcome = failed.length > 0 ? yield* stepsIn(before, outcomeInSteps(design, failed)) : undefined;
  if (!outcome || outcome.failure.failed.length === 0)
    return { after: before, before, design, outcome: undefined, plan: undefined };
  yield;
  const after = asking(before(() => afterFailure(design, outcome.supposed, day)));
  return { after, before, design, outcome, plan: undefined };
}

/** Steps that are taken in a scenario. */
export function* stepsIn<T>(within: Scenario['after'], steps: Steps<T>): Steps<T> {
  for (;;) {
    const { done, value } = within(() => steps.next());
    if (done) return value;
    yield;
  }
}

function planned(base: Design, known: Planned | undefined, { proposal, step }: PlanStep): Planned {
  const key = `${proposal.id} ${step}`;
  if (known?.key === key) return known;
  const now = textsAfter(proposal, base, step);
  if (!known) {
    const texts = { now };
    return { key, texts, design: base.variantOf((uri) => texts.now.get(uri)) };
  }
  const changed = new Set([...known.texts.now.keys(), ...now.keys()]);
  known.key = key;
  known.texts.now = now;
  for (const uri of changed) known.design.update(uri);
  return known;
}

/** What is kept of a project, brought up to its present texts. */
function stateOf(project: Project): Kept {
  const known = kept.get(project);
  if (!known || known.base !== project.design) {
    const fresh: Kept = { revision: project.revision, base: project.design, planned: undefined, last: undefined };
    kept.set(project, fresh);
    return fresh;
  }
  if (known.revision !== project.revision) {
    known.planned?.design.refresh();
    for (const uri of known.planned?.design.files.keys() ?? []) known.planned?.design.update(uri);
    known.revision = project.revision;
  }
  return known;
}
