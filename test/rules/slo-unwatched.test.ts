import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'slo-unwatched';

test('a design without tools or service levels is not asked for them', () => {
  assert.deepEqual(said(RULE, 'app shop { slo latency 300 ms; vm web }'), []);
  assert.deepEqual(said(RULE, 'app shop { tier critical; vm web }'), []);
});

test('a critical application is asked for a service level where another one has it', () => {
  const text = 'app shop { slo latency 300 ms; vm web }\napp orders { tier critical; vm db }\napp blog { vm cms }';
  assert.deepEqual(said(RULE, text), [
    'info: orders is critical and states no service level, so no pause or delay can be judged too long. State one, for example slo latency 300 ms.',
  ]);
});

test('a tool that covers the application by a pattern is enough', () => {
  const text = (covers: string) => `tool apm { covers ${covers} }\napp shop { slo latency 300 ms; vm web }\nhost h`;
  assert.deepEqual(said(RULE, text('app s*')), []);
  assert.equal(said(RULE, text('host *')).length, 1);
});

test('tools that measure devices alone do not see how long users wait', () => {
  const plan = (measures: string) => `tool mon { covers app *${measures} }
app shop { slo latency 300 ms; vm web }`;
  assert.match(
    said(RULE, plan('; measures device'))[0] ?? '',
    /^info: The tools that watch shop measure devices alone/,
  );
  assert.deepEqual(said(RULE, plan('; measures device, wire')), []);
  assert.deepEqual(said(RULE, plan('; measures agent')), []);
  assert.deepEqual(said(RULE, plan('')), []);
});
