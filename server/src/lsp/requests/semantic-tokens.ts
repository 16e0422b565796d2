import * as lsp from 'vscode-languageserver';
import { type SemanticToken, semanticTokens, TOKEN_TYPES } from '../../ide/semantic-tokens.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Asked, Feature } from '../feature.ts';
import { linesOf } from '../lines.ts';

const TOKEN_LEGEND: lsp.SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [lsp.SemanticTokenModifiers.declaration],
};

/** A file of more characters is coloured where it is on screen, by editors that can. */
const LARGE = 100_000;

export const semanticTokensFeature: Feature = {
  methods: [
    'textDocument/semanticTokens/range',
    'textDocument/semanticTokens/full',
    'textDocument/semanticTokens/full/delta',
  ],
  capabilities: { semanticTokensProvider: { legend: TOKEN_LEGEND, range: true, full: { delta: true } } },
  register: ({ connection, documents, onDocument }) => {
    const { semanticTokens: tokens } = connection.languages;
    const kept: Kept = new Map();
    documents.onClosed((uri) => kept.delete(uri));
    tokens.onRange(onDocument(tokensInRange, NO_TOKENS));
    tokens.on(onDocument((asked) => allTokens(asked, kept)?.build() ?? tooLarge(), NO_TOKENS));
    tokens.onDelta(onDocument((asked, params) => changedTokens(asked, params, kept), NO_TOKENS));
  },
};

const NO_TOKENS: lsp.SemanticTokens = { data: [] };

function tokensInRange({ workspace, uri, file, span }: Asked, { range }: lsp.SemanticTokensRangeParams) {
  const builder = new lsp.SemanticTokensBuilder();
  push(builder, file, semanticTokens(workspace, uri, span(range)));
  return builder.build();
}

/** The last answer for each file that is open: a later one tells what differs from it. */
type Kept = Map<string, lsp.SemanticTokensBuilder>;

/**
 * Editors that ask for ranges give up on them once all of a file was answered, and ask for all of it after every edit
 * from then on. So a large file is refused to them from the start: they keep what they have, and go on with ranges. No
 * tokens would say that it has none. A file that grows large while it is open stays with what it began with.
 */
function allTokens({ workspace, uri, file, client }: Asked, kept: Kept, previousResultId = '') {
  if (client.hasRangeTokens && file.root.length > LARGE && !kept.has(uri)) return undefined;
  const builder = kept.get(uri) ?? new lsp.SemanticTokensBuilder();
  kept.set(uri, builder);
  builder.previousResult(previousResultId);
  push(builder, file, semanticTokens(workspace, uri));
  return builder;
}

function changedTokens(asked: Asked, { previousResultId }: lsp.SemanticTokensDeltaParams, kept: Kept) {
  return allTokens(asked, kept, previousResultId)?.buildEdits() ?? tooLarge();
}

function tooLarge(): lsp.ResponseError {
  return new lsp.ResponseError(lsp.LSPErrorCodes.ServerCancelled, 'a file of this size is coloured where it is shown');
}

function push(builder: lsp.SemanticTokensBuilder, file: ParsedFile, tokens: readonly SemanticToken[]): void {
  const lines = linesOf(file);
  for (const { from, to, type, isDeclaration } of tokens) {
    const { line, character } = lines.position(from);
    builder.push(line, character, to - from, TOKEN_TYPES.indexOf(type), isDeclaration ? 1 : 0);
  }
}
