import type { Steps } from '../base/steps.ts';
import { failoverDemand } from '../capacity/cluster.ts';
import { type HostMove, type MoveCost, type MoveWindow, moveCost, moveWindow } from '../capacity/moves.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import { moveVms } from '../design/placement-edits.ts';
import { appOf } from '../design/things.ts';
import { type HostFigures, hostFigures, type PlainFigure, watchedFigure } from './plan-figures.ts';
import { type Consequences, consequencesOf } from './plan-proof.ts';
import { presentOf } from './plan-tasks.ts';
import type { Project, Workspace } from './workspace.ts';

/** One step of a plan; the steps are in an order in which each of them keeps every limit. */
export interface PlannedMove extends MoveCost {
  readonly vm: string;
  /** Undefined if it runs nowhere before. */
  readonly from: string | undefined;
  readonly to: string;
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

/** What a plan is tried against. */
interface Target {
  readonly rule: string;
  readonly about: string;
  readonly key: string;
}

type Watched = ReturnType<typeof watchedFigure>;

/** What became of moves that were tried on the design. */
export type Trial =
  | {
      readonly outcome: 'mended';
      readonly moves: readonly PlannedMove[];
      readonly window: PlanWindow | undefined;
      readonly edits: readonly FileEdit[];
      readonly figures: readonly FigureChange[];
      readonly watched: { readonly before: Watched; readonly after: Watched };
    }
  /** The finding would stay. */
  | { readonly outcome: 'same' }
  /** The text cannot say it. */
  | { readonly outcome: 'refused'; readonly bans: readonly Ban[] }
  | { readonly outcome: 'worse'; readonly bans: readonly Ban[]; readonly message: string };

/** Most moves of which each step is tried by itself. */
const MOST_STEPS_TRIED = 12;

/** Applies moves to the design in thought, all of them and then step by step, and looks at what is wrong with it. */
export function* tryMoves(
  workspace: Workspace,
  project: Project,
  moves: readonly HostMove[],
  target: Target,
): Steps<Trial> {
  const result = moveVms(moves);
  if ('refused' in result)
    return { outcome: 'refused', bans: result.refused.map(({ move }) => ({ vm: entityId(move.vm), host: undefined })) };
  const draft = draftOf(moves);
  const before = figuresOf(project, draft);
  const watched = watchedFigure(project.design, target);
  const needsSteps =
    moves.length > 1 && moves.length <= MOST_STEPS_TRIED && moves.some(({ to }) => mustOutliveLoss(to));
  const whole = yield* consequencesOf(workspace, result.edits, target.key, () => ({
    figures: figuresOf(project, draft),
    watched: watchedFigure(project.design, target),
  }));
  const added =
    whole.added.length > 0 || !needsSteps ? whole.added : yield* addedOnTheWay(workspace, project, moves, target);
  if (added.length > 0) return { outcome: 'worse', bans: bansFor(added, draft), message: added[0]?.message ?? '' };
  if (!whole.isMended) return { outcome: 'same' };
  return {
    outcome: 'mended',
    moves: draft.steps,
    window: draft.window,
    edits: result.edits,
    figures: changesOf(draft, before, whole.answer.figures),
    watched: { before: watched, after: whole.answer.watched },
  };
}

/** What each host carries is within its limits at every step already; whether the loss of one is, depends on all of them. */
function mustOutliveLoss(host: Entity): boolean {
  const cluster = clusterOfHost(host);
  const demand = cluster && failoverDemand(cluster);
  return demand !== undefined && demand.kind !== 'none';
}

function* addedOnTheWay(
  workspace: Workspace,
  project: Project,
  moves: readonly HostMove[],
  target: Target,
): Steps<Consequences<undefined>['added']> {
  const { design } = project;
  for (let count = 1; count < moves.length; count++) {
    const done = moves.slice(0, count).flatMap(({ vm, to }) => {
      const [now, host] = [presentOf(design, vm), presentOf(design, to)];
      return now && host ? [{ vm: now, to: host }] : [];
    });
    const result = moveVms(done);
    if ('refused' in result) continue;
    const { added } = yield* consequencesOf(workspace, result.edits, target.key, () => undefined);
    if (added.length > 0) return added;
  }
  return [];
}

/** What is kept of moves while the design is another: names and ids. */
interface Draft {
  readonly steps: readonly PlannedMove[];
  readonly window: PlanWindow | undefined;
  readonly ids: readonly { readonly vm: string; readonly to: string; readonly app: string | undefined }[];
  /** Hosts that take part, by id. */
  readonly hosts: ReadonlyMap<string, string>;
}

function draftOf(moves: readonly HostMove[]): Draft {
  const hosts = new Map<string, string>();
  for (const { from, to } of moves) for (const host of from ? [from, to] : [to]) hosts.set(entityId(host), host.name);
  const costs = moves.map(moveCost);
  const window = moveWindow(moves, costs);
  return {
    steps: moves.map(({ vm, from, to }, index) => ({
      ...(costs[index] ?? moveCost({ vm, from, to })),
      vm: vm.name,
      from: from?.name,
      to: to.name,
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

function figuresOf(project: Project, { hosts }: Draft): ReadonlyMap<string, HostFigures> {
  const found = new Map<string, HostFigures>();
  for (const host of project.design.members('host')) {
    if (hosts.has(entityId(host))) found.set(entityId(host), hostFigures(host));
  }
  return found;
}

function changesOf(
  { hosts }: Draft,
  before: ReadonlyMap<string, HostFigures>,
  after: ReadonlyMap<string, HostFigures>,
): FigureChange[] {
  return [...hosts].flatMap(([id, host]) => {
    const [old, now] = [before.get(id), after.get(id)];
    const labels = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...labels].map((label) => ({ host, label, before: old?.get(label), after: now?.get(label) }));
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
