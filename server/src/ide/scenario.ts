import { compareDates, type PlanDate } from '../base/dates.ts';
import type { Design } from '../design/design.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { type Outcome, outcomeOf } from './failure.ts';
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

export interface Scenario {
  /** The design as it would be. */
  readonly design: Design;
  /** On the same day, with nothing failed and nothing planned. */
  readonly before: Design;
  readonly outcome: Outcome | undefined;
  readonly plan: PlanStep | undefined;
}

/** Variants of the design of a project, kept from question to question: they follow its texts as it does. */
interface Kept {
  revision: number;
  readonly base: Design;
  day: Design | undefined;
  planned: Planned | undefined;
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

/** A design with the texts of a plan. From step to step it takes over what differs. */
interface Planned {
  /** Whose, and after which step. */
  key: string;
  readonly texts: { now: ReadonlyMap<string, ParsedFile> };
  readonly design: Design;
  day: Design | undefined;
}

const kept = new WeakMap<Project, Kept>();

/** The design of a project on another day, after a failure, or after a plan. */
export function scenarioOf(project: Project, { at, failed = [], plan }: Supposition): Scenario {
  const { design } = project;
  const state = stateOf(project);
  state.day = onDay(design, state.day, at);
  const before = state.day ?? design;
  if (!plan) state.planned = undefined;
  else {
    state.planned = planned(design, state.planned, plan);
    state.planned.day = onDay(state.planned.design, state.planned.day, at);
    return { design: state.planned.day ?? state.planned.design, before, outcome: undefined, plan };
  }
  const asked = JSON.stringify([project.revision, before.at, failed]);
  if (state.failed?.asked === asked)
    return { design: state.failed.design, before, outcome: state.failed.outcome, plan: undefined };
  const outcome = failed.length > 0 ? outcomeOf(before, failed) : undefined;
  if (!outcome || outcome.failure.failed.length === 0) {
    state.failed = undefined;
    return { design: before, before, outcome: undefined, plan: undefined };
  }
  const { supposed } = outcome;
  const key = JSON.stringify([before.at, [...supposed.failed], [...supposed.placed]]);
  const known = state.failed?.key === key ? state.failed.design : before.variant(before.at, supposed);
  state.failed = { asked, outcome, key, design: known };
  return { design: known, before, outcome, plan: undefined };
}

/** A design on another day than its own, which may be known; undefined where it is its own. */
function onDay(design: Design, known: Design | undefined, at: PlanDate | undefined): Design | undefined {
  if (at === undefined || (design.at && compareDates(design.at, at) === 0)) return undefined;
  return known?.at && compareDates(known.at, at) === 0 ? known : design.variant(at);
}

function planned(base: Design, known: Planned | undefined, { proposal, step }: PlanStep): Planned {
  const key = `${proposal.id} ${step}`;
  if (known?.key === key) return known;
  const now = textsAfter(proposal, base, step);
  if (!known) {
    const texts = { now };
    return { key, texts, design: base.variantOf((uri) => texts.now.get(uri)), day: undefined };
  }
  const changed = new Set([...known.texts.now.keys(), ...now.keys()]);
  known.key = key;
  known.texts.now = now;
  for (const variant of [known.design, known.day]) for (const uri of changed) variant?.update(uri);
  return known;
}

/** What is kept of a project, brought up to its present texts. */
function stateOf(project: Project): Kept {
  const known = kept.get(project);
  if (!known || known.base !== project.design) {
    const fresh: Kept = {
      revision: project.revision,
      base: project.design,
      day: undefined,
      planned: undefined,
      failed: undefined,
    };
    kept.set(project, fresh);
    return fresh;
  }
  if (known.revision !== project.revision) {
    for (const variant of [known.day, known.failed?.design, known.planned?.design, known.planned?.day]) {
      variant?.refresh();
      for (const uri of variant?.files.keys() ?? []) variant?.update(uri);
    }
    known.revision = project.revision;
  }
  return known;
}
