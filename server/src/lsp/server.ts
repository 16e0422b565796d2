import type * as lsp from 'vscode-languageserver';
import {
  type InitializationOptions,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
} from '../protocol/requests.ts';
import { Documents, type Environment } from './documents.ts';
import { CAPABILITIES, registerHandlers } from './handlers.ts';

export type { Environment };

/** Answers an editor over a connection until it closes. */
export function startServer(connection: lsp.Connection, environment: Environment): Documents {
  let clientReads = false;
  const documents = new Documents(connection, {
    ...environment,
    readFile: (uri) => (clientReads ? readThrough(connection, uri) : environment.readFile(uri)),
  });
  connection.onInitialize(({ initializationOptions }) => {
    clientReads = (initializationOptions as InitializationOptions | undefined)?.readsFiles ?? false;
    return { serverInfo: { name: 'vdc' }, capabilities: CAPABILITIES };
  });
  registerHandlers(connection, documents);
  connection.listen();
  return documents;
}

/** Asks the editor for a file: it reads in remote and virtual workspaces, too. */
async function readThrough(connection: lsp.Connection, uri: string): Promise<string | undefined> {
  const params: ReadFileParams = { uri };
  return (await connection.sendRequest<ReadFileResult>(readFileRequest, params)) ?? undefined;
}
