import type * as lsp from 'vscode-languageserver';
import { selectionRanges } from '../../ide/selection-ranges.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

export const selectionRangesFeature: Feature = {
  methods: ['textDocument/selectionRange'],
  capabilities: { selectionRangeProvider: true },
  register: ({ connection, onDocument }) => connection.onSelectionRanges(onDocument(selectionRangesFor, [])),
};

/** One chain for each position, as the protocol asks: an empty range where nothing is known. */
function selectionRangesFor(asked: Asked, { positions }: lsp.SelectionRangeParams): lsp.SelectionRange[] {
  const { workspace, uri, file, offset } = asked;
  return positions.map((position) => {
    let chain: lsp.SelectionRange | undefined;
    for (const span of selectionRanges(workspace, uri, offset(position)).toReversed())
      chain = { range: toRange(file, span), ...(chain ? { parent: chain } : {}) };
    return chain ?? { range: { start: position, end: position } };
  });
}
