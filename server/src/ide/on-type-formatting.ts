import type { TextEdit } from '../base/span.ts';
import { type ParsedFile, sliceFile } from '../language/syntax/file.ts';
import { Scanner } from '../language/syntax/scanner.ts';
import type { Sequence } from '../language/syntax/sequence.ts';

const INDENT = '  ';
/** A line with more blanks before the cursor is nothing that somebody types. */
const LONGEST_INDENT = 1_000;

/**
 * The indentation that a line should have after a character was typed on it: after `}` where that begins its line, and
 * after a line break for the new line. `offset` is behind the character. No other line is touched, nor what follows
 * the blanks.
 */
export function onTypeFormatting(file: ParsedFile, offset: number, typed: string): readonly TextEdit[] {
  const before = sliceFile(file, Math.max(0, offset - LONGEST_INDENT), offset);
  if (typed === '}') {
    const blanks = /(?:^|[\r\n])([^\S\r\n]*)\}$/.exec(before)?.[1];
    const start = blanks === undefined ? undefined : offset - 1 - blanks.length;
    if (blanks === undefined || start === undefined) return [];
    const wanted = openBlocksAt(file, offset - 1).at(-1);
    return wanted === undefined ? [] : reindented(start, blanks, wanted);
  }
  const blanks = /[\r\n]([^\S\r\n]*)$/.exec(before)?.[1];
  if (blanks === undefined) return [];
  const around = openBlocksAt(file, offset - blanks.length).at(-1);
  const rest = sliceFile(file, offset, offset + LONGEST_INDENT);
  const more = /^[^\S\r\n]*/.exec(rest)?.[0] ?? '';
  const closes = rest.charAt(more.length) === '}';
  const wanted = around === undefined ? '' : around + (closes ? '' : INDENT);
  return reindented(offset - blanks.length, blanks + more, wanted);
}

function reindented(from: number, blanks: string, wanted: string): readonly TextEdit[] {
  return blanks === wanted ? [] : [{ from, to: from + blanks.length, text: wanted }];
}

/** The indentation of each block that is open at an offset, by the line that its brace stands on; outermost first. */
function openBlocksAt(file: ParsedFile, offset: number): readonly string[] {
  const open: string[] = [];
  let sequence: Sequence = file.root;
  let base = 0;
  for (;;) {
    const { index, from } = sequence.indexAt(offset - base);
    const item = sequence.at(index);
    if (!item) return open;
    const start = base + from;
    if (item.kind === 'leaf') return [...open, ...openIn(item.text.slice(0, offset - start))];
    const bodyFrom = start + item.head.length;
    if (offset < bodyFrom) return [...open, ...openIn(item.head.slice(0, offset - start))];
    open.push(...openIn(item.head));
    if (offset >= bodyFrom + item.body.length) return open;
    sequence = item.body;
    base = bodyFrom;
  }
}

function openIn(text: string): readonly string[] {
  const scanner = new Scanner();
  scanner.reset(text);
  const open: string[] = [];
  let line = 0;
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) {
    if (kind === 'newline') line = scanner.to;
    else if (kind === '{') open.push(/^[^\S\r\n]*/.exec(text.slice(line))?.[0] ?? '');
    else if (kind === '}') open.pop();
  }
  return open;
}
