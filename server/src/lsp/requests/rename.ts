import * as lsp from 'vscode-languageserver';
import { prepareRename, rename } from '../../ide/rename.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange, toWorkspaceEdit } from '../to-lsp.ts';

export const renameFeature: Feature = {
  methods: ['textDocument/prepareRename', 'textDocument/rename'],
  capabilities: { renameProvider: { prepareProvider: true } },
  register: ({ connection, onDocument }) => {
    connection.onPrepareRename(onDocument(prepareRenameFor, null));
    connection.onRenameRequest(onDocument(renameFor, null));
  },
};

function prepareRenameFor({ workspace, uri, file, offset }: Asked, { position }: lsp.PrepareRenameParams) {
  const found = prepareRename(workspace, uri, offset(position));
  return 'refused' in found ? refusal(found.refused) : { range: toRange(file, found), placeholder: found.text };
}

function renameFor({ workspace, uri, offset }: Asked, { position, newName }: lsp.RenameParams) {
  const edits = rename(workspace, uri, offset(position), newName);
  return 'refused' in edits ? refusal(edits.refused) : toWorkspaceEdit(workspace, edits);
}

/** Shown to the user as it is. */
function refusal(reason: string): lsp.ResponseError {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, reason);
}
