import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'storage-latency-high';
const store = (measured: string) => `datastore gold { measured ${measured} }\nvm a { datastore gold; storage 1 GiB }`;

test('15 ms are silent, more is a warning, more than 30 an error', () => {
  assert.deepEqual(said(rule, store('latency 15 ms')), []);
  assert.deepEqual(said(rule, store('latency 16 ms')), [
    'warning: gold answers in 16 ms, more than 15 ms. Each read of its 1 VM waits for it. Look for what is congested on the way, move busy disks, or use faster ones.',
  ]);
  assert.match(said(rule, store('latency 30 ms'))[0] ?? '', /^warning/);
  assert.match(said(rule, store('latency 31 ms'))[0] ?? '', /^error: gold answers in 31 ms, more than 30 ms/);
});

test('what was not measured is not slow', () => {
  assert.deepEqual(said(rule, store('used 1 GiB')), []);
});

test('a datastore that was not measured is judged by its array', () => {
  const array = (own: string) => `array a { measured latency 20 ms; datastore gold { capacity 1 TiB${own} } }`;
  assert.match(said(rule, array(''))[0] ?? '', /^warning: gold answers in 20 ms/);
  assert.deepEqual(said(rule, array('; measured latency 5 ms')), []);
});
