import { KINDS } from '../schema/schema.ts';

/** Words with a meaning of their own wherever a value stands. Something called so is quoted. */
const RESERVED_WORDS: ReadonlySet<string> = new Set(['x', 'each', 'none', '*']);

/** Whether a name is made of what a bare name may hold: letters and digits of any script, `-`, `_` and single dots. */
export function isBareName(value: string): boolean {
  if (!/^[\p{L}\p{Nd}_.-]+$/u.test(value) || value.includes('..') || !/[\p{L}\p{Nd}]/u.test(value)) return false;
  return !RESERVED_WORDS.has(value);
}

/** A name as a declaration writes it, in quotation marks where it must be. */
export function quotedName(name: string): string {
  return isBareName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/**
 * Clause words that a statement with this word may have, whatever kind it stands in. After an optional subject or a
 * comma such a word begins a clause, so a name equal to one is quoted there.
 */
export function clauseWordsOf(word: string): ReadonlySet<string> {
  let words = clauseWords.get(word);
  if (!words) {
    const found = new Set<string>();
    for (const kind of KINDS.values()) {
      for (const shape of [kind.name === word ? kind.header.shape : undefined, kind.properties.get(word)?.shape]) {
        for (const clause of shape?.clauses.keys() ?? []) found.add(clause);
      }
    }
    words = found;
    clauseWords.set(word, words);
  }
  return words;
}

const clauseWords = new Map<string, ReadonlySet<string>>();
