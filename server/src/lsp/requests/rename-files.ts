import type * as lsp from 'vscode-languageserver';
import { renameFiles } from '../../ide/rename-files.ts';
import type { Feature } from '../feature.ts';
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
  register: ({ connection, workspace }) => {
    connection.workspace.onWillRenameFiles(({ files }: lsp.RenameFilesParams) => {
      const edits = renameFiles(workspace, files ?? []);
      return edits.length > 0 ? toWorkspaceEdit(workspace, edits) : null;
    });
  },
};
