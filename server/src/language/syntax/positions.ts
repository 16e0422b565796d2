import { afterLineEnd, isLineEnd } from './characters.ts';
import type { ParsedFile } from './file.ts';
import type { Sequence } from './sequence.ts';

/** Zero-based line and UTF-16 column. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset; the end of the file for one beyond it. */
export function positionAt(file: ParsedFile, offset: number): LinePosition {
  return positionIn(file.root, Math.max(0, Math.min(offset, file.root.length)), 0);
}

function positionIn(sequence: Sequence, offset: number, firstLine: number): LinePosition {
  const { item, from, line } = sequence.indexAt(offset);
  if (!item) return { line: firstLine, column: 0 };
  const inside = offset - from;
  const start = firstLine + line;
  if (item.kind === 'leaf') return positionInText(item.text, inside, start);
  const bodyFrom = item.head.length;
  if (inside < bodyFrom) return positionInText(item.head, inside, start);
  const bodyLine = start + item.headLines;
  if (inside < bodyFrom + item.body.length) return positionIn(item.body, inside - bodyFrom, bodyLine);
  return positionInText(item.tail, inside - bodyFrom - item.body.length, bodyLine + item.body.lines);
}

function positionInText(text: string, offset: number, firstLine: number): LinePosition {
  let line = firstLine;
  let lineStart = 0;
  for (let at = 0; at < offset && at < text.length; ) {
    if (!isLineEnd(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const next = afterLineEnd(text, at);
    if (next > offset) break;
    at = next;
    line++;
    lineStart = at;
  }
  return { line, column: offset - lineStart };
}

/** Offset of a line and column; a column beyond the line's end is that end, a line beyond the file is the file's end. */
export function offsetAt(file: ParsedFile, position: LinePosition): number {
  if (position.line < 0) return 0;
  return offsetIn(file.root, position.line, Math.max(0, position.column), 0);
}

function offsetIn(sequence: Sequence, line: number, column: number, firstOffset: number): number {
  const found = sequence.indexAtLine(line);
  const { item } = found;
  if (!item) return firstOffset;
  const rest = line - found.line;
  const start = firstOffset + found.from;
  if (item.kind === 'leaf') return start + offsetInText(item.text, rest, column);
  const headLines = item.headLines;
  if (rest < headLines) return start + offsetInText(item.head, rest, column);
  if (rest < headLines + item.body.lines)
    return offsetIn(item.body, rest - headLines, column, start + item.head.length);
  return (
    start + item.head.length + item.body.length + offsetInText(item.tail, rest - headLines - item.body.lines, column)
  );
}

function offsetInText(text: string, line: number, column: number): number {
  let at = 0;
  for (let left = line; left > 0 && at < text.length; ) {
    if (isLineEnd(text.charCodeAt(at))) {
      at = afterLineEnd(text, at);
      left--;
    } else at++;
  }
  let end = at;
  while (end < text.length && !isLineEnd(text.charCodeAt(end)) && end - at < column) end++;
  return end;
}
