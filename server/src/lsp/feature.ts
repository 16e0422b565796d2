import * as lsp from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Background } from './background.ts';
import type { ClientFeatures } from './client.ts';
import type { Documents } from './documents.ts';
import { fromPosition, fromRange } from './from-lsp.ts';
import type { Planner } from './planner/planner.ts';
import type { Settings } from './settings.ts';

/** A part of the Language Server Protocol: what the server says it can do, and how it does it. */
export interface Feature {
  /** Methods of the protocol that it answers. */
  readonly methods: readonly string[];
  readonly capabilities: lsp.ServerCapabilities;
  /** Which clients are told of it; all, unless it says otherwise. */
  readonly isFor?: (client: ClientFeatures) => boolean;
  register(service: Service): void;
  /** Called when the user has changed a setting. */
  readonly configured?: (service: Service) => void;
}

/** Where requests come from, and what they are answered from. */
export interface Service {
  readonly connection: lsp.Connection;
  readonly documents: Documents;
  readonly workspace: Workspace;
  readonly client: () => ClientFeatures;
  readonly settings: () => Settings;
  readonly onDocument: OnDocument;
  /** For what takes long: it does not keep other requests waiting. */
  readonly background: Background;
  /** For plans: in a worker, where there can be one. */
  readonly planner: Planner;
}

/** A file that a request asks about. */
export interface Asked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly file: ParsedFile;
  readonly client: ClientFeatures;
  readonly settings: Settings;
  readonly offset: (position: lsp.Position) => number;
  readonly span: (range: lsp.Range) => Span;
}

export interface DocumentParams {
  readonly textDocument: lsp.TextDocumentIdentifier;
}

/** Makes a handler of a function; `empty` is the answer for a file that is not known. */
export type OnDocument = <P extends DocumentParams, R>(
  handle: (asked: Asked, params: P) => R,
  empty: R,
) => (params: P, token: lsp.CancellationToken) => R | lsp.ResponseError;

/**
 * Looks the document up for a handler, and keeps a mistake of ours from the user: it is logged, and the answer is
 * empty. What nobody waits for any more is not computed.
 */
export function onDocumentOf({
  connection,
  workspace,
  client,
  settings,
}: Omit<Service, 'onDocument' | 'background' | 'planner'>): OnDocument {
  return (handle, empty) => (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    const { uri } = params.textDocument;
    const file = workspace.file(uri);
    if (!file) return empty;
    const offset = (position: lsp.Position) => fromPosition(file, position);
    const span = (range: lsp.Range) => fromRange(file, range);
    try {
      return handle({ workspace, uri, file, client: client(), settings: settings(), offset, span }, params);
    } catch (error) {
      logMistake(connection, error);
      return empty;
    }
  };
}

/** The same for a request about no document in particular. */
export function safely<P, R>(
  { connection }: Pick<Service, 'connection'>,
  handle: (params: P) => R,
  empty: R,
): (params: P, token: lsp.CancellationToken) => R | lsp.ResponseError {
  return (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      return handle(params);
    } catch (error) {
      logMistake(connection, error);
      return empty;
    }
  };
}

/** The answer to a request that nobody waits for any more. */
export function cancelled(): lsp.ResponseError {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

function logMistake(connection: lsp.Connection, error: unknown): void {
  connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
