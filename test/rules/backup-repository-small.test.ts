import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'backup-repository-small';
const backup = (copies: string, rest = '') => `datastore vault { capacity 10 TB }
vm db { disk 1 TB }
backup nightly { covers vm db; window daily 22:00 .. 06:00; retain ${copies}; to vault${rest} }`;

test('full copies that just fit are silent, one more is not, twice as many are an error', () => {
  assert.deepEqual(said(rule, backup('10 copies')), []);
  assert.deepEqual(said(rule, backup('11 copies')), [
    'warning: 11 copies of nightly need 10 TiB of 9.09 TiB that vault has for them, uncompressed. The oldest are lost or the next run fails. Keep fewer, save only what changed, or extend it.',
  ]);
  assert.match(said(rule, backup('20 copies'))[0] ?? '', /^warning/);
  assert.match(said(rule, backup('21 copies'))[0] ?? '', /^error/);
});

test('incremental ones cost what changed', () => {
  const rest = '; method incremental; change 10 %/day';
  assert.deepEqual(said(rule, backup('91 copies', rest)), []);
  assert.equal(said(rule, backup('92 copies', rest)).length, 1);
  assert.deepEqual(said(rule, backup('91 copies', '; method incremental; change 100 GB/day')), []);
  assert.equal(said(rule, backup('92 copies', '; method incremental; change 100 GB/day')).length, 1);
});

test('a time is as many copies as runs fall into it', () => {
  assert.deepEqual(said(rule, backup('10 days')), []);
  assert.equal(said(rule, backup('11 days')).length, 1);
  assert.deepEqual(said(rule, backup('10 weeks').replace('daily', 'sunday')), []);
});

test('jobs of one repository are one finding, at the one that takes most', () => {
  const two = `${backup('6 copies')}
vm web { disk 1 TB }
backup weekly { covers vm web; window sunday 01:00 .. 05:00; retain 5 copies; to vault }`;
  assert.match(said(rule, two).join('\n'), /^warning: 6 copies of nightly with weekly need 10 TiB[^\n]*$/);
});

test('fewer copies fit', () => {
  assert.match(mended(rule, backup('14 copies')), /retain 10 copies/);
});

test('what is not stated is not judged', () => {
  assert.deepEqual(said(rule, backup('99 copies').replace('; to vault', '')), []);
  assert.deepEqual(said(rule, backup('99 copies', '; method incremental')), []);
  assert.deepEqual(said(rule, backup('99 copies').replace('capacity 10 TB', 'type nfs')), []);
  assert.deepEqual(said(rule, backup('99 copies').replace('disk 1 TB', 'vcpu 2')), []);
});

test('replicas that go to the same array take room, are named, and are left to what the fix keeps', () => {
  const text = (copies: number) => `array vault { usable 10 TiB }
array own { usable 20 TiB; replicates to vault mode async; datastore ds { capacity 8 TiB; measured used 4 TiB } }
vm db { disk 1 TiB }
backup nightly { covers vm db; window daily 22:00 .. 06:00; retain ${copies} copies; to vault }`;
  assert.deepEqual(said(rule, text(6)), []);
  assert.match(
    said(rule, text(7))[0] ?? '',
    /^warning: 7 copies of nightly with the replica of own need 11 TiB of 10 TiB that vault has for them/,
  );
  assert.match(mended(rule, text(9)), /retain 6 copies/);
});
