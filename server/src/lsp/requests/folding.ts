import * as lsp from 'vscode-languageserver';
import { type Fold, folds } from '../../ide/folding.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Feature } from '../feature.ts';
import { linesOf } from '../lines.ts';

export const foldingFeature: Feature = {
  methods: ['textDocument/foldingRange'],
  capabilities: { foldingRangeProvider: true },
  register: ({ connection, onDocument }) =>
    connection.onFoldingRanges(onDocument(({ file }) => folds(file).flatMap((fold) => toFold(file, fold)), [])),
};

const FOLD_KINDS = { block: undefined, comment: lsp.FoldingRangeKind.Comment, imports: lsp.FoldingRangeKind.Imports };

/** A block folds up to the line before its closing brace, which stays. */
function toFold(file: ParsedFile, { from, to, kind }: Fold): lsp.FoldingRange[] {
  const lines = linesOf(file);
  const startLine = lines.position(from).line;
  const endLine = lines.position(to).line - (kind === 'block' ? 1 : 0);
  const foldKind = FOLD_KINDS[kind];
  return endLine > startLine ? [{ startLine, endLine, ...(foldKind ? { kind: foldKind } : {}) }] : [];
}
