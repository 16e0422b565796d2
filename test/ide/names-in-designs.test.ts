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

test('what is declared several times is told apart by what is around it, if anything does', () => {
  const use = 'cluster c { host h { runs a } }';
  const twice = problemsIn(`vm a { memory 1 GiB }\nvm a { memory 2 GiB }\n${use}`);
  assert.match(
    twice.join('\n'),
    /a is declared 2 times, and which is meant cannot be told; give them names of their own$/,
  );
  const stores = 'array p { datastore ds }\narray q { datastore ds }\nvm a { datastore ds }';
  assert.match(problemsIn(stores).join('\n'), /ds is declared 2 times: ds@p or ds@q$/);
});

test('a range where one thing is meant is dealt out with each, or is a mistake', () => {
  const two = (on: string) => `datastore ds-[1..2]\nvm a-[1..2] { disk 10 GiB on ${on} }`;
  assert.match(
    problemsIn(two('ds-[1..2]')).join('\n'),
    /^\d+: on takes one value; write "each" to deal 2 over as many members$/,
  );
  assert.deepEqual(problemsIn(two('each ds-[1..2]')), []);
  assert.deepEqual(problemsIn(two('ds-[2]')), []);
});
