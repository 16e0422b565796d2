import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn } from '../rules/checking.ts';

const text = `class vm small { memory 1 GiB; nic nowhere; datastore gone }
vm x : small { nic lan; datastore ds }
vm y : small { nic lan; datastore ds }
network lan
datastore ds
`;

test('a name in a class need not mean anything where all that are of it state their own', () => {
  assert.deepEqual(problemsIn(text), []);
});

test('it has to as soon as one takes it from the class, and while nothing is of the class nobody asks', () => {
  const taken = text.replace('vm y : small { nic lan; datastore ds }', 'vm y : small { nic lan }');
  assert.deepEqual(problemsIn(taken), [`${text.indexOf('gone')}: no datastore is called gone`]);
  assert.deepEqual(problemsIn(text.split('\n')[0] ?? ''), []);
});
