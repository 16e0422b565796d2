import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'rack-overfull';
const plan = (rack: string, things: string) => `site hq\nrack r1 at hq${rack}\n${things}`;

test('a rack may be full; one unit over is said', () => {
  assert.deepEqual(said(RULE, plan(' { height 24 U }', 'host esx-[1..12] at r1 { height 2 U }')), []);
  const over = 'host esx-[1..12] at r1 { height 2 U }\nswitch tor at r1 { height 1 U }';
  assert.deepEqual(said(RULE, plan(' { height 24 U }', over)), [
    'error: What stands in r1 is 25 U high, and the rack has 24 U. Plan a further rack with its power and switches, or place some of it elsewhere.',
  ]);
});

test('a rack without a height is a usual one, and says so', () => {
  assert.deepEqual(said(RULE, plan('', 'host esx-[1..21] at r1 { height 2 U }')), []);
  assert.match(
    said(RULE, plan('', 'host esx-[1..22] at r1 { height 2 U }'))[0] ?? '',
    /44 U high, and a usual rack has 42 U/,
  );
});

test('arrays and servers take room; a server that is gone does not', () => {
  const things = (until: string) => `host esx-1 at r1 { height 2 U }
array vmax at r1 { height 20 U }
server old at r1 { height 4 U${until} }`;
  assert.match(said(RULE, plan(' { height 24 U }', things('')))[0] ?? '', /is 26 U high/);
  const dated = `design d { as-of 2026-11-22 }\n${plan(' { height 24 U }', things('; until 2026-06-30'))}`;
  assert.deepEqual(said(RULE, dated), []);
});

test('things without a height are not in the sum, which is then a lower bound', () => {
  assert.deepEqual(said(RULE, plan(' { height 2 U }', 'host esx-[1..9] at r1')), []);
  const some = 'host esx-[1..9] at r1\nhost big at r1 { height 4 U }';
  assert.match(said(RULE, plan(' { height 2 U }', some))[0] ?? '', /at least 4 U high/);
});
