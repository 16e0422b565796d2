import { type Course, UNWATCHED } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { linesFor } from '../../capacity/cost.ts';
import { energyCost } from '../../capacity/energy.ts';
import { exists } from '../../capacity/exists.ts';
import { carriesLoad } from '../../capacity/host.ts';
import { hostLicences } from '../../capacity/licence-shares.ts';
import { currencyOf } from '../../capacity/money.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { hostsOf, vmsOn } from '../../design/placement.ts';
import { imbalances } from '../../planner/aims.ts';
import { loadsOf } from '../../planner/make-problem.ts';
import type { Problem, Solution } from '../../planner/problem.ts';
import { entityCalled } from '../links.ts';
import { byFile } from '../proof.ts';
import type { Project, Workspace } from '../workspace.ts';
import { taskFor } from './cluster-tasks.ts';
import { planFit } from './fit.ts';
import { type BalanceChange, lower, makePlan, type Plan, type Planned } from './make.ts';
import { planMigration } from './migrate.ts';
import { balanceText } from './tables.ts';
import type { Task } from './tasks.ts';
import type { PlannedMove } from './trial.ts';
import type { PlanWish } from './wish.ts';
import { actionOf, costText } from './wording.ts';

export interface PlanOptions {
  /** Whether rules may warn of something new, as long as nothing is an error. */
  readonly acceptsWarnings?: boolean;
  /** How much may be weighed, as the search counts it. */
  readonly work?: number;
  /** For a rebalancing: the most VMs that may move; a tenth of them unless it is said. */
  readonly mostMoves?: number | 'any' | undefined;
  /** Is told how far it is, and may end it with the best so far. */
  readonly course?: Course;
}

/** A plan for what is wished, proven on the design, or why there is none. In steps: between two the design is as it was. */
export function* planForWish(
  workspace: Workspace,
  project: Project,
  wish: PlanWish,
  { acceptsWarnings = false, work, mostMoves, course = UNWATCHED }: PlanOptions = {},
): Steps<Planned> {
  if (wish.kind === 'fit') return yield* planFit(workspace, project, wish, { acceptsWarnings, work, course });
  if (wish.kind === 'migrate') return yield* planMigration(workspace, project, { acceptsWarnings, course });
  const strictness = acceptsWarnings ? 'warnings' : 'no-worse';
  const made = yield* makePlan(workspace, project, {
    task: (tightness) => taskFor(project.design, wish, { strictness, tightness, mostMoves }),
    finding: undefined,
    acceptsWarnings,
    work,
    course,
    describe: (task, { moves }, solution) => ({
      title: titleFor(wish.kind, task, moves, solution),
      balance: wish.kind === 'rebalance' ? balanceOf(task, solution) : [],
      notes: wish.kind === 'rebalance' ? reliefOf(task, solution) : [],
    }),
    nothing: nothingFor(wish.kind),
    ...(wish.kind === 'rebalance' ? { refine: evenAll } : {}),
  });
  return made.kind === 'plan' && wish.kind === 'consolidate'
    ? withSavings(workspace, project, wish.cluster, made)
    : made;
}

function titleFor(
  kind: Exclude<PlanWish['kind'], 'fit' | 'migrate'>,
  task: Task,
  moves: readonly PlannedMove[],
  solution: Solution,
): string {
  const { subject } = task;
  const count = counted(moves.length, 'move');
  switch (kind) {
    case 'rebalance': {
      const changes = balanceOf(task, solution).map(
        (change) => `${change.label} ${balanceText(change, 'before')} → ${balanceText(change, 'after')}`,
      );
      return `Balance ${subject} with ${count}; spread over its hosts: ${changes.join(', ')}`;
    }
    case 'evacuate':
      return `Empty ${subject}: ${lower(actionOf(moves))}`;
    case 'failover':
      return `Make room for ${task.problem.reserves[0]?.label ?? 'a loss'}: ${lower(actionOf(moves))}`;
    case 'spread':
      return `Spread ${subject}: ${lower(actionOf(moves))}`;
    case 'place': {
      const hosts = new Set(moves.map(({ to }) => to)).size;
      return `Place ${counted(moves.filter(({ from }) => from === undefined).length, 'VM')} on ${counted(hosts, 'host')} of ${subject}`;
    }
    case 'consolidate':
      return `Free ${counted(freed(task, solution).length, 'host')} of ${subject} with ${count}`;
  }
}

/** Where it is enough that things get better, not getting there is no failure. */
function nothingFor(kind: PlanWish['kind']): ((task: Task) => string) | undefined {
  if (kind === 'rebalance')
    return ({ subject }) => `no move makes ${subject} more even, within what its hosts can take`;
  if (kind === 'consolidate')
    return ({ subject }) => `no host of ${subject} can be freed, within what the others can take`;
  return undefined;
}

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** The spread of each measure that is balanced and that at least two hosts have. */
function balanceOf({ problem, estate }: Task, solution: Solution): readonly BalanceChange[] {
  const before = imbalances(problem);
  const after = imbalances(problem, solution.assignment);
  const { length } = problem.resources;
  return problem.resources.flatMap(({ label, key, balance, demand }, r) => {
    const hosts = estate.hosts.filter((_, host) => estate.gauges[host * length + r]).length;
    if (balance === 0 || hosts < 2 || demand.every((one) => one === 0)) return [];
    return [
      {
        label,
        before: before[r] ?? 0,
        after: after[r] ?? 0,
        unit: key === 'vCPU per core' ? 'ratio' : 'share',
        isEstimate: estate.estimated.has(key),
      },
    ];
  });
}

