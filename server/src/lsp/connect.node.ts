import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Environment } from './environment.ts';
import { findFiles, readTextFile } from './files.node.ts';
import { spawnLayout } from './spawn-layout.node.ts';

/** The server's end of the connection in Node. The layout worker lies beside the script that Node was started with. */
export function connect(layoutWorker = besideScript('layout-worker.js')): [Connection, Environment] {
  return [
    createConnection(ProposedFeatures.all),
    { readFile: readTextFile, findFiles, spawnLayout: () => spawnLayout(layoutWorker) },
  ];
}

function besideScript(name: string): URL {
  return new URL(name, pathToFileURL(process.argv[1] ?? ''));
}
