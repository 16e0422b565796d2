import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.ts';
import { spawnLayout } from './lsp/spawn-layout.node.ts';

/** Run from its sources, the server takes the worker's; bundled, the script beside it. */
const worker = import.meta.url.endsWith('.ts') ? './topology/layout/worker.ts' : './layout-worker.js';

startServer(createConnection(ProposedFeatures.all), {
  readFile: async (uri) => (uri.startsWith('file:') ? readFile(fileURLToPath(uri), 'utf8') : undefined),
  spawnLayout: () => spawnLayout(new URL(worker, import.meta.url)),
});
