import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'site-feed-exceeded';
const plan = (feed: string, servers: number) => `site hq {${feed}}
rack r1 at hq
host esx-[1..2] at r1 { power 100 W .. 400 W }
server old-[1..${servers}] at hq { power 50 W .. 100 W }`;

test('hosts in racks and servers draw together, up to all of the feed', () => {
  assert.deepEqual(said(RULE, plan(' feed 1250 W ', 4)), []);
  assert.deepEqual(said(RULE, plan(' feed 1 kW ', 2)), []);
  assert.deepEqual(said(RULE, plan(' feed 1 kW ', 3)), [
    'error: What stands in hq draws 110 % of its feed at full load: 1.1 kW of 1 kW. A stronger line takes months; order it now, retire servers, or plan fewer hosts.',
  ]);
});

test('without a feed nothing is said', () => {
  assert.deepEqual(said(RULE, plan('', 99)), []);
});
