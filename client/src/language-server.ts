import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  type BaseLanguageClient,
  type LanguageClientOptions,
  type Middleware,
  State,
  WorkDoneProgress,
  type WorkDoneProgressReport,
} from 'vscode-languageclient';
import { previewPlanCommand } from '../../server/src/protocol/plans.ts';
import {
  findFilesRequest,
  type InitializationOptions,
  type ReadFileParams,
  readFileRequest,
  showArithmeticCommand,
  showInTopologyCommand,
  type TopologyChangedParams,
  topologyChanged,
} from '../../server/src/protocol/requests.ts';
import { Busy } from './busy.ts';
import { FolderWatcher, findFiles } from './find-files.ts';
import { readFile } from './read-file.ts';

/** Makes a client that is not started yet. */
export type StartClient = (context: ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

/** Scheme of the documents that a preview shows: what they hold is a design only once it is applied. */
export const previewScheme = 'vdc-plan';

/** `idle`: nobody has needed the server yet. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped';

/** The language server's life: started when a design needs it, restarted on demand, and the one to send requests to. */
export class LanguageServer implements Disposable {
  readonly #context: ExtensionContext;
  readonly #startClient: StartClient;
  readonly #output = window.createOutputChannel('VDC Designer', { log: true });
  readonly #topologyChanged = new EventEmitter<TopologyChangedParams>();
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #notified = new EventEmitter<string>();
  readonly #reading = new Busy('VDC: reading designs');
  readonly #watcher = workspace.createFileSystemWatcher('**/*.vdc');
  readonly #folders = new FolderWatcher();
  readonly #disposables: readonly Disposable[];
  readonly #notifications = new Set<string>();
  #client: BaseLanguageClient | undefined;
  #starting: Promise<void> | undefined;
  #state: ServerState = 'idle';

  /** The topology of a design may have changed. */
  readonly onTopologyChanged = this.#topologyChanged.event;
  readonly onStateChanged = this.#stateChanged.event;

  constructor(context: ExtensionContext, startClient: StartClient) {
    this.#context = context;
    this.#startClient = startClient;
    this.#disposables = [
      this.#output,
      this.#watcher,
      this.#folders,
      this.#topologyChanged,
      this.#stateChanged,
      this.#notified,
      commands.registerCommand('vdc.restartServer', () => this.#restart()),
      commands.registerCommand('vdc.showOutput', () => this.#output.show(true)),
    ];
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The server answers, for the first time or again. */
  onStarted(listener: () => void): Disposable {
    return this.onStateChanged((state) => {
      if (state === 'running') listener();
    });
  }

  /** Calls back on a notification without params. To be asked for before the server starts. */
  onNotification(method: string, listener: () => void): Disposable {
    this.#notifications.add(method);
    return this.#notified.event((notified) => {
      if (notified === method) listener();
    });
  }

  /** Starts the server unless that was done. A failure is the user's to know, and no reason to take the rest away. */
  start(): Promise<void> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#output.error(String(error));
      void this.#reportFailure();
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    this.#setState('starting');
    const rulePages = Uri.joinPath(this.#context.extensionUri, 'docs/rules').toString();
    const ownCommands = [showInTopologyCommand, showArithmeticCommand, previewPlanCommand];
    const initializationOptions: InitializationOptions = { readsFiles: true, rulePages, commands: ownCommands };
    try {
      const client = this.#startClient(this.#context, {
        documentSelector: [{ language: 'vdc' }],
        synchronize: { fileEvents: [this.#watcher, this.#folders], configurationSection: 'vdc' },
        outputChannel: this.#output,
        middleware: withoutPreviews,
        initializationOptions,
      });
      client.onRequest(readFileRequest, (params: ReadFileParams) => this.#reading.during(() => readFile(params)));
      client.onRequest(findFilesRequest, findFiles);
      client.onNotification(topologyChanged, (params: TopologyChangedParams) => this.#topologyChanged.fire(params));
      for (const method of this.#notifications) client.onNotification(method, () => this.#notified.fire(method));
      client.onDidChangeState(({ newState }) => {
        if (client === this.#client) this.#setState(stateOf(newState));
      });
      this.#client = client;
      await client.start();
    } catch (error) {
      this.#setState('stopped');
      throw error;
    }
  }

  /** Calls back on what the server tells under a token, in percent and in words, until what it answers is disposed of. */
  onProgress(token: string, listener: (told: WorkDoneProgressReport) => void): Disposable {
    return (
      this.#client?.onProgress(WorkDoneProgress.type, token, (told) => {
        if (told.kind === 'report') listener(told);
      }) ?? { dispose: () => undefined }
    );
  }

  /** Sends a request; starts the server for it, waits for one that is still starting, fails if there is none. */
  async request<Result>(method: string, params?: object, token?: CancellationToken): Promise<Result> {
    await this.start();
    if (!this.#client || this.#state === 'stopped')
      throw new Error('The VDC language server does not run. "VDC: Restart Server" starts it again.');
    // A token that is not there would be sent as a second param.
    return await (token
      ? this.#client.sendRequest<Result>(method, params, token)
      : this.#client.sendRequest<Result>(method, params));
  }

  async #restart(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#starting = undefined;
    this.#setState('starting');
    // A server that died does not answer the request to stop.
    await client?.dispose().catch(() => undefined);
    await this.start();
  }

  async #reportFailure(): Promise<void> {
    const [restart, show] = ['Restart', 'Show Output'];
    const answer = await window.showErrorMessage('The VDC language server did not start.', restart, show);
    if (answer === restart) await this.#restart();
    if (answer === show) this.#output.show(true);
  }

  #setState(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    void this.#client?.dispose().catch(() => undefined);
  }
}

const isPreview = ({ uri }: TextDocument): boolean => uri.scheme === previewScheme;

const withoutPreviews: Middleware = {
  didOpen: async (document, next) => {
    if (!isPreview(document)) await next(document);
  },
  didChange: async (event, next) => {
    if (!isPreview(event.document)) await next(event);
  },
  didClose: async (document, next) => {
    if (!isPreview(document)) await next(document);
  },
};

function stateOf(state: State): ServerState {
  if (state === State.Running) return 'running';
  return state === State.Starting ? 'starting' : 'stopped';
}
