/** An editor and the server in one process: for what editors of different abilities are answered. */
import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { startServer } from '../../server/src/lsp/server.ts';
import type { InitializationOptions } from '../../server/src/protocol/requests.ts';

export interface Editor {
  readonly connection: ProtocolConnection;
  open(uri: string, text: string): Promise<void>;
  /** Replaces the first occurrence of a text in a document. */
  replace(uri: string, found: string, by: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** Changes settings under `vdc.`; answers when the server has asked for them. */
  configure(settings: object): Promise<void>;
  /** Waits for a request of the server. */
  asked(method: string): Promise<void>;
  end(): void;
}

export async function startEditor(
  capabilities: ClientCapabilities,
  initializationOptions: InitializationOptions = {},
): Promise<Editor> {
  const [toServer, toEditor] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toEditor));
  const connection = createProtocolConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
  startServer(server, {
    readFile: async () => undefined,
    findFiles: async () => [],
    spawnLayout: () => {
      throw new Error('nothing is drawn here');
    },
    spawnPlanner: () => {
      throw new Error('there are no workers here');
    },
  });
  let settings: object | null = null;
  const waiting = new Map<string, () => void>();
  const tell = (method: string) => waiting.get(method)?.();
  connection.onRequest('workspace/configuration', () => {
    queueMicrotask(() => tell('workspace/configuration'));
    return [settings];
  });
  for (const method of ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh'])
    connection.onRequest(method, () => {
      tell(method);
      return null;
    });
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
  await connection.sendNotification('initialized', {});
  const texts = new Map<string, { text: string; version: number }>();
  const asked = (method: string) => new Promise<void>((answer) => waiting.set(method, answer));
  return {
    connection,
    asked,
    open: async (uri, text) => {
      texts.set(uri, { text, version: 1 });
      const textDocument = { uri, languageId: 'vdc', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    replace: async (uri, found, by) => {
      const { text = '', version = 0 } = texts.get(uri) ?? {};
      const at = text.indexOf(found);
      const lines = text.slice(0, at).split('\n');
      const start = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      const end = { line: start.line, character: start.character + found.length };
      texts.set(uri, { text: text.replace(found, by), version: version + 1 });
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: version + 1 },
        contentChanges: [{ range: { start, end }, text: by }],
      });
    },
    close: async (uri) => {
      texts.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    configure: async (changed) => {
      settings = changed;
      const done = asked('workspace/configuration');
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await done;
    },
    end: () => {
      connection.dispose();
      server.dispose();
    },
  };
}
