import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'restart-order-wrong';
const plan = (shop: string, orders: string, vm = '') => `app shop { depends-on orders; ${shop}vm web }
app orders { ${orders}vm db${vm} }`;

test('what starts later than what depends on it', () => {
  assert.deepEqual(said(RULE, plan('restart high; ', 'restart low; ')), [
    'warning: After a host failure shop starts with priority high and depends on orders, but orders follows with priority low: it comes up without what it needs. Restart orders with priority high or before.',
  ]);
  assert.match(said(RULE, plan('', 'restart never; '))[0] ?? '', /orders is never restarted/);
});

test('the same priority, or an earlier one, is in order', () => {
  assert.deepEqual(said(RULE, plan('restart high; ', 'restart high; ')), []);
  assert.deepEqual(said(RULE, plan('', '')), []);
});

test('one step later is one too late', () => {
  assert.equal(said(RULE, plan('restart highest; ', 'restart high; ')).length, 1);
});

test('a VM that states its own priority decides', () => {
  assert.deepEqual(said(RULE, plan('restart high; ', 'restart low; ', ' { restart highest }')), []);
  const late = plan('', 'restart high; ', ' { restart lowest }');
  assert.equal(said(RULE, late).length, 1);
  assert.deepEqual(found(RULE, late)[0]?.fixes(), []);
});

test('nothing is said of an application without VMs', () => {
  assert.deepEqual(said(RULE, 'app shop { depends-on bank; restart high; vm web }\napp bank { restart low }'), []);
});

test('a circle is told once, as a hint', () => {
  const text = `app a { depends-on b; vm vm-a }
app b { depends-on c; vm vm-b }
app c { depends-on a; vm vm-c }`;
  assert.deepEqual(said(RULE, text), [
    'info: a, b, c depend on each other in a circle, so there is no order in which they can be restarted. Say which of a, b or c can start alone: take out one depends-on.',
  ]);
  assert.match(said(RULE, 'app a { depends-on a; vm x }')[0] ?? '', /depends on itself/);
});

test('the fix brings it forward', () => {
  assert.equal(mended(RULE, plan('restart high; ', 'restart low; ')), plan('restart high; ', 'restart high; '));
  assert.equal(mended(RULE, plan('restart high; ', '')), plan('restart high; ', 'restart high; '));
});
