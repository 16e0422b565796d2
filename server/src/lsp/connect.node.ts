import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Environment } from './environment.ts';
import { findFiles, readTextFile } from './files.node.ts';
import { PLANNER_ROLE } from './planner/messages.ts';
import { spawnWorker } from './spawn.node.ts';

/** Scripts of workers. */
export interface Workers {
  readonly layout: URL;
  readonly planner: URL;
}

/** The server's end of the connection in Node. Workers lie beside the script that Node was started with. */
export function connect(workers: Workers = besideScript()): [Connection, Environment] {
  return [
    createConnection(ProposedFeatures.all),
    {
      readFile: readTextFile,
      findFiles,
      spawnLayout: () => spawnWorker(workers.layout),
      spawnPlanner: () => spawnWorker(workers.planner, PLANNER_ROLE),
    },
  ];
}

function besideScript(): Workers {
  const script = pathToFileURL(process.argv[1] ?? '');
  return { layout: new URL('layout-worker.js', script), planner: new URL('server.js', script) };
}
