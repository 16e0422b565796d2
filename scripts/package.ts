// Packs the extension as users get it, and holds it to its size.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { installTool } from './lib/install-tool.ts';
import { mustRun, root } from './lib/project.mjs';

const largest = 1.5 * 2 ** 20;

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const vsix = join(root, process.argv[2] ?? `${name}-${version}.vsix`);

const vsce = join(installTool('@vscode/vsce', '3.9.2'), 'vsce');
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({ production: true });
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
await mustRun(process.execPath, [vsce, 'package', ...options]);

const { size } = statSync(vsix);
console.log(`${(size / 2 ** 20).toFixed(2)} MiB of ${largest / 2 ** 20} MiB`);
if (size > largest) {
  console.error('The package is too large.');
  process.exitCode = 1;
}
