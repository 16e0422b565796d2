import * as lsp from 'vscode-languageserver';
import { highlights, references } from '../../ide/references.ts';
import type { Asked, Feature } from '../feature.ts';
import { toLocations, toRange } from '../to-lsp.ts';

export const referencesFeature: Feature = {
  methods: ['textDocument/references'],
  capabilities: { referencesProvider: true },
  register: ({ connection, onDocument }) => connection.onReferences(onDocument(referencesFor, [])),
};

export const highlightsFeature: Feature = {
  methods: ['textDocument/documentHighlight'],
  capabilities: { documentHighlightProvider: true },
  register: ({ connection, onDocument }) => connection.onDocumentHighlight(onDocument(highlightsFor, [])),
};

function referencesFor({ workspace, uri, offset }: Asked, { position, context }: lsp.ReferenceParams) {
  const found = references(workspace, uri, offset(position));
  return toLocations(
    workspace,
    found.filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration),
  );
}

function highlightsFor({ workspace, uri, file, offset }: Asked, { position }: lsp.DocumentHighlightParams) {
  return highlights(workspace, uri, offset(position)).map((found): lsp.DocumentHighlight => {
    const kind = found.isDeclaration ? lsp.DocumentHighlightKind.Write : lsp.DocumentHighlightKind.Read;
    return { range: toRange(file, found), kind };
  });
}
