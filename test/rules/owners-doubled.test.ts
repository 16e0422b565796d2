import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'owners-doubled';

test('two teams, on one line or on two, are too many for one thing', () => {
  const text = (owner: string) => `design d\nteam server\nteam network\nswitch tor-a { ${owner} }`;
  assert.deepEqual(said(RULE, text('owner server, network')), [
    'warning: tor-a has 2 owners (server and network), and each may leave it to the other. State the one that answers for it, and the other in a note.',
  ]);
  assert.equal(said(RULE, text('owner server; owner network')).length, 1);
  assert.deepEqual(said(RULE, text('owner server; owner server')), []);
  assert.deepEqual(said(RULE, text('owner server, netwrok')), []);
});
