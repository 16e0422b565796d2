// From a fresh clone to an example design in a real VS Code: installs, builds, opens.
import { ensureInstalled, mustRun, node, run } from './lib/project.mjs';

await ensureInstalled();
await mustRun(node, ['scripts/build.mjs', '--link']);
process.exitCode = await run(node, ['scripts/open.ts', ...process.argv.slice(2)]);
