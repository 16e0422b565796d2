import type * as lsp from 'vscode-languageserver';
import { importLinks } from '../../ide/document-links.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

export const documentLinksFeature: Feature = {
  methods: ['textDocument/documentLink'],
  capabilities: { documentLinkProvider: {} },
  register: ({ connection, onDocument }) => connection.onDocumentLinks(onDocument(linksFor, [])),
};

function linksFor({ workspace, uri, file }: Asked): lsp.DocumentLink[] {
  return importLinks(workspace, uri).map((link) => ({ range: toRange(file, link), target: link.target }));
}