/** What comes before evenness, and may cost some: hosts above a limit, and a loss that is to be taken in. */
function reliefOf({ problem, estate }: Task, { assignment, before, after }: Solution): string[] {
  const { length } = problem.resources;
  const [was, is] = [loadsOf(problem), loadsOf(problem, assignment)];
  const relieved = estate.hosts.filter((_, host) =>
    problem.resources.some((_resource, r) => {
      const at = host * length + r;
      const limit = problem.hosts.error[at] ?? Number.POSITIVE_INFINITY;
      return (was[at] ?? 0) > limit && (is[at] ?? 0) < (was[at] ?? 0) * (1 - 1e-9);
    }),
  );
  const names = relieved.map(({ name }) => name);
  return [
    ...(names.length > 0
      ? [
          `It relieves ${names.join(', ')}, where a limit is exceeded by so much that it is an error; that comes before evenness.`,
        ]
      : []),
    ...(after.failover < before.failover * (1 - 1e-9)
      ? [`It makes room for ${problem.reserves[0]?.label ?? 'a loss'}; that comes before evenness.`]
      : []),
  ];
}

/** A measure that got less even counts for more. */
function evenAll(problem: Problem, { assignment, moves }: Solution): Problem | undefined {
  if (moves.length === 0) return undefined;
  const [before, after] = [imbalances(problem), imbalances(problem, assignment)];
  const worse = problem.resources.map(
    ({ balance }, r) => balance > 0 && (after[r] ?? 0) > (before[r] ?? 0) * (1 + 1e-6),
  );
  if (!worse.includes(true)) return undefined;
  const resources = problem.resources.map((one, r) => (worse[r] ? { ...one, balance: one.balance * 4 } : one));
  return { ...problem, resources };
}

/** Hosts that run something before and nothing after. */
function freed({ problem }: Task, { assignment }: Solution): readonly number[] {
  const [before, after] = [new Set(problem.units.home), new Set(assignment)];
  return [...before].filter((host) => host >= 0 && !after.has(host));
}

/** What the hosts that are freed cost, once and every year; energy as the difference that the whole design shows. */
function withSavings(workspace: Workspace, project: Project, clusterId: string, plan: Plan): Plan {
  const { design } = project;
  const before = energyIn(design, clusterId, () => true);
  const earlier = entityCalled(design, clusterId);
  const emptyBefore = new Set(earlier ? emptyIn(earlier).map(({ name }) => name) : []);
  const { names, after } = workspace.suppose(byFile(plan.edits), () => {
    const cluster = entityCalled(design, clusterId);
    const empty = new Set(cluster ? emptyIn(cluster).flatMap(({ name }) => (emptyBefore.has(name) ? [] : [name])) : []);
    return { names: empty, after: energyIn(design, clusterId, ({ name }) => !empty.has(name)) };
  });
  const cluster = entityCalled(design, clusterId);
  const hosts = cluster ? hostsOf(cluster).filter((one) => names.has(one.name) && carriesLoad(one)) : [];
  const list = hosts.map(({ name }) => name).join(', ');
  const { once, yearly, isAtLeast, isStated } = costsOf(hosts);
  const energy = before !== undefined && after !== undefined ? before - after : 0;
  const sentence = `Nothing runs on ${list} any more.`;
  if (!isStated && energy <= 0) return { ...plan, notes: [...plan.notes, sentence] };
  const currency = currencyOf(design).code;
  const saved = costText({ once, yearly: yearly + energy, currency, isAtLeast });
  return {
    ...plan,
    notes: [...plan.notes, `${sentence} Without ${hosts.length === 1 ? 'it' : 'them'} the plan costs ${saved} less.`],
  };
}

function emptyIn(cluster: Entity): readonly Entity[] {
  return hostsOf(cluster).filter((one) => carriesLoad(one) && vmsOn(one).filter(exists).length === 0);
}

/** Money of a year for the energy of the hosts of a cluster; undefined where that of one is not stated. */
function energyIn(design: Design, clusterId: string, counts: (host: Entity) => boolean): number | undefined {
  const cluster = entityCalled(design, clusterId);
  const currency = currencyOf(design);
  let sum = 0;
  for (const one of cluster ? hostsOf(cluster).filter(counts) : []) {
    const cost = energyCost(one, currency);
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}

/** What hosts and their licences cost, without energy. */
function costsOf(hosts: readonly Entity[]) {
  let [once, yearly] = [0, 0];
  let isAtLeast = false;
  let isStated = false;
  for (const one of hosts) {
    const licences = hostLicences(one);
    isAtLeast ||= !licences.isComplete;
    for (const { amount, isYearly } of [
      ...linesFor(one).filter(({ by }) => by.sentence.word === 'cost'),
      ...licences.costs,
    ]) {
      isStated = true;
      if (isYearly) yearly += amount;
      else once += amount;
    }
  }
  return { once, yearly, isAtLeast, isStated };
}
