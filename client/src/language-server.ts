import { commands, type Disposable, EventEmitter, type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  findFilesRequest,
  type InitializationOptions,
  readFileRequest,
  type TopologyChangedParams,
  topologyChanged,
} from '../../server/src/protocol/requests.ts';
import { FolderWatcher, findFiles } from './find-files.ts';
import { readFile } from './read-file.ts';

/** Makes a client that is not started yet. */
export type StartClient = (context: ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

/** The language server's life: started with the extension, restarted on demand, and the one to send requests to. */
export class LanguageServer implements Disposable {
  readonly #context: ExtensionContext;
  readonly #startClient: StartClient;
  readonly #topologyChanged = new EventEmitter<TopologyChangedParams>();
  readonly #started = new EventEmitter<void>();
  readonly #watcher = workspace.createFileSystemWatcher('**/*.vdc');
  readonly #folders = new FolderWatcher();
  readonly #disposables: readonly Disposable[];
  #client: BaseLanguageClient | undefined;

  /** The topology of a design may have changed. */
  readonly onTopologyChanged = this.#topologyChanged.event;
  /** The server answers, for the first time or again. */
  readonly onStarted = this.#started.event;

  constructor(context: ExtensionContext, startClient: StartClient) {
    this.#context = context;
    this.#startClient = startClient;
    this.#disposables = [
      this.#watcher,
      this.#folders,
      this.#topologyChanged,
      this.#started,
      commands.registerCommand('vdc.restartServer', () => this.#restart()),
    ];
  }

  /** Starts the server. A failure is the user's to know, and no reason to take the other features away. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      void window.showErrorMessage(`The VDC language server did not start: ${String(error)}`);
    }
  }

  async #start(): Promise<void> {
    const rulePages = Uri.joinPath(this.#context.extensionUri, 'docs/rules').toString();
    const initializationOptions: InitializationOptions = { readsFiles: true, rulePages };
    const client = this.#startClient(this.#context, {
      documentSelector: [{ language: 'vdc' }],
      synchronize: { fileEvents: [this.#watcher, this.#folders], configurationSection: 'vdc' },
      initializationOptions,
    });
    client.onRequest(readFileRequest, readFile);
    client.onRequest(findFilesRequest, findFiles);
    client.onNotification(topologyChanged, (params: TopologyChangedParams) => this.#topologyChanged.fire(params));
    this.#client = client;
    await client.start();
    this.#started.fire();
  }

  /** Sends a request; waits for a server that is still starting, fails if there is none. */
  async request<Result>(method: string, params: object): Promise<Result> {
    if (!this.#client) throw new Error('The VDC language server does not run. "VDC: Restart Server" starts it again.');
    return await this.#client.sendRequest<Result>(method, params);
  }

  async #restart(): Promise<void> {
    // A server that died does not answer the request to stop.
    await this.#client?.dispose().catch(() => undefined);
    this.#client = undefined;
    await this.start();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    void this.#client?.dispose();
  }
}
