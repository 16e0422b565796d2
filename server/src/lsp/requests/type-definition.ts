import type * as lsp from 'vscode-languageserver';
import { implementations, typeDefinitions } from '../../ide/type-definition.ts';
import type { Asked, Feature } from '../feature.ts';
import { toDefinitions } from '../to-lsp.ts';

/** Classes as the protocol knows types: from a thing to its classes, and from a class to the things that are of it. */
export const typeDefinitionFeature: Feature = {
  methods: ['textDocument/typeDefinition', 'textDocument/implementation'],
  capabilities: { typeDefinitionProvider: true, implementationProvider: true },
  register: ({ connection, onDocument }) => {
    connection.onTypeDefinition(onDocument(typeDefinitionFor, []));
    connection.onImplementation(onDocument(implementationFor, []));
  },
};

function typeDefinitionFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.TypeDefinitionParams) {
  const found = typeDefinitions(workspace, uri, offset(position));
  return toDefinitions(workspace, file, found, client.links.has('typeDefinition'));
}

function implementationFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.ImplementationParams) {
  const found = implementations(workspace, uri, offset(position));
  return toDefinitions(workspace, file, found, client.links.has('implementation'));
}
