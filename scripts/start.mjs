// From a fresh clone to an example design in a real VS Code: installs, builds, opens.
import { ensureInstalled, mustRun, node, run } from './lib/project.mjs';

const args = process.argv.slice(2);
const known = args.every((arg, at) => ['--web', '--no-browser', '--port'].includes(arg) || args[at - 1] === '--port');
if (!known) {
  console.log(`Usage: npm start -- [--web] [--port N] [--no-browser]

Installs, builds and opens an example design in VS Code: the desktop one, or where there is none the same in the browser.

  --web         in the browser in any case
  --port N      at this port
  --no-browser  only print the address`);
  process.exit(args.includes('--help') ? 0 : 2);
}

await ensureInstalled();
await mustRun(node, ['scripts/build.mjs', '--link']);
process.exitCode = await run(node, ['scripts/open.ts', ...args]);
