// Packs the extension and holds it to its size.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { packExtension } from './lib/pack.ts';
import { root } from './lib/project.mjs';

const largest = 1.5 * 2 ** 20;

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const vsix = join(root, process.argv[2] ?? `${name}-${version}.vsix`);
console.log(await packExtension(vsix));

const { size } = statSync(vsix);
console.log(`${(size / 2 ** 20).toFixed(2)} MiB of ${largest / 2 ** 20} MiB`);
if (size > largest) {
  console.error('The package is too large.');
  process.exitCode = 1;
}
