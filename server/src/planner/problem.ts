import type { Course } from '../base/course.ts';

/**
 * What a plan is made of, as plain numbers: units that run on hosts, what they take of the resources of those, and what
 * is to come true. Hosts, units, resources, rules and teams are known by their
 * index. A table "by host and resource" holds `host * resources.length + resource`. The search knows nothing of designs.
 * `make-problem.ts` starts one; `solve.ts` answers it: `solve(problem, options): Solution`, or in steps.
 */
export interface Problem {
  readonly resources: readonly Resource[];
  readonly hosts: Hosts;
  readonly units: Units;
  readonly rules: readonly Rule[];
  readonly reserves: readonly Reserve[];
  /** Why a unit may not run on a host, or a host takes none, as texts; codes in `bars`, `closed` and `pinned` count from 1. */
  readonly reasons: readonly string[];
  /** What is sought, the most important first. What is not named does not count, except `hard` and `unplaced`. */
  readonly order: readonly Level[];
  /** Levels that have to come down to nothing for a plan to be one. */
  readonly must: readonly Level[];
  /** The most units that may end up elsewhere; undefined: any number. */
  readonly mostMoves: number | undefined;
  /** How much the balance (see `Level`) has to gain for each move to be worth it; 0: any gain is. */
  readonly worthOfMove: number;
  /** The host whose likes could be added where there is no way otherwise; undefined: none could. */
  readonly model: number | undefined;
}

/** What is sought, in the usual order of importance. Each is nothing at best, and a sum over what is wrong. */
export type Level =
  /** Hard limits exceeded, hard rules broken, bars and evacuations not heeded: one for each, and by how much of the limit. */
  | 'hard'
  /** Units that run nowhere. */
  | 'unplaced'
  /** Losses that what is left could not take in: one for each, and the share that finds no room. */
  | 'failover'
  /** Gauges above the limit where a rule speaks of an error: by how much of the limit each. */
  | 'error'
  /** The same, where a rule begins to warn. */
  | 'warn'
  /** Soft rules broken: one for each member too many. */
  | 'soft'
  /** Sum of `activation` over hosts that run anything. */
  | 'hosts'
  /** Weighted sum over resources of the standard deviation of load as a share of capacity, over hosts that take part. */
  | 'balance'
  /** Units that end up on another host than at the start. A unit placed for the first time is no move. */
  | 'moves'
  /** Bytes that the moves copy. */
  | 'data'
  /** Sessions at risk in the moves. */
  | 'sessions'
  /** Teams that own any of what moves. */
  | 'teams';

/** The order of domain.md, B8: nothing is traded for anything that comes after it. */
export const USUAL_ORDER: readonly Level[] = [
  'hard',
  'unplaced',
  'failover',
  'error',
  'warn',
  'soft',
  'balance',
  'moves',
  'data',
  'sessions',
  'teams',
];

/** One thing that hosts offer and units take. */
export interface Resource {
  /** The same for the same measure everywhere: `cpu`, `vs0 sent`. */
  readonly key: string;
  /** In a sentence: `CPU`, `memory`. */
  readonly label: string;
  /** What a unit takes may differ between kinds of hosts, such as CPUs of different clocks: kind of each host, by which `demand` is read; -1 where the host has no such gauge. */
  readonly kindOf: Int32Array;
  /** Number of kinds. */
  readonly kinds: number;
  /** By unit and kind, `unit * kinds + kind`: what a unit takes there. */
  readonly demand: Float64Array;
  /** What has left a host is still held there until the last move is done (copies on local disks). */
  readonly isTransient: boolean;
  /** Its weight in the balance; 0: it is not balanced. */
  readonly balance: number;
}

export interface Hosts {
  readonly count: number;
  /** By host and resource: what shares are taken of; 0 where the host has no such gauge. */
  readonly capacity: Float64Array;
  /** By host and resource: never more than this, or than it was at the start where that was more; Infinity: no such limit. */
  readonly hard: Float64Array;
  /** By host and resource: where a rule speaks of an error; Infinity where none does. */
  readonly error: Float64Array;
  /** By host and resource: where a rule begins to warn; Infinity where none does. */
  readonly warn: Float64Array;
  /** By host and resource: between steps a gauge that was above `hard` at the start may rise so far; 0: not above its start. */
  readonly ceiling: Float64Array;
  /** By host and resource: taken by what is no unit. */
  readonly base: Float64Array;
  /** Code of the reason why nothing may move to a host; 0: it takes units. */
  readonly closed: Uint16Array;
  /** 1: everything has to leave. Nothing may move there. */
  readonly evacuate: Uint8Array;
  /** 1: takes part in the balance. */
  readonly balanced: Uint8Array;
  /** What a host costs as soon as anything runs there; 0: it runs anyway. */
  readonly activation: Float64Array;
}

export interface Units {
  readonly count: number;
  /** Host of each at the start; -1: it runs nowhere yet. */
  readonly home: Int32Array;
  /** Row of each in `bars`; -1: it may run everywhere. */
  readonly barRow: Int32Array;
  /** Rows of codes by host: why a unit may not run there; 0: it may. Units that are barred alike share a row. */
  readonly bars: Uint16Array;
  /** Code of the reason why a unit stays where it is; 0: it may move. */
  readonly pinned: Uint16Array;
  /** Bytes that a move copies. */
  readonly data: Float64Array;
  /** Sessions at risk in a move. */
  readonly sessions: Float64Array;
  /** Team that owns it; -1: none is known. */
  readonly team: Int32Array;
}

