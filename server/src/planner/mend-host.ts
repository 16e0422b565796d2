import type { Steps } from '../base/steps.ts';
import { formatFigure } from '../capacity/figure.ts';
import { type Bins, binsOf } from './bins.ts';
import type { Gauge, Goal, PlanHost, PlanModel, PlanMove, Spread } from './model.ts';
import { type SearchOptions, searchInSteps, shortOf } from './search.ts';

export type Mending =
  | { readonly outcome: 'mended'; readonly moves: readonly PlanMove[] }
  | {
      /** `gave-up`: there may be a way that was not found. */
      readonly outcome: 'impossible' | 'gave-up';
      /** What stands in the way at each other host. */
      readonly obstacles: readonly Obstacle[];
      /** By how much all hosts together are short of what the goal needs. */
      readonly short: readonly Shortage[];
      /** How many more hosts like the one to be mended would make room; undefined if that would not help. */
      readonly hostsNeeded: number | undefined;
    };

export interface Obstacle {
  readonly host: number;
  readonly reason: string;
}

export interface Shortage {
  readonly label: string;
  readonly unit: Gauge['unit'];
  readonly amount: number;
  /** What one host of the same make would add. */
  readonly perHost: number;
}

/** How many numbers of added hosts are tried, and the work that may go into one trial. */
const MOST_TRIALS = 3;
const WORK_OF_TRIAL = 200_000;

/**
 * The fewest moves, and of those the least memory, that bring a goal about: a host within the limits of a rule, or
 * spreads kept. No other host gets over a limit, nor further over one. If there is no way, what stands in it, and the
 * least that would have to be added.
 */
export function* mendHost(model: PlanModel, goal: Goal, options: SearchOptions = {}): Steps<Mending> {
  const result = yield* searchInSteps(model, goal, options);
  if (result.outcome === 'found') return { outcome: 'mended', moves: result.moves };
  const { outcome } = result;
  const source = sourceOf(model, goal);
  const short = shortages(model, binsOf(model, goal));
  return {
    outcome,
    obstacles: model.hosts.flatMap((host, index) => {
      const reason = index === source ? undefined : obstacleAt(model, goal, host, index, options);
      return reason === undefined ? [] : [{ host: index, reason }];
    }),
    short,
    hostsNeeded: source === undefined ? undefined : yield* hostsNeeded(model, goal, source, short, options),
  };
}

/** The host that VMs have to leave. */
function sourceOf(model: PlanModel, goal: Goal): number | undefined {
  if (goal.kind === 'host') return goal.host;
  const bins = binsOf(model, goal);
  const crowded = bins.goal.find((bin) => (bins.load[bin] ?? 0) > (bins.limit[bin] ?? 0));
  const spread = crowded === undefined ? undefined : model.spreads[bins.partOf[crowded] ?? -1];
  const unit = model.units.findIndex(
    (own, index) => spread?.members.has(index) && bins.entries(index, own.host).includes(crowded ?? -1),
  );
  return unit < 0 ? undefined : model.units[unit]?.host;
}

/** Units whose leaving would help. */
function leavers(model: PlanModel, goal: Goal): number[] {
  const bins = binsOf(model, goal);
  const crowded = new Set(bins.goal.filter((bin) => (bins.load[bin] ?? 0) > (bins.limit[bin] ?? 0)));
  return model.units.flatMap((unit, index) => {
    const entries = bins.entries(index, unit.host);
    return entries.some((bin, at) => at % 2 === 0 && crowded.has(bin)) ? [index] : [];
  });
}

