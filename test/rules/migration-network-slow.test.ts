import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'migration-network-slow';
const host = (nic: string, limit = '') => `network vmotion
host h {
  nic nic1 ${nic}
  vswitch vs0 { uplink nic1; carries vmotion }
  service migration on vmotion${limit}
}`;

test('exactly what one migration needs is silent, less is not', () => {
  assert.deepEqual(said(rule, host('250 Mbps')), []);
  assert.deepEqual(said(rule, host('100 Mbps')), [
    'warning: Live migration from h gets 100 Mbps, all its uplink has; one move needs 250 Mbps. Busy VMs stand still, or never arrive. Put it on a faster port.',
  ]);
});

test('a limit that is too low is taken away', () => {
  const text = host('10 Gbps', ' limit 249 Mbps');
  assert.match(said(rule, text)[0] ?? '', /gets 249 Mbps, by a limit/);
  assert.match(mended(rule, text), /service migration on vmotion\n/);
});

test('without a migration network, and on a port of unknown speed, nothing is said', () => {
  assert.deepEqual(said(rule, host('100 Mbps').replace('service migration', 'service management')), []);
  assert.deepEqual(said(rule, host('')), []);
});
