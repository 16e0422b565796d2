import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'affinity-contradicted';
const cluster = `cluster c { host h-[1..3] { cpu 8 cores 2 GHz; memory 36 GiB } }
vm a, b, d { memory 8 GiB }
`;

test('apart and together, directly and by a chain', () => {
  const direct = `${cluster}together a, b\napart a, b`;
  assert.deepEqual(said(rule, direct), [
    'error: a and b must be apart by host, and must be together by host: one of them stays off. Take one of the rules out, or make it a wish with should.',
  ]);
  assert.match(mended(rule, direct), /apart a, b should$/);
  assert.match(said(rule, `${cluster}together a, b\ntogether b, d\napart a, d`)[0] ?? '', /a and d must be apart/);
  assert.deepEqual(said(rule, `${cluster}together a, b\napart a, d`), []);
});

test('what is finer holds the wider together, not the other way round', () => {
  assert.equal(said(rule, `${cluster}together a, b by host\napart a, b by rack`).length, 1);
  assert.equal(said(rule, `${cluster}together a, b by host\napart a, b by site`).length, 1);
  assert.deepEqual(said(rule, `${cluster}together a, b by rack\napart a, b by host`), []);
  assert.deepEqual(said(rule, `${cluster}together a, b by host\napart a, b by datastore`), []);
});

test('a wish contradicts nothing', () => {
  assert.deepEqual(said(rule, `${cluster}together a, b should\napart a, b`), []);
  assert.deepEqual(said(rule, `${cluster}together a, b\napart a, b should`), []);
});

test('VMs that must share a host fit the largest, or do not', () => {
  const group = (gib: number) => `cluster c { host h-[1..2] { memory 36 GiB; system-memory 4 GiB } }
vm a, b { memory 16 GiB }
vm d { memory ${gib} GiB }
runs a, b, d on h-1
together a, b, d`;
  assert.deepEqual(said(rule, group(0.1).replace('0.1 GiB', '0 GiB')), []);
  assert.deepEqual(said(rule, group(1)), [
    'error: a, b and d must share a host and ask for 33 GiB of memory; the largest, h-1, has 32 GiB. Not all of them start. Split the group, or make it a wish with should.',
  ]);
  assert.deepEqual(said(rule, group(1).replace('memory 36 GiB;', '')), []);
});

test('hosts that rules leave a VM, or VMs that share a host', () => {
  assert.match(
    said(rule, `${cluster}keep a on h-1\nkeep a off h-1`)[0] ?? '',
    /^error: The rules of a leave no host to run on/,
  );
  assert.equal(said(rule, `${cluster}keep a on h-1, h-2\nkeep a on h-3`).length, 1);
  assert.deepEqual(said(rule, `${cluster}keep a on h-1, h-2\nkeep a on h-2, h-3`), []);
  assert.match(
    said(rule, `${cluster}together a, b\nkeep a on h-1\nkeep b on h-2`)[0] ?? '',
    /a and b, which must share a host, leave no host/,
  );
  assert.deepEqual(said(rule, `${cluster}keep a on h-1\nkeep b on h-2`), []);
});
