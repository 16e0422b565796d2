import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type Connection,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import type { Environment } from './environment.ts';
import { spawnLayout } from './spawn-layout.browser.ts';

/** The server's end of the connection in a web worker, which has no files: the editor reads them. */
export function connect(): [Connection, Environment] {
  return [
    createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)),
    {
      readFile: async () => undefined,
      findFiles: async () => [],
      spawnLayout: (script) => spawnLayout(script ?? './layout-worker.js'),
    },
  ];
}
