import type { TextEdit } from '../../base/span.ts';
import { placeText } from '../../design/edits.ts';
import { indentation, isAloneOnLine, lineBreak } from '../../design/statement-edits.ts';
import { PRINT_WIDTH } from '../../language/make/print.ts';
import type { Statement } from '../../language/syntax/parser.ts';
import { spotAt } from '../spot.ts';
import { hasComment, isOneLine, onOneLine } from './block-text.ts';
import type { Refactoring } from './refactoring.ts';

/** A body on one line gets a line for each of its statements, and the other way round. */
export const blockLayout: Refactoring = {
  kind: 'refactor.rewrite',
  offers: (at) => {
    const spot = spotAt(at.workspace, at.uri, at.span.from, at.project);
    if (!spot || spot.sentences.some(({ to }) => spot.placeFrom + to < at.span.to)) return [];
    const text = placeText(spot.place);
    for (const { statement } of [...spot.sentences].reverse()) {
      const { body, word, from, to } = statement;
      if (!body || body.close < 0 || !word || !isAloneOnLine(text, statement)) continue;
      const isExpanding = isOneLine(text.slice(from, to));
      const edit = isExpanding ? expanded(text, statement) : collapsed(text, statement);
      if (!edit) return [];
      const edits = [{ uri: at.uri, from: spot.placeFrom + edit.from, to: spot.placeFrom + edit.to, text: edit.text }];
      const lines = isExpanding ? 'several lines' : 'one line';
      return [{ title: `Write this ${word.text} on ${lines}`, draft: () => ({ edits }) }];
    }
    return [];
  },
};

function expanded(text: string, { body, from }: Statement): TextEdit | undefined {
  if (!body || body.statements.length === 0) return undefined;
  const newline = lineBreak(text);
  const blanks = indentation(text, from);
  const lines = body.statements.map((inner) => `${blanks}  ${text.slice(inner.from, inner.to).trim()}${newline}`);
  return { from: body.open + 1, to: body.close, text: newline + lines.join('') + blanks };
}

function collapsed(text: string, statement: Statement): TextEdit | undefined {
  const { body, from, to } = statement;
  if (!body || hasComment(text.slice(from, to))) return undefined;
  const line = onOneLine(text, statement);
  if (indentation(text, from).length + line.length > PRINT_WIDTH) return undefined;
  const head = text.slice(from, body.open).trimEnd();
  return { from: from + head.length, to, text: line.slice(head.length) };
}
