import { attemptsOf, type Course, partOf } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { liveHosts } from '../../capacity/cluster.ts';
import type { HostMove } from '../../capacity/moves.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { FileEdit } from '../../design/edits.ts';
import { barred } from '../../planner/aims.ts';
import type { Estate } from '../../planner/from-design/estate.ts';
import type { Move, Problem, Solution } from '../../planner/problem.ts';
import { solveInSteps } from '../../planner/solve.ts';
import { tidied } from '../../planner/tidy.ts';
import type { Project, Workspace } from '../workspace.ts';
import type { Saying } from './consequences.ts';
import type { Task, Tasked } from './tasks.ts';
import {
  type Ban,
  type FigureChange,
  type PlannedMove,
  type PlanWindow,
  type Target,
  type Trial,
  tryMoves,
} from './trial.ts';
import { type NoWay, noWay, withHosts } from './wording.ts';

/** Moves that were tried on the design: what they are for comes true, and nothing else is wrong that was not. */
export interface Plan {
  readonly kind: 'plan';
  /** `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %` */
  readonly title: string;
  readonly moves: readonly PlannedMove[];
  /** How long they take together; undefined while that is not known. */
  readonly window: PlanWindow | undefined;
  readonly edits: readonly FileEdit[];
  readonly figures: readonly FigureChange[];
  /** What rules find no more once it is done. */
  readonly removed: readonly Saying[];
  /** What they find anew; nothing unless warnings were accepted. */
  readonly accepted: readonly Saying[];
  /** States on the way that were checked like the last one; all of them unless the plan and the design are large. */
  readonly stepsTried: number;
  /** How unevenly hosts are loaded, by measure; nothing where the plan is not for that. */
  readonly balance: readonly BalanceChange[];
  /** Batches of conversions, for a migration. */
  readonly waves: readonly WaveLoad[];
  /** What else is worth knowing, in sentences. */
  readonly notes: readonly string[];
  /** The search was ended before it had come to its end: what was best until then. */
  readonly isStopped?: true;
}

/** What a wave newly moves, and what it takes with all that it moves. */
export interface WaveLoad {
  readonly wave: string;
  /** As a design names them: `web-[01..12]`. */
  readonly things: string;
  readonly bytes: number;
  /** Some things do not state their size. */
  readonly isAtLeast: boolean;
  /** A lower bound. */
  readonly seconds: number;
  /** Length of its window, seconds. */
  readonly window: number;
  /** bit/s over the path, and what holds it down. */
  readonly rate: number;
  readonly bound: string;
}

/** A plan that moves nothing and changes nothing, to be filled in. */
export const EMPTY_PLAN: Plan = {
  kind: 'plan',
  title: '',
  moves: [],
  window: undefined,
  edits: [],
  figures: [],
  removed: [],
  accepted: [],
  stepsTried: 0,
  balance: [],
  waves: [],
  notes: [],
};

/** Standard deviation of the load of hosts as a share of what each offers. */
export interface BalanceChange {
  readonly label: string;
  readonly before: number;
  readonly after: number;
  readonly unit: 'share' | 'ratio';
  /** Reckoned for each VM from what was measured on its host as a whole. */
  readonly isEstimate: boolean;
}

export interface NoPlan extends NoWay {
  readonly kind: 'no-plan';
  /** There are moves, and only warnings that they would bring speak against them. */
  readonly isForWarnings?: true;
  /** The search was ended before it had come to its end: nothing is said of whether there is a way. */
  readonly isStopped?: true;
}

/** What is asked for holds already. */
export interface NothingToDo {
  readonly kind: 'nothing';
  readonly reason: string;
}

export type Planned = Plan | NoPlan | NothingToDo;

/** How often a plan that would make something else worse is sought anew without what did so. */
const MOST_ATTEMPTS = 8;

/** What to plan, and how to speak of it. */
export interface Order {
  /** The task in the design as it is then. */
  readonly task: (tightness: number) => Tasked;
  readonly finding: Target['finding'];
  readonly acceptsWarnings: boolean;
  readonly work: number | undefined;
  readonly course: Course;
  readonly describe: (
    task: Task,
    trial: Extract<Trial, { readonly outcome: 'done' }>,
    solution: Solution,
  ) => Pick<Plan, 'title' | 'balance' | 'notes'>;
  /** What to say where no moves make it better; undefined where it has to come true. */
  readonly nothing: ((task: Task) => string) | undefined;
  /** The problem to try next, where what was found is not all that was asked for. */
  readonly refine?: (problem: Problem, solution: Solution) => Problem | undefined;
}

/** How often what was found is refined. */
const MOST_REFINED = 2;
/** Of an attempt, what the search takes of the time; the trial on the design takes the rest. Measured on large designs. */
const SHARE_OF_SEARCH = 0.4;

/**
 * Searches, tries what was found on the design, and searches on without what made something worse. Ended early, it comes
 * to the best plan until then, if there is one that can be proven. In steps: between two of them the design is as it was;
 * entities read before may have been made anew.
 */
