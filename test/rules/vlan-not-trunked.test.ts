import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'vlan-not-trunked';
const plan = (a: string, b = 'trunk *') => `network web { vlan 110 }
network app { vlan 120 }
switch tor-a { ${a} }
switch tor-b { ${b} }
cluster prod {
  host esx-1 {
    nic nic[1..2] 10 Gbps
    vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web, app }
  }
}`;

test('a VLAN that one of two switches lets through is lost on that side', () => {
  assert.deepEqual(said(RULE, plan('trunk web')), [
    'error: vs0 carries app (VLAN 120), but the trunk of tor-a does not: it is lost whenever esx-1 sends through that side. Add app to the trunk.',
  ]);
});

test('a VLAN that none lets through is cut off', () => {
  assert.match(
    said(RULE, plan('trunk web', 'trunk web'))[0] ?? '',
    /tor-a and tor-b does not: nothing on esx-1 reaches it/,
  );
});

test('the trunk to the host or its cluster counts, that to others does not', () => {
  assert.deepEqual(said(RULE, plan('trunk web, app to prod')), []);
  assert.deepEqual(said(RULE, plan('trunk web, app to esx-1; trunk web to tor-b')), []);
  assert.equal(said(RULE, plan('trunk web to prod; trunk app to tor-b')).length, 1);
});

test('nothing is said of a switch that states no trunk for the host, or one with an unknown name', () => {
  assert.deepEqual(said(RULE, plan('ports 8 x 10 Gbps')), []);
  assert.deepEqual(said(RULE, plan('trunk web to tor-b')), []);
  assert.deepEqual(said(RULE, plan('trunk web, ap')), []);
});

test('the fix adds the network to every trunk that lacks it', () => {
  assert.equal(mended(RULE, plan('trunk web', 'trunk web to prod')), plan('trunk web, app', 'trunk web, app to prod'));
});
