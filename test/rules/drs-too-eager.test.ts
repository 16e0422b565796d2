import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'drs-too-eager';
const cluster = (drs: string, nic = '1 Gbps', service = 'service migration on live') => `network live
cluster c {
  drs ${drs}
  vswitch vs0 { uplink nic1; carries live }
  ${service}
  host h-[1..2] { nic nic1 ${nic} }
}`;

test('the most eager level over one gigabit is told, other levels and modes are not', () => {
  assert.deepEqual(said(rule, cluster('full level 5')), [
    'warning: c moves VMs by itself for the slightest gain (level 5) over 1 Gbps. Moves that nobody planned fill that link for minutes each. Use level 3, or a faster migration network.',
  ]);
  for (const drs of ['full level 4', 'full', 'partial level 5', 'manual level 5', 'off'])
    assert.deepEqual(said(rule, cluster(drs)), [], drs);
});

test('from 2.5 Gbps on it is silent, and wherever the rate is not known', () => {
  assert.deepEqual(said(rule, cluster('full level 5', '2.5 Gbps')), []);
  assert.equal(said(rule, cluster('full level 5', '2.4 Gbps')).length, 1);
  assert.deepEqual(said(rule, cluster('full level 5', '')), []);
  assert.deepEqual(said(rule, cluster('full level 5', '1 Gbps', 'note "none"')), []);
});

test('the fix is the level that is usual', () => {
  assert.match(mended(rule, cluster('full level 5')), /drs full level 3\n/);
});

test('a policy may ask for more', () => {
  assert.equal(said(rule, `${cluster('full level 5', '10 Gbps')}\npolicy { drs-too-eager warn 25 Gbps }`).length, 1);
});
