import type { Span } from '../base/span.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Part } from '../language/values/value.ts';
import { mentionsIn } from './mentions.ts';
import { statementsOf } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** What a word is, as the schema and the names of the design have it. Names of the protocol's standard types. */
export const TOKEN_TYPES = ['keyword', 'property', 'modifier', 'variable', 'class', 'enumMember'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export interface SemanticToken extends Span {
  readonly type: TokenType;
  readonly isDeclaration: boolean;
}

/** Words of the statements that a span touches, in text order: blocks, properties, clauses, names, words of a choice. */
export function semanticTokens(workspace: Workspace, uri: string, span: Span): readonly SemanticToken[] {
  const project = workspace.projectOf(uri);
  if (!project) return [];
  const tokens: SemanticToken[] = [];
  const touches = (own: Span) => own.from <= span.to && own.to >= span.from;
  for (const { sentence, placeFrom } of statementsOf(project, uri, (_, own) => touches(own))) {
    for (const token of tokensOf(sentence))
      tokens.push({ ...token, from: token.from + placeFrom, to: token.to + placeFrom });
  }
  const found = tokens.filter((token) => touches(token) && token.to > token.from).sort((a, b) => a.from - b.from);
  return found.filter((token, index) => token.from >= (found[index - 1]?.to ?? 0));
}

function* tokensOf(sentence: Sentence): Generator<SemanticToken> {
  const { wordSpan, block, clauses, subject } = sentence;
  yield token(wordSpan, block ? 'keyword' : 'property');
  for (const clause of clauses.values()) {
    if (clause.word !== ':') yield token(clause.wordSpan, 'modifier');
    for (const part of clause.value?.parts ?? []) yield* choices(part);
  }
  for (const part of subject?.parts ?? []) yield* choices(part);
  for (const { part, isClass, isDeclaration } of mentionsIn(sentence))
    yield { from: part.from, to: part.to, type: isClass ? 'class' : 'variable', isDeclaration };
}

function* choices(part: Part | undefined): Generator<SemanticToken> {
  if (part?.type === 'list') for (const item of part.items) yield* choices(item);
  if (part?.type === 'word') yield token(part, 'enumMember');
}

function token({ from, to }: Span, type: TokenType): SemanticToken {
  return { from, to, type, isDeclaration: false };
}
