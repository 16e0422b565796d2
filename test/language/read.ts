import type { Span } from '../../server/src/base/span.ts';
import { applyEdits } from '../../server/src/base/span.ts';
import type { Problem } from '../../server/src/language/problem.ts';
import { type Reading, readStatements, type Sentence } from '../../server/src/language/sentence.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import type { Part } from '../../server/src/language/values/value.ts';

/** A whole text read as one piece. */
export function read(text: string, context = 'file'): Reading {
  const { statements, problems } = parse(text, parseFile(text).mode);
  const reading = readStatements(statements, context);
  return { sentences: reading.sentences, problems: [...problems, ...reading.problems] };
}

export function problemsOf(text: string, context = 'file'): readonly Problem[] {
  return [...read(text, context).problems].sort(
    (a, b) => a.from - b.from || a.to - b.to || (a.message < b.message ? -1 : 1),
  );
}

/** What the first fix of every problem makes of a text. */
export function fixed(text: string, context = 'file'): string {
  const edits = problemsOf(text, context).flatMap((problem) => problem.fixes?.[0]?.edits ?? []);
  return applyEdits(text, edits);
}

/** Sentences without places and without what they were read from: what a text means. */
export function meaning(sentences: readonly Sentence[]): unknown {
  return sentences.map(({ word, context, subject, clauses, body }) => ({
    word,
    context,
    subject: subject && value(subject.parts, subject.none, subject.each),
    clauses: Object.fromEntries(
      [...clauses.values()].map(({ word: clause, value: its }) => [
        clause,
        its && value(its.parts, its.none, its.each),
      ]),
    ),
    body: meaning(body),
  }));
}

function value(parts: readonly (Part | undefined)[], none: boolean, each: boolean): unknown {
  return { parts: parts.map((part) => part && plain(part)), none, each };
}

/** A part without its place. */
export function plain(part: Part): unknown {
  if (part.type === 'list') return part.items.map(plain);
  if (part.type === 'span') return { low: plain(part.low), high: plain(part.high) };
  const { from: _from, to: _to, ...rest } = part satisfies Span;
  return rest;
}
