/**
 * Generations of server CPUs, oldest first; each has the instructions of those before it. The names are those of the
 * vendors in lower case. Recalled; one that is not listed cannot be compared.
 */
export const CPU_GENERATIONS: Readonly<Record<string, readonly string[]>> = {
  intel: [
    'penryn',
    'nehalem',
    'westmere',
    'sandy-bridge',
    'ivy-bridge',
    'haswell',
    'broadwell',
    'skylake',
    'cascade-lake',
    'ice-lake',
    'sapphire-rapids',
    'emerald-rapids',
    'granite-rapids',
  ],
  amd: ['bulldozer', 'piledriver', 'naples', 'rome', 'milan', 'genoa', 'turin'],
};

/** The oldest of some generations of one vendor, which all of them can stand in for; undefined if one is not known. */
export function oldestGeneration(vendor: string, generations: readonly string[]): string | undefined {
  const known = CPU_GENERATIONS[vendor] ?? [];
  const ranks = generations.map((generation) => known.indexOf(generation));
  return ranks.includes(-1) ? undefined : known[Math.min(...ranks)];
}
