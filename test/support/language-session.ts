/** An editor without an editor: starts the built server over stdio and speaks the protocol with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentClientCapabilities,
  type TextEdit,
  type WindowClientCapabilities,
  type WorkspaceClientCapabilities,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions } from '../../server/src/protocol/requests.ts';

const root = resolve(import.meta.dirname, '../..');
const patience = 30_000;

export interface Session {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Opens a document and answers its diagnostics. */
  open(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Sends edits as an editor does, and answers the diagnostics of the new text. */
  edit(uri: string, edits: readonly TextEdit[]): Promise<readonly Diagnostic[]>;
  /** Waits until the diagnostics last published for a document satisfy a condition. */
  settled(uri: string, isSo: (diagnostics: readonly Diagnostic[]) => boolean): Promise<void>;
  /** Codes of the diagnostics last published for a document; undefined if none were. */
  codes(uri: string): readonly unknown[] | undefined;
  /** The text as the editor has it. */
  text(uri: string): string;
  /** Shuts down; answers the exit code of the server. */
  close(): Promise<number | null>;
}

/** What another editor says of itself, and does, in place of the usual one. */
export interface EditorOptions {
  /** Folders of its workspace, as uris. */
  readonly folders?: readonly string[];
  /** Capabilities of documents and of the workspace, beside or in place of the usual ones. */
  readonly textDocument?: TextDocumentClientCapabilities;
  readonly workspace?: WorkspaceClientCapabilities;
  readonly window?: WindowClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** The user's settings under `vdc`, read anew each time. */
  readonly settings?: () => object | null;
  /** Requests that the server sends, by method. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
}

/** Starts a server: `command` is what to run in place of the extension's server. */
export async function startSession(
  command: readonly string[] = ['dist/server.js', '--stdio'],
  options: EditorOptions = {},
): Promise<Session> {
  const [module = '', ...args] = command;
  const server = spawn(process.execPath, [join(root, module), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  const documents = new Map<string, TextDocument>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const check of waiting) check();
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
    items.map(() => options.settings?.() ?? null),
  );
  connection.onRequest('vdc/readFile', () => null);
  for (const [method, answer] of Object.entries(options.answers ?? {})) connection.onRequest(method, answer);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: {
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
          resolveSupport: { properties: ['edit'] },
          isPreferredSupport: true,
          dataSupport: true,
        },
        ...options.textDocument,
      },
      workspace: { workspaceEdit: { documentChanges: true }, ...options.workspace },
      ...(options.window ? { window: options.window } : {}),
    },
    ...(options.folders ? { workspaceFolders: options.folders.map((uri) => ({ uri, name: uri })) } : {}),
    initializationOptions: options.initializationOptions ?? {},
  });
  await connection.sendNotification('initialized', {});

  /** Diagnostics that were published for this version of the text. */
  const diagnosticsOf = (uri: string, version: number): Promise<readonly Diagnostic[]> =>
    publishedSo(uri, (latest) => latest.version === version);

  const publishedSo = (
    uri: string,
    isSo: (latest: PublishDiagnosticsParams) => boolean,
  ): Promise<readonly Diagnostic[]> =>
    new Promise((answer, fail) => {
      const deadline = setTimeout(() => {
        waiting.delete(check);
        fail(new Error(`waited in vain for diagnostics of ${uri}; the last: ${JSON.stringify(published.get(uri))}`));
      }, patience);
      const check = (): void => {
        const latest = published.get(uri);
        if (!latest || !isSo(latest)) return;
        clearTimeout(deadline);
        waiting.delete(check);
        answer(latest.diagnostics);
      };
      waiting.add(check);
      check();
    });

  const documentOf = (uri: string): TextDocument => {
    const document = documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  };

  return {
    connection,
    initialized,
    open: async (uri, text) => {
      documents.set(uri, TextDocument.create(uri, 'vdc', 1, text));
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'vdc', version: 1, text },
      });
      return await diagnosticsOf(uri, 1);
    },
    edit: async (uri, edits) => {
      const document = documentOf(uri);
      const version = document.version + 1;
      // From the last to the first: then no edit moves the range of another.
      const changes = [...edits]
        .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
        .map(({ range, newText: text }) => ({ range, text }));
      documents.set(uri, TextDocument.update(document, changes, version));
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: changes,
      });
      return await diagnosticsOf(uri, version);
    },
    settled: async (uri, isSo) => {
      await publishedSo(uri, ({ diagnostics }) => isSo(diagnostics));
    },
    codes: (uri) => published.get(uri)?.diagnostics.map(({ code }) => code),
    text: (uri) => documentOf(uri).getText(),
    close: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [code] = await exited;
      connection.dispose();
      return code;
    },
  };
}
