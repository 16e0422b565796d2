import { distance } from 'fastest-levenshtein';

/** Words that may have been meant: at most three, within two slips (one for short words), the nearest first. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const lower = word.toLowerCase();
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

/** The only word that is one slip away: one letter wrong, missing, too many or changed with its neighbour. */
export function oneSlipFrom(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let found: string | undefined;
  for (const text of candidates) {
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
