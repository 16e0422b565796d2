/** How few of several sets see everything that any of them sees. */

export interface Cover {
  /** Indices of the sets that were chosen, in the order of what each added. */
  readonly chosen: readonly number[];
  /** How many things all sets together hold. */
  readonly covered: number;
  /** The most that a single set holds. */
  readonly largest: number;
}

/**
 * Greedy set cover: again and again the set that adds most, the first of those that add as much, until nothing is added.
 * At most ln(n) + 1 times as many as the fewest (Chvatal 1979, recalled); for the handful of tools of an estate, nearly always the fewest.
 */
export function greedyCover<T>(sets: readonly ReadonlySet<T>[]): Cover {
  const covered = new Set<T>();
  const chosen: number[] = [];
  for (;;) {
    let best: { readonly index: number; readonly added: number } | undefined;
    for (const [index, set] of sets.entries()) {
      if (chosen.includes(index)) continue;
      let added = 0;
      for (const thing of set) if (!covered.has(thing)) added++;
      if (added > (best?.added ?? 0)) best = { index, added };
    }
    if (!best) break;
    chosen.push(best.index);
    for (const thing of sets[best.index] ?? []) covered.add(thing);
  }
  return { chosen, covered: covered.size, largest: Math.max(0, ...sets.map((set) => set.size)) };
}
