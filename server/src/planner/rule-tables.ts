import type { Problem, Rule } from './problem.ts';

export const APART = 0;
export const TOGETHER = 1;
export const SPREAD = 2;
export const NEAR = 3;
export const ON = 4;

export const HARD = 1;
export const SOFT = 2;

const KINDS: Readonly<Record<Rule['kind'], number>> = {
  apart: APART,
  together: TOGETHER,
  spread: SPREAD,
  near: NEAR,
  on: ON,
};

/** Rules as flat tables, for the inner loops of a search. */
export interface RuleTables {
  readonly count: number;
  readonly kind: Uint8Array;
  /** 1: a step must not break it more than it is broken at the start. */
  readonly isBinding: Uint8Array;
  /** Where what breaks it counts: `HARD`, `SOFT`, or nowhere. */
  readonly level: Uint8Array;
  /** Rows of `places`, by rule: where its map from host to place begins. */
  readonly mapAt: Int32Array;
  /** Maps from host to place, one after the other; -1 where the place is not known. */
  readonly places: Int32Array;
  /** Where the counts of a rule begin, and after them those of `of`. */
  readonly countsAt: Int32Array;
  readonly placeCount: Int32Array;
  readonly countsLength: number;
  /** `most` or `least` of each rule. */
  readonly bound: Int32Array;
  /** Members of each rule. */
  readonly size: Int32Array;
  /** Rules of each unit, from `start[unit]` to `start[unit + 1]`, with the weight it has in each; negative: it is one of `of`. */
  readonly start: Int32Array;
  readonly ruleOf: Int32Array;
  readonly weight: Int32Array;
}

export function ruleTables({ rules, hosts, units }: Problem): RuleTables {
  const maps = new Map<Int32Array | Uint8Array, { readonly at: number; readonly count: number }>();
  const places: number[] = [];
  const kind = new Uint8Array(rules.length);
  const isBinding = new Uint8Array(rules.length);
  const level = new Uint8Array(rules.length);
  const mapAt = new Int32Array(rules.length);
  const countsAt = new Int32Array(rules.length);
  const placeCount = new Int32Array(rules.length);
  const bound = new Int32Array(rules.length);
  const size = new Int32Array(rules.length);
  const listed: { readonly unit: number; readonly rule: number; readonly weight: number }[] = [];
  let countsLength = 0;
  for (const [index, rule] of rules.entries()) {
    const placeOf = rule.kind === 'on' ? rule.hosts : rule.placeOf;
    let map = maps.get(placeOf);
    if (!map) {
      map = { at: places.length, count: Math.max(-1, ...placeOf) + 1 };
      maps.set(placeOf, map);
      for (let host = 0; host < hosts.count; host++) places.push(placeOf[host] ?? -1);
    }
    kind[index] = KINDS[rule.kind];
    isBinding[index] = rule.force === 'soft' ? 0 : 1;
    level[index] = rule.force === 'hard' ? HARD : rule.force === 'soft' ? SOFT : 0;
    mapAt[index] = map.at;
    countsAt[index] = countsLength;
    placeCount[index] = map.count;
    countsLength += rule.kind === 'near' ? 2 * map.count : map.count;
    bound[index] = rule.kind === 'apart' ? rule.most : rule.kind === 'spread' ? rule.least : 1;
    size[index] = rule.members.length;
    for (const [at, unit] of rule.members.entries()) {
      const weight = rule.kind === 'apart' ? (rule.weights?.[at] ?? 1) : 1;
      // What needs itself has it wherever it is.
      const isIdle = weight <= 0 || (rule.kind === 'near' && rule.of.includes(unit));
      if (!isIdle) listed.push({ unit, rule: index, weight });
    }
    if (rule.kind === 'near') for (const unit of rule.of) listed.push({ unit, rule: index, weight: -1 });
  }
  const start = new Int32Array(units.count + 1);
  for (const { unit } of listed) start[unit + 1] = (start[unit + 1] ?? 0) + 1;
  for (let unit = 0; unit < units.count; unit++) start[unit + 1] = (start[unit + 1] ?? 0) + (start[unit] ?? 0);
  const next = start.slice();
  const ruleOf = new Int32Array(listed.length);
  const weights = new Int32Array(listed.length);
  for (const { unit, rule, weight } of listed) {
    const at = next[unit] ?? 0;
    next[unit] = at + 1;
    ruleOf[at] = rule;
    weights[at] = weight;
  }
  return {
    count: rules.length,
    kind,
    isBinding,
    level,
    mapAt,
    places: Int32Array.from(places),
    countsAt,
    placeCount,
    countsLength,
    bound,
    size,
    start,
    ruleOf,
    weight: weights,
  };
}
