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