interface Grouping {
  /** `the rule that keeps a, b apart by rack`. */
  readonly label: string;
  readonly members: Int32Array;
  /** `kept`: may stay as broken as it is at the start, but not become more so. `soft`: is broken if there is no better way. */
  readonly force: 'hard' | 'kept' | 'soft';
}

/** What holds between units. Places are hosts, racks, sites, clusters: by host, -1 where that is not known and nothing counts. */
export type Rule =
  | (Grouping & {
      /** At most so many of the members at one place. */
      readonly kind: 'apart';
      readonly placeOf: Int32Array;
      readonly most: number;
      /** How many each member counts for; undefined: 1. */
      readonly weights: Int32Array | undefined;
    })
  | (Grouping & {
      /** All at one place. */
      readonly kind: 'together';
      readonly placeOf: Int32Array;
    })
  | (Grouping & {
      /** At so many places at least. */
      readonly kind: 'spread';
      readonly placeOf: Int32Array;
      readonly least: number;
    })
  | (Grouping & {
      /** Where a member is, one of `of` is too: dependencies, as in the machine reassignment problem of ROADEF 2012. */
      readonly kind: 'near';
      readonly placeOf: Int32Array;
      readonly of: Int32Array;
    })
  | (Grouping & {
      /** On some hosts only (1). What may never be is a bar; this one can be soft. */
      readonly kind: 'on';
      readonly hosts: Uint8Array;
    });

/** Losses that hosts have to survive: what runs on the lost ones has to find room on the others. */
export interface Reserve {
  readonly label: string;
  /** Hosts that take what is lost. */
  readonly hosts: Int32Array;
  /** Hosts that are lost together, for each loss. */
  readonly losses: readonly Int32Array[];
  /** By host and resource: the most after a loss; Infinity where that is not looked at. */
  readonly limit: Float64Array;
}

/** Rounding of sums must not turn away what fits exactly. */
export const TOLERANCE = 1e-9;

/** One step of a plan. */
export interface Move {
  readonly unit: number;
  /** -1: it runs nowhere before. */
  readonly from: number;
  readonly to: number;
}

/** Figures of an assignment, by level. */
export type Values = Readonly<Record<Level, number>>;

export interface Solution {
  /**
   * `optimal`: proven that nothing comes before it in the order. `found`: the best so far. `impossible`: proven that the
   * levels of `must` cannot all come down to nothing. `gave-up`: not found within the work allowed; there may be a way.
   * With the last two, `moves` still lead to the best that was found.
   */
  readonly outcome: 'optimal' | 'found' | 'impossible' | 'gave-up';
  /** Host of each unit at the end; -1: nowhere. */
  readonly assignment: Int32Array;
  /** In an order in which each step keeps every hard limit and rule. A unit may move twice, the first time out of the way. */
  readonly moves: readonly Move[];
  readonly before: Values;
  readonly after: Values;
  /** What stands in the way; undefined where a way was found. */
  readonly obstruction: Obstruction | undefined;
  /** What it took, in units of work: about one move weighed each. */
  readonly work: number;
}

/** Why there is no way, and what would make one. */
export interface Obstruction {
  /** What makes it impossible, as few of them as were found to do so: with any one of them gone there would be a way. */
  readonly core: readonly Constraint[];
  /** True: each of `core` was shown to be needed. */
  readonly isSmallest: boolean;
  /** True: an assignment was found that would do, but no order of steps to it; all wait for each other. Proven if the outcome is `impossible`. */
  readonly isStuck: boolean;
  /** Where that is proven: units that wait for each other, even if no other unit that can move were there. */
  readonly waits: readonly Wait[];
  /** At each host that could take something but does not: the commonest reason. */
  readonly obstacles: readonly Obstacle[];
  /** By how much all hosts together have too little, where sums alone forbid it. */
  readonly short: readonly Shortage[];
  /** The fewest further hosts like `Problem.model` with which there is a way; undefined: not known. */
  readonly hostsNeeded: number | undefined;
}

/** A unit that would have to move before others. */
export interface Wait {
  readonly unit: number;
  /** A step of it that is not allowed as all is at the start; undefined if all are, and lead nowhere. */
  readonly step:
    | {
        readonly to: number;
        readonly constraint: Extract<Constraint, { readonly kind: 'limit' | 'rule' }>;
        /** Units that are in its way; none if it is what cannot move. */
        readonly for: readonly number[];
      }
    | undefined;
}

/** Something that forbids. */
export type Constraint =
  | { readonly kind: 'limit'; readonly host: number; readonly resource: number }
  | { readonly kind: 'resource'; readonly resource: number }
  | { readonly kind: 'rule'; readonly rule: number }
  | { readonly kind: 'reserve'; readonly reserve: number }
  /** Hosts that are closed for this reason, units that are pinned or barred for it. */
  | { readonly kind: 'reason'; readonly reason: number };

export interface Obstacle {
  readonly host: number;
  readonly constraint: Constraint;
  /** For a limit: what the gauge would show. */
  readonly level: number | undefined;
}

export interface Shortage {
  readonly resource: number;
  readonly amount: number;
  /** What one more host like `Problem.model` would add; 0 if there is none. */
  readonly perHost: number;
}

export interface SearchOptions {
  /** How much may be weighed in all; the same amount gives the same answer on every machine. */
  readonly work?: number;
  /** Is told how much of the work is done, and may end the search with the best so far. */
  readonly course?: Course;
}
