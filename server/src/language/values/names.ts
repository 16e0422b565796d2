import type { Parsed } from '../../base/parsed.ts';
import { formatNumber } from '../../base/units.ts';

/** A statement may name at most this many members. */
export const MOST_NAMES = 100_000;

/** Whether a name stands for several: it has a bracket group. */
export function isRange(text: string): boolean {
  return text.includes('[');
}

/** Whether a reference matches by pattern: it has a `*`. */
export function isPattern(text: string): boolean {
  return text.includes('*');
}

/** What a bare name is made of: letters and digits of any script, `-`, `_`, `.`, bracket groups, and `*` in references. */
const BARE_NAME = /^(?:[\p{L}\p{N}\p{M}_.*-]|\[[^\]]*\]?)+$/u;
const PLAIN_NAME = /^[A-Za-z0-9_.-]+$/;

export function isBareName(text: string): boolean {
  return PLAIN_NAME.test(text) || BARE_NAME.test(text);
}

/**
 * The names that a word with bracket groups stands for: `web-[001..003]` is web-001, web-002, web-003;
 * with several groups all combinations, the last group fastest. A word without a group is itself.
 */
export function expandNames(text: string): Parsed<readonly string[]> {
  if (!isRange(text)) return { value: [text] };
  let names: string[] = [''];
  let at = 0;
  for (const group of text.matchAll(/\[([^\]]*)\]?/g)) {
    const before = text.slice(at, group.index);
    at = group.index + group[0].length;
    const choices = expandGroup(group[1] ?? '');
    if ('error' in choices) return choices;
    const count = names.length * choices.value.length;
    if (count > MOST_NAMES) return { error: tooMany(count) };
    names = names.flatMap((name) => choices.value.map((choice) => name + before + choice));
  }
  const rest = text.slice(at);
  return { value: rest === '' ? names : names.map((name) => name + rest) };
}

function tooMany(count: number): string {
  return `${formatNumber(count)} names; at most ${formatNumber(MOST_NAMES)}`;
}

function expandGroup(group: string): Parsed<readonly string[]> {
  const choices: string[] = [];
  for (const item of group.split(',')) {
    const text = item.trim();
    if (text === '') return { error: `[${group}] has an empty place between its commas` };
    const bounds = /^(.+?)\s*\.\.\s*(.+)$/.exec(text);
    if (!bounds) {
      choices.push(text);
      continue;
    }
    const expanded = expandBounds(bounds[1] ?? '', bounds[2] ?? '');
    if ('error' in expanded) return expanded;
    choices.push(...expanded.value);
    if (choices.length > MOST_NAMES) return { error: tooMany(choices.length) };
  }
  return { value: choices };
}

function expandBounds(low: string, high: string): Parsed<readonly string[]> {
  const text = `[${low}..${high}]`;
  if (/^\d+$/.test(low) && /^\d+$/.test(high)) {
    const from = Number(low);
    const to = Number(high);
    if (to < from) return { error: `${text} counts down` };
    if (to - from >= MOST_NAMES) return { error: tooMany(to - from + 1) };
    return { value: Array.from({ length: to - from + 1 }, (_, k) => String(from + k).padStart(low.length, '0')) };
  }
  if (/^[A-Za-z]$/.test(low) && /^[A-Za-z]$/.test(high)) {
    const from = low.charCodeAt(0);
    const to = high.charCodeAt(0);
    if (to < from) return { error: `${text} counts down` };
    return { value: Array.from({ length: to - from + 1 }, (_, k) => String.fromCharCode(from + k)) };
  }
  return { error: `${text}: a range goes from a number to a number or from a letter to a letter` };
}

/** A test for a reference with `*`, which matches any part of a name, in either case. */
export function patternTest(text: string): (name: string) => boolean {
  const source = text
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 'i');
  return (name) => expression.test(name);
}
