import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'latency-over-slo';
const plan = (rtt: string, rounds: string, login = 'd-1') => `site berlin
site denver
wan link between berlin, denver { ${rtt} }
cluster b at berlin { host b-1; host b-2 }
cluster d at denver { host d-1 }
app shop { slo latency 100 ms; depends-on identity ${rounds}; vm web }
app identity { vm login }
runs web on b-1
runs login on ${login}`;

test('half of the response time is allowed, all of it is a warning, more is an error', () => {
  assert.deepEqual(said(RULE, plan('rtt 25 ms', 'rounds 2')), []);
  assert.deepEqual(said(RULE, plan('rtt 25 ms', 'rounds 4')), [
    'warning: Round trips take 100 % of the 100 ms in which shop should answer: web asks identity 4 times over 25 ms. Bring them to one site, or ask less often.',
  ]);
  assert.match(said(RULE, plan('rtt 26 ms', 'rounds 4'))[0] ?? '', /^error: /);
});

test('within a site a round trip takes the time the site states, else 0.2 ms', () => {
  assert.deepEqual(said(RULE, plan('rtt 25 ms', 'rounds 250', 'b-2')), []);
  assert.equal(said(RULE, plan('rtt 25 ms', 'rounds 251', 'b-2')).length, 1);
  assert.deepEqual(said(RULE, plan('rtt 25 ms', 'rounds 251', 'b-1')), []);
});

test('nothing is said while the link or the number of rounds is not stated', () => {
  assert.deepEqual(said(RULE, plan('speed 1 Gbps', 'rounds 4')), []);
  assert.deepEqual(said(RULE, plan('rtt 60 ms', '')), []);
});
