import { formatFigure } from '../../capacity/figure.ts';
import { nextHost } from '../../capacity/growth-steps.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import type { Entity } from '../../design/declaration.ts';
import { clusterOfHost } from '../../design/placement.ts';
import type { Estate } from '../../planner/from-design/estate.ts';
import type { HostGauge } from '../../planner/from-design/gauges.ts';
import type { Constraint, Obstacle, Obstruction, Problem, Wait } from '../../planner/problem.ts';
import { counted } from '../../rules/shared/wording.ts';
import type { PlainFigure } from './figures.ts';
import type { Task } from './tasks.ts';
import type { PlannedMove } from './trial.ts';

/** Most kinds of obstacle that are named in a sentence. */
const MOST_NAMED = 3;

interface Watched {
  readonly label: string;
  readonly figure: PlainFigure;
}

/** What a plan does and what it changes: `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %`. */
export function headline(
  moves: readonly PlannedMove[],
  subject: string,
  watched: { readonly before: Watched | undefined; readonly after: Watched | undefined },
): string {
  return `${actionOf(moves)}: ${effectOf(subject, watched)}`;
}

/** `Move db-2 to esx-02`, `Swap a on esx-01 with b on esx-02`, `Move 7 VMs to 3 hosts`. */
export function actionOf(moves: readonly PlannedMove[]): string {
  const [first, second] = moves;
  if (!first) return 'Move nothing';
  if (moves.length === 1) return `Move ${first.vm} to ${first.to}`;
  if (second && moves.length === 2 && first.from === second.to && first.to === second.from)
    return `Swap ${first.vm} on ${first.from} with ${second.vm} on ${second.from}`;
  const targets = [...new Set(moves.map(({ to }) => to))];
  if (moves.length === 2 && second)
    return targets.length === 1
      ? `Move ${first.vm} and ${second.vm} to ${first.to}`
      : `Move ${first.vm} to ${first.to} and ${second.vm} to ${second.to}`;
  return `Move ${moves.length} VMs to ${targets.length === 1 ? first.to : `${targets.length} hosts`}`;
}

function effectOf(
  subject: string,
  { before, after }: { readonly before: Watched | undefined; readonly after: Watched | undefined },
): string {
  if (!before) return `spreads ${subject}`;
  const now = after ? formatFigure(after.figure) : 'none';
  return `${before.label} of ${subject} ${formatFigure(before.figure)} → ${now}`;
}

/** Why a plan cannot be, for people and for whoever counts. */
export interface NoWay {
  readonly reason: string;
  /** What stands in the way at other hosts. */
  readonly obstacles: readonly { readonly host: string; readonly reason: string }[];
  /** The least that would make room; undefined if nothing is known to. */
  readonly addition: Addition | undefined;
}

/** Further hosts of one model. */
export interface Addition {
  readonly hosts: number;
  /** Name of a host of that model. */
  readonly like: string | undefined;
  /** What as many cost, where it is stated. */
  readonly cost: HostCost | undefined;
}

/** In the currency of totals. */
export interface HostCost {
  readonly once: number;
  readonly yearly: number;
  readonly currency: string | undefined;
  /** Some licence states no price. */
  readonly isAtLeast: boolean;
}

