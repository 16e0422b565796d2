import type * as lsp from 'vscode-languageserver';
import { definitions } from '../../ide/definition.ts';
import type { Asked, Feature } from '../feature.ts';
import { toDefinitions } from '../to-lsp.ts';

export const definitionFeature: Feature = {
  methods: ['textDocument/definition'],
  capabilities: { definitionProvider: true },
  register: ({ connection, onDocument }) => connection.onDefinition(onDocument(definitionFor, [])),
};

function definitionFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.DefinitionParams) {
  return toDefinitions(workspace, file, definitions(workspace, uri, offset(position)), client.links.has('definition'));
}
