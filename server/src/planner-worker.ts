import { parentPort } from './base/worker-port.ts';
import { serveQuestions } from './lsp/planner/worker.ts';

/** Entry of the worker that makes plans, run from its sources. Built, it is a role of the server's script. */
serveQuestions(parentPort());
