import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'host-unmonitored';

test('a tool that covers the host, its cluster or hypervisors sees it', () => {
  const text = (covers: string) => `tool vcenter { ${covers} }\ncluster prod { host esx-1 }\nswitch sw-1`;
  assert.deepEqual(said(RULE, text('covers host esx-*')), []);
  assert.deepEqual(said(RULE, text('covers cluster prod')), []);
  assert.deepEqual(said(RULE, text('covers hypervisor *')), []);
  assert.deepEqual(said(RULE, text('covers switch *')), [
    'warning: No tool sees esx-1: a failing disk or a full host shows only when its VMs do. Let vcenter cover it, for example covers host *.',
  ]);
});

test('a design without tools is not asked for one', () => {
  assert.deepEqual(said(RULE, 'host esx-1'), []);
});

test('the fix lets the only tool cover hosts', () => {
  const text = (covers: string) => `tool checkmk { ${covers}covers switch * }\nhost esx-1\nswitch sw-1`;
  assert.equal(mended(RULE, text('')), text('covers host *; '));
});
