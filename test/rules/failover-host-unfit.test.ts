import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'failover-host-unfit';
const cluster = (spare: string, failover = '1 host') => `cluster c {
  failover ${failover}
  host h-[1..2] { cpu 8 cores 2 GHz; memory 128 GiB }
  host s { ${spare} }
}
vm a-[1..2] { memory 32 GiB }
runs a-1 on h-1
runs a-2 on h-2`;

test('empty and as large as the largest is fit; one GiB less is not', () => {
  const spare = (gib: number) => `cpu 8 cores 2 GHz; memory ${gib} GiB; failover-host`;
  assert.deepEqual(said(rule, cluster(spare(128))), []);
  assert.deepEqual(said(rule, cluster(spare(127))), [
    'error: s is kept for failover but has less memory than h-1, whose VMs it could not all take. When another host fails, there is not the room that c counts on. Keep one of the largest hosts.',
  ]);
  assert.match(said(rule, cluster('cpu 6 cores 2 GHz; memory 128 GiB; failover-host'))[0] ?? '', /less CPU than h-1/);
});

test('a host that runs VMs is not kept; the fix counts it as an ordinary one', () => {
  const text = `${cluster('cpu 8 cores 2 GHz; memory 128 GiB; failover-host')}\nvm b { memory 4 GiB }\nruns b on s`;
  const [finding] = found(rule, text);
  assert.match(finding?.message ?? '', /^s is kept for failover but runs b\. .* Move its VMs away/);
  assert.equal(finding?.at.sentence.word, 'runs');
  assert.doesNotMatch(mended(rule, text), /failover-host/);
});

test('by dedicated: as many as may fail; an empty host of the largest is taken', () => {
  const text = cluster('cpu 8 cores 2 GHz; memory 128 GiB', '1 host by dedicated');
  assert.deepEqual(said(rule, text), [
    'error: c is to survive the loss of 1 host by hosts that are kept for it, and keeps none. State failover-host at an empty host, as large as the largest.',
  ]);
  assert.match(mended(rule, text), /host s \{ failover-host; cpu/);
  assert.deepEqual(said(rule, text.replace('128 GiB }\n}', '128 GiB; failover-host }\n}')), []);
});

test('the room of a kept host counts when another one is lost, and not before', () => {
  const text = (spare: string) => `cluster c {
  failover 1 host
  host h-[1..2] { memory 64 GiB }
  host s { memory 64 GiB${spare} }
  runs a-[1..6]
}
vm a-[1..6] { memory 19 GiB }`;
  assert.deepEqual(said('failover-not-absorbed', text('; failover-host')), []);
  assert.deepEqual(said('pool-overloaded', text('; failover-host')), []);
  assert.match(said('pool-overloaded', text('; failover-host').replaceAll('a-[1..6]', 'a-[1..7]'))[0] ?? '', /111 %/);
  assert.deepEqual(said('pool-overloaded', text('').replaceAll('a-[1..6]', 'a-[1..7]')), []);
});

test('unknown sizes, and a cluster without hosts, are silent', () => {
  assert.deepEqual(said(rule, 'cluster c { failover 1 host by dedicated }'), []);
  assert.deepEqual(said(rule, cluster('failover-host')), []);
});
