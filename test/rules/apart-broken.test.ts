import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'apart-broken';
const cluster = (runs: string, apart: string, hosts = 3) => `site s-[1..2]
cluster c at s-1 { host h-[1..${hosts}] }
vm a-[1..4]
${runs}
${apart}`;

test('two of a group on one host, with the hosts that run none', () => {
  const text = cluster('runs a-[1..2] on h-1', 'apart a-[1..2] by host');
  assert.deepEqual(said(rule, text), [
    'error: a-1 and a-2 run on h-1, but must be apart: its loss takes both. Move one; h-2 and h-3 run none of them.',
  ]);
  const [finding] = found(rule, text);
  assert.equal(finding?.at.sentence.word, 'apart');
  assert.equal(finding?.related?.length, 2);
});

test('each host with too many is one finding', () => {
  const text = cluster('runs a-[1..2] on h-1\nruns a-[3..4] on h-2', 'apart a-[1..4] by host', 4);
  assert.equal(found(rule, text).length, 2);
});

test('more members than hosts: no placement keeps it; should asks for what can be', () => {
  const text = cluster('runs a-[1..2] on h-1\nruns a-3 on h-2\nruns a-4 on h-3', 'apart a-[1..4] by host');
  assert.match(said(rule, text)[0] ?? '', /^error: 4 VMs must be apart by host, but there are only 3 hosts for them/);
  assert.equal(found(rule, text).length, 1);
  assert.match(mended(rule, text), /by host should$/);
});

test('as many members as hosts can be kept apart', () => {
  assert.deepEqual(
    said(rule, cluster('runs a-1 on h-1\nruns a-2 on h-2\nruns a-3 on h-3', 'apart a-[1..3] by host')),
    [],
  );
});

test('a wish to be spread that nobody tried to meet', () => {
  const text = cluster('runs a-[1..4] on h-1', 'apart a-[1..4] by site should');
  assert.match(said(rule, text)[0] ?? '', /^warning: a-1, a-2, a-3 and 1 more run at s-1, but should be apart/);
});

test('machines that are off, and machines whose host is not stated, share nothing', () => {
  const text = cluster('runs a-[1..2] on h-1', 'apart a-[1..2] by host');
  assert.deepEqual(said(rule, text.concat('\namend vm a-2 { state off }')), []);
  assert.deepEqual(said(rule, text.replace('on h-1', 'on c')), []);
});

test('machines that have had their day are no members any more', () => {
  const today = (text: string, ended: string) =>
    `design d { as-of 2026-11-22 }\n${text}\namend vm ${ended} { until 2026-11-21 }`;
  assert.deepEqual(said(rule, today(cluster('runs a-[1..2] on h-1', 'apart a-[1..2] by host'), 'a-2')), []);
  const four = cluster('runs a-[1..2] on h-1\nruns a-3 on h-2\nruns a-4 on h-3', 'apart a-[1..4] by host');
  assert.match(said(rule, today(four, 'a-4'))[0] ?? '', /^error: a-1 and a-2 run on h-1/);
  assert.deepEqual(said(rule, today(four, 'a-1')), []);
});
