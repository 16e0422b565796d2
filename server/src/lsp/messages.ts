import * as lsp from 'vscode-languageserver';

/** Shows a message without waiting for anybody to read it: editors that cannot answer one still show it. */
export function showMessage(connection: lsp.Connection, type: lsp.MessageType, message: string): void {
  void connection.sendNotification(lsp.ShowMessageNotification.type, { type, message });
}
