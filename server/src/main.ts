import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { findFiles, readTextFile } from './lsp/files.node.ts';
import { startServer } from './lsp/server.ts';
import { spawnLayout } from './lsp/spawn-layout.node.ts';

/** Run from its sources, the server takes the worker's; bundled, the script beside it. */
const worker = import.meta.url.endsWith('.ts') ? './topology/layout/worker.ts' : './layout-worker.js';

startServer(createConnection(ProposedFeatures.all), {
  readFile: readTextFile,
  findFiles,
  spawnLayout: () => spawnLayout(new URL(worker, import.meta.url)),
});