/** What stands in the way, the least that would have to be added, and what that costs. */
export function noWay(task: Task, isProven: boolean, obstruction: Obstruction | undefined): NoWay {
  const { estate, problem, aim, like } = task;
  const source = problem.model;
  const obstacles = (obstruction?.obstacles ?? []).flatMap((obstacle) => {
    const host = estate.hosts[obstacle.host]?.name;
    return host === undefined || obstacle.host === source
      ? []
      : [{ host, reason: reasonAt(estate, problem, obstacle) }];
  });
  const waits = obstruction && isProven ? waitsIn(task, obstruction) : [];
  const sentences =
    waits.length > 0
      ? [`No order of moves can ${aim}: ${waits.join('; ')}`]
      : [isProven ? `No moves can ${aim}` : `No moves were found that ${aim}`];
  if (obstruction?.isStuck && !isProven)
    sentences.push('There are places for all, but all orders that were tried end where every move waits for another');
  if (obstacles.length > 0 && waits.length === 0) sentences.push(obstaclesIn(obstacles));
  // What a host is too full for is told with the host.
  const core = (obstruction?.core ?? [])
    .flatMap((one) => coreText(problem, one) ?? [])
    .filter((what) => !aim.includes(what) && !obstacles.some(({ reason }) => reason.includes(what)));
  if (core.length > 0 && isProven) {
    const more = core.length > MOST_NAMED ? ` and ${core.length - MOST_NAMED} more` : '';
    sentences.push(`It is forbidden by ${core.slice(0, MOST_NAMED).join('; ')}${more}`);
  }
  const lacking = (obstruction?.short ?? []).map(({ resource, amount }) => {
    const gauge = gaugeOf(estate, resource);
    const unit = gauge?.unit ?? 'count';
    const whole = Math.ceil(amount - 1e-9);
    if (unit === 'vCPU') return `room for ${formatFigure({ value: whole, unit })}`;
    if (gauge && unit === 'count')
      return `room for ${counted(whole, 'VM')} (${gauge.rule} allows ${gauge.capacity} on a host)`;
    return `${formatFigure({ value: amount, unit })} of ${problem.resources[resource]?.label}`;
  });
  if (lacking.length > 0) sentences.push(`Together they lack ${lacking.join(' and ')}`);
  const reason = `${sentences.join('. ')}.`;
  const needed = obstruction?.hostsNeeded;
  return { obstacles, ...(needed === undefined ? { reason, addition: undefined } : withHosts(reason, needed, like)) };
}

/** A reason with so many more hosts, which would make room: `…. 2 more hosts like esx-1 would make room; they cost 40 000 EUR once.` */
export function withHosts(reason: string, hosts: number, like: Entity | undefined): Omit<NoWay, 'obstacles'> {
  const cost = like && costOf(like, hosts);
  const what = `${hosts === 1 ? 'One more host' : `${hosts} more hosts`}${like ? ` like ${like.name}` : ''}`;
  const price = cost ? `; ${hosts === 1 ? 'it costs' : 'they cost'} ${costText(cost)}` : '';
  const sentence = reason.endsWith('.') ? reason : `${reason}.`;
  return { reason: `${sentence} ${what} would make room${price}.`, addition: { hosts, like: like?.name, cost } };
}

/** Of VMs that wait for each other: where they have no room or may not go, and before which others. */
function waitsIn({ estate, problem }: Task, { waits }: Obstruction): string[] {
  const alike = new Map<string, { readonly units: number[]; readonly step: NonNullable<Wait['step']> }>();
  for (const { unit, step } of waits) {
    if (!step) continue;
    const key = JSON.stringify([step.to, step.constraint, step.for.filter((other) => other !== unit)]);
    const known = alike.get(key);
    if (known) known.units.push(unit);
    else alike.set(key, { units: [unit], step });
  }
  const listed = (units: readonly number[], joiner: string) =>
    listOf(
      units.flatMap((unit) => (estate.vmsOf[unit] ?? []).map(({ name }) => name)),
      joiner,
    );
  const texts = [...alike.values()].map(({ units, step }) => {
    const [who, others, host] = [listed(units, 'and'), listed(step.for, 'or'), estate.hosts[step.to]?.name];
    if (step.constraint.kind === 'rule') {
      const label = problem.rules[step.constraint.rule]?.label ?? 'a rule';
      return `${who} may not go to ${host}${others === '' ? '' : ` before ${others}`}: ${label} forbids it`;
    }
    const label = problem.resources[step.constraint.resource]?.label ?? '';
    const verb = units.length === 1 ? 'finds' : 'find';
    return `${who} ${verb} no room on ${host} (${label})${others === '' ? '' : ` before ${others} leaves`}`;
  });
  const more = texts.length > MOST_NAMED ? [`${texts.length - MOST_NAMED} more wait in the same way`] : [];
  return [...texts.slice(0, MOST_NAMED), ...more];
}

