import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'storage-path-single';
const host = (paths: string) => `switch san-[a,b] { type fc }
array msa
host h {
  hba hba1 16 Gbps card 1
  hba hba2 16 Gbps card 1
  hba hba3 16 Gbps card 2
  ${paths}
}`;

test('one adapter: a path over another card to the other fabric', () => {
  const text = host('path hba1 to san-a');
  assert.match(said(rule, text)[0] ?? '', /^warning: h reaches its storage over hba1 alone/);
  assert.match(mended(rule, text), /path hba1 to san-a\n {2}path hba3 to san-b\n/);
});

test('two adapters to one fabric: one of them is cabled to the other', () => {
  const text = host('path hba1 to san-a; path hba3 to san-a');
  assert.match(said(rule, text)[0] ?? '', /All storage paths of h go to san-a/);
  assert.match(mended(rule, text), /path hba3 to san-b/);
});

test('two adapters straight to one array are two paths', () => {
  assert.deepEqual(said(rule, host('path hba[1,3] to msa')), []);
});

test('nothing stated, and something unreadable, is not a single path', () => {
  assert.deepEqual(said(rule, host('')), []);
  assert.deepEqual(said(rule, host('path hba1 to san-a; path hba3 to san-q')), []);
});

/** An array over the network, with its ports as stated, and a host that mounts it. */
const nas = (ports: string, protocol = 'nfs') => `switch tor-[a,b]
array nas { protocol ${protocol}; usable 10 TiB; ${ports}; datastore vol { capacity 1 TiB } }
host h { mount vol }`;

test('an array over the network that hangs on one switch: half of its ports go to the other one', () => {
  const text = nas('ports 4 x 10 Gbps to tor-a');
  assert.deepEqual(said(rule, text), [
    'warning: h reaches nas over tor-a alone, where all its ports go: when that switch fails or is updated, every VM with disks on nas hangs. Cable some of its ports to a second switch.',
  ]);
  assert.match(mended(rule, text), /ports 2 x 10 Gbps to tor-a; ports 2 x 10 Gbps to tor-b/);
  assert.match(
    mended(rule, nas('ports 2 x 10 Gbps to tor-a; ports 2 x 25 Gbps to tor-a')),
    /ports 2 x 10 Gbps to tor-a; ports 2 x 25 Gbps to tor-b/,
  );
});

test('one on two switches, one whose switch is not known, and one that nobody mounts are no single path', () => {
  assert.deepEqual(said(rule, nas('ports 2 x 10 Gbps to tor-a; ports 2 x 10 Gbps to tor-b')), []);
  assert.deepEqual(said(rule, nas('ports 4 x 10 Gbps')), []);
  assert.deepEqual(said(rule, nas('ports 4 x 10 Gbps to tor-a').replace('mount vol', 'memory 8 GiB')), []);
  assert.deepEqual(said(rule, nas('ports 4 x 10 Gbps to tor-a', 'fc')), []);
});
