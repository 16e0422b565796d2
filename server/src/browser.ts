import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './lsp/server.ts';
import { spawnLayout } from './lsp/spawn-layout.browser.ts';

/** Entry point of the server in a web worker: it has no files, the editor reads them. */
startServer(createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  readFile: async () => undefined,
  findFiles: async () => [],
  spawnLayout: (script) => spawnLayout(script ?? './layout-worker.js'),
});
