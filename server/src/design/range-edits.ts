import { expandNames, isRange } from '../language/values/names.ts';

/** More parts than this in one bracket are harder to read than a further name. */
const MOST_PARTS = 4;
const FIRST_GROUP = /\[([^\]]*)\]?/;

/**
 * Words for the names that a word stands for, without some of them: `cart-[1..4]` without cart-3 is `cart-[1..2,4]`.
 * Widths, the order and what is not touched stay as they are written. Empty if nothing is left.
 */
export function withoutNames(word: string, removed: ReadonlySet<string>): readonly string[] {
  return remaining('', word, removed);
}

/** `prefix` holds what the groups further to the left have come to. */
function remaining(prefix: string, rest: string, removed: ReadonlySet<string>): string[] {
  const group = FIRST_GROUP.exec(rest);
  if (!group) return removed.has(prefix + rest) ? [] : [rest];
  const before = rest.slice(0, group.index);
  const after = rest.slice(group.index + group[0].length);
  /** Choices of this group by what is left of the groups behind it. */
  const byTail = new Map<string, { readonly tails: readonly string[]; readonly choices: Choice[] }>();
  for (const [element, choices] of elementsOf(group[1] ?? '').entries()) {
    for (const text of choices) {
      const tails = remaining(prefix + before + text, after, removed);
      if (tails.length === 0) continue;
      const key = tails.join('\n');
      const known = byTail.get(key) ?? { tails, choices: [] };
      byTail.set(key, known);
      known.choices.push({ text, element });
    }
  }
  return [...byTail.values()].flatMap(({ tails, choices }) =>
    tails.map((tail) => `${before}${bracket(choices)}${tail}`),
  );
}

interface Choice {
  readonly text: string;
  /** Which of the parts between the commas it comes from. */
  readonly element: number;
}

function elementsOf(group: string): string[][] {
  return group.split(',').map((element) => {
    const names = expandNames(`[${element.trim()}]`);
    return 'value' in names ? [...names.value] : [];
  });
}

function bracket(choices: readonly Choice[]): string {
  const [only] = choices;
  if (only && choices.length === 1) return only.text;
  const parts: string[] = [];
  for (let at = 0; at < choices.length; ) {
    let end = at;
    while (isNext(choices[end], choices[end + 1])) end++;
    const first = choices[at]?.text ?? '';
    parts.push(end > at ? `${first}..${choices[end]?.text ?? ''}` : first);
    at = end + 1;
  }
  return `[${parts.join(',')}]`;
}

/** Whether two choices come one right after the other in one span of the text. */
function isNext(a: Choice | undefined, b: Choice | undefined): boolean {
  if (!a || !b || a.element !== b.element) return false;
  if (/^\d+$/.test(a.text)) return Number(b.text) === Number(a.text) + 1;
  return b.text.charCodeAt(0) === a.text.charCodeAt(0) + 1;
}

interface Run {
  readonly low: string;
  readonly high: string;
}

/**
 * A range with one more name in it, `cart-[1..2]` with cart-3 is `cart-[1..3]`; undefined if the name does not continue
 * the range: it counts otherwise, or the bracket would get too many parts.
 */
export function withName(word: string, name: string): string | undefined {
  const [, prefix = '', group = '', suffix = ''] = /^([^[\]]*)\[([^[\]]*)\]([^[\]]*)$/.exec(word) ?? [];
  if (!isRange(word) || group === '' || name.length <= prefix.length + suffix.length) return undefined;
  if (!name.startsWith(prefix) || !name.endsWith(suffix)) return undefined;
  const digits = name.slice(prefix.length, name.length - suffix.length);
  const runs = group.split(',').map((part): Run => {
    const [low = '', high = low] = part.split('..').map((bound) => bound.trim());
    return { low, high };
  });
  if (![digits, ...runs.flatMap(({ low, high }) => [low, high])].every((text) => /^\d{1,15}$/.test(text)))
    return undefined;
  const extended = extend(runs, digits);
  if (!extended || extended.length > Math.max(MOST_PARTS, runs.length)) return undefined;
  return `${prefix}[${extended.map(({ low, high }) => (low === high ? low : `${low}..${high}`)).join(',')}]${suffix}`;
}

function extend(runs: readonly Run[], digits: string): Run[] | undefined {
  const number = Number(digits);
  if (runs.some(({ low, high }) => number >= Number(low) && number <= Number(high))) return undefined;
  const after = runs.findIndex(({ low }) => Number(low) > number);
  const at = after < 0 ? runs.length : after;
  const [below, above] = [runs[at - 1], runs[at]];
  const followsBelow = below !== undefined && counted(below.high, below.low) === digits;
  const precedesAbove =
    above !== undefined && counted(digits, digits) === above.low && digits.length <= above.low.length;
  if (followsBelow && precedesAbove && continues(below, above))
    return [...runs.slice(0, at - 1), { low: below.low, high: above.high }, ...runs.slice(at + 1)];
  if (followsBelow) return [...runs.slice(0, at - 1), { low: below.low, high: digits }, ...runs.slice(at)];
  if (precedesAbove) return [...runs.slice(0, at), { low: digits, high: above.high }, ...runs.slice(at + 1)];
  return [...runs.slice(0, at), { low: digits, high: digits }, ...runs.slice(at)];
}

/** The next number, as wide as the first one of its range. */
function counted(last: string, first: string): string {
  return String(Number(last) + 1).padStart(first.length, '0');
}

/** Whether counting on from the lower run writes the upper one's numbers as they are. */
function continues(below: Run, above: Run): boolean {
  return (
    String(Number(above.low)).padStart(below.low.length, '0') === above.low && above.low.length >= below.low.length
  );
}
