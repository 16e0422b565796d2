import { connect } from './lsp/connect.node.ts';
import { startServer } from './lsp/server.ts';

/** Entry point of the server in Node, run from its sources or as a part of the command line's bundle. */
const worker = import.meta.url.endsWith('.ts') ? './topology/layout/worker.ts' : './layout-worker.js';

startServer(...connect(new URL(worker, import.meta.url)));
