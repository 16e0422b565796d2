import { applyEdits, type TextEdit } from '../base/span.ts';
import { FOREIGN_START, foreignText, isConflictMarker } from './foreign.ts';
import { type Line, type LineToken, linesOf } from './format/lines.ts';
import { type Meaning, meaningOf } from './format/meaning.ts';
import { type ParsedFile, parseFile, sliceFile } from './syntax/file.ts';
import { type Item, textOf } from './syntax/item.ts';

/** Blanks of one level of blocks. */
const INDENT = '  ';
/** Levels beyond are indented no further: no design has them, and blanks would outgrow the text. */
const DEEPEST = 100;

/** The text in the one format of the language. Formatting twice is formatting once. */
export function formatText(text: string): string {
  return applyEdits(text, formatFile(text));
}

/**
 * The least edits that bring a file into the one format of the language, in ascending order: two blanks a level, one
 * blank between tokens, a number apart from its unit, at most one empty line, no `;` at a line end, no comma before a
 * clause. Statements are neither joined nor split. Where the braces of a file do not balance, whatever depends on
 * indentation is left as it is.
 */
export function formatFile(file: ParsedFile | string): TextEdit[] {
  return formatItems(typeof file === 'string' ? parseFile(file) : file, 0, Number.POSITIVE_INFINITY);
}

/** The edits of `formatFile` on the lines that the span from `from` to `to` touches. */
export function formatRange(file: ParsedFile | string, from: number, to: number): TextEdit[] {
  return formatItems(typeof file === 'string' ? parseFile(file) : file, from, to);
}

function formatItems(file: ParsedFile, from: number, to: number): TextEdit[] {
  const edits: TextEdit[] = [];
  if (foreignText(sliceFile(file, 0, FOREIGN_START)) !== undefined) return edits;
  const newline = firstLineEnd(file);
  let start = 0;
  let index = 0;
  let isFirst = true;
  for (const item of file.root) {
    const end = start + item.length;
    const isLast = index === file.root.count - 1;
    if (end >= from && start <= to && isUnderstood(item, file)) {
      const text = textOf(item);
      const leaveComments = file.mode === 'indentation';
      const formatter = new Formatter(text, { isFirst, isLast, newline, leaveComments });
      const span = wholeLines(text, from - start, to - start);
      for (const edit of formatter.run()) {
        if (edit.from < span.from || edit.to > span.to) continue;
        edits.push({ from: edit.from + start, to: edit.to + start, text: edit.text });
      }
    }
    if (isFirst) isFirst = textOf(item).replace(/[\s;\ufeff]/g, '') === '';
    start = end;
    index++;
  }
  return edits;
}

/** While braces do not balance, only blocks of the top level whose extent is certain keep their meaning when indented anew. */
function isUnderstood(item: Item, file: ParsedFile): boolean {
  return file.mode === 'braces' || (item.regular && item.indent === 0);
}

function firstLineEnd(file: ParsedFile): string {
  for (const item of file.root) {
    const found = /\r\n|\r|\n/.exec(item.kind === 'leaf' ? item.text : item.head);
    if (found) return found[0];
  }
  return '\n';
}

function wholeLines(text: string, from: number, to: number): { from: number; to: number } {
  let first = Math.max(0, Math.min(from, text.length));
  while (first > 0 && !/[\r\n]/.test(text.charAt(first - 1))) first--;
  let last = Math.max(0, Math.min(to, text.length));
  while (last < text.length && !/[\r\n]/.test(text.charAt(last - 1) || ' ')) last++;
  return { from: first, to: last };
}

interface Surroundings {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly newline: string;
  /** Comments above the first statement may belong to a block before them. */
  readonly leaveComments: boolean;
}

/** Formats whole lines whose braces balance. */
class Formatter {
  private readonly text: string;
  private readonly around: Surroundings;
  private readonly lines: readonly Line[];
  private readonly meaning: Meaning;
  private readonly edits: TextEdit[] = [];
  private depth = 0;

  constructor(text: string, around: Surroundings) {
    this.text = text;
    this.around = around;
    this.lines = linesOf(text);
    this.meaning = meaningOf(text);
  }

  run(): readonly TextEdit[] {
    const { lines, around } = this;
    const kept = lines.map((line, index) => this.keptTokens(line, index));
    let last = lines.length - 1;
    while (last >= 0 && kept[last]?.length === 0) last--;
    let isGapAllowed = !around.isFirst;
    let hasStatement = false;
    for (const [index, line] of lines.entries()) {
      const tokens = kept[index] ?? [];
      if (tokens.length === 0) {
        const isEmpty = line.tokens.length === 0;
        const isGap = isEmpty && isGapAllowed && index < last && !this.closesNext(kept, index);
        if (isGap) this.replace(this.textStart(line), line.end, '');
        else this.replace(this.textStart(line), line.to, '');
        if (isGap) isGapAllowed = false;
        continue;
      }
      hasStatement ||= tokens[0]?.kind !== 'comment';
      this.line(line, tokens, around.leaveComments && !hasStatement);
      const lastToken = tokens.findLast((token) => token.kind !== 'comment');
      isGapAllowed = lastToken?.kind !== '{' || tokens[tokens.length - 1]?.kind === 'comment';
      if (index === last && around.isLast && line.end === line.to) this.replace(line.to, line.to, around.newline);
    }
    return this.edits;
  }

