import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'storage-path-single';
const host = (paths: string) => `switch san-[a,b] { type fc }
array msa
host h {
  hba hba1 16 Gbps card 1
  hba hba2 16 Gbps card 1
  hba hba3 16 Gbps card 2
  ${paths}
}`;

test('one adapter: a path over another card to the other fabric', () => {
  const text = host('path hba1 to san-a');
  assert.match(said(rule, text)[0] ?? '', /^warning: h reaches its storage over hba1 alone/);
  assert.match(mended(rule, text), /path hba1 to san-a\n {2}path hba3 to san-b\n/);
});

test('two adapters to one fabric: one of them is cabled to the other', () => {
  const text = host('path hba1 to san-a; path hba3 to san-a');
  assert.match(said(rule, text)[0] ?? '', /All storage paths of h go to san-a/);
  assert.match(mended(rule, text), /path hba3 to san-b/);
});

test('two adapters straight to one array are two paths', () => {
  assert.deepEqual(said(rule, host('path hba[1,3] to msa')), []);
});

test('nothing stated, and something unreadable, is not a single path', () => {
  assert.deepEqual(said(rule, host('')), []);
  assert.deepEqual(said(rule, host('path hba1 to san-a; path hba3 to san-q')), []);
});
