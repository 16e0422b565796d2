// Writes every generated file, or with `--check` says which of them are not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { root } from './lib/project.mjs';
import { textMateGrammar } from './lib/textmate.ts';

interface GeneratedFile {
  /** Path from the project's root. */
  readonly path: string;
  readonly text: string;
}

const files: readonly GeneratedFile[] = [{ path: 'syntaxes/vdc.tmLanguage.json', text: json(textMateGrammar()) }];

const isCheck = process.argv.includes('--check');
const stale = files.filter(({ path, text }) => {
  const target = join(root, path);
  return !existsSync(target) || readFileSync(target, 'utf8') !== text;
});

for (const { path, text } of stale) {
  if (isCheck) {
    console.error(`${path} is out of date: run "npm run generate"`);
    continue;
  }
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`Wrote ${path}`);
}
function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (isCheck && stale.length > 0) process.exitCode = 1;
