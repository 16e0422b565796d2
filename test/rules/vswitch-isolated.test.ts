import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'vswitch-isolated';
const plan = (first: string, second: string, vm = 'nic lab') => `network web
network lab
host esx-1 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { ${first}carries web }
  vswitch vs1 { ${second}carries lab }
  runs test
}
vm test { ${vm} }`;

test('VMs on a switch without an uplink, beside one that has it', () => {
  assert.deepEqual(said(RULE, plan('uplink nic1; ', '')), [
    'warning: vs1 of esx-1 has no uplink: 1 VM on it (test) reaches nothing outside the host and cannot move while running. State an uplink, or ignore it with the reason.',
  ]);
});

test('nothing is said where no uplink is stated at all, every switch has one, or nobody uses it', () => {
  assert.deepEqual(said(RULE, plan('', '')), []);
  assert.deepEqual(said(RULE, plan('uplink nic1; ', 'uplink nic2; ')), []);
  assert.deepEqual(said(RULE, plan('uplink nic1; ', '', 'nic web')), []);
});
