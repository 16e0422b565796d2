import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'failover-not-absorbed';

/** Two or three hosts with 60 GiB for VMs each. */
const cluster = (hosts: number, rest: string) => `cluster c {
  failover 1 host
  host h-[1..${hosts}] { memory 64 GiB }
}
${rest}`;

test('a host that is just full after the loss is silent, one GiB more is not', () => {
  const two = (gib: number) =>
    cluster(2, `vm a { memory ${gib} GiB }\nvm b { memory 30 GiB }\nruns a on h-1\nruns b on h-2`);
  assert.deepEqual(said(rule, two(30)), []);
  assert.deepEqual(said(rule, two(31)), [
    'error: Without h-1, the rest of c is asked for 102 % of its memory: 61 GiB of 60 GiB. VMs stay down or starve. Add a host, or give VMs less.',
  ]);
});

test('enough in total but not in one piece', () => {
  const text = cluster(
    3,
    `vm a { memory 50 GiB }
vm b-[1..2] { memory 25 GiB }
runs a on h-1
runs b-1 on h-2
runs b-2 on h-3`,
  );
  assert.deepEqual(said(rule, text), []);
  const tight = text.replace('memory 25', 'memory 31');
  assert.deepEqual(said(rule, tight), [
    'error: When h-1 fails, a finds no other host in c: what is free on the others does not fit together. Move VMs so that room comes together, or add a host.',
  ]);
});

test('room for all, but what must be apart stays down: a remark, and a way out', () => {
  const text = cluster(2, 'vm dc-[1..2] { memory 8 GiB }\nruns dc-1 on h-1\nruns dc-2 on h-2\napart dc-[1..2] by host');
  assert.match(said(rule, text)[0] ?? '', /^info: When h-1 fails, dc-1 stays down/);
  assert.match(mended(rule, text), /apart dc-\[1\.\.2\] by host should$/);
});

test('a pool is judged by its totals', () => {
  const pool = (gib: number) => `cluster c {
  failover 1 host
  host h-[1..3] { memory 64 GiB }
  runs a-[1..10]
}
vm a-[1..10] { memory ${gib} GiB }`;
  assert.deepEqual(said(rule, pool(12)), []);
  assert.match(said(rule, pool(13))[0] ?? '', /asked for 108 % of its memory: 130 GiB of 120 GiB/);
});

test('the loss of a share of a cluster', () => {
  const text = cluster(2, 'vm a-[1..4] { memory 16 GiB }\nruns a-[1..2] on h-1\nruns a-[3..4] on h-2');
  const [finding] = found(rule, text.replace('1 host', '50 %'));
  assert.match(finding?.message ?? '', /^Without 50 % of c, the rest of c is asked for 107 % of its memory/);
  assert.equal(finding?.at.sentence.word, 'failover');
});

test('unknown memory, and a cluster that states nothing, are silent', () => {
  const text = cluster(2, 'vm a { memory 60 GiB }\nruns a on h-1');
  assert.deepEqual(said(rule, text.replace('memory 64 GiB', 'cpu 8 cores')), []);
  assert.deepEqual(said(rule, text.replace('failover 1 host', 'failover none')), []);
});
