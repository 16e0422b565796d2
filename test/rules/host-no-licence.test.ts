import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const RULE = 'host-no-licence';
const BUDGET = 'design d { budget capex 9_000 EUR }';

test('a licence of the host, of its cluster, or one that may be used on it is enough', () => {
  const licence = (on: string) => `licence vvf { product esxi; cost 50 EUR/core/year; ${on} }`;
  const host = (own: string) => `cluster c { hypervisor esxi 8.0; ${own} host esx-1 }`;
  assert.equal(said(RULE, `${BUDGET}\n${host('')}`).length, 1);
  assert.deepEqual(said(RULE, `${BUDGET}\n${licence('')}\n${host('licences vvf;')}`), []);
  assert.deepEqual(said(RULE, `${BUDGET}\n${licence('on c')}\n${host('')}`), []);
});

test('nothing is said of hypervisors that are free, or not stated, or where no money is spoken of', () => {
  assert.deepEqual(said(RULE, `${BUDGET}\nhost kvm-1 { hypervisor kvm }`), []);
  assert.deepEqual(said(RULE, `${BUDGET}\nhost h-1`), []);
  assert.deepEqual(said(RULE, 'host esx-1 { hypervisor esxi 8.0 }'), []);
  assert.match(said(RULE, 'host esx-1 { hypervisor esxi 8.0; cost 9_800 EUR }')[0] ?? '', /^info: /);
});

test('a platform that runs without a subscription is a hint, which a reason silences', () => {
  const text = (ignore: string) => `${BUDGET}\nhost pve-1 { hypervisor proxmox 9.0; ${ignore} }`;
  assert.equal(found(RULE, text(''))[0]?.severity, 'info');
  assert.deepEqual(said(RULE, text('ignore host-no-licence because "community edition"')), []);
});
