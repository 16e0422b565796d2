import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'backup-window-missed';
const backup = (gb: number, rest = '') => `site a
site b
wan line between a, b { speed 1 Gbps; share 80 % }
vm v { disk ${gb} GB }
backup nightly { covers vm v; window daily 22:00 .. 23:00; via line${rest} }`;

test('what fits exactly is silent, more is not', () => {
  assert.deepEqual(said(rule, backup(360)), []);
  assert.deepEqual(said(rule, backup(361)), [
    'error: Backup nightly needs at least 60 min, its window is 60 min: 336.2 GiB of 1 VM at 800 Mbps, held down by line; 335.3 GiB fit. Save only what changed, or use a wider path.',
  ]);
});

test('a VM that has ended is saved no more', () => {
  const two = backup(360).replace('covers vm v', 'covers vm v, gone');
  const text = (until: string) => `design d { as-of 2026-03-01 }
${two}
vm gone { disk 100 GB; until ${until} }`;
  assert.deepEqual(said(rule, text('2026-02-28')), []);
  assert.match(said(rule, text('2026-03-31'))[0] ?? '', / of 2 VMs /);
});

test('an incremental run copies what changed since the last one', () => {
  assert.deepEqual(said(rule, backup(7_200, '; method incremental; change 5 %/day')), []);
  assert.equal(said(rule, backup(7_201, '; method incremental; change 5 %/day')).length, 1);
  const weekly = backup(7_200, '; method incremental; change 5 %/day').replace('daily', 'sunday');
  assert.match(said(rule, weekly)[0] ?? '', /needs at least 7 h, /);
});

test('where it is known what changes, the fix saves only that', () => {
  assert.match(mended(rule, backup(4_000, '; change 5 %/day')), /{ method incremental; covers vm v;/);
  assert.match(mended(rule, backup(4_000, '; method full; change 5 %/day')), /method incremental;/);
});

test('an unknown path or an unknown size says nothing', () => {
  assert.deepEqual(said(rule, backup(9_000).replace('; via line', '')), []);
  assert.deepEqual(said(rule, backup(9_000).replace('9000 GB', '9000 GB thin')), []);
});

test('jobs that share a path and a window are added up, at the largest of them', () => {
  const two = (gb: number, window = 'daily 22:00 .. 23:00') => `${backup(200)}
vm w { disk ${gb} GB }
backup other { covers vm w; window ${window}; via line }`;
  assert.deepEqual(said(rule, two(160)), []);
  assert.match(
    said(rule, two(170)).join('\n'),
    /^error: Backup nightly needs at least 62 min together with other, [^\n]*$/,
  );
  assert.deepEqual(said(rule, two(170, 'daily 02:00 .. 03:00')), []);
});

test('without a stated path it is the backup service of the hosts', () => {
  const hosts = (gb: number, limit = '') => `network save
host h { nic nic1 1 Gbps; vswitch vs0 { uplink nic1; carries save }; service backup on save${limit}; runs v }
vm v { disk ${gb} GB }
backup nightly { covers vm v; window daily 22:00 .. 23:00 }`;
  assert.deepEqual(said(rule, hosts(450)), []);
  assert.match(said(rule, hosts(451))[0] ?? '', /held down by the backup service of the hosts/);
  assert.equal(said(rule, hosts(300, ' limit 500 Mbps')).length, 1);
});
