import type { State } from './state.ts';

/** What makes units alike, by unit: those of one key may stand for each other in everything that a search looks at. */
export function alikeKeys({ problem, unitCount, demand, width, home, rules }: State): readonly string[] {
  const kinds = Math.max(1, demand.length / Math.max(1, unitCount * width));
  return Array.from({ length: unitCount }, (_, unit) => {
    const parts: (string | number)[] = [home[unit] ?? -1, problem.units.barRow[unit] ?? -1];
    for (let kind = 0; kind < kinds; kind++) {
      const at = (kind * unitCount + unit) * width;
      parts.push(demand.subarray(at, at + width).join());
    }
    const [from, to] = [rules.start[unit] ?? 0, rules.start[unit + 1] ?? 0];
    parts.push(rules.ruleOf.subarray(from, to).join(), rules.weight.subarray(from, to).join());
    return parts.join(' ');
  });
}
