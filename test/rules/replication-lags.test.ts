import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'replication-lags';
// 1 Gbps are 10.8 TB a day.
const pair = (change: string, wan = 'speed 1 Gbps', mode = 'mode async rpo 4 h') => `site a
site b
wan line between a, b { ${wan} }
array one at a { replicates to two ${mode} change ${change} via line; datastore d { capacity 20 TB; measured used 10 TB } }
array two at b`;

test('half of the link is silent, more is a warning, more than all an error', () => {
  assert.deepEqual(said(rule, pair('5.4 TB/day')), []);
  assert.deepEqual(said(rule, pair('6 TB/day')), [
    'warning: one changes 55.6 % of what line carries, on average: 555.6 Mbps of 1 Gbps. At the peak the copy falls behind; 4 h were agreed. Widen the link, or replicate less.',
  ]);
  assert.match(said(rule, pair('10.8 TB/day'))[0] ?? '', /^warning/);
  assert.match(
    said(rule, pair('12.15 TB/day'))[0] ?? '',
    /^error: .* falls behind by 3 h every day; 4 h were agreed\./,
  );
});

test('a share is of what is written', () => {
  assert.deepEqual(said(rule, pair('54 %/day')), []);
  assert.equal(said(rule, pair('55 %/day')).length, 1);
});

test('all that goes over a link is added up, and points at the largest', () => {
  const text = `${pair('4 TB/day')}\narray three at a { replicates to two mode async change 3 TB/day via line }`;
  assert.match(said(rule, text)[0] ?? '', /one and three change 64.8 %/);
  assert.equal(found(rule, text)[0]?.entity.kind, 'wan');
});

test('a mirror has no backlog: applications wait', () => {
  assert.match(
    said(rule, pair('6 TB/day', undefined, 'mode sync'))[0] ?? '',
    /Applications wait for it at their peak\./,
  );
});

test('the TCP window over the round trip bounds the link', () => {
  assert.deepEqual(said(rule, pair('1 TB/day', 'speed 1 Gbps; rtt 10 ms')), []);
  assert.equal(said(rule, pair('1 TB/day', 'speed 1 Gbps; rtt 10 ms; tcp-window 64 KiB')).length, 1);
});

test('an unknown link or change says nothing', () => {
  assert.deepEqual(said(rule, pair('90 TB/day', 'rtt 1 ms')), []);
  assert.deepEqual(said(rule, pair('90 TB/day').replace(' change 90 TB/day', '')), []);
  assert.deepEqual(said(rule, pair('90 TB/day').replace(' via line', '')), []);
});

test('a wider link mends it, unless distance holds it down', () => {
  assert.match(mended(rule, pair('6 TB/day')), /speed 1\.2 Gbps/);
  const far = pair('6 TB/day', 'speed 10 Gbps; rtt 100 ms; tcp-window 4 MiB');
  assert.deepEqual(found(rule, far)[0]?.fixes(), []);
});
