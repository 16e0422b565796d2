import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expandNames, isBareName, MOST_NAMES, patternTest } from '../../server/src/language/values/names.ts';
import { nearest, oneSlipFrom } from '../../server/src/language/values/nearest.ts';

function names(text: string): readonly string[] | string {
  const expanded = expandNames(text);
  return 'error' in expanded ? expanded.error : expanded.value;
}

test('ranges', () => {
  assert.deepEqual(names('web-1'), ['web-1']);
  assert.deepEqual(names('web-[8..11]'), ['web-8', 'web-9', 'web-10', 'web-11']);
  assert.deepEqual(names('web-[08..11]'), ['web-08', 'web-09', 'web-10', 'web-11']);
  assert.deepEqual(names('esx-[01..02,07]'), ['esx-01', 'esx-02', 'esx-07']);
  assert.deepEqual(names('tor-[a..c]'), ['tor-a', 'tor-b', 'tor-c']);
  assert.deepEqual(names('tor-[left, right]'), ['tor-left', 'tor-right']);
  assert.deepEqual(names('sw-[1,2]-[a,b]'), ['sw-1-a', 'sw-1-b', 'sw-2-a', 'sw-2-b']);
  assert.deepEqual(names('10.1.[1..2].0/24'), ['10.1.1.0/24', '10.1.2.0/24']);
  assert.deepEqual(names('a-[1 .. 2]'), ['a-1', 'a-2']);
});

test('ranges that are none', () => {
  assert.equal(names('[04..03]'), '[04..03] counts down');
  assert.equal(names('[b..a]'), '[b..a] counts down');
  assert.equal(names('a[1,]'), '[1,] has an empty place between its commas');
  assert.equal(names('a[]'), '[] has an empty place between its commas');
  assert.match(String(names('a[1..b]')), /a range goes from a number to a number/);
  assert.match(String(names('a[1..100000]b[1..2]')), /names; at most 100/);
  assert.equal(names(`a[1..${MOST_NAMES}]`).length, MOST_NAMES);
});

test('a range has as many members as its groups multiply to', () => {
  const group = fc.record({ from: fc.nat(50), more: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), (groups) => {
      const text = groups.map(({ from, more }) => `a[${from}..${from + more}]`).join('-');
      const expanded = names(text);
      assert.equal(
        expanded.length,
        groups.reduce((product, { more }) => product * (more + 1), 1),
      );
      assert.equal(new Set(expanded).size, expanded.length);
    }),
  );
});

test('bare names', () => {
  for (const name of ['bovmsp-01.customer.com', '101', 'enp2s0f0np0', 'Größe_2', 'web-[1..4]', 'sql-*'])
    assert.ok(isBareName(name), name);
  for (const name of ['SQL Server', 'a(b)', 'a/b', 'a@b', '', '=x', 'a:b']) assert.ok(!isBareName(name), name);
});

test('a * matches any part of a name, in either case', () => {
  const matches = (pattern: string, name: string) => patternTest(pattern)(name);
  assert.ok(matches('*sql*', 'PROD-SQL01'));
  assert.ok(matches('*', 'anything'));
  assert.ok(matches('web-*', 'web-'));
  assert.ok(!matches('web-*', 'my-web-1'));
  assert.ok(!matches('a.b*', 'axb'));
});

test('nearest words', () => {
  assert.deepEqual(nearest('clster', ['cluster', 'host', 'app']), ['cluster']);
  assert.deepEqual(nearest('gold-1', ['gold-01', 'gold-02', 'silver']), ['gold-01', 'gold-02']);
  assert.deepEqual(nearest('VM', ['vm', 'vmx']), ['vm', 'vmx']);
  assert.deepEqual(nearest('xyz', ['abc', 'host']), []);
});

test('one slip', () => {
  const words = ['cluster', 'memory', 'vm', 'nic'];
  for (const slip of ['clster', 'clusster', 'clustar', 'Cluster']) assert.equal(oneSlipFrom(slip, words), 'cluster');
  assert.equal(oneSlipFrom('memroy', words), 'memory');
  assert.equal(oneSlipFrom('mmroy', words), undefined);
  assert.equal(oneSlipFrom('to', ['too', 'tor']), undefined);
});
