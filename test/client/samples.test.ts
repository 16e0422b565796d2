import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { samplesOf } from '../../client/src/features/sample/samples.ts';

const folder = join(import.meta.dirname, '../../examples');
const texts = Object.fromEntries(
  globSync('*.vdc', { cwd: folder }).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
const samples = samplesOf(texts);

test('every example is a sample, or part of one', () => {
  assert.deepEqual(new Set(samples.flatMap(({ files }) => files.map(({ name }) => name))), new Set(Object.keys(texts)));
  assert.deepEqual(
    samples.slice(0, 3).map(({ name }) => name),
    ['storefront', 'shopping-cart', 'ten-vms-one-nic'],
  );
});

test('each sample says what it is about, on one line', () => {
  for (const { name, detail } of samples) assert.match(detail, /^[A-Z0-9][^\n]{20,200}[.?]$/, name);
});

test('a sample comes with the files that it imports, before itself', () => {
  const files = (sample: string) => samples.find(({ name }) => name === sample)?.files.map(({ name }) => name);
  assert.deepEqual(files('shopping-cart'), ['shopping-cart.vdc']);
  assert.deepEqual(files('p2v-waves'), ['hardware.vdc', 'p2v-waves.vdc']);
  assert.deepEqual(files('multi-site'), ['hardware.vdc', 'berlin.vdc', 'denver.vdc', 'multi-site.vdc']);
});
