import type * as lsp from 'vscode-languageserver';
import { LINKED_WORD, linkedRanges } from '../../ide/linked-editing.ts';
import type { Asked, Feature } from '../feature.ts';
import { linesOf } from '../lines.ts';

export const linkedEditingFeature: Feature = {
  methods: ['textDocument/linkedEditingRange'],
  capabilities: { linkedEditingRangeProvider: true },
  register: ({ connection, onDocument }) => connection.languages.onLinkedEditingRange(onDocument(rangesFor, null)),
};

function rangesFor({ workspace, uri, file, offset }: Asked, { position }: lsp.LinkedEditingRangeParams) {
  const ranges = linkedRanges(workspace, uri, offset(position));
  if (ranges.length === 0) return null;
  return { ranges: ranges.map((span) => linesOf(file).range(span)), wordPattern: LINKED_WORD };
}
