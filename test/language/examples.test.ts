import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatFile } from '../../server/src/language/format.ts';
import { annotate } from '../support/fixture.ts';
import { problemsOf } from './read.ts';

const folder = new URL('../../examples/', import.meta.url);
const designs = readdirSync(folder).filter((name) => name.endsWith('.vdc'));

for (const name of designs) {
  const text = readFileSync(new URL(name, folder), 'utf8');
  test(`examples/${name}`, () => {
    if (name === 'half-typed.vdc') {
      const golden = readFileSync(new URL('cases/half-typed.txt', import.meta.url), 'utf8');
      assert.equal(annotate(text, problemsOf(text)), golden);
    } else {
      assert.deepEqual(problemsOf(text), []);
      assert.deepEqual(formatFile(text), []);
    }
  });
}
