import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { importers } from '../../server/src/importers/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/import.md'), 'utf8');

test('the page on imports names each kind, as --from takes it, and says how to make the export', () => {
  for (const { id } of importers) {
    const [, title = ''] = new RegExp(`^\\| \\[([^\\]]+)\\]\\(#[a-z-]+\\) \\| \`${id}\` \\|`, 'm').exec(page) ?? [];
    assert.notEqual(title, '', `${id} has no row`);
    assert.ok(page.includes(`\n## ${title}\n`), `${title} has no section`);
  }
});

test('the README and the walkthrough name each kind', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  for (const { title } of importers) {
    const name = title.replace(/ \(.*/, '');
    assert.ok(readme.includes(name), `README.md: ${name}`);
    assert.ok(manifest.includes(`${name}`), `package.json: ${name}`);
  }
});
