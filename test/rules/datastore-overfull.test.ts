import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'datastore-overfull';
const store = (
  gib: number,
  usable = '2 TiB',
  rest = '',
) => `array san { usable ${usable}; datastore gold { capacity 1000 GiB${rest} } }
vm a { disk ${gib} GiB on gold }`;

test('three quarters are silent, one GiB more is a warning, above 85 % an error', () => {
  assert.deepEqual(said(rule, store(750)), []);
  assert.deepEqual(said(rule, store(751)), [
    'warning: gold is 75.1 % full: 751 GiB of 1000 GiB. At 100 % its VMs stop at the next write. Move disks to another datastore, delete what is not needed, or extend it.',
  ]);
  assert.match(said(rule, store(850))[0] ?? '', /^warning/);
  assert.match(said(rule, store(851))[0] ?? '', /^error/);
});

test('what was measured counts before what the disks say', () => {
  assert.deepEqual(said(rule, store(999, '2 TiB', '; measured used 100 GiB')), []);
});

test('it is extended in its own unit, if its array has as much left', () => {
  assert.match(mended(rule, store(900)), /capacity 1200 GiB/);
  assert.deepEqual(
    found(rule, store(900, '1 TiB')).flatMap((finding) => finding.fixes()),
    [],
  );
});

test('images and forgotten files take space, too', () => {
  const text = store(700)
    .replace('1000 GiB }', '1000 GiB; file "old.vmdk" size 60 GiB }')
    .concat('\nimage win on gold { size 40 GiB }');
  assert.match(said(rule, text)[0] ?? '', /80 % full: 800 GiB/);
});

test('a thin disk that does not say what is used is not full', () => {
  assert.deepEqual(said(rule, store(999).replace('on gold', 'thin on gold')), []);
});

test('snapshots and swap files of VMs on ESXi take space, too', () => {
  const text = (more: string, hypervisor = 'esxi') =>
    store(600).replace('vm a { disk', `host h { hypervisor ${hypervisor}; runs a }\nvm a { ${more}; disk`);
  assert.deepEqual(said(rule, text('snapshot s 150 GiB')), []);
  assert.match(said(rule, text('snapshot s 151 GiB'))[0] ?? '', /751 GiB of 1000 GiB/);
  assert.deepEqual(said(rule, text('memory 200 GiB; reserve memory 50 GiB')), []);
  assert.match(said(rule, text('memory 200 GiB; reserve memory 49 GiB'))[0] ?? '', /751 GiB of 1000 GiB/);
  assert.deepEqual(said(rule, text('memory 900 GiB', 'kvm')), []);
});

test('what was measured of a VM stands in for thin disks that say nothing', () => {
  const text = (used: number) =>
    store(900).replace('disk 900 GiB on gold', `disk 900 GiB thin on gold; memory 64 GiB; measured used ${used} GiB`);
  assert.deepEqual(said(rule, text(750)), []);
  assert.match(said(rule, text(751))[0] ?? '', /^warning: gold is 75.1 % full/);
});
