import type * as lsp from 'vscode-languageserver';
import { formatting } from '../../ide/formatting.ts';
import type { Asked, Feature } from '../feature.ts';
import { toTextEdits } from '../to-lsp.ts';

export const formattingFeature: Feature = {
  methods: ['textDocument/formatting', 'textDocument/rangeFormatting'],
  capabilities: { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  register: ({ connection, onDocument }) => {
    connection.onDocumentFormatting(onDocument(({ file }) => toTextEdits(file, formatting(file)), []));
    connection.onDocumentRangeFormatting(onDocument(rangeFormattingFor, []));
  },
};

function rangeFormattingFor({ file, span }: Asked, { range }: lsp.DocumentRangeFormattingParams) {
  return toTextEdits(file, formatting(file, span(range)));
}
