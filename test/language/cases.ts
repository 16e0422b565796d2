import { readFileSync } from 'node:fs';

/** A statement with what is found in it, and what the first fix of each finding makes of it. */
export interface Case {
  /** The kind of block that the statement stands in. */
  readonly kind: string;
  /** The statement, below each of its lines what is found there. */
  readonly marked: string;
  readonly fixed: string | undefined;
}

/**
 * Cases of a file in `cases/`: parted by empty lines, `== kind` before those of one kind of block, `=> text` for what
 * the fixes make of the statement.
 */
export function casesOf(name: string): Case[] {
  const text = readFileSync(new URL(`cases/${name}.txt`, import.meta.url), 'utf8');
  const cases: Case[] = [];
  let kind = 'file';
  for (const part of text.split('\n\n')) {
    const lines = part.trimEnd().split('\n');
    const [first = ''] = lines;
    if (first.startsWith('== ')) {
      kind = first.slice(3);
      continue;
    }
    const fixed = lines.filter((line) => line.startsWith('=> ')).map((line) => line.slice(3));
    const marked = lines.filter((line) => !line.startsWith('=> ')).join('\n');
    cases.push({ kind, marked, fixed: fixed.length > 0 ? fixed.join('\n') : undefined });
  }
  return cases;
}