export function* makePlan(workspace: Workspace, project: Project, order: Order): Steps<Planned> {
  const { course } = order;
  const attempts = attemptsOf(course);
  const bans: Ban[] = [];
  let tightness = 0;
  let worsens: string | undefined;
  let isForWarnings = true;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (course.isStopped()) return endedEarly(worsens);
    const own = attempts.next();
    own.report(0, attempt === 0 ? 'searching' : `searching another way (${attempt + 1} of at most ${MOST_ATTEMPTS})`);
    const task = order.task(tightness);
    if ('nothing' in task) return { kind: 'nothing', reason: task.nothing };
    if ('reason' in task) return worsens === undefined ? noPlanWithout(task.reason, task.addition) : noPlan(worsens);
    yield;
    const problem = withoutBanned(task, bans);
    const solution = yield* solved(problem, order, partOf(own, 0, SHARE_OF_SEARCH));
    const wasEnded = course.isStopped();
    if (wasEnded && solution.outcome !== 'impossible' && solution.moves.length === 0) return endedEarly(worsens);
    if (solution.outcome === 'impossible' || solution.outcome === 'gave-up') {
      const made = noWay({ ...task, problem }, solution.outcome === 'impossible', solution.obstruction);
      return worsens === undefined
        ? { kind: 'no-plan', ...made }
        : { ...noPlan(worsens), ...forWarnings(isForWarnings) };
    }
    const moves = vmMovesOf(solution.moves, task.estate);
    if (moves.length === 0)
      return order.nothing
        ? { kind: 'nothing', reason: order.nothing(task) }
        : noPlan(
            order.finding
              ? 'what is too much does not come from VMs that could move'
              : 'moving VMs would not make it so',
          );
    const target = { finding: order.finding, acceptsWarnings: order.acceptsWarnings, isDone: task.isDone };
    const trial = yield* tryMoves(workspace, project, moves, target, partOf(own, SHARE_OF_SEARCH, 1));
    switch (trial.outcome) {
      case 'done': {
        const { outcome: _, watched: _watched, isCut, ...done } = trial;
        const plan = { ...EMPTY_PLAN, ...order.describe(task, trial, solution), ...done };
        return wasEnded || isCut ? bestUntilThen(plan) : plan;
      }
      case 'same':
        if (wasEnded) return endedEarly(worsens);
        if (order.nothing) return { kind: 'nothing', reason: order.nothing(task) };
        if (!task.canTighten) return noPlan('moving VMs would not make it so');
        tightness++;
        break;
      case 'refused':
        worsens ??= `the text cannot say it: ${trial.reason}`;
        bans.push(...trial.bans);
        break;
      case 'worse':
        worsens ??= `every way found makes something else worse: ${trial.message}`;
        isForWarnings &&= !trial.isError;
        bans.push(...trial.bans);
    }
  }
  return { ...noPlan(worsens ?? 'no way was found'), ...forWarnings(worsens !== undefined && isForWarnings) };
}

/** A search was ended before there was a plan that can be proven. */
export function endedEarly(why: string | undefined): NoPlan {
  return { ...noPlan(`stopped early: ${why ?? 'no plan was found until then'}`), isStopped: true };
}

/** Says of a plan that it is what was best when the search was ended. */
export function bestUntilThen(plan: Plan): Plan {
  return { ...plan, title: `Stopped early: ${lower(plan.title)}`, isStopped: true };
}

function* solved(problem: Problem, { work, refine }: Order, course: Course): Steps<Solution> {
  const searches = refine ? 1 + MOST_REFINED : 1;
  const search = (one: Problem, at: number) =>
    solveInSteps(one, {
      ...(work === undefined ? {} : { work }),
      course: partOf(course, at / searches, (at + 1) / searches),
    });
  let [own, solution] = [problem, yield* search(problem, 0)];
  for (let count = 1; count < searches; count++) {
    const next = refine?.(own, solution);
    if (!next) break;
    const refined = yield* search(next, count);
    // What was ended is not known to be better than what was not.
    if (course.isStopped()) break;
    [own, solution] = [next, refined];
  }
  return tidied(problem, solution);
}

function forWarnings(is: boolean): { readonly isForWarnings?: true } {
  return is ? { isForWarnings: true } : {};
}

export function lower(text: string): string {
  return `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}`;
}

export function noPlan(reason: string): NoPlan {
  return { kind: 'no-plan', reason, obstacles: [], addition: undefined };
}

/** Why there is no plan, with the further hosts of a cluster that would allow one. */
export function noPlanWithout(
  reason: string,
  addition: { readonly cluster: Entity; readonly hosts: number } | undefined,
): NoPlan {
  const like = addition && liveHosts(addition.cluster).at(-1);
  return { ...noPlan(reason), ...(like && withHosts(reason, addition.hosts, like)) };
}

/** The moves of VMs, those of one unit at once. */
function vmMovesOf(moves: readonly Move[], { hosts, vmsOf }: Estate): readonly (readonly HostMove[])[] {
  return moves.flatMap(({ unit, from, to }) => {
    const target = hosts[to];
    return target ? [(vmsOf[unit] ?? []).map((vm) => ({ vm, from: hosts[from], to: target }))] : [];
  });
}

/** The problem of a task without the moves that are banned. */
function withoutBanned({ problem, estate: { hosts, vmsOf } }: Task, bans: readonly Ban[]): Problem {
  if (bans.length === 0) return problem;
  const list: { unit: number; host: number }[] = [];
  const hostIds = hosts.map(entityId);
  for (const [unit, vms] of vmsOf.entries()) {
    const ids = vms.map(entityId);
    for (const ban of bans) {
      if (ban.vm !== undefined && !ids.includes(ban.vm)) continue;
      for (const [host, id] of hostIds.entries())
        if ((ban.host === undefined || ban.host === id) && problem.units.home[unit] !== host) list.push({ unit, host });
    }
  }
  const reasons = [...problem.reasons, 'a move to it makes something else worse'];
  return barred({ ...problem, reasons }, list, reasons.length);
}
