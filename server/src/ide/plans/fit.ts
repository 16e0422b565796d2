import { type Course, partOf } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { formatNumber } from '../../base/units.ts';
import type { HostMove } from '../../capacity/moves.ts';
import { vmFacts } from '../../capacity/vm.ts';
import { type Declaration, type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import type { FileEdit } from '../../design/edits.ts';
import { classesNamed } from '../../design/layers.ts';
import { inTextOrder } from '../../design/order.ts';
import { hostsOf } from '../../design/placement.ts';
import { moveVms } from '../../design/placement-edits.ts';
import { insertAfter, statementSpan } from '../../design/statement-edits.ts';
import { quotedName } from '../../language/make/bare-name.ts';
import { fileText } from '../../language/syntax/file.ts';
import { filling, limited } from '../../planner/aims.ts';
import { estateOf } from '../../planner/from-design/estate.ts';
import { demandOf, loadsOf } from '../../planner/make-problem.ts';
import type { Problem, SearchOptions, Solution } from '../../planner/problem.ts';
import { withHosts } from '../../planner/relax.ts';
import { solveInSteps } from '../../planner/solve.ts';
import { entityCalled } from '../links.ts';
import { byFile, followedBy } from '../proof.ts';
import type { Project, Workspace } from '../workspace.ts';
import { addedOnTheWay, consequencesOf, type Saying } from './consequences.ts';
import { PLAN_LIMITS } from './limits.ts';
import { bestUntilThen, EMPTY_PLAN, endedEarly, noPlan, noPlanWithout, type Plan, type Planned } from './make.ts';
import { changesOf, type Draft, draftOf, figuresOf, strideFor } from './trial.ts';
import type { PlanWish } from './wish.ts';

type FitWish = Extract<PlanWish, { readonly kind: 'fit' }>;

/** More than this is not counted out. */
const MOST_FITTED = 2_000;
/** The rest is for trying on the design what was found. */
const SHARE_OF_SEARCH = 0.8;

/**
 * Further VMs of a class on the hosts of a cluster, without moving what runs there: as many as are asked for, with the
 * text that declares and places them; or how many there could be, without any text. What `failover` asks to survive
 * still is.
 */
export function* planFit(
  workspace: Workspace,
  project: Project,
  wish: FitWish,
  {
    acceptsWarnings,
    work,
    course,
  }: { readonly acceptsWarnings: boolean; readonly work: number | undefined; readonly course: Course },
): Steps<Planned> {
  const { design } = project;
  const { className } = wish;
  const declared = declarationOf(design, className);
  if (!declared) return noPlan(`there is no class of VMs called ${className}`);
  const one = additionOf(design, declared, className, 1);
  if (!one) return noPlan(`the block of class ${className} is not closed`);
  const sketch = workspace.suppose(byFile(one.edits), () => sketchFor(design, wish, one.names, acceptsWarnings));
  yield;
  if ('reason' in sketch) return noPlan(sketch.reason);
  const { problem, unit } = sketch;
  const bound = mostByTotals(problem, unit);
  if (bound === undefined) return noPlan(`${className} states nothing that hosts could run out of`);
  const most = Math.min(MOST_FITTED, bound);
  const searches = Math.ceil(Math.log2(most + 1)) + (wish.count === undefined ? 1 : 2);
  let begun = 0;
  const options = {
    ...(work === undefined ? {} : { work }),
    course: { isStopped: course.isStopped, report: () => undefined },
  };
  const search = (wanted: Problem) => {
    const own = partOf(course, (begun / searches) * SHARE_OF_SEARCH, ((begun + 1) / searches) * SHARE_OF_SEARCH);
    begun++;
    return solveInSteps(wanted, { ...(work === undefined ? {} : { work }), course: own });
  };
  // The search places all of them or none: how many there can be is found by halves.
  let [count, tooMany] = [0, most + 1];
  let [full, room] = [filling(problem, unit, 0), undefined as Solution | undefined];
  for (let tried = most; count < tooMany - 1 && !course.isStopped(); tried = Math.floor((count + tooMany) / 2)) {
    course.report((begun / searches) * SHARE_OF_SEARCH, `looking for room for ${tried}`);
    const own = filling(problem, unit, tried);
    const solution = yield* search(own);
    if (isFilled(solution)) [count, full, room] = [tried, own, solution];
    else tooMany = tried;
  }
  const wasEnded = course.isStopped();
  if (wasEnded && count < (wish.count ?? 1)) return endedEarly(undefined);
  const limit = wasEnded ? undefined : whatRunsOut(full, room?.assignment ?? full.units.home, problem, unit);
  const isMore = wasEnded ? 'at least ' : count === MOST_FITTED ? 'more than ' : '';
  const fits = `${isMore}${formatNumber(count, 0)} more of ${className} ${count === 1 ? 'fits' : 'fit'} on ${sketch.cluster}`;
  const out = limit === undefined ? '' : `; then ${limit} runs out`;
  if (wish.count === undefined) {
    const found: Plan = {
      ...EMPTY_PLAN,
      title: `${fits}${out}`,
      notes: [
        ...(room ? perHost(full, room, sketch.hosts) : []),
        'State how many with --count to have them declared and placed.',
      ],
    };
    return wasEnded ? bestUntilThen(found) : found;
  }
  if (wish.count > count) {
    const hosts = wasEnded ? undefined : yield* hostsFor(problem, unit, wish.count, options);
    const cluster = entityCalled(design, wish.cluster);
    return noPlanWithout(`Only ${fits}${out}.`, cluster && hosts !== undefined ? { cluster, hosts } : undefined);
  }
  const wanted = filling(problem, unit, wish.count);
  const solution = yield* search(wanted);
  if (!isFilled(solution) && course.isStopped()) return endedEarly(undefined);
  if (!isFilled(solution)) return noPlan(`no way was found to place ${wish.count} of ${className} at once`);
  const targets = targetsIn(wanted, solution, sketch.hosts);
  const made = yield* written(workspace, project, declared, wish, targets, {
    acceptsWarnings,
    course: partOf(course, SHARE_OF_SEARCH, 1),
    notes: [`${fits}${out}.`],
  });
  return wasEnded && made.kind === 'plan' ? bestUntilThen(made) : made;
}

/** Numbers of further hosts that are tried, and the most of them: more at once is a new cluster. */
const MOST_TRIALS = 3;
const MOST_ADDED = 8;

/** The fewest further hosts like the last open one with which so many find room; undefined if that is not found. */
function* hostsFor(problem: Problem, unit: number, count: number, options: SearchOptions): Steps<number | undefined> {
  const model = problem.hosts.closed.lastIndexOf(0);
  const each = model < 0 ? undefined : mostByTotals(withHosts(problem, model, 1), unit);
  const now = mostByTotals(problem, unit);
  if (each === undefined || now === undefined || each <= now) return undefined;
  const least = Math.max(1, Math.ceil((count - now) / (each - now)));
  for (let hosts = least; hosts < Math.min(least + MOST_TRIALS, MOST_ADDED + 1); hosts++) {
    const solution = yield* solveInSteps(filling(withHosts(problem, model, hosts), unit, count), options);
    if (isFilled(solution)) return hosts;
  }
  return undefined;
}

function declarationOf(design: Design, className: string): Declaration | undefined {
  return design.names.read('vm', className).classes[0] ?? design.names.read('class vm', className).classes[0];
}

interface Addition {
  readonly edits: readonly FileEdit[];
  readonly names: readonly string[];
}

/** A statement that declares further VMs of a class: behind the last of them, in names that go on from theirs. */
function additionOf(design: Design, declared: Declaration, className: string, count: number): Addition | undefined {
  const alike = [...design.members('vm')].filter((vm) => classesNamed(vm.declaration, 'vm').includes(declared));
  const last = inTextOrder(alike).at(-1);
  const [, prefix = `${className}-`, digits = '0'] = /^(.*?)(\d+)$/.exec(last?.name ?? '') ?? [];
  let most = 0;
  for (const vm of design.members('vm')) {
    if (!vm.name.startsWith(prefix)) continue;
    const rest = vm.name.slice(prefix.length);
    if (/^\d{1,9}$/.test(rest)) most = Math.max(most, Number(rest));
  }
  const width = digits.startsWith('0') ? digits.length : 1;
  const padded = (number: number) => String(number).padStart(width, '0');
  const names = Array.from({ length: count }, (_, k) => `${prefix}${padded(most + 1 + k)}`);
  const [low, high] = [padded(most + 1), padded(most + count)];
  const word = count === 1 ? quotedName(`${prefix}${low}`) : rangeWord(prefix, low, high);
  const head = (last?.declaration ?? declared).head();
  const at = head && statementSpan(head);
  if (!head || !at) return undefined;
  const statement = `vm ${word} : ${quotedName(className)}`;
  const edit = insertAfter(fileText(head.place.file.parsed), at, [statement]);
  return { names, edits: [{ uri: head.place.file.uri, ...edit }] };
}

function rangeWord(prefix: string, low: string, high: string): string {
  const bare = quotedName(`${prefix}1`);
  const range = `[${low}..${high}]`;
  return bare.startsWith('"') ? `${bare.slice(0, -2)}${range}"` : `${prefix}${range}`;
}

type Sketch =
  | {
      readonly problem: Problem;
      /** Index of the one further VM. */
      readonly unit: number;
      readonly cluster: string;
      readonly hosts: readonly string[];
    }
  | { readonly reason: string };

/** The cluster with one further VM, as plain numbers. */
function sketchFor(design: Design, wish: FitWish, names: readonly string[], acceptsWarnings: boolean): Sketch {
  const cluster = entityCalled(design, wish.cluster);
  if (!cluster) return { reason: 'the cluster is not in the design any more' };
  const hosts = hostsOf(cluster);
  const newcomers = names.flatMap((name) => design.names.read('vm', name).entities);
  if (hosts.length === 0) return { reason: `${cluster.name} has no hosts` };
  const estate = estateOf({ hosts, anchors: [], newcomers, cluster }, PLAN_LIMITS);
  const unit = estate.vmsOf.findIndex((vms) => vms.some((vm) => newcomers.includes(vm)));
  if (unit < 0) return { reason: `no VM of ${wish.className} could be added` };
  const [newcomer] = newcomers;
  if (newcomer && vmFacts(newcomer).memory === undefined)
    return { reason: `${wish.className} does not state its memory, so nothing can be said of its room` };
  const problem = limited(estate.problem, estate.gauges, acceptsWarnings ? 'warnings' : 'no-worse');
  return { problem, unit, cluster: cluster.name, hosts: estate.hosts.map(({ name }) => name) };
}

/** More than this cannot fit, whatever goes where; undefined if the unit takes nothing of anything that is limited. */
function mostByTotals(problem: Problem, unit: number): number | undefined {
  const load = loadsOf(problem);
  const { length } = problem.resources;
  let most: number | undefined;
  for (let r = 0; r < length; r++) {
    let sum = 0;
    let isLimited = false;
    for (let host = 0; host < problem.hosts.count; host++) {
      const demand = demandOf(problem, unit, host, r);
      const hard = problem.hosts.hard[host * length + r] ?? Number.POSITIVE_INFINITY;
      if (problem.hosts.closed[host]) continue;
      if (demand <= 0 || hard === Number.POSITIVE_INFINITY) {
        sum = Number.POSITIVE_INFINITY;
        continue;
      }
      isLimited = true;
      sum += Math.max(0, Math.floor((hard - (load[host * length + r] ?? 0)) / demand + 1e-9));
    }
    if (isLimited && sum < (most ?? Number.POSITIVE_INFINITY)) most = sum;
  }
  return most;
}

/** Whether all have a host, and no loss is worse than before. */
function isFilled({ assignment, before, after }: Solution): boolean {
  return !assignment.includes(-1) && after.failover <= before.failover + 1e-9;
}

/** What the next one would exceed at most hosts. */
function whatRunsOut(full: Problem, assignment: Int32Array, one: Problem, unit: number): string | undefined {
  const load = loadsOf(full, assignment);
  const { length } = full.resources;
  const counts = new Map<string, number>();
  for (let host = 0; host < full.hosts.count; host++) {
    if (full.hosts.closed[host]) continue;
    const lacking = full.resources.find((_, r) => {
      const at = host * length + r;
      return (load[at] ?? 0) + demandOf(one, unit, host, r) > (full.hosts.hard[at] ?? 0) * (1 + 1e-9);
    });
    const label = lacking?.label ?? full.reserves[0]?.label.replace(/^the loss/, 'room for the loss');
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Names of the hosts that new units come to, one for each. */
function targetsIn(problem: Problem, { assignment }: Solution, hosts: readonly string[]): readonly string[] {
  return [...assignment].flatMap((host, unit) => (problem.units.home[unit] === -1 ? (hosts[host] ?? []) : []));
}

function perHost(problem: Problem, solution: Solution, hosts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const host of targetsIn(problem, solution, hosts)) counts.set(host, (counts.get(host) ?? 0) + 1);
  if (counts.size === 0) return [];
  return [`${[...counts].map(([host, count]) => `${host} takes ${count}`).join(', ')}.`];
}

/** Declares and places the VMs, and looks at what that leads to, in the end and when only the first of them are there. */
function* written(
  workspace: Workspace,
  project: Project,
  declared: Declaration,
  wish: FitWish,
  targets: readonly string[],
  {
    acceptsWarnings,
    course,
    notes,
  }: { readonly acceptsWarnings: boolean; readonly course: Course; readonly notes: readonly string[] },
): Steps<Planned> {
  const { design } = project;
  const cluster = entityCalled(design, wish.cluster);
  if (!cluster) return noPlan('the text has changed');
  const found = hostsNamed(cluster, targets);
  const before = figuresOf(project, { hosts: new Map(found.map((host) => [entityId(host), host.name])) });
  const first = (count: number) => addedTo(workspace, design, declared, wish, targets.slice(0, count));
  const made = first(targets.length);
  if ('reason' in made) return noPlan(made.reason);
  const { edits, draft } = made;
  const { added, removed, answer } = yield* consequencesOf(workspace, edits, undefined, () =>
    figuresOf(project, draft),
  );
  const counts = ({ isError }: Saying) => isError || !acceptsWarnings;
  const stride = strideFor(design, targets.length, course.isStopped());
  const steps = Math.ceil(targets.length / stride);
  const editsOf = (step: number) => {
    const some = first(step * stride);
    return 'reason' in some ? undefined : some.edits;
  };
  const onTheWay = yield* addedOnTheWay(workspace, project, steps, editsOf, undefined, counts, course);
  const worse = added.find(counts) ?? onTheWay.worse[0];
  if (worse) return noPlan(`it makes something else worse: ${worse.message}`);
  const hosts = new Set(targets).size;
  return {
    ...EMPTY_PLAN,
    title: `Add ${targets.length} of ${wish.className} to ${hosts === 1 ? targets[0] : `${hosts} hosts of ${cluster.name}`}`,
    moves: draft.steps,
    window: draft.window,
    edits,
    figures: changesOf(draft, before, answer),
    removed,
    accepted: added,
    stepsTried: onTheWay.seen,
    notes,
  };
}

/** The text in which VMs are declared and placed, one on each of some hosts. */
function addedTo(
  workspace: Workspace,
  design: Design,
  declared: Declaration,
  wish: FitWish,
  targets: readonly string[],
): { readonly edits: readonly FileEdit[]; readonly draft: Draft } | { readonly reason: string } {
  const fresh = declarationOf(design, wish.className) ?? declared;
  const addition = additionOf(design, fresh, wish.className, targets.length);
  if (!addition) return { reason: 'the text has changed' };
  const { result, draft } = workspace.suppose(byFile(addition.edits), () => {
    const now = entityCalled(design, wish.cluster);
    const hosts = now ? hostsNamed(now, targets) : [];
    const moves = addition.names.flatMap((name, k): HostMove[] => {
      const [vm] = design.names.read('vm', name).entities;
      const to = hosts[k];
      return vm && to ? [{ vm, from: undefined, to }] : [];
    });
    return { result: moveVms(moves), draft: draftOf(moves.map((move) => [move])) };
  });
  return 'refused' in result
    ? { reason: `the text cannot say it: ${result.refused[0]?.reason}` }
    : { edits: followedBy(addition.edits, result.edits), draft };
}

function hostsNamed(cluster: Entity, names: readonly string[]): readonly Entity[] {
  const byName = new Map(hostsOf(cluster).map((host) => [host.name, host]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
