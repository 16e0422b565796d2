import type { Steps } from '../../base/steps.ts';
import type { HostMove } from '../../capacity/moves.ts';
import { entityId } from '../../design/declaration.ts';
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
import { type NoWay, noWay } from './wording.ts';

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

/**
 * Searches, tries what was found on the design, and searches on without what made something worse. In steps: between two
 * of them the design is as it was; entities read before may have been made anew.
 */
export function* makePlan(workspace: Workspace, project: Project, order: Order): Steps<Planned> {
  const bans: Ban[] = [];
  let tightness = 0;
  let worsens: string | undefined;
  let isForWarnings = true;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const task = order.task(tightness);
    if ('nothing' in task) return { kind: 'nothing', reason: task.nothing };
    if ('reason' in task) return noPlan(worsens ?? task.reason);
    yield;
    const problem = withoutBanned(task, bans);
    const solution = yield* solved(problem, order);
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
    const trial = yield* tryMoves(workspace, project, moves, target);
    switch (trial.outcome) {
      case 'done': {
        const { outcome: _, watched: _watched, ...done } = trial;
        return { ...EMPTY_PLAN, ...order.describe(task, trial, solution), ...done };
      }
      case 'same':
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

function* solved(problem: Problem, { work, refine }: Order): Steps<Solution> {
  let [own, solution] = [problem, yield* solveInSteps(problem, work === undefined ? {} : { work })];
  for (let count = 0; count < MOST_REFINED; count++) {
    const next = refine?.(own, solution);
    if (!next) break;
    own = next;
    solution = yield* solveInSteps(own, work === undefined ? {} : { work });
  }
  return tidied(problem, solution);
}

function forWarnings(is: boolean): { readonly isForWarnings?: true } {
  return is ? { isForWarnings: true } : {};
}

export function noPlan(reason: string): NoPlan {
  return { kind: 'no-plan', reason, obstacles: [], hostsNeeded: undefined, like: undefined, cost: undefined };
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
