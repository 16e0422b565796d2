import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const rule = 'cpu-ready-high';

test('5 % is silent, more a warning, above 10 % an error', () => {
  assert.deepEqual(said(rule, 'vm a { measured ready 5 % }'), []);
  assert.deepEqual(said(rule, 'vm a { measured ready 5.1 % over 7 days as p95 }'), [
    'warning: A vCPU of a waits 5.1 % of the time for a core (p95 over 7 days). Give it or its neighbours fewer vCPUs, or move some of them to a host with room.',
  ]);
  assert.match(said(rule, 'vm a { measured ready 10 % }')[0] ?? '', /^warning/);
  assert.match(said(rule, 'vm a { measured ready 10.1 % }')[0] ?? '', /^error/);
});

test('the host that it waits on is named; where cores are free, they are not the cause', () => {
  const on = (vcpus: number) => `host h { cpu 1 x 8 cores; runs a }\nvm a { vcpu ${vcpus}; measured ready 6 % }`;
  assert.match(said(rule, on(16))[0] ?? '', /h has 2 vCPU per core\. Give it or its neighbours fewer/);
  assert.match(said(rule, on(8))[0] ?? '', /Cores are not what it waits for: look for a CPU limit/);
  const [finding] = found(rule, on(16));
  assert.equal(finding?.related?.[0]?.message, 'a runs here');
});

test('nothing measured, and a VM that is off, are silent', () => {
  assert.deepEqual(said(rule, 'vm a { vcpu 8; measured cpu 90 % }'), []);
  assert.deepEqual(said(rule, 'vm a { state off; measured ready 60 % }'), []);
});
