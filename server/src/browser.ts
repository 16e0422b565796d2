import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './lsp/server.ts';
import { type ReadFileParams, type ReadFileResult, readFileRequest } from './protocol/requests.ts';

/** Entry point of the server in a web worker: it has no files, the editor reads them. */
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);

startServer(connection, {
  readFile: async (uri) => {
    const params: ReadFileParams = { uri };
    return (await connection.sendRequest<ReadFileResult>(readFileRequest, params)) ?? undefined;
  },
});
