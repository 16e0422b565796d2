// Formatter, linter and types: everything that can be said about the text without running it.
import { ensureInstalled, node, root, run, toolPath } from './lib/project.mjs';

/** Answers the names of the checks that failed. */
export async function check() {
  const steps = [
    ['biome', [toolPath('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.']],
    ['types', [toolPath('typescript', 'tsc'), '-p', '.']],
    ['types of the web workers', [toolPath('typescript', 'tsc'), '-p', 'tsconfig.worker.json']],
    ['types of the webview', [toolPath('typescript', 'tsc'), '-p', 'tsconfig.webview.json']],
  ];
  const failed = [];
  for (const [name, args] of steps) {
    console.log(`> ${name}`);
    if ((await run(node, args, { cwd: root })) !== 0) failed.push(name);
  }
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  await ensureInstalled();
  process.exitCode = (await check()).length === 0 ? 0 : 1;
}
