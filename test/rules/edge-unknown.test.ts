import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'edge-unknown';
const plan = (
  to: string,
  more = 'switch tor-a',
) => `host esx-1 { nic nic[1..2] 10 Gbps; vswitch vs0 { uplink nic1${to}; uplink nic2 to tor-a } }
${more}`;

test('an uplink without a switch, where switches are known', () => {
  assert.deepEqual(said(RULE, plan('')), [
    'info: vs0 of esx-1 does not say to which switch nic1 is cabled, so VLANs, redundancy and owners are not checked beyond it. State it: uplink nic1 to a switch.',
  ]);
});

test('nothing is said of an unknown name, or where no switch is known', () => {
  assert.deepEqual(said(RULE, plan(' to tor-z')), []);
  assert.deepEqual(said(RULE, plan('', '')), []);
});
