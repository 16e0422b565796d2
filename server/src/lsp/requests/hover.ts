import * as lsp from 'vscode-languageserver';
import { hover } from '../../ide/hover.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

export const hoverFeature: Feature = {
  methods: ['textDocument/hover'],
  capabilities: { hoverProvider: true },
  register: ({ connection, onDocument }) => connection.onHover(onDocument(hoverFor, null)),
};

function hoverFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.HoverParams): lsp.Hover | null {
  const found = hover(workspace, uri, offset(position), client.rulePages);
  return found
    ? { range: toRange(file, found), contents: { kind: lsp.MarkupKind.Markdown, value: found.markdown } }
    : null;
}
