/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Replaces one span by a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** The text after all edits. Edits may come in any order and must not overlap. @throws RangeError if they do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.from < at) throw new RangeError(`edits overlap at offset ${edit.from}`);
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** What is left of a text, and what is new in it. */
type Piece = Span | string;

/** One list of edits that does what two do, the second of them to the text that the first leaves. */
export function composeEdits(first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const whole: Piece[] = [{ from: 0, to: Number.POSITIVE_INFINITY }];
  const edits: TextEdit[] = [];
  let end = 0;
  let text = '';
  for (const piece of edited(edited(whole, first), second)) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    if (piece.from > end || text !== '') edits.push({ from: end, to: piece.from, text });
    end = piece.to;
    text = '';
  }
  return edits;
}

function edited(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const { from, to, text } of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    result.push(...between(pieces, at, from), text);
    at = to;
  }
  return [...result, ...between(pieces, at, Number.POSITIVE_INFINITY)];
}

function between(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const piece of pieces) {
    const length = typeof piece === 'string' ? piece.length : piece.to - piece.from;
    const [low, high] = [Math.max(from - start, 0), Math.min(to - start, length)];
    if (low < high)
      found.push(
        typeof piece === 'string' ? piece.slice(low, high) : { from: piece.from + low, to: piece.from + high },
      );
    start += length;
  }
  return found;
}
