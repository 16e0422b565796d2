import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'move-target-network-full';
const plan = (
  to: string,
  net = '300 Mbps',
  third = '\n  host esx-3 { nic nic1 1 Gbps }',
  video = '500 Mbps',
) => `network web
cluster prod {
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { nic nic1 1 Gbps; cpu 8 cores 2 GHz; runs cart }
  host esx-2 { nic nic1 1 Gbps; cpu 8 cores 2 GHz; runs video }${third}
}
vm cart { nic web; vcpu 4; demand cpu 50 %${net === '' ? '' : ` net ${net}`} }
vm video { nic web; vcpu 2; demand cpu 10 % net ${video} }
wave night { moves cart; to ${to} }`;

test('80 % of the uplinks is reached, more is told with the CPU that misled', () => {
  assert.deepEqual(said(RULE, plan('esx-2')), []);
  assert.deepEqual(said(RULE, plan('esx-2', '301 Mbps')), [
    'warning: Wave night moves cart to esx-2, where vs0, now 50 % used, would carry 80.1 % of its uplinks: packets wait and are dropped. Its CPU is 2.6 % busy, but that is not all. Move to esx-3, or add an uplink.',
  ]);
});

test('more than there is is an error', () => {
  assert.match(said(RULE, plan('esx-2', '600 Mbps'))[0] ?? '', /^error: .* would carry 110 %/);
});

test('a cluster is taken together, and a VM that runs there already adds nothing', () => {
  assert.deepEqual(said(RULE, plan('prod', '900 Mbps')), []);
  assert.deepEqual(said(RULE, plan('esx-1', '900 Mbps')), []);
});

test('nothing is said where traffic or uplinks are not stated', () => {
  assert.deepEqual(said(RULE, plan('esx-2', '')), []);
  assert.deepEqual(said(RULE, plan('esx-2', '600 Mbps').replaceAll('nic nic1 1 Gbps', 'nic nic1')), []);
});

test('the fix names a host with room, and is none where there is no such host', () => {
  assert.equal(mended(RULE, plan('esx-2', '600 Mbps')), plan('esx-3', '600 Mbps'));
  const [finding] = found(RULE, plan('esx-2', '600 Mbps', ''));
  assert.match(finding?.message ?? '', /Move elsewhere, or add an uplink\.$/);
  assert.deepEqual(finding?.fixes(), []);
});

/** A VM on two networks, and a host that carries one of them; no application states any sessions. */
const blind = (method: string, more = '') => `network web
network app
cluster prod {
  host esx-1 { vswitch vs0 { carries web, app }; runs cart }
  host esx-2 { vswitch vs0 { carries web } }${more}
}
vm cart { nic web; nic app }
wave night { moves cart; to esx-2; method ${method} }`;

test('a host that does not carry a network of the VM cuts it off, whether or not there are sessions', () => {
  assert.deepEqual(said(RULE, blind('live')), [
    'error: Wave night moves cart to esx-2, where nothing carries app: it is cut off from it while running. Carry app there, or move elsewhere.',
  ]);
  assert.match(said(RULE, blind('cold'))[0] ?? '', /cut off from it once started there/);
  assert.match(mended(RULE, blind('live')), /esx-2 \{ vswitch vs0 \{ carries web, app \} \}/);
});

test('a cluster of which one host carries it, a host that does not say what it carries, and the own host cut nothing off', () => {
  assert.deepEqual(said(RULE, blind('live').replace('to esx-2', 'to prod')), []);
  assert.deepEqual(said(RULE, blind('live', '\n  host esx-3').replace('to esx-2', 'to esx-3')), []);
  assert.deepEqual(
    said(RULE, blind('live').replace('to esx-2', 'to esx-1').replace('carries web, app', 'carries web')),
    [],
  );
});
