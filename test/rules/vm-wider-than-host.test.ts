import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'vm-wider-than-host';
const host = (vcpus: number, gib: number) => `host h { cpu 2 x 8 cores; memory 64 GiB; runs a }
vm a { vcpu ${vcpus}; memory ${gib} GiB }`;

test('as wide as the host is silent, wider a warning, twice as wide cannot be started', () => {
  assert.deepEqual(said(rule, host(16, 8)), []);
  assert.deepEqual(said(rule, host(17, 8)), [
    'warning: a has 17 vCPUs, h only 16 cores: they never run all at once. Give it at most 16, or a host with more cores.',
  ]);
  assert.match(said(rule, host(32, 8))[0] ?? '', /^warning/);
  assert.match(said(rule, host(33, 8))[0] ?? '', /^error: .*it cannot be started/);
});

test('more memory than is installed', () => {
  assert.deepEqual(said(rule, host(2, 64)), []);
  const [finding] = found(rule, host(2, 65));
  assert.match(finding?.message ?? '', /65 GiB of memory, h only 64 GiB/);
  assert.equal(finding?.at.sentence.word, 'memory');
});

test('in a pool the largest host decides, if all sizes are known', () => {
  const pool = (small: string) => `cluster c {
  host s { ${small} }
  host l { cpu 1 x 16 cores }
  runs a
}
vm a { vcpu 20 }`;
  assert.match(said(rule, pool('cpu 1 x 8 cores'))[0] ?? '', /the largest host of c only 16 cores/);
  assert.deepEqual(said(rule, pool('note "unknown"')), []);
});

test('an unplaced VM and a template are silent', () => {
  assert.deepEqual(said(rule, host(99, 99).replace('; runs a', '')), []);
  assert.deepEqual(said(rule, host(99, 99).replace('vcpu', 'state template; vcpu')), []);
});

test('as many vCPUs as there are cores mend it; memory is for its owner to say', () => {
  assert.match(mended(rule, host(17, 8)), /vcpu 16/);
  assert.deepEqual(found(rule, host(2, 65))[0]?.fixes(), []);
});
