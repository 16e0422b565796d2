import { distance } from 'fastest-levenshtein';

/** Words that may have been meant: at most three, within two slips (one for short words), the nearest first. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const lower = word.toLowerCase();
  const most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  const found: { readonly text: string; readonly slips: number }[] = [];
  for (const text of candidates) {
    if (Math.abs(text.length - word.length) > most) continue;
    const slips = distance(lower, text.toLowerCase());
    if (slips <= most) found.push({ text, slips });
  }
  found.sort((a, b) => a.slips - b.slips);
  return found.slice(0, 3).map(({ text }) => text);
}
