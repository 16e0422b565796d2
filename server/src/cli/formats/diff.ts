import { applyEdits, type TextEdit } from '../../base/span.ts';

/** Lines of the old text that are replaced, and what stands there instead. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const CONTEXT = 3;

/** What edits do to a text, as the hunks of a unified diff; without the two lines that name the file. */
export function hunksOf(text: string, edits: readonly TextEdit[]): readonly string[] {
  const old = ended(text.split('\n'));
  const count = old.length - 1;
  const changes = changesIn(old, edits);
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    const end = last?.at(-1)?.to;
    if (last && end !== undefined && change.from - end <= 2 * CONTEXT) last.push(change);
    else hunks.push([change]);
  }
  let shift = 0;
  return hunks.map((own) => {
    const from = Math.max(0, (own[0]?.from ?? 0) - CONTEXT);
    const to = Math.min(count, (own.at(-1)?.to ?? 0) + CONTEXT);
    const lines: string[] = [];
    let at = from;
    let grown = 0;
    for (const change of own) {
      lines.push(...old.slice(at, change.from).map((line) => ` ${line}`));
      lines.push(...old.slice(change.from, change.to).map((line) => `-${line}`));
      lines.push(...change.lines.map((line) => `+${line}`));
      grown += change.lines.length - (change.to - change.from);
      at = change.to;
    }
    lines.push(...old.slice(at, to).map((line) => ` ${line}`));
    const head = `@@ -${rangeText(from, to - from)} +${rangeText(from + shift, to - from + grown)} @@`;
    shift += grown;
    return [head, ...lines.map(withoutReturn)].join('\n');
  });
}

/** Lines with an empty one at the end: a line end that is missing there is not looked at. */
function ended(lines: string[]): readonly string[] {
  return lines.at(-1) === '' ? lines : [...lines, ''];
}

function rangeText(from: number, size: number): string {
  const start = size === 0 ? from : from + 1;
  return size === 1 ? `${start}` : `${start},${size}`;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The edits by whole lines, those that touch the same lines as one. */
function changesIn(old: readonly string[], edits: readonly TextEdit[]): readonly Change[] {
  const starts: number[] = [];
  let start = 0;
  for (const line of old) {
    starts.push(start);
    start += line.length + 1;
  }
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const groups: { from: number; to: number; edits: TextEdit[] }[] = [];
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const [from, to] = [lineAt(edit.from), lineAt(edit.to) + 1];
    const last = groups.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else groups.push({ from, to, edits: [edit] });
  }
  return groups.flatMap(({ from, to, edits: own }) => {
    const base = starts[from] ?? 0;
    const piece = old.slice(from, to).join('\n');
    const after = applyEdits(
      piece,
      own.map((edit) => ({ ...edit, from: edit.from - base, to: edit.to - base })),
    );
    const lines = after.split('\n');
    return trimmed(from, old.slice(from, to), to === old.length ? ended(lines) : lines);
  });
}

function trimmed(from: number, before: readonly string[], after: readonly string[]): Change[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const to = before.length - tail;
  if (head === to && head === after.length - tail) return [];
  return [{ from: from + head, to: from + to, lines: after.slice(head, after.length - tail) }];
}
