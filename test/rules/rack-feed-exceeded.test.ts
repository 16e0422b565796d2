import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'rack-feed-exceeded';
const plan = (feed: string, watts: number) => `site hq
rack r1 at hq {${feed}}
host esx-[1..2] at r1 { power 100 W .. ${watts} W }`;

test('all of the feed may be drawn; a watt more is an error', () => {
  assert.deepEqual(said(RULE, plan(' feed 1 kW ', 500)), []);
  assert.match(said(RULE, plan(' feed 1 kW ', 501))[0] ?? '', /^error: What stands in r1 draws 100 % of its feed/);
  assert.deepEqual(said(RULE, plan(' feed 1 kW ', 600)), [
    'error: What stands in r1 draws 120 % of its feed at full load: 1.2 kW of 1 kW. When all of it starts at once, the breaker decides; order a stronger feed, or place some of it elsewhere.',
  ]);
});

test('a policy keeps a fifth free', () => {
  const policy = 'policy { rack-feed-exceeded warn 80 % }\n';
  assert.deepEqual(said(RULE, `${policy}${plan(' feed 1 kW ', 400)}`), []);
  assert.match(said(RULE, `${policy}${plan(' feed 1 kW ', 401)}`)[0] ?? '', /^warning: /);
});

test('without a feed, or without the power of anything, nothing is said', () => {
  assert.deepEqual(said(RULE, plan('', 5_000)), []);
  assert.deepEqual(said(RULE, 'site hq\nrack r1 at hq { feed 1 kW }\nhost esx-[1..9] at r1'), []);
});

test('what stands elsewhere does not count', () => {
  assert.deepEqual(said(RULE, `$plan(' feed 1 kW ', 300)\nhost far at hq power 5 kW .. 9 kW `), []);
});
