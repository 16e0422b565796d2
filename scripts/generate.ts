// Writes every generated file, or with `--check` says which of them are not what would be written.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { LANGUAGE_REFERENCE, languageReference } from './generate-language-reference.ts';
import { root } from './lib/project.mjs';
import { rulePages } from './lib/rule-pages.ts';
import { textMateGrammar } from './lib/textmate.ts';

interface GeneratedFile {
  /** Path from the project's root. */
  readonly path: string;
  readonly text: string;
}

const rulesFolder = 'docs/rules';

const files: readonly GeneratedFile[] = [
  { path: 'syntaxes/vdc.tmLanguage.json', text: `${JSON.stringify(textMateGrammar(), null, 2)}\n` },
  { path: LANGUAGE_REFERENCE, text: languageReference() },
  ...rulePages().map(([name, text]) => ({ path: `${rulesFolder}/${name}`, text })),
];

const isCheck = process.argv.includes('--check');
const stale = files.filter(({ path, text }) => {
  const target = join(root, path);
  return !existsSync(target) || readFileSync(target, 'utf8') !== text;
});
/** Pages of rules that are no more. */
const left = (existsSync(join(root, rulesFolder)) ? readdirSync(join(root, rulesFolder)) : [])
  .map((name) => `${rulesFolder}/${name}`)
  .filter((path) => !files.some((file) => file.path === path));

if (isCheck) {
  for (const path of [...stale.map((file) => file.path), ...left]) {
    console.error(`${path} is out of date: run "npm run generate"`);
    process.exitCode = 1;
  }
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`Wrote ${path}`);
  }
  for (const path of left) {
    rmSync(join(root, path));
    console.log(`Removed ${path}`);
  }
}
