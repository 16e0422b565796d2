import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LANGUAGE_REFERENCE, languageReference } from '../../scripts/generate-language-reference.ts';
import { formatText } from '../../server/src/language/format.ts';
import { KINDS } from '../../server/src/language/schema/schema.ts';
import { problemsOf } from './read.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
];

/** Designs in a page. Those marked `vdc wrong` show mistakes; `vdc vm` stands in a block of that kind. */
function designsIn(page: string): { readonly text: string; readonly kind: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```vdc[ ]*([a-z-]*)\n(.*?)^```/gms)]
    .map(([, kind = '', design = '']) => ({ text: design, kind: kind === '' ? 'file' : kind }))
    .filter(({ kind }) => kind !== 'wrong');
}

for (const page of pages.filter((name) => name.endsWith('.md'))) {
  test(`designs in ${page} are right and formatted`, () => {
    for (const { text, kind } of designsIn(page)) {
      assert.ok(KINDS.has(kind), `no kind is called ${kind}`);
      assert.deepEqual(problemsOf(text, kind), [], text);
      assert.equal(formatText(text), text);
    }
  });
}

test('the language reference is up to date', () => {
  assert.equal(readFileSync(join(root, LANGUAGE_REFERENCE), 'utf8'), languageReference());
});

test('the language reference has designs to check', () => {
  assert.ok(designsIn(LANGUAGE_REFERENCE).length >= 10);
});
