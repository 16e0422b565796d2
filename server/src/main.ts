import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.ts';

const connection = createConnection(ProposedFeatures.all);

startServer(connection, {
  readFile: async (uri) => (uri.startsWith('file:') ? readFile(fileURLToPath(uri), 'utf8') : undefined),
});
