import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'owner-missing';

test('each kind is one finding, and a design that names no owner is not asked for one', () => {
  const text = (owner: string) => `design d
team server
team network
cluster prod { ${owner}host esx-[1..2] }
switch tor-[a,b]
network web`;
  assert.deepEqual(said(RULE, text('')), []);
  assert.deepEqual(said(RULE, text('owner server; ')), [
    'warning: 2 of 2 switches (tor-a and tor-b) have no owner: nobody is called when it fails, and nobody agrees when it changes. State owner, here or in the block around it.',
    'warning: Network web has no owner: nobody is called when it fails, and nobody agrees when it changes. State owner, here or in the block around it.',
  ]);
});

test('an owner that is not known is an owner all the same', () => {
  const text = 'design d\nteam server\nhost esx-1 { owner server }\nswitch tor-a { owner netwrok }';
  assert.deepEqual(said(RULE, text), []);
});

test('what stands in or on something without an owner is left to that', () => {
  const text = `design d
team server
host lone { owner server }
cluster prod { host esx-1 }
array msa { datastore gold }`;
  assert.deepEqual(
    said(RULE, text).map((message) => message.slice(0, 32)),
    ['warning: Cluster prod has no own', 'warning: Array msa has no owner:'],
  );
});

test('the fix lets the team of the usual role own each of them', () => {
  const text = (owner: string) => `design d
team hosting { role server }
team net { role network }
host esx-1 { owner hosting }
switch tor-a { ${owner}ports 8 x 10 Gbps }
switch tor-b { ${owner}ports 8 x 10 Gbps }`;
  assert.equal(mended(RULE, text('')), text('owner net; '));
});