/** `a, b and 3 more` */
function listOf(names: readonly string[], joiner: string): string {
  const isMany = names.length > MOST_NAMED;
  const all = isMany ? [...names.slice(0, MOST_NAMED - 1), `${names.length - MOST_NAMED + 1} more`] : names;
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} ${joiner} ${all.at(-1)}`;
}

/** What further hosts cost with their licences, as the last one of the cluster states it. */
function costOf(like: Entity, count: number): HostCost | undefined {
  const cluster = clusterOfHost(like);
  const next = cluster && nextHost(cluster);
  if (!next) return undefined;
  const { capex, opex, isAtLeast } = next;
  return { once: capex * count, yearly: opex * count, currency: currencyOf(like.design).code, isAtLeast };
}

export function costText({ once, yearly, currency, isAtLeast }: HostCost): string {
  const parts = [
    ...(once > 0 || yearly === 0 ? [`${formatMoney(once, currency)} once`] : []),
    ...(yearly > 0 ? [`${formatMoney(yearly, currency)} a year`] : []),
  ];
  return `${isAtLeast ? 'at least ' : ''}${parts.join(' and ')}`;
}

function reasonAt(estate: Estate, problem: Problem, { host, constraint, level }: Obstacle): string {
  if (constraint.kind !== 'limit' || level === undefined) return constraintText(estate, problem, constraint);
  const { length } = problem.resources;
  const gauge = estate.gauges[host * length + constraint.resource];
  const label = problem.resources[constraint.resource]?.label ?? '';
  const limit = problem.hosts.hard[host * length + constraint.resource] ?? Number.POSITIVE_INFINITY;
  if (!gauge) return `${label} is full`;
  const text = (load: number) => {
    if (gauge.unit === 'count') return formatFigure({ value: load, unit: 'count' });
    return formatFigure({ value: load / gauge.capacity, unit: gauge.unit === 'vCPU' ? 'ratio' : 'share' });
  };
  return `${label} would be at ${text(level)}, ${text(limit)} ${gauge.unit === 'count' ? 'is' : 'are'} allowed`;
}

/** What no move can change, and no host is named for. */
function coreText(problem: Problem, constraint: Constraint): string | undefined {
  if (constraint.kind === 'rule') return problem.rules[constraint.rule]?.label;
  return constraint.kind === 'reserve' ? problem.reserves[constraint.reserve]?.label : undefined;
}

function constraintText(estate: Estate, problem: Problem, constraint: Constraint): string {
  switch (constraint.kind) {
    case 'limit':
      return `${problem.resources[constraint.resource]?.label} of ${estate.hosts[constraint.host]?.name} is full`;
    case 'resource':
      return `${problem.resources[constraint.resource]?.label} of all hosts together is full`;
    case 'rule':
      return `${problem.rules[constraint.rule]?.label} forbids it`;
    case 'reserve':
      return `${problem.reserves[constraint.reserve]?.label} could not be taken in`;
    case 'reason':
      return problem.reasons[constraint.reason - 1] ?? '';
  }
}

/** The gauge of a resource on the first host that has one. */
function gaugeOf({ gauges, problem }: Estate, resource: number): HostGauge | undefined {
  const { length } = problem.resources;
  for (let host = 0; host < problem.hosts.count; host++) {
    const gauge = gauges[host * length + resource];
    if (gauge) return gauge;
  }
  return undefined;
}

/** One host for each kind of reason, the commonest first. */
function obstaclesIn(obstacles: readonly { readonly host: string; readonly reason: string }[]): string {
  const kinds = new Map<string, { readonly text: string; count: number }>();
  for (const { host, reason } of obstacles) {
    const kind = reason.replace(/[\d.]+/g, '0');
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { text: `${host}: ${reason}`, count: 1 });
  }
  const sorted = [...kinds.values()].sort((a, b) => b.count - a.count);
  const named = sorted.slice(0, MOST_NAMED).map(({ text, count }) => {
    const others = count - 1;
    return others === 0 ? text : `${text}, as at ${others} other host${others === 1 ? '' : 's'}`;
  });
  const rest = sorted.slice(MOST_NAMED).reduce((sum, { count }) => sum + count, 0);
  return named.join('; ') + (rest > 0 ? `; ${rest} more hosts cannot either` : '');
}
