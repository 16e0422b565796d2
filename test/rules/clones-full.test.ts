import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'clones-full';
const clones = (size: number, rest = '') => `image gold { size ${size} GB }
image dept-[1..10] of gold { size ${size} GB; unique 10 GB${rest} }`;

test('500 GB are silent, more is worth a word', () => {
  assert.deepEqual(said(rule, clones(60)), []);
  assert.deepEqual(said(rule, clones(61)), [
    'info: 10 full clones of gold repeat 475 GiB that the image holds as well. Link them to the image, so that each takes only what differs.',
  ]);
});

test('linked clones repeat nothing, and what does not say how it differs is not judged', () => {
  assert.deepEqual(said(rule, clones(900, '; linked')), []);
  assert.deepEqual(said(rule, clones(900).replace('; unique 10 GB', '')), []);
});

test('linking them mends it', () => {
  assert.match(mended(rule, clones(100)), /of gold { linked; size 100 GB; unique 10 GB }/);
});

test('a policy sets from where on', () => {
  assert.deepEqual(said(rule, `${clones(90)}\npolicy { clones-full info 2 TB }`), []);
});
