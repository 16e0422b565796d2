import * as lsp from 'vscode-languageserver';
import { type DocumentSymbol, documentSymbols } from '../../ide/symbols.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Feature } from '../feature.ts';
import { linesOf } from '../lines.ts';

export const documentSymbolsFeature: Feature = {
  methods: ['textDocument/documentSymbol'],
  capabilities: { documentSymbolProvider: true },
  register: ({ connection, onDocument }) =>
    connection.onDocumentSymbol(onDocument(({ file }) => documentSymbols(file).map((one) => toSymbol(file, one)), [])),
};

export const SYMBOL_KINDS: Readonly<Record<string, lsp.SymbolKind>> = {
  design: lsp.SymbolKind.Package,
  class: lsp.SymbolKind.Class,
  amend: lsp.SymbolKind.Operator,
  assume: lsp.SymbolKind.Variable,
  policy: lsp.SymbolKind.Constant,
  team: lsp.SymbolKind.Enum,
  tool: lsp.SymbolKind.Event,
  site: lsp.SymbolKind.Namespace,
  rack: lsp.SymbolKind.Namespace,
  cluster: lsp.SymbolKind.Module,
  host: lsp.SymbolKind.Struct,
  vm: lsp.SymbolKind.Object,
  app: lsp.SymbolKind.Interface,
  network: lsp.SymbolKind.Field,
  vswitch: lsp.SymbolKind.Property,
  licence: lsp.SymbolKind.Key,
};

function toSymbol(file: ParsedFile, symbol: DocumentSymbol): lsp.DocumentSymbol {
  const lines = linesOf(file);
  const children = symbol.children.map((child) => toSymbol(file, child));
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: SYMBOL_KINDS[symbol.word] ?? lsp.SymbolKind.Object,
    range: lines.range(symbol),
    selectionRange: lines.range(symbol.selection),
    ...(children.length > 0 ? { children } : {}),
  };
}
