import { distance } from 'fastest-levenshtein';

/** Letters from which on a word may be the beginning of another. */
const BEGINNING = 3;

/**
 * Words that may have been meant, at most three: those that it is the beginning of, else those within two slips (one for
 * short words), the nearest first.
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const all = [...candidates];
  const lower = word.toLowerCase();
  const begun = beginningWith(lower, all);
  if (begun.length > 0) return begun.slice(0, 3);
  return withinSlips(word, lower, all);
}

/** Words that a beginning is of, the shortest first; none where the word itself is one of them. */
function beginningWith(lower: string, candidates: readonly string[]): string[] {
  if (lower.length < BEGINNING) return [];
  const found = candidates.filter((text) => text.toLowerCase().startsWith(lower));
  return found.sort((a, b) => a.length - b.length);
}

function withinSlips(word: string, lower: string, candidates: readonly string[]): string[] {
  const most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  const found: { readonly text: string; readonly slips: number }[] = [];
  for (const text of candidates) {
    if (Math.abs(text.length - word.length) > most) continue;
    const slips = slipsBetween(lower, text.toLowerCase());
    if (slips <= most) found.push({ text, slips });
  }
  found.sort((a, b) => a.slips - b.slips);
  return found.slice(0, 3).map(({ text }) => text);
}

/**
 * The only word that is one slip away: one letter wrong, missing, too many or changed with its neighbour. None where the
 * word is the beginning of another one.
 */
export function oneSlipFrom(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const lower = word.toLowerCase();
  const begun = beginningWith(lower, all);
  let found: string | undefined;
  for (const text of begun.length > 0 ? begun : all) {
    if (Math.abs(text.length - word.length) > 1 || slipsBetween(lower, text.toLowerCase()) > 1) continue;
    if (found !== undefined) return undefined;
    found = text;
  }
  return found;
}

/** Edit distance in which two neighbours that changed places count as one slip. */
function slipsBetween(a: string, b: string): number {
  const slips = distance(a, b);
  return slips === 2 && a.length === b.length && isSwap(a, b) ? 1 : slips;
}

function isSwap(a: string, b: string): boolean {
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