/** Why a host cannot take what would have to leave: the commonest reason, and of what does not fit the least. */
function obstacleAt(
  model: PlanModel,
  goal: Goal,
  host: PlanHost,
  index: number,
  { forbidden }: SearchOptions,
): string | undefined {
  if (host.closed !== undefined) return host.closed;
  const bins = binsOf(model, goal);
  const reasons = new Map<string, { readonly first: Reason; count: number }>();
  for (const unit of leavers(model, goal)) {
    const bar = model.units[unit]?.bar(index);
    const reason =
      bar !== undefined
        ? plain(bar)
        : forbidden?.has(`${unit} ${index}`)
          ? plain('a move to it makes something else worse')
          : fullAt(model, bins, unit, index);
    if (!reason) continue;
    const known = reasons.get(reason.kind);
    const first = known && known.first.level <= reason.level ? known.first : reason;
    reasons.set(reason.kind, { first, count: (known?.count ?? 0) + 1 });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count)[0]?.first.text;
}

interface Reason {
  /** Reasons of one kind differ only in their level. */
  readonly kind: string;
  readonly level: number;
  readonly text: string;
}

function plain(text: string): Reason {
  return { kind: text, level: 0, text };
}

/** What of a host is too full for a unit. */
function fullAt(model: PlanModel, bins: Bins, unit: number, host: number): Reason | undefined {
  const entries = bins.entries(unit, host);
  for (let at = 0; at < entries.length; at += 2) {
    const bin = entries[at] ?? 0;
    const level = (bins.load[bin] ?? 0) + (entries[at + 1] ?? 0);
    if (level <= (bins.limit[bin] ?? 0)) continue;
    const part = bins.partOf[bin] ?? -1;
    if (bins.hostOf[bin] === -1) return plain(`${model.spreads[part]?.label ?? ''} forbids it`);
    const gauge = model.hosts[host]?.gauges[part];
    if (!gauge) continue;
    const text = `${gauge.label} would be at ${levelOf(gauge, level)}, ${levelOf(gauge, gauge.limit)} are allowed`;
    return { kind: gauge.key, level, text };
  }
  return undefined;
}

/** A load of a gauge as a person says it: a share of its capacity, or vCPUs per core. */
function levelOf(gauge: Gauge, load: number): string {
  const value = load / gauge.capacity;
  return formatFigure({ value, unit: gauge.unit === 'vCPU' ? 'ratio' : 'share' });
}

function shortages(model: PlanModel, bins: Bins): Shortage[] {
  return shortOf(model, bins).flatMap(({ bin, amount }) => {
    const gauge = model.hosts[bins.hostOf[bin] ?? -1]?.gauges[bins.partOf[bin] ?? -1];
    return gauge ? [{ label: gauge.label, unit: gauge.unit, amount, perHost: gauge.limit }] : [];
  });
}

/** The fewest further hosts of the same make with which there would be a way. */
function* hostsNeeded(
  model: PlanModel,
  goal: Goal,
  source: number,
  short: readonly Shortage[],
  options: SearchOptions,
): Steps<number | undefined> {
  const least = Math.max(1, ...short.map(({ amount, perHost }) => Math.ceil(amount / perHost)));
  for (let count = least; count < least + MOST_TRIALS; count++) {
    const larger = withHosts(model, source, count);
    const result = yield* searchInSteps(larger, goal, { ...options, work: WORK_OF_TRIAL });
    if (result.outcome === 'found') return count;
  }
  return undefined;
}

function withHosts(model: PlanModel, source: number, count: number): PlanModel {
  const own = model.hosts[source];
  if (!own) return model;
  const added = Array.from(
    { length: count },
    (_, k): PlanHost => ({ ...own, name: `new-${k + 1}`, closed: undefined }),
  );
  return {
    ...model,
    hosts: [...model.hosts, ...added],
    spreads: model.spreads.map((spread) => stretched(spread, count)),
  };
}

/** A new host is a place of its own where places are hosts; in which rack or site it will be is not known. */
function stretched(spread: Spread, count: number): Spread {
  const isByHost = new Set(spread.placeOf).size === spread.placeOf.length;
  const first = Math.max(...spread.placeOf) + 1;
  const added = Array.from({ length: count }, (_, k) => (isByHost ? first + k : -1));
  return { ...spread, placeOf: [...spread.placeOf, ...added] };
}
