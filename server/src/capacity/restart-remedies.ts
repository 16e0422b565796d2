import type { Entity } from '../design/declaration.ts';
import type { FailoverItems } from './failover-items.ts';
import { type FailoverDimension, type FailoverVerdict, fitsAfterLoss } from './models/failover.ts';

/** What fits exactly is not turned away by the rounding of sums. */
const ROUNDING = 1e-9;
/** Packings that are tried for the remedies of one failure: each costs about what the verdict does. */
const MOST_TRIES = 240;
/** Larger estates are told what is sufficient: trying less would take too long. Machines × hosts. */
const LARGEST = 400_000;
/** Halvings that an amount is narrowed down by. */
const HALVINGS = 6;

/** More of one thing, in Hz, bytes or bit/s, on one host; on any of several where that is as good. */
export interface RemedyPart {
  readonly dimension: FailoverDimension;
  readonly more: number;
  readonly hosts: readonly Entity[];
}

/** What would mend that something has no room, all of it together. Nothing in it can be left out. */
export type Remedy = readonly RemedyPart[];

interface Part {
  readonly host: number;
  readonly dimension: FailoverDimension;
  readonly more: number;
}

/** What would give machines a place that found none: tried in the packing that turned them away, and cut down to the least that still does. */
export interface Remedies {
  readonly of: (unit: number) => Remedy | undefined;
  /** For all of them together; undefined for one alone, and where nothing is found that is sure to do. */
  readonly forAll: (units: readonly number[]) => Remedy | undefined;
}

