/** An editor that only measures: starts a server over stdio, sends it texts and edits, and waits for what it publishes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import {
  createProtocolConnection,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** How a server is started, and what it is told before the first text. */
export interface Server {
  readonly name: string;
  readonly command: readonly string[];
  readonly languageId: string;
  readonly extension: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly configure?: (connection: ProtocolConnection) => Promise<void>;
}

/** One change: `text` takes the place of `length` characters of a line. */
export interface Change {
  readonly at: Position;
  readonly length: number;
  readonly text: string;
}

export interface Answer {
  readonly milliseconds: number;
  readonly diagnostics: PublishDiagnosticsParams['diagnostics'];
}

const PATIENCE = 120_000;
/** For a server that is to end. */
const GRACE = 2_000;

export class Session {
  readonly server: Server;
  /** From before the process was started to its answer to `initialize`. */
  readonly startMilliseconds: number;
  private readonly child: ChildProcess;
  private readonly connection: ProtocolConnection;
  private readonly uri: string;
  private version = 0;
  private onPublished: (params: PublishDiagnosticsParams) => void = () => {};

  private constructor(server: Server, child: ChildProcess, connection: ProtocolConnection, startMilliseconds: number) {
    this.server = server;
    this.child = child;
    this.connection = connection;
    this.startMilliseconds = startMilliseconds;
    this.uri = `file:///bench/estate${server.extension}`;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      this.onPublished(params),
    );
  }

  static async start(server: Server): Promise<Session> {
    const started = performance.now();
    const child = spawn(process.execPath, [...server.command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...server.env },
    });
    if (!child.stdout || !child.stdin) throw new Error(`${server.name} has no pipes`);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => null),
    );
    connection.listen();
    await within(
      `${server.name} to start`,
      connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: {
          textDocument: {
            publishDiagnostics: { relatedInformation: true, versionSupport: true },
            codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
          },
        },
        initializationOptions: {},
      }),
    );
    const milliseconds = performance.now() - started;
    await connection.sendNotification('initialized', {});
    await server.configure?.(connection);
    return new Session(server, child, connection, milliseconds);
  }

  open(text: string): Promise<Answer> {
    this.version++;
    const textDocument = { uri: this.uri, languageId: this.server.languageId, version: this.version, text };
    return this.published(() => this.connection.sendNotification('textDocument/didOpen', { textDocument }));
  }

  edit({ at, length, text }: Change): Promise<Answer> {
    this.version++;
    const range = { start: at, end: { line: at.line, character: at.character + length } };
    return this.published(() =>
      this.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: this.uri, version: this.version },
        contentChanges: [{ range, text }],
      }),
    );
  }

  /** Asks about the text; answers what the server does. */
  request<T>(method: string, params: object): Promise<T> {
    const { uri } = this;
    const asked = this.connection.sendRequest<T>(method, { textDocument: { uri }, uri, ...params });
    return within(`${this.server.name} to answer ${method}`, asked);
  }

  /** Memory that the process holds, in MiB. */
  memory(): number {
    const pid = String(this.child.pid);
    if (process.platform === 'linux') {
      const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return Number(kibibytes) / 1024;
    }
    if (process.platform === 'win32') return Number.NaN;
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' })) / 1024;
  }

  /** Ends it as an editor does; one that does not go is killed. */
  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    try {
      await within(`${this.server.name} to shut down`, this.connection.sendRequest('shutdown'), GRACE);
      await this.connection.sendNotification('exit');
      await within(`${this.server.name} to exit`, gone, GRACE);
    } catch {
      this.child.kill();
    }
    this.connection.dispose();
  }

  /** Sends, and waits for the diagnostics of the text that was sent. */
  private published(send: () => Promise<void>): Promise<Answer> {
    const { version } = this;
    const answer = new Promise<Answer>((resolve) => {
      const sent = performance.now();
      this.onPublished = (params) => {
        if (params.version !== undefined && params.version !== version) return;
        this.onPublished = () => {};
        resolve({ milliseconds: performance.now() - sent, diagnostics: params.diagnostics });
      };
      void send();
    });
    return within(`${this.server.name} to publish diagnostics`, answer);
  }
}

async function within<T>(what: string, work: Promise<T>, patience = PATIENCE): Promise<T> {
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    deadline = setTimeout(() => fail(new Error(`waited ${patience / 1000} s for ${what}`)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(deadline);
  }
}
