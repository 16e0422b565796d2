import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'mtu-mismatch';
const plan = (physical: string, service = 'mtu 9000') => `network live { mtu 9000 }
switch tor-[a,b] { ${physical} }
host esx-1 {
  nic nic[1..2] 10 Gbps
  service migration on live ${service}
  vswitch vs0 { mtu 9000; uplink nic1 to tor-a; uplink nic2 to tor-b; carries live }
}`;

test('as large as the path takes is fine, one byte less is not', () => {
  assert.deepEqual(said(RULE, plan('mtu 9000')), []);
  assert.deepEqual(said(RULE, plan('mtu 8999')), [
    'error: The migration service of esx-1 sends frames of 9000, but switch tor-a and switch tor-b take 8999: large transfers stall while small packets pass. Set mtu 9000 there, or 8999 on the service.',
  ]);
});

test('a part that states nothing is only warned of, a service that states nothing sends small frames', () => {
  assert.match(said(RULE, plan('ports 8 x 10 Gbps'))[0] ?? '', /^warning: .* take 1500 where nothing is stated/);
  assert.deepEqual(said(RULE, plan('ports 8 x 10 Gbps', '')), []);
});

test('the storage service needs arrays that take its frames', () => {
  const text = (mtu: string) => `network nfs { mtu 9000 }
array nas { protocol nfs; mtu ${mtu}; datastore gold }
host esx-1 { mount gold; service storage on nfs mtu 9000; vswitch vs0 { mtu 9000; carries nfs } }`;
  assert.match(said(RULE, text('1500'))[0] ?? '', /^error: .* but array nas takes 1500/);
  assert.deepEqual(said(RULE, text('9000')), []);
});

test('the fix raises every part, or lowers the service', () => {
  assert.equal(mended(RULE, plan('mtu 1600')), plan('mtu 9000'));
  assert.equal(mended(RULE, plan('power 100 W .. 200 W')), plan('mtu 9000; power 100 W .. 200 W'));
  assert.equal(mended(RULE, plan('mtu 1600'), 'Set mtu 1600 on the service'), plan('mtu 1600', 'mtu 1600'));
});
