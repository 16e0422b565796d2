import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'storage-move-impossible';
const cluster = (
  size: number,
  features = 'features storage-migration',
  used = 'measured used 700 GiB',
) => `datastore d-1 {
  capacity 1000 GiB
  measured used 900 GiB
}
datastore d-2 { capacity 1000 GiB; ${used} }
cluster c { ${features}; mount d-[1..2]; host h-[1..2]; runs v }
vm v { disk ${size} GiB on d-1 }`;

test('exactly the room that another datastore has is silent, one GiB more is stuck', () => {
  assert.deepEqual(said(rule, cluster(300)), []);
  assert.deepEqual(said(rule, cluster(301)), [
    'warning: v keeps 301 GiB on d-1, and no other datastore of c has room for it: d-2 has most, 300 GiB. d-1 cannot be emptied; keep that much free somewhere.',
  ]);
});

test('where nobody counts on moving disks it is only mentioned', () => {
  assert.match(said(rule, cluster(301, 'features ha'))[0] ?? '', /^info/);
});

test('a datastore whose room is not known may be the way out', () => {
  assert.deepEqual(said(rule, cluster(900, undefined, 'note "?"')), []);
});

test('a cluster with one datastore is not asked', () => {
  assert.deepEqual(said(rule, cluster(900).replace('mount d-[1..2]', 'mount d-1')), []);
});

test('the datastore with most room is extended, where its array has as much left', () => {
  const text = cluster(301)
    .replaceAll(/^datastore/gm, '  datastore')
    .replace('cluster c', '}\ncluster c');
  assert.match(mended(rule, `array a {\n  usable 4 TiB\n${text}`), /datastore d-2 \{ capacity 1001 GiB/);
  assert.deepEqual(found(rule, cluster(301))[0]?.fixes(), []);
});
