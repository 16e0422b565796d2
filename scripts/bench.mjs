// Measures on bundles, never on sources: what is timed is what users get.
import { ensureInstalled, mustRun, node } from './lib/project.mjs';

await ensureInstalled();
await mustRun(node, ['scripts/build.mjs']);
await mustRun(node, ['bench/run.ts', ...process.argv.slice(2)]);
await mustRun(node, ['bench/planner.ts', ...process.argv.slice(2).filter((own) => own === '--quick')]);
