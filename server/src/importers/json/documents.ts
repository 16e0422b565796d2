/** Reads a file of JSON: one document, or several after each other, as a loop over a command writes them. */
import { type ImportLimits, UnreadableFile } from '../limits.ts';

export interface JsonDocument {
  readonly value: unknown;
  /** Line of the file that it begins in, from 1. */
  readonly line: number;
}

export interface JsonDocuments {
  readonly documents: readonly JsonDocument[];
  /** What could not be read, with the line that it begins in. */
  readonly damaged: readonly { readonly message: string; readonly line: number }[];
}

/**
 * Documents that are damaged or cut off are named; the others are read.
 * @throws UnreadableFile if the text is longer than the limits allow
 */
export function readJsonDocuments(text: string, limits: ImportLimits): JsonDocuments {
  if (text.length > limits.documentLength) {
    throw new UnreadableFile(
      `it has more than ${limits.documentLength} characters, which are held in memory at once (limit: documentLength)`,
    );
  }
  const documents: JsonDocument[] = [];
  const damaged: { message: string; line: number }[] = [];
  let line = 1;
  for (const { part, isWhole } of partsOf(text)) {
    const blanks = /^\s*/.exec(part)?.[0] ?? '';
    const own = part.slice(blanks.length);
    const start = line + lineEnds(blanks);
    line += lineEnds(part);
    if (own === '') continue;
    try {
      documents.push({ value: JSON.parse(own), line: start });
    } catch {
      damaged.push({ message: isWhole ? `this is no JSON: ${shown(own)}` : 'the JSON is cut off', line: start });
    }
  }
  return { documents, damaged };
}

/** Cuts after each bracket that closes the outermost one, and after each line outside of brackets. */
function* partsOf(text: string): Generator<{ part: string; isWhole: boolean }> {
  let from = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
      continue;
    }
    if (code === QUOTE) quoted = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    else if (code !== LINE_END || depth > 0) continue;
    if (depth > 0 || quoted || (code !== CLOSE_BRACE && code !== CLOSE_BRACKET && code !== LINE_END)) continue;
    depth = 0;
    yield { part: text.slice(from, at + 1), isWhole: true };
    from = at + 1;
  }
  yield { part: text.slice(from), isWhole: depth === 0 && !quoted };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LINE_END = 0x0a;

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function shown(text: string): string {
  const start = text.slice(0, 40).replace(/\s+/g, ' ');
  return text.length > 40 ? `${start}…` : start;
}
