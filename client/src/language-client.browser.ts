import { Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../../server/src/protocol/requests.ts';
import type { StartClient } from './language-server.ts';

/** Starts the server in a web worker. */
export const startBrowserClient: StartClient = (context, options) => {
  const script = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  const initializationOptions: InitializationOptions = {
    ...options.initializationOptions,
    layoutWorker: script('layout-worker.browser.js'),
  };
  const worker = new Worker(script('server.browser.js'));
  return new LanguageClient('vdc', 'VDC Designer', worker, { ...options, initializationOptions });
};
