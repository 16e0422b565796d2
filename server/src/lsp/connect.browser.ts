import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type Connection,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import type { Environment } from './environment.ts';
import { PLANNER_ROLE } from './planner/messages.ts';
import { spawnWorker } from './spawn.browser.ts';

/** The server's end of the connection in a web worker, which has no files: the editor reads them. */
export function connect(): [Connection, Environment] {
  return [
    createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)),
    {
      readFile: async () => undefined,
      findFiles: async () => [],
      spawnLayout: (script) => spawnWorker(script ?? './layout-worker.js'),
      spawnPlanner: (script) => spawnWorker(script ?? './server.js', PLANNER_ROLE),
    },
  ];
}
