import type { Unit } from '../capacity/figure.ts';

/**
 * What a plan is made of, as plain numbers: hosts with gauges, units that move between them, and groups that must not
 * crowd one place. Hosts, units and spreads are known by their index. The search knows nothing of designs.
 */
export interface PlanModel {
  readonly hosts: readonly PlanHost[];
  readonly units: readonly PlanUnit[];
  readonly spreads: readonly Spread[];
}

/** One measure of one host: what it carries, how much it may. All figures in the unit of the load. */
export interface Gauge {
  /** The same for the same measure on every host: `cpu`, `vs0 sent`. */
  readonly key: string;
  /** The rule that watches it. */
  readonly rule: string;
  /** In a sentence: `CPU`, `memory`. */
  readonly label: string;
  readonly unit: Unit;
  readonly capacity: number;
  /** The most that its rule finds nothing wrong with. */
  readonly limit: number;
  /** The most, if it is above the limit already, that makes it no worse; undefined: not more than it is. */
  readonly ceiling: number | undefined;
  /** What a unit would add to it. */
  readonly demand: (unit: number) => number;
}

export interface PlanHost {
  readonly name: string;
  readonly gauges: readonly Gauge[];
  /** Why nothing may move to it; undefined if it takes VMs. */
  readonly closed: string | undefined;
}

/** VMs that move as one: a VM, or those that must stay together on a host. */
export interface PlanUnit {
  readonly names: readonly string[];
  readonly host: number;
  /** Bytes that a move copies. */
  readonly memory: number;
  /** Why it may not run on a host, whatever room there is; undefined if it may. */
  readonly bar: (host: number) => string | undefined;
}

/** Units of which at most so many members may share a host, rack or site. */
export interface Spread {
  readonly label: string;
  /** Members by unit. */
  readonly members: ReadonlyMap<number, number>;
  /** Place of each host; -1 where it is not known. */
  readonly placeOf: readonly number[];
  readonly most: number;
}

/** What is to come true: gauges of a host within their limits, or spreads kept. */
export type Goal =
  | { readonly kind: 'host'; readonly host: number; readonly rule: string }
  | { readonly kind: 'spreads'; readonly spreads: readonly number[] };

export interface PlanMove {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

/** Rounding of sums must not turn away what fits exactly. */
export const TOLERANCE = 1e-9;
