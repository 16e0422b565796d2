import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'replica-space-small';
const pair = (used: number, second = 'usable 1000 GiB') => `array one {
  usable 4 TiB
  datastore gold { capacity 2 TiB; measured used ${used} GiB }
  replicates to two mode async rpo 1 h
}
array two { ${second} }`;

test('85 % are silent, more is a warning, more than there is an error', () => {
  assert.deepEqual(said(rule, pair(850)), []);
  assert.deepEqual(said(rule, pair(851)), [
    'warning: Replicas of one take 851 GiB of 1000 GiB that two has for them, 85.1 %. When it is full, replication stops and the second copy ages. Add disks there, or replicate less.',
  ]);
  assert.match(said(rule, pair(1000))[0] ?? '', /^warning/);
  assert.match(said(rule, pair(1001))[0] ?? '', /^error/);
});

test('datastores of its own take their part', () => {
  assert.match(
    said(rule, pair(500, 'usable 1000 GiB; datastore own { capacity 500 GiB }'))[0] ?? '',
    /500 GiB of 500 GiB/,
  );
});

test('a datastore that is replicated counts by itself', () => {
  const text = pair(900)
    .replace('  replicates to two mode async rpo 1 h\n', '')
    .replace('measured', 'replicates to two mode sync; measured');
  assert.match(said(rule, text)[0] ?? '', /^warning: Replicas of gold take 900 GiB/);
});

test('nothing known of either side says nothing', () => {
  assert.deepEqual(said(rule, pair(900, 'protocol fc')), []);
  assert.deepEqual(said(rule, pair(900).replace('measured used 900 GiB', 'thin')), []);
});

test('more space at the second array mends it', () => {
  assert.match(mended(rule, pair(1001)), /usable 1177\.7 GiB/);
});