  /** Whether the next line that holds anything begins with a closing brace. */
  private closesNext(kept: readonly (readonly LineToken[])[], index: number): boolean {
    for (let next = index + 1; next < kept.length; next++) {
      const first = kept[next]?.[0];
      if (first) return first.kind === '}';
    }
    return false;
  }

  private line(line: Line, tokens: readonly LineToken[], leaveIndent: boolean): void {
    let closing = 0;
    while (tokens[closing]?.kind === '}') closing++;
    const indent = INDENT.repeat(Math.min(DEEPEST, Math.max(0, this.depth - closing)));
    const first = tokens[0];
    // Tools find them by where they stand.
    if (first && isConflictMarker(this.text.slice(first.from, first.to))) return;
    if (first && !leaveIndent) this.replace(this.textStart(line), first.from, indent);
    for (const [index, token] of tokens.entries()) {
      if (token.kind === '{') this.depth++;
      else if (token.kind === '}') this.depth--;
      const next = tokens[index + 1];
      if (!next) this.replace(token.to, line.end, '');
      else if (!line.unclosed) {
        this.unit(token);
        this.replace(token.to, next.from, this.gap(token, next));
      }
      if (!next && !line.unclosed) this.unit(token);
    }
  }

  /** Where the text of a line begins: behind the byte order mark of a file. */
  private textStart(line: Line): number {
    return line.from === 0 && this.around.isFirst && this.text.startsWith('\ufeff') ? 1 : line.from;
  }

  private unit(token: LineToken): void {
    if (token.kind !== 'word') return;
    for (let at = token.from + 1; at < token.to; at++) {
      if (this.meaning.touchingUnits.has(at)) this.replace(at, at, ' ');
    }
  }

  private gap(before: LineToken, after: LineToken): string {
    if (after.kind === ',' || after.kind === ';') return '';
    if (before.kind === '{' && after.kind === '}') return '';
    if (before.to === after.from) {
      // `2,9 GHz` and `18,500` are slips of the decimal point and the grouping, and are shown as such.
      const isSlip = before.kind === ',' && !this.meaning.listCommas.has(before.from);
      if (isSlip && /\d,\d/.test(this.text.slice(before.from - 1, after.from + 1))) return '';
      const isScope = before.kind === 'text' && this.text.charAt(after.from) === '@';
      if (isScope || (after.kind === 'text' && this.text.charAt(before.to - 1) === '@')) return '';
    }
    return ' ';
  }

  /** The tokens of a line that stay: all but a `;` that separates nothing and a comma before a clause. */
  private keptTokens(line: Line, index: number): readonly LineToken[] {
    if (line.unclosed) return line.tokens;
    const kept: LineToken[] = [];
    for (const [at, token] of line.tokens.entries()) {
      const before = kept[kept.length - 1];
      if (token.kind === ';' && this.separatesNothing(line, at, before) && !this.blockFollows(line, at, index))
        continue;
      if (token.kind === ',' && this.isBeforeClause(line, at, before)) continue;
      kept.push(token);
    }
    return kept;
  }

  private separatesNothing(line: Line, at: number, before: LineToken | undefined): boolean {
    if (!before || before.kind === '{' || before.kind === ';') return true;
    const next = line.tokens.slice(at + 1).find((token) => token.kind !== ';');
    return !next || next.kind === 'comment' || next.kind === '}';
  }

  /** A block behind a `;` belongs to no statement; without the `;` it would belong to the one before. */
  private blockFollows(line: Line, at: number, index: number): boolean {
    const isSkipped = (token: LineToken) => token.kind === ';' || token.kind === 'comment';
    let next = line.tokens.slice(at + 1).find((token) => !isSkipped(token));
    for (let later = index + 1; !next && later < this.lines.length; later++) {
      next = this.lines[later]?.tokens.find((token) => !isSkipped(token));
    }
    return next?.kind === '{';
  }

  private isBeforeClause(line: Line, at: number, before: LineToken | undefined): boolean {
    const next = line.tokens[at + 1];
    return (
      before !== undefined &&
      next !== undefined &&
      this.meaning.ends.has(before.to) &&
      this.meaning.clauses.has(next.from)
    );
  }

  /** Records the least edit that turns the text between two offsets into another. */
  private replace(from: number, to: number, wanted: string): void {
    const found = this.text.slice(from, to);
    if (found === wanted) return;
    let prefix = 0;
    while (prefix < found.length && prefix < wanted.length && found[prefix] === wanted[prefix]) prefix++;
    let suffix = 0;
    const most = Math.min(found.length, wanted.length) - prefix;
    while (suffix < most && found[found.length - 1 - suffix] === wanted[wanted.length - 1 - suffix]) suffix++;
    this.edits.push({ from: from + prefix, to: to - suffix, text: wanted.slice(prefix, wanted.length - suffix) });
  }
}
