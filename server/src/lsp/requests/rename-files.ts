import * as lsp from 'vscode-languageserver';
import { renameFiles } from '../../ide/rename-files.ts';
import type { Workspace } from '../../ide/workspace.ts';
import { type Feature, safely } from '../feature.ts';
import { toWorkspaceEdit } from '../to-lsp.ts';

/** Imports follow a file that is renamed or moved in the editor. */
export const renameFilesFeature: Feature = {
  methods: ['workspace/willRenameFiles'],
  capabilities: {
    workspace: {
      fileOperations: {
        willRename: {
          filters: [
            { scheme: 'file', pattern: { glob: '**/*.vdc', matches: 'file' } },
            { scheme: 'file', pattern: { glob: '**', matches: 'folder' } },
          ],
        },
      },
    },
  },
  register: (service) => {
    const { connection, workspace } = service;
    const answer = safely(service, (params: lsp.RenameFilesParams) => editsFor(workspace, params), null);
    connection.onRequest(lsp.WillRenameFilesRequest.method, answer);
  },
};

function editsFor(workspace: Workspace, { files }: lsp.RenameFilesParams): lsp.WorkspaceEdit | null {
  const edits = renameFiles(workspace, files ?? []);
  return edits.length > 0 ? toWorkspaceEdit(workspace, edits) : null;
}
