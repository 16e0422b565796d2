import * as lsp from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { ClientFeatures } from './client.ts';
import { fromPosition, fromRange } from './from-lsp.ts';

/** A file that a request asks about. */
export interface Asked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly file: ParsedFile;
  readonly client: ClientFeatures;
  readonly offset: (position: lsp.Position) => number;
  readonly span: (range: lsp.Range) => Span;
}

interface DocumentParams {
  readonly textDocument: lsp.TextDocumentIdentifier;
}

/** Where requests come from, and what they are answered from. */
export interface Service {
  readonly connection: lsp.Connection;
  readonly workspace: Workspace;
  readonly client: () => ClientFeatures;
}

/**
 * Makes a handler of a function of the document. It looks the document up, answers `empty` for one that is not known,
 * and keeps a mistake of ours from the user: it is logged, and the answer is empty. What nobody waits for any more is
 * not computed.
 */
export function onDocumentOf({ connection, workspace, client }: Service) {
  return <P extends DocumentParams, R>(handle: (asked: Asked, params: P) => R, empty: R) =>
    (params: P, token: lsp.CancellationToken): R | lsp.ResponseError => {
      if (token.isCancellationRequested)
        return new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, 'the request was cancelled');
      const { uri } = params.textDocument;
      const file = workspace.file(uri);
      if (!file) return empty;
      const offset = (position: lsp.Position) => fromPosition(file, position);
      const span = (range: lsp.Range) => fromRange(file, range);
      try {
        return handle({ workspace, uri, file, client: client(), offset, span }, params);
      } catch (error) {
        connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return empty;
      }
    };
}
