import { connect } from './lsp/connect.node.ts';
import { startServer } from './lsp/server.ts';

/** Entry point of the server in Node, run from its sources or as a part of the command line's bundle. */
const isSource = import.meta.url.endsWith('.ts');
const script = (source: string, built: string): URL => new URL(isSource ? source : built, import.meta.url);

startServer(
  ...connect({
    layout: script('./topology/layout/worker.ts', './layout-worker.js'),
    planner: script('./planner-worker.ts', './server.js'),
  }),
);
