/** A server that does nothing but keep its texts, as the usual library does, publish that nothing is wrong, and answer nothing. */
import { createConnection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const connection = createConnection(process.stdin, process.stdout);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, hoverProvider: true, completionProvider: {} },
}));
connection.onHover(() => null);
connection.onCompletion(() => null);
documents.onDidChangeContent(({ document }) => {
  // Any server asks where something stands, which makes the document count its lines.
  document.positionAt(0);
  void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: [] });
});
documents.listen(connection);
connection.listen();
