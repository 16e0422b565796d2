import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'array-overpromised';
const array = (sizes: string, usable = 'usable 10 TiB') => `array a {
  ${usable}
  ${sizes}
}`;

test('as much as there is is silent, more is told, half as much again is a warning', () => {
  assert.deepEqual(said(rule, array('datastore d-[1..2] { capacity 5 TiB; thin }')), []);
  assert.deepEqual(said(rule, array('datastore d-[1..2] { capacity 5.5 TiB; thin }')), [
    'info: 2 datastores on a promise 11 TiB of 10 TiB, 110 %. When the array is full, all of them stop at once; watch it, add disks, or promise less.',
  ]);
  assert.match(said(rule, array('datastore d-[1..2] { capacity 7.5 TiB; thin }'))[0] ?? '', /^info/);
  assert.match(said(rule, array('datastore d-[1..2] { capacity 7.6 TiB; thin }'))[0] ?? '', /^warning/);
});

test('thick ones that do not fit cannot be made', () => {
  assert.deepEqual(said(rule, array('datastore d { capacity 10 TiB }')), []);
  assert.match(
    said(rule, array('datastore d { capacity 10.1 TiB }'))[0] ?? '',
    /^error: Thick datastores of 10.1 TiB do not fit on a, which has 10 TiB/,
  );
});

test('a pool is judged by what lies on it, at its own disks', () => {
  const text = array(
    'datastore d { capacity 5 TiB }',
    'pool p { disks 4 x 1 TiB raid 10; datastore e { capacity 3 TiB } }',
  );
  assert.equal(found(rule, text)[0]?.at.sentence.word, 'disks');
  assert.match(
    said(rule, text).join('\n'),
    /^error: Thick datastores of 3 TiB do not fit on p, which has 2 TiB usable[^\n]*$/,
  );
});

test('an array that does not say what it has is not judged', () => {
  assert.deepEqual(said(rule, array('datastore d { capacity 900 TiB }', 'protocol fc')), []);
  assert.deepEqual(said(rule, array('datastore d { thin }')), []);
});

test('space for all that is promised mends it', () => {
  assert.match(mended(rule, array('datastore d-[1..2] { capacity 7.6 TiB; thin }')), /usable 15\.2 TiB/);
  assert.match(mended(rule, array('datastore d { capacity 10.1 TiB }')), /usable 10\.1 TiB/);
});
