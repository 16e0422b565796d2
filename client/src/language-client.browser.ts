import { Uri } from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../../server/src/protocol/requests.ts';
import type { StartClient } from './language-server.ts';

/** Starts the server in a web worker. */
export const startBrowserClient: StartClient = (context, options) => {
  const script = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  const initializationOptions: InitializationOptions = {
    ...options.initializationOptions,
    layoutWorker: script('layout-worker.js'),
    server: script('server.js'),
  };
  return new WorkerClient(new Worker(script('server.js')), { ...options, initializationOptions });
};

/** Ends its worker with the connection to it: a worker does not exit. */
class WorkerClient extends LanguageClient {
  readonly #worker: Worker;

  constructor(worker: Worker, options: LanguageClientOptions) {
    super('vdc', 'VDC Designer', worker, options);
    this.#worker = worker;
  }

  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } finally {
      this.#worker.terminate();
    }
  }
}
