import * as lsp from 'vscode-languageserver';
import { type SemanticToken, semanticTokens, TOKEN_TYPES } from '../../ide/semantic-tokens.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Asked, Feature } from '../feature.ts';
import { linesOf } from '../lines.ts';

const TOKEN_LEGEND: lsp.SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [lsp.SemanticTokenModifiers.declaration],
};

export const semanticTokensFeature: Feature = {
  methods: ['textDocument/semanticTokens/range'],
  // Of a large file only what is on screen: each edit would else colour all of it anew.
  capabilities: { semanticTokensProvider: { legend: TOKEN_LEGEND, range: true } },
  register: ({ connection, onDocument }) =>
    connection.languages.semanticTokens.onRange(onDocument(tokensFor, { data: [] })),
};

function tokensFor({ workspace, uri, file, span }: Asked, { range }: lsp.SemanticTokensRangeParams) {
  return toSemanticTokens(file, semanticTokens(workspace, uri, span(range)));
}

function toSemanticTokens(file: ParsedFile, tokens: readonly SemanticToken[]): lsp.SemanticTokens {
  const lines = linesOf(file);
  const builder = new lsp.SemanticTokensBuilder();
  for (const { from, to, type, isDeclaration } of tokens) {
    const { line, character } = lines.position(from);
    builder.push(line, character, to - from, TOKEN_TYPES.indexOf(type), isDeclaration ? 1 : 0);
  }
  return builder.build();
}
