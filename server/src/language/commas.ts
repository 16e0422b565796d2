import type { Problem } from './problem.ts';
import type { SentenceShape, Term } from './schema/notation.ts';
import type { Statement } from './syntax/parser.ts';
import { replaceFix } from './values/cursor.ts';

/**
 * `vcpu 2, memory 8 GiB`: statements with commas between them, taken apart with a message for each comma. Only behind a
 * word that takes no list, and in front of a word that may begin a statement of the block.
 */
export function partedAtCommas(
  statement: Statement,
  shape: SentenceShape,
  isWord: (word: string) => boolean,
  problems: Problem[],
): readonly Statement[] {
  const { args, word } = statement;
  if (!word || !args.some(({ kind }) => kind === ',') || takesLists(shape)) return [statement];
  const at = args.findIndex(({ kind }, index) => {
    const next = args[index + 1];
    return kind === ',' && next?.kind === 'word' && isWord(next.text) && !shape.isClause(next.text);
  });
  const [comma, first] = [args[at], args[at + 1]];
  if (!comma || !first) return [statement];
  const message = 'statements of a block are parted by ; or a new line';
  problems.push({ from: comma.from, to: comma.to, code: 'syntax', message, fixes: [replaceFix(comma, ';')] });
  const before = { ...statement, args: args.slice(0, at), body: undefined, to: comma.from };
  return [before, { ...statement, word: first, args: args.slice(at + 2), from: first.from }];
}

function takesLists({ subject, clauses }: SentenceShape): boolean {
  const shapes = [subject, ...[...clauses.values()].map(({ value }) => value)];
  return shapes.some((shape) => shape?.alternatives.some((terms) => terms.some(isList)));
}

function isList(term: Term): boolean {
  if (term.type === 'optional') return term.terms.some(isList);
  if (term.type === 'atom') return term.list || term.atom === 'NAMES';
  return (term.type === 'reference' || term.type === 'choice') && term.list;
}
