/** A finding as a case writes it. */
export interface Marked {
  readonly from: number;
  readonly to: number;
  readonly code: string;
  readonly message: string;
}

export interface FixtureFile {
  readonly name: string;
  readonly text: string;
}

export interface Fixture {
  readonly files: readonly FixtureFile[];
  /** Text of the first file. */
  readonly text: string;
  /** Where `$0` stands. */
  readonly cursor: { readonly file: string; readonly offset: number } | undefined;
}

const MARKER = /^ *(?:\^+|\|) [a-z][a-z-]*: /;
const FILE = /^\/\/- (\S+)$/;

/**
 * Reads a case: one or more files, parted by lines `//- name.vdc`, with `$0` for the cursor and lines `^^^ code: message` that
 * say what is found in the line above them, `|` for an empty span. The markers are no part of the text: see `annotate`.
 */
export function fixture(marked: string): Fixture {
  const files: FixtureFile[] = [];
  let cursor: Fixture['cursor'];
  for (const part of parts(marked)) {
    const file = readFile(part.name, part.text);
    files.push(file.file);
    if (file.cursor !== undefined) cursor = { file: part.name, offset: file.cursor };
  }
  return { files, text: files[0]?.text ?? '', cursor };
}

function parts(marked: string): { name: string; text: string }[] {
  const found: { name: string; lines: string[] }[] = [{ name: 'main.vdc', lines: [] }];
  for (const line of marked.split(/(?<=\n)/)) {
    const name = FILE.exec(line.trimEnd())?.[1];
    if (name === undefined) found[found.length - 1]?.lines.push(line);
    else found.push({ name, lines: [] });
  }
  const [first] = found;
  if (found.length > 1 && first?.lines.join('').trim() === '') found.shift();
  return found.map(({ name, lines }) => ({ name, text: lines.join('') }));
}

function readFile(name: string, marked: string): { file: FixtureFile; cursor: number | undefined } {
  let text = '';
  let cursor: number | undefined;
  for (const line of marked.split(/(?<=\n)/)) {
    if (MARKER.test(line)) continue;
    const at = line.indexOf('$0');
    if (at >= 0) cursor = text.length + at;
    text += line.replace('$0', '');
  }
  return { file: { name, text }, cursor };
}

/** The text with a line of carets below each line that something is found in. */
export function annotate(text: string, found: readonly Marked[]): string {
  const sorted = [...found].sort((a, b) => a.from - b.from || a.to - b.to || (a.message < b.message ? -1 : 1));
  let annotated = '';
  let at = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const end = at + line.replace(/\n$/, '').length;
    const isLast = at + line.length >= text.length;
    annotated += line;
    for (const { from, to, code, message } of sorted) {
      if (from < at || (from >= at + line.length && !isLast)) continue;
      if (!annotated.endsWith('\n')) annotated += '\n';
      const width = Math.min(to, end) - from;
      annotated += `${' '.repeat(from - at)}${width > 0 ? '^'.repeat(width) : '|'} ${code}: ${message}\n`;
    }
    at += line.length;
  }
  return annotated;
}
