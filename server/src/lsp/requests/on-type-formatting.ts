import type * as lsp from 'vscode-languageserver';
import { onTypeFormatting } from '../../ide/on-type-formatting.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

export const onTypeFormattingFeature: Feature = {
  methods: ['textDocument/onTypeFormatting'],
  capabilities: {
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  },
  register: ({ connection, onDocument }) => connection.onDocumentOnTypeFormatting(onDocument(editsFor, [])),
};

function editsFor({ file, offset }: Asked, { position, ch }: lsp.DocumentOnTypeFormattingParams): lsp.TextEdit[] {
  const edits = onTypeFormatting(file, offset(position), ch);
  return edits.map((edit) => ({ range: toRange(file, edit), newText: edit.text }));
}
