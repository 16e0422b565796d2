import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'orphan-files';
const store = (files: string) => `datastore gold {\n  capacity 8 TiB\n${files}}`;

test('ten GB are silent, more is worth a look', () => {
  assert.deepEqual(said(rule, store('  file "a.vmdk" size 10 GB\n')), []);
  assert.deepEqual(said(rule, store('  file "a.vmdk" size 11 GB last-used 2024-05-01\n')), [
    'info: a.vmdk on gold, last used 2024-05-01, belongs to no VM and takes 10.2 GiB. Find the owner; delete or archive what nobody claims.',
  ]);
});

test('several are one finding, at the largest; one fix deletes all', () => {
  const text = store('  file "a.vmdk" size 6 GB\n  file "b.vmdk" size 7 GB\n');
  assert.match(
    said(rule, text)[0] ?? '',
    /^info: 2 files on gold, the largest b.vmdk, belong to no VM and take 12.1 GiB/,
  );
  assert.equal(mended(rule, text), store(''));
});

test('a file without a size is not judged; a policy may say from when', () => {
  assert.deepEqual(said(rule, store('  file "a.vmdk"\n')), []);
  assert.equal(said(rule, `${store('  file "a.vmdk" size 2 GB\n')}\npolicy { orphan-files info 1 GB }`).length, 1);
});
