import * as lsp from 'vscode-languageserver';
import { Documents, type Environment } from './documents.ts';

export type { Environment };

/** Answers an editor over a connection until it closes. */
export function startServer(connection: lsp.Connection, environment: Environment): Documents {
  const documents = new Documents(connection, environment);
  connection.onInitialize(() => ({
    serverInfo: { name: 'vdc' },
    capabilities: {
      positionEncoding: lsp.PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
    },
  }));
  connection.listen();
  return documents;
}
