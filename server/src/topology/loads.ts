/** Loads, their classes and what is found, as every node of the topology has them. */
import type { Severity } from './notes.ts';

/** What colours and figures show. */
export const MEASURES = [
  'cpu',
  'memory',
  'network',
  'storage',
  'iops',
  'addresses',
  'findings',
  'owner',
  'app',
  'cost',
  'exhaustion',
] as const;
export type MeasureId = (typeof MEASURES)[number];

/** The measures that have a gauge on a host, in the order in which they are always drawn. */
export const GAUGE_MEASURES = ['cpu', 'memory', 'network', 'storage'] as const;
export type GaugeMeasure = (typeof GAUGE_MEASURES)[number];

export type LoadClass = 'calm1' | 'calm2' | 'calm3' | 'warning' | 'critical' | 'over';

/** `atLeast`: a sum with members that are not stated. `unknown`: nothing can be said; `value` and `share` are 0 then. */
export type GaugeState = 'stated' | 'assumed' | 'atLeast' | 'unknown';

/** Shares of capacity (fractions) from which a load is a warning, and an error. */
export interface Thresholds {
  readonly warn: number;
  readonly err: number;
}

export interface Gauge {
  /** Demand in the base unit of the measure. */
  readonly value: number;
  readonly capacity: number;
  /** value / capacity. */
  readonly share: number;
  readonly state: GaugeState;
  readonly class: LoadClass;
  /** Share of the capacity that must stay free for failover. */
  readonly reserve?: number;
  /** Share of the capacity that is promised (thin provisioning), and the share the policy allows. */
  readonly promised?: number;
  readonly promisedLimit?: number;
  /** What the load is of, where it is not the node's own measure: `IOPS`, `pool`. */
  readonly label?: string;
  /** Part of the share that has come with VMs from a failed host. */
  readonly gain?: number;
  /** The share before what is supposed, where that is another one. */
  readonly was?: number;
}

/** Findings on a node and inside it, each counted once. */
export interface Badge {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Keys of `TopologyGraph.findings`, worst first. */
  readonly findings: readonly string[];
  /** Stands for trouble that no finding speaks of: it is silenced, or its rule is off. */
  readonly hollow?: boolean;
}

export const NO_BADGE: Badge = { errors: 0, warnings: 0, infos: 0, findings: [] };

/** The class of a load: calm in three steps up to a third, two thirds and all of *warn*; over beyond capacity. */
export function classify(share: number, { warn, err }: Thresholds): LoadClass {
  if (share > 1) return 'over';
  if (share >= err) return 'critical';
  if (share >= warn) return 'warning';
  const third = warn / 3;
  return share > 2 * third ? 'calm3' : share > third ? 'calm2' : 'calm1';
}

export const isTrouble = (c: LoadClass): boolean => c === 'warning' || c === 'critical' || c === 'over';

/** The worst severity of a badge, if it has any finding. */
export function worst(badge: Badge | undefined): Severity | undefined {
  if (!badge) return undefined;
  return badge.errors > 0 ? 'error' : badge.warnings > 0 ? 'warning' : badge.infos > 0 ? 'info' : undefined;
}

/** A gauge from demand and capacity. */
export function gaugeOf(value: number, capacity: number, thresholds: Thresholds, state: GaugeState = 'stated'): Gauge {
  const share = state === 'unknown' || !(capacity > 0) ? 0 : value / capacity;
  return { value, capacity, share, state: capacity > 0 ? state : 'unknown', class: classify(share, thresholds) };
}

/** Months from which it is calm, in three steps, and from which it is a warning, and an error. */
export const MONTHS = { calm: [24, 12, 6], warning: 6, critical: 3 } as const;

/** The class of the month in which something runs out; undefined: not within the horizon. */
export function classifyMonths(months: number | undefined): LoadClass {
  if (months === undefined || months >= MONTHS.calm[0]) return 'calm1';
  if (months >= MONTHS.calm[1]) return 'calm2';
  if (months >= MONTHS.warning) return 'calm3';
  return months >= MONTHS.critical ? 'warning' : months > 0 ? 'critical' : 'over';
}

const CLASSES: readonly LoadClass[] = ['calm1', 'calm2', 'calm3', 'warning', 'critical', 'over'];

/** The worse of two classes; what is not known is no class. */
export function worseOf(a: LoadClass | undefined, b: LoadClass | undefined): LoadClass | undefined {
  return a && b ? (CLASSES.indexOf(a) >= CLASSES.indexOf(b) ? a : b) : (a ?? b);
}