export function remediesFor(packing: FailoverItems, verdict: FailoverVerdict, mayShift: boolean): Remedies {
  const { hosts, items, capacities } = packing;
  const { judged, lost } = verdict;
  const now = new Map([...verdict.moves, ...verdict.shifts].map(({ vm, to }) => [vm, to]));
  const out = new Set(verdict.leftOut);
  const isLost = new Set(lost);
  const isSmall = items.length * hosts.length <= LARGEST;
  let tries = 0;
  const taken = new Map<number, Set<number>>();
  const free = new Map(judged.map((dimension) => [dimension, capacities.map((capacity) => capacity[dimension] ?? 0)]));
  for (const [index, item] of items.entries()) {
    const host = now.get(index) ?? item.host;
    if (host < 0 || out.has(index)) continue;
    for (const group of item.apart ?? []) taken.set(host, (taken.get(host) ?? new Set()).add(group));
    for (const [dimension, left] of free) left[host] = (left[host] ?? 0) - (item[dimension] ?? 0);
  }

  /** Who is left out when hosts have more; undefined where that is not tried. */
  const leftOutWith = (parts: readonly Part[]): readonly number[] | undefined => {
    if (!isSmall || tries >= MOST_TRIES) return undefined;
    tries++;
    const raised = capacities.map((capacity, host) => {
      const own = parts.filter((part) => part.host === host);
      const sum = { ...capacity };
      for (const { dimension, more } of own) sum[dimension] = (sum[dimension] ?? 0) + more;
      return sum;
    });
    return fitsAfterLoss(raised, items, [...lost], { mayShift })?.leftOut;
  };
  const isHeld = (parts: readonly Part[], units: readonly number[]): boolean => {
    const left = leftOutWith(parts);
    return left !== undefined && left.length <= out.size - units.length && !units.some((unit) => left.includes(unit));
  };

  /** The host that lacks least for a machine with all others where they are, with what it lacks; and hosts that lack just the same. */
  const lacking = (
    unit: number,
  ): { readonly parts: readonly Part[]; readonly alike: readonly number[] } | undefined => {
    const item = items[unit];
    const found = hosts.flatMap((_, host) => {
      if (isLost.has(host) || (item?.hosts && !item.hosts.includes(host))) return [];
      if (item?.apart?.some((group) => taken.get(host)?.has(group))) return [];
      const parts = judged.flatMap((dimension): Part[] => {
        const needed = item?.[dimension] ?? 0;
        const more = needed - (free.get(dimension)?.[host] ?? 0);
        return more > needed * ROUNDING ? [{ host, dimension, more }] : [];
      });
      const size = parts.reduce((sum, { dimension, more }) => sum + more / (item?.[dimension] || 1), 0);
      return parts.length > 0 ? [{ host, parts, size }] : [];
    });
    const [best] = found.sort((a, b) => a.parts.length - b.parts.length || a.size - b.size);
    if (!best) return undefined;
    const isAlike = ({ parts }: typeof best): boolean =>
      parts.length === best.parts.length &&
      parts.every(
        ({ dimension, more }, index) =>
          dimension === best.parts[index]?.dimension && more <= (best.parts[index]?.more ?? 0) * (1 + ROUNDING),
      );
    return { parts: best.parts, alike: found.filter(isAlike).map(({ host }) => host) };
  };

  /** Leaves out what is not needed, part by part, the largest first; then takes of each as little as does. */
  const least = (parts: readonly Part[], units: readonly number[]): readonly Part[] => {
    if (!isHeld(parts, units)) return parts;
    const sizeOf = ({ host, dimension, more }: Part): number => more / (capacities[host]?.[dimension] || 1);
    let kept = [...parts];
    for (const part of parts.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
      const rest = kept.filter((one) => one !== part);
      if (rest.length > 0 && isHeld(rest, units)) kept = rest;
    }
    for (const [index, part] of kept.entries()) {
      let [enough, short] = [part.more, 0];
      for (let i = 0; i < HALVINGS; i++) {
        const middle = (enough + short) / 2;
        const tried = kept.map((one, at) => (at === index ? { ...one, more: middle } : one));
        if (isHeld(tried, units)) enough = middle;
        else short = middle;
      }
      kept = kept.map((one, at) => (at === index ? { ...one, more: enough } : one));
    }
    return kept;
  };

  /** What hosts lack when machines go one after the other, the largest first, to the host that then lacks least more. */
  const together = (units: readonly number[]): readonly Part[] => {
    const left = new Map([...free].map(([dimension, list]) => [dimension, [...list]]));
    const groups = new Map([...taken].map(([host, own]) => [host, new Set(own)]));
    const sizeOf = (unit: number): number =>
      Math.max(...judged.map((dimension) => (items[unit]?.[dimension] ?? 0) / (capacities[0]?.[dimension] || 1)));
    for (const unit of units.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
      const item = items[unit];
      let best: { host: number; lack: number } | undefined;
      for (const host of hosts.keys()) {
        if (isLost.has(host) || (item?.hosts && !item.hosts.includes(host))) continue;
        if (item?.apart?.some((group) => groups.get(host)?.has(group))) continue;
        const lack = judged.reduce((sum, dimension) => {
          const now = left.get(dimension)?.[host] ?? 0;
          const then = now - (item?.[dimension] ?? 0);
          return sum + (Math.max(0, -then) - Math.max(0, -now)) / (capacities[host]?.[dimension] || 1);
        }, 0);
        if (!best || lack < best.lack) best = { host, lack };
      }
      if (!best) return [];
      const { host } = best;
      for (const [dimension, list] of left) list[host] = (list[host] ?? 0) - (item?.[dimension] ?? 0);
      for (const group of item?.apart ?? []) groups.set(host, (groups.get(host) ?? new Set()).add(group));
    }
    return [...left].flatMap(([dimension, list]) =>
      list.flatMap((over, host) =>
        over < 0 && (free.get(dimension)?.[host] ?? 0) > over && !isLost.has(host)
          ? [{ host, dimension, more: -over }]
          : [],
      ),
    );
  };

  const told = (parts: readonly Part[], alike: readonly number[] = []): Remedy =>
    parts.map(({ host, dimension, more }) => ({
      dimension,
      more,
      hosts: [host, ...alike.filter((other) => other !== host)].flatMap((index) => hosts[index] ?? []),
    }));

  return {
    of: (unit) => {
      const found = lacking(unit);
      if (!found) return undefined;
      const parts = least(found.parts, [unit]);
      // What was cut down by moving others is known of the one host alone.
      const isAsIs = parts.length === 1 && parts[0]?.more === found.parts[0]?.more;
      return told(parts, isAsIs ? found.alike : []);
    },
    forAll: (units) => {
      if (units.length < 2) return undefined;
      const parts = together(units);
      return parts.length > 0 && isHeld(parts, units) ? told(least(parts, units)) : undefined;
    },
  };
}
