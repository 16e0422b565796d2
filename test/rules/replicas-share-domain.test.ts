import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'replicas-share-domain';
const racks = (more = '', tier = 'tier critical; ', second = 'esx-2') => `site hq
rack r-[1..2] at hq
cluster prod at hq {
  host esx-[1..2] at r-1
  host esx-3 at r-2
}
app shop { ${tier}vm web-[1..2] }
runs web-1 on esx-1
runs web-2 on ${second}${more}`;

test('two replicas on two hosts of one rack, and there is another rack', () => {
  assert.deepEqual(said(RULE, racks()), [
    'warning: Both replicas of shop (web-1 and web-2) stand in rack r-1 and fail with it, although r-2 could take one. Spread them, and keep them apart by rack.',
  ]);
});

test('nothing is said of two racks, of what is not important, or where a rule speaks of racks', () => {
  assert.deepEqual(said(RULE, racks('', undefined, 'esx-3')), []);
  assert.deepEqual(said(RULE, racks('', '')), []);
  assert.deepEqual(said(RULE, racks('\napart web-[1..2] by rack should')), []);
});

test('replicas on one host are left to their own rule', () => {
  assert.deepEqual(said(RULE, racks('', undefined, 'esx-1')), []);
});

test('nothing is said where the rack of a host is not stated, or there is only one', () => {
  assert.deepEqual(said(RULE, racks().replace('host esx-[1..2] at r-1', 'host esx-[1..2]')), []);
  assert.deepEqual(said(RULE, racks().replace('host esx-3 at r-2', 'host esx-3 at r-1')), []);
});

const arrays = (second: string, more = '') => `array a { ${more}datastore a-1 }
array b { datastore b-1 }
cluster prod { mount a-1, b-1; host esx-[1..2] }
app shop {
  tier high
  vm web-[1..2] { datastore each a-1, ${second} }
}
runs web-1 on esx-1
runs web-2 on esx-2`;

test('disks on one array, and hosts reach another', () => {
  assert.match(said(RULE, arrays('a-1'))[0] ?? '', /keep their disks on array a .* although b could take one/);
  assert.deepEqual(said(RULE, arrays('b-1')), []);
});

test('an array that is mirrored at once is no single point', () => {
  assert.deepEqual(said(RULE, arrays('a-1', 'replicates to b mode sync; ')), []);
  assert.equal(said(RULE, arrays('a-1', 'replicates to b mode async; ')).length, 1);
});

const switches = (third: string) => `network web
switch tor-[a,b]
class host blade { nic nic[1..2] 10 Gbps }
cluster prod {
  host esx-[1..2] : blade { vswitch vs0 { uplink nic1, nic2 to tor-a; carries web } }
  host esx-3 : blade { vswitch vs0 { uplink nic1, nic2 to ${third}; carries web } }
}
app shop { tier high; vm web-[1..2] { nic web } }
runs web-1 on esx-1
runs web-2 on esx-2`;

test('hosts on one physical switch, and another host hangs on a second one', () => {
  assert.match(said(RULE, switches('tor-b'))[0] ?? '', /hang on switch tor-a .* although tor-b could take one/);
  assert.deepEqual(said(RULE, switches('tor-a')), []);
});

test('a stretched cluster, and all replicas at one of its sites', () => {
  const sites = (second: string) => `site north; site south
cluster prod at north, south {
  host n-[1..2] at north
  host s-1 at south
}
app shop { slo availability 99.9 %; vm web-[1..2] }
runs web-1 on n-1
runs web-2 on ${second}`;
  assert.match(
    said(RULE, sites('n-2'))[0] ?? '',
    /stand at site north and fail with it, although south could take one/,
  );
  assert.deepEqual(said(RULE, sites('s-1')), []);
});
