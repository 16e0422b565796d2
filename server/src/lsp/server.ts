import type * as lsp from 'vscode-languageserver';
import { type ReadFileParams, type ReadFileResult, readFileRequest } from '../protocol/requests.ts';
import { clientFeatures, PLAIN_CLIENT } from './client.ts';
import { Documents, type Environment } from './documents.ts';
import { CAPABILITIES, registerHandlers } from './handlers.ts';

export type { Environment };

/** Answers an editor over a connection until it closes. */
export function startServer(connection: lsp.Connection, environment: Environment): Documents {
  let client = PLAIN_CLIENT;
  const documents = new Documents(connection, {
    ...environment,
    readFile: (uri) => (client.readsFiles ? readThrough(connection, uri) : environment.readFile(uri)),
  });
  connection.onInitialize((params) => {
    client = clientFeatures(params);
    return { serverInfo: { name: 'vdc' }, capabilities: CAPABILITIES };
  });
  registerHandlers({ connection, workspace: documents.workspace, client: () => client });
  connection.listen();
  return documents;
}

/** Asks the editor for a file: it reads in remote and virtual workspaces, too. */
async function readThrough(connection: lsp.Connection, uri: string): Promise<string | undefined> {
  const params: ReadFileParams = { uri };
  return (await connection.sendRequest<ReadFileResult>(readFileRequest, params)) ?? undefined;
}
