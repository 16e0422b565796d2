import { type Course, partOf, UNWATCHED } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { type HostMove, type MoveCost, type MoveWindow, moveCost, moveWindow } from '../../capacity/moves.ts';
import { vmFacts } from '../../capacity/vm.ts';
import { distinctName, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import type { FileEdit } from '../../design/edits.ts';
import { moveVms } from '../../design/placement-edits.ts';
import { appOf } from '../../design/things.ts';
import type { Project, Workspace } from '../workspace.ts';
import { addedOnTheWay, consequencesOf, type Saying } from './consequences.ts';
import { type HostFigures, hostFigures, type PlainFigure, watchedFigure } from './figures.ts';
import { presentOf } from './tasks.ts';

/** A VM that moves; the steps are in an order in which each of them keeps every limit. */
export interface PlannedMove extends MoveCost {
  /** From 1 on; VMs that a rule keeps together move in one step. */
  readonly step: number;
  readonly vm: string;
  /** Undefined if it runs nowhere before. */
  readonly from: string | undefined;
  readonly to: string;
  /** The same by their ids. */
  readonly ids: { readonly vm: string; readonly to: string };
  /** Bytes of its memory; undefined if not stated. */
  readonly memory: number | undefined;
  /** Seconds from the begin of the plan, with other moves side by side; undefined while that is not known. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** How long all moves take, made side by side as far as platform and order allow. */
export type PlanWindow = Omit<MoveWindow, 'times'>;

/** A figure of a host that takes part in a plan. */
export interface FigureChange {
  readonly host: string;
  readonly label: string;
  /** Undefined where nothing runs on the host. */
  readonly before: PlainFigure | undefined;
  readonly after: PlainFigure | undefined;
}

/** A move that is not to be made: of a VM to a host, of a VM to anywhere, or of anything to a host. */
export interface Ban {
  readonly vm: string | undefined;
  readonly host: string | undefined;
}

/** What moves are tried against. */
export interface Target {
  /** The finding that is to go away; undefined where the plan is for no finding. */
  readonly finding: { readonly rule: string; readonly about: string; readonly key: string } | undefined;
  /** Whether what they are for came true, asked of the design that they lead to. */
  readonly isDone: (design: Design) => boolean;
  /** Whether rules may warn of something new, as long as nothing is an error. */
  readonly acceptsWarnings: boolean;
}

type Watched = ReturnType<typeof watchedFigure>;

/** What became of moves that were tried on the design. */
export type Trial =
  | {
      readonly outcome: 'done';
      readonly moves: readonly PlannedMove[];
      readonly window: PlanWindow | undefined;
      readonly edits: readonly FileEdit[];
      readonly figures: readonly FigureChange[];
      readonly watched: { readonly before: Watched; readonly after: Watched };
      /** What rules find no more. */
      readonly removed: readonly Saying[];
      /** What they find anew; nothing unless warnings are accepted. */
      readonly accepted: readonly Saying[];
      /** How many states on the way were looked at on the design, beside the last one. */
      readonly stepsTried: number;
      /** Fewer were than there is time for, since it was ended. */
      readonly isCut: boolean;
    }
  /** What it is for would not come true. */
  | { readonly outcome: 'same' }
  /** The text cannot say it. */
  | { readonly outcome: 'refused'; readonly bans: readonly Ban[]; readonly reason: string }
  | { readonly outcome: 'worse'; readonly bans: readonly Ban[]; readonly message: string; readonly isError: boolean };

/** Most states on the way that are looked at on the design; of more, so many that are evenly spread. */
const MOST_STEPS_TRIED = 200;
/** VMs of all states that are looked at together: what a second is enough for. */
const MOST_VMS_TRIED = 10_000;
/** Even in the largest design. */
const FEWEST_STEPS_TRIED = 4;

/**
 * Applies moves to the design in thought, all of them and then step by step, and looks at what is wrong with it. What is
 * in one group moves at once: VMs that a rule keeps together. Once nobody wants it to go on, few states on the way are
 * looked at, and always the last one.
 */
export function* tryMoves(
  workspace: Workspace,
  project: Project,
  groups: readonly (readonly HostMove[])[],
  target: Target,
  course: Course = UNWATCHED,
): Steps<Trial> {
  const { finding } = target;
  const moves = groups.flat();
  const result = moveVms(lastOf(moves));
  if ('refused' in result) {
    const bans = result.refused.map(({ move }) => ({ vm: entityId(move.vm), host: undefined }));
    return { outcome: 'refused', bans, reason: result.refused[0]?.reason ?? '' };
  }
  course.report(0, `trying ${moves.length === 1 ? 'the move' : `${moves.length} moves`} on the design`);
  const draft = draftOf(groups);
  const before = figuresOf(project, draft);
  const watchedBefore = finding && watchedFigure(project.design, finding);
  const whole = yield* consequencesOf(workspace, result.edits, finding?.key, () => ({
    figures: figuresOf(project, draft),
    watched: finding && watchedFigure(project.design, finding),
    isDone: target.isDone(project.design),
  }));
  const counts = ({ isError }: Saying) => isError || !target.acceptsWarnings;
  const usual = strideFor(project.design, groups.length, false);
  const stride = strideFor(project.design, groups.length, course.isStopped());
  const steps = Math.ceil(groups.length / stride);
  let worse: readonly Saying[] = whole.added.filter(counts);
  let stepsTried = 0;
  if (worse.length === 0 && steps > 1) {
    const onTheWay = yield* triedSteps(workspace, project, groups, stride, counts, partOf(course, 0.1, 1));
    worse = onTheWay.worse;
    stepsTried = onTheWay.seen;
  }
  const worst = worse.find(({ isError }) => isError) ?? worse[0];
  if (worst) return { outcome: 'worse', bans: bansFor(worse, draft), message: worst.message, isError: worst.isError };
  if (!whole.isMended || !whole.answer.isDone) return { outcome: 'same' };
  return {
    outcome: 'done',
    moves: draft.steps,
    window: draft.window,
    edits: result.edits,
    figures: changesOf(draft, before, whole.answer.figures),
    watched: { before: watchedBefore, after: whole.answer.watched },
    removed: whole.removed,
    accepted: whole.added,
    stepsTried,
    isCut: course.isStopped() && (stride !== usual || stepsTried < steps - 1),
  };
}

/** Every how many steps the design is looked at: each keeps the limits of hosts and the rules by itself already. */
export function strideFor(design: Design, steps: number, isHurried: boolean): number {
  const vms = [...design.members('vm')].length;
  const affordable = isHurried ? 0 : Math.floor(MOST_VMS_TRIED / Math.max(1, vms));
  const most = Math.min(MOST_STEPS_TRIED, Math.max(FEWEST_STEPS_TRIED, affordable));
  return Math.max(1, Math.ceil(steps / most));
}

/** Where each VM ends up, of those that move more than once. */
function lastOf(moves: readonly HostMove[]): readonly HostMove[] {
  return [...new Map(moves.map((move) => [move.vm, move])).values()];
}

function* triedSteps(
  workspace: Workspace,
  project: Project,
  groups: readonly (readonly HostMove[])[],
  stride: number,
  counts: (wrong: Saying) => boolean,
  course: Course,
): ReturnType<typeof addedOnTheWay> {
  const { design } = project;
  const present = (some: readonly (readonly HostMove[])[]) =>
    lastOf(some.flat()).flatMap(({ vm, to }) => {
      const [now, host] = [presentOf(design, vm), presentOf(design, to)];
      return now && host ? [{ vm: now, to: host }] : [];
    });
  const editsOf = (some: readonly (readonly HostMove[])[]) => {
    const result = moveVms(present(some));
    return 'edits' in result ? result.edits : undefined;
  };
  const count = Math.ceil(groups.length / stride);
  return yield* addedOnTheWay(
    workspace,
    project,
    count,
    (step) => editsOf(groups.slice(0, step * stride)),
    (step) => editsOf(groups.slice((step - 1) * stride, step * stride)),
    counts,
    course,
  );
}

/** What is kept of moves while the design is another: names and ids. */
export interface Draft {
  readonly steps: readonly PlannedMove[];
  readonly window: PlanWindow | undefined;
  readonly ids: readonly { readonly vm: string; readonly to: string; readonly app: string | undefined }[];
  /** Hosts that take part, by id. */
  readonly hosts: ReadonlyMap<string, string>;
}

export function draftOf(groups: readonly (readonly HostMove[])[]): Draft {
  const moves = groups.flat();
  const steps = groups.flatMap((group, index) => group.map(() => index + 1));
  const hosts = new Map<string, string>();
  for (const { from, to } of moves)
    for (const host of from ? [from, to] : [to]) hosts.set(entityId(host), distinctName(host));
  const costs = moves.map(moveCost);
  const window = moveWindow(moves, costs);
  return {
    steps: moves.map(({ vm, from, to }, index) => ({
      ...(costs[index] ?? moveCost({ vm, from, to })),
      step: steps[index] ?? 0,
      vm: distinctName(vm),
      from: from && distinctName(from),
      to: distinctName(to),
      ids: { vm: entityId(vm), to: entityId(to) },
      memory: vmFacts(vm).memory,
      start: window?.times[index]?.start,
      end: window?.times[index]?.end,
    })),
    window: window && { time: window.time, isAtLeast: window.isAtLeast, atOnce: window.atOnce },
    ids: moves.map(({ vm, to }) => {
      const app = appOf(vm);
      return { vm: entityId(vm), to: entityId(to), app: app && entityId(app) };
    }),
    hosts,
  };
}

export function figuresOf(project: Project, { hosts }: Pick<Draft, 'hosts'>): ReadonlyMap<string, HostFigures> {
  const found = new Map<string, HostFigures>();
  for (const host of project.design.members('host')) {
    if (hosts.has(entityId(host))) found.set(entityId(host), hostFigures(host));
  }
  return found;
}

export function changesOf(
  { hosts }: Pick<Draft, 'hosts'>,
  before: ReadonlyMap<string, HostFigures>,
  after: ReadonlyMap<string, HostFigures>,
): FigureChange[] {
  return [...before].flatMap(([id, old]) => {
    const now = after.get(id);
    const labels = new Set([...old.keys(), ...(now?.keys() ?? [])]);
    const host = hosts.get(id) ?? '';
    return [...labels].map((label) => ({ host, label, before: old.get(label), after: now?.get(label) }));
  });
}

/** Moves not to be tried again: those to a host, or of a VM or application, that something new is wrong with; else the first one. */
function bansFor(added: readonly { readonly about: string | undefined }[], { ids }: Draft): Ban[] {
  const bans: Ban[] = [];
  for (const { about } of added) {
    for (const { vm, to, app } of ids) {
      if (about === to) bans.push({ vm: undefined, host: to });
      else if (about === vm || (about !== undefined && about === app)) bans.push({ vm, host: to });
    }
  }
  const [first] = ids;
  return bans.length > 0 || !first ? bans : [{ vm: first.vm, host: first.to }];
}
