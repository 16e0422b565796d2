import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'replicas-share-host';

function plan(on: readonly string[], app = 'tier critical', hosts = 'host esx-[1..3]', more = ''): string {
  return `cluster prod { ${hosts} }
app shop { ${app}; vm web-[1..4] }
${on.map((host, index) => `runs web-${index + 1} on ${host}`).join('\n')}
${more}`;
}

test('half of the replicas on one host is no finding, more than half is a warning, all of them an error', () => {
  assert.deepEqual(said(RULE, plan(['esx-1', 'esx-1', 'esx-2', 'esx-3'])), []);
  assert.deepEqual(said(RULE, plan(['esx-1', 'esx-1', 'esx-2', 'esx-1'])), [
    'warning: 3 of 4 replicas of shop run on esx-1 (web-1, web-2 and web-4) and fail with it. Spread them over the hosts of the cluster, and keep them apart by host.',
  ]);
  assert.match(said(RULE, plan(['esx-1', 'esx-1', 'esx-1', 'esx-1']))[0] ?? '', /^error: All 4 replicas/);
});

test('nothing is said while one replica has no host, or there is no other host', () => {
  assert.deepEqual(said(RULE, plan(['esx-1', 'esx-1', 'esx-1'])), []);
  assert.deepEqual(said(RULE, plan(['esx-1', 'esx-1', 'esx-1', 'esx-1'], 'tier critical', 'host esx-1')), []);
  const spare = 'host esx-1; host esx-2 { state maintenance }';
  assert.deepEqual(said(RULE, plan(['esx-1', 'esx-1', 'esx-1', 'esx-1'], 'tier critical', spare)), []);
});

test('nothing is said of VMs that need not outlive a host, or that are ruled to be together or apart', () => {
  const together = ['esx-1', 'esx-1', 'esx-1', 'esx-1'];
  assert.deepEqual(said(RULE, plan(together, 'tier normal')), []);
  assert.deepEqual(said(RULE, plan(together, undefined, undefined, 'together web-[1..4]')), []);
  assert.deepEqual(said(RULE, plan(together, undefined, undefined, 'apart web-[1..4] by host')), []);
});
