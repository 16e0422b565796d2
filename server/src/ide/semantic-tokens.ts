import type { Span } from '../base/span.ts';
import { type Place, readItem } from '../design/place.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Item } from '../language/syntax/item.ts';
import type { Part } from '../language/values/value.ts';
import { mentionsIn } from './mentions.ts';
import { EVERYWHERE, placesIn } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** What a word is, as the schema and the names of the design have it. Names of the protocol's standard types. */
export const TOKEN_TYPES = ['keyword', 'property', 'modifier', 'variable', 'class', 'enumMember'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export interface SemanticToken extends Span {
  readonly type: TokenType;
  readonly isDeclaration: boolean;
}

/** Words of the statements that a span touches, in text order: blocks, properties, clauses, names, words of a choice. */
export function semanticTokens(workspace: Workspace, uri: string, span: Span = EVERYWHERE): readonly SemanticToken[] {
  const project = workspace.projectOf(uri);
  if (!project) return [];
  const tokens: SemanticToken[] = [];
  for (const { place, placeFrom } of placesIn(project, uri, span)) {
    const packed = tokensAt(place);
    for (let at = 0; at < packed.length; at += FIELDS) {
      const [from, to] = [placeFrom + (packed[at] ?? 0), placeFrom + (packed[at + 1] ?? 0)];
      if (from > span.to || to < span.from) continue;
      const type = TOKEN_TYPES[packed[at + 2] ?? 0] ?? 'keyword';
      tokens.push({ from, to, type, isDeclaration: packed[at + 3] === 1 });
    }
  }
  return tokens;
}

/** Start, end, number of the type, and whether it declares. */
const FIELDS = 4;

/** Tokens of items, which do not change while the item stands in the same kind of block; offsets count from its start. */
const known = new WeakMap<Item, { readonly context: string; readonly packed: Int32Array }>();

function tokensAt({ item, context }: Place): Int32Array {
  const last = known.get(item);
  if (last?.context === context) return last.packed;
  const found = [...inSentences(readItem(item, context).sentences)].filter(({ from, to }) => to > from);
  found.sort((a, b) => a.from - b.from);
  const apart = found.filter((token, index) => token.from >= (found[index - 1]?.to ?? 0));
  const packed = Int32Array.from(
    apart.flatMap(({ from, to, type, isDeclaration }) => [from, to, TOKEN_TYPES.indexOf(type), isDeclaration ? 1 : 0]),
  );
  known.set(item, { context, packed });
  return packed;
}

function* inSentences(sentences: readonly Sentence[]): Generator<SemanticToken> {
  for (const sentence of sentences) {
    yield* tokensOf(sentence);
    yield* inSentences(sentence.body);
  }
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
