import * as lsp from 'vscode-languageserver';
import type { Workspace } from '../../ide/workspace.ts';
import { type WorkspaceSymbol, workspaceSymbols } from '../../ide/workspace-symbols.ts';
import { type Feature, safely } from '../feature.ts';
import { toLocation } from '../to-lsp.ts';
import { SYMBOL_KINDS } from './document-symbols.ts';

/** Places are told at once: finding those of the few that are shown costs less than asking for each. */
export const workspaceSymbolsFeature: Feature = {
  methods: ['workspace/symbol'],
  capabilities: { workspaceSymbolProvider: true },
  register: (service) => {
    const { connection, workspace } = service;
    connection.onWorkspaceSymbol(safely(service, (params) => symbolsFor(workspace, params), []));
  },
};

function symbolsFor(workspace: Workspace, { query }: lsp.WorkspaceSymbolParams): lsp.SymbolInformation[] {
  return workspaceSymbols(workspace, query ?? '').flatMap((symbol) => toSymbol(workspace, symbol));
}

function toSymbol(workspace: Workspace, symbol: WorkspaceSymbol): lsp.SymbolInformation[] {
  const { name, word, uri, container } = symbol;
  const location = toLocation(workspace, uri, symbol);
  if (!location) return [];
  const kind = SYMBOL_KINDS[word] ?? lsp.SymbolKind.Object;
  return [{ name, kind, location, ...(container === undefined ? {} : { containerName: container }) }];
}
