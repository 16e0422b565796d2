import type * as lsp from 'vscode-languageserver';
import { type Definition, definitions } from '../../ide/definition.ts';
import type { Workspace } from '../../ide/workspace.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Asked, Feature } from '../feature.ts';
import { toLocations, toRange } from '../to-lsp.ts';

export const definitionFeature: Feature = {
  methods: ['textDocument/definition'],
  capabilities: { definitionProvider: true },
  register: ({ connection, onDocument }) => connection.onDefinition(onDocument(definitionFor, [])),
};

function definitionFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.DefinitionParams) {
  return toDefinitions(workspace, file, definitions(workspace, uri, offset(position)), client.hasDefinitionLinks);
}

/** As links where the editor takes those: they say what was asked about, too. */
function toDefinitions(
  workspace: Workspace,
  file: ParsedFile,
  found: readonly Definition[],
  hasLinks: boolean,
): lsp.LocationLink[] | lsp.Location[] {
  if (!hasLinks)
    return toLocations(
      workspace,
      found.map(({ uri, name }) => ({ uri, from: name.from, to: name.to })),
    );
  return found.flatMap(({ uri, origin, block, name }) => {
    const target = workspace.file(uri);
    if (!target) return [];
    return [
      {
        originSelectionRange: toRange(file, origin),
        targetUri: uri,
        targetRange: toRange(target, block),
        targetSelectionRange: toRange(target, name),
      },
    ];
  });
}
