import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'host-cpu-overloaded';
/** A host of 10 GHz, whose hypervisor is said to take nothing. */
const host = (demand: string, more = '') => `host h { cpu 1 x 5 cores 2.0 GHz; cpu-overhead 0 %; runs a${more} }
vm a { vcpu 5; ${demand} }`;

test('three quarters are silent, a little more is a warning, above nine tenths an error', () => {
  assert.deepEqual(said(rule, host('demand cpu 75 %')), []);
  assert.deepEqual(said(rule, host('demand cpu 76 %')), [
    'warning: h is asked for 76 % of its CPU: 7.6 GHz of 10 GHz. Its VM waits for CPU; move it to a faster host, or give it fewer vCPUs.',
  ]);
  assert.match(said(rule, host('demand cpu 90 %'))[0] ?? '', /^warning/);
  assert.match(said(rule, host('demand cpu 91 %'))[0] ?? '', /^error/);
});

test('what the hypervisor takes comes on top, and cores that are reserved are not there', () => {
  assert.match(said(rule, host('demand cpu 75 %').replace('overhead 0 %', 'overhead 2 %'))[0] ?? '', /76.5 %/);
  assert.match(said(rule, host('demand cpu 50 %', '; reserved-cores 1').replace('vcpu 5', 'vcpu 4')).join(), /^$/);
  assert.match(said(rule, host('demand cpu 80 %', '; reserved-cores 1'))[0] ?? '', /100 %/);
});

test('a policy sets other limits', () => {
  assert.deepEqual(said(rule, `${host('demand cpu 85 %')}\npolicy { ${rule} warn 85 % }`), []);
});

test('unknown demand or an unknown clock says nothing; a VM that is off asks for nothing', () => {
  assert.deepEqual(said(rule, host('memory 4 GiB')), []);
  assert.deepEqual(said(rule, 'host h { cpu 1 x 5 cores; runs a }\nvm a { vcpu 5; demand cpu 99 % }'), []);
  assert.deepEqual(said(rule, host('demand cpu 99 %; state off')), []);
});

test('demand that is assumed is said to be', () => {
  const text = `host h { cpu 1 x 5 cores 2.0 GHz; cpu-overhead 0 %; runs a, b }
vm a { vcpu 5; demand cpu 60 % }
vm b { vcpu 5 }
assume vm { demand cpu 30 % }`;
  assert.deepEqual(said(rule, text), [
    'warning: h is asked for 90 % of its CPU: 9 GHz of 10 GHz (assumed for b). Its 2 VMs wait for each other; move some to another host, or give them fewer vCPUs.',
  ]);
  assert.match(
    said(rule, text.replace('demand cpu 60 %', 'memory 4 GiB').replace('30 %', '40 %'))[0] ?? '',
    /\(assumed for all its VMs\)/,
  );
});
