import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { find, parseQuery } from '../../client/webview/search.ts';
import { smallGraph } from '../topology/graphs/small.ts';
import { thousandGraph } from '../topology/graphs/thousand.ts';

const small = smallGraph();
const ids = (query: string): string[] => find(small, query).matches.map((m) => m.id);

describe('a query', () => {
  for (const [query, terms] of [
    ['', []],
    ['  db ', [{ value: 'db', not: false }]],
    [
      'kind:Host -"web 1"',
      [
        { field: 'kind', value: 'host', not: false },
        { value: 'web 1', not: true },
      ],
    ],
    ['team:server', [{ field: 'owner', value: 'server', not: false }]],
    ['fe80::1', [{ value: 'fe80::1', not: false }]],
    ['owner:"it ops', [{ field: 'owner', value: 'it ops', not: false }]],
    ['kind:', []],
    ['- : "', [{ value: ':', not: false }]],
  ] as const)
    test(JSON.stringify(query), () => assert.deepEqual(parseQuery(query), terms));
});

describe('a search finds', () => {
  test('nodes by name, and VMs in their hosts', () => {
    assert.deepEqual(
      find(small, 'DB-').matches.map((m) => `${m.id} ${m.shownBy}`),
      ['vm:db-1 host:prod/esx-01', 'vm:db-2 host:prod/esx-03'],
    );
    assert.deepEqual(ids('  '), []);
  });

  test('by kind', () => {
    assert.deepEqual(ids('kind:host').length, 4);
    assert.deepEqual(ids('kind:switch'), ['switch:core', 'switch:tor-a', 'switch:tor-b']);
    assert.deepEqual(ids('kind:host -esx-02 -esx-03'), ['host:prod/esx-01', 'host:prod/esx-04']);
  });

  test('by finding, where it is and not on all around it', () => {
    assert.deepEqual(ids('rule:cpu-over'), ['host:prod/esx-01']);
    assert.deepEqual(ids('severity:warning'), ['datastore:vmax/gold-2']);
    assert.deepEqual(ids('host-cpu-overloaded'), ['host:prod/esx-01']);
  });

  test('by what something stands in', () => {
    assert.deepEqual(ids('kind:vm in:esx-03'), ['vm:db-2', 'vm:search-2', 'vm:mail-1']);
    assert.deepEqual(ids('in:vmax'), ['datastore:vmax/gold-1', 'datastore:vmax/gold-2']);
  });

  test('by address, application, network and datastore', () => {
    const text = JSON.stringify(small)
      .replace('"id":"vm:cart-3"', '"id":"vm:cart-3","addresses":["10.1.10.53"],"app":0,"networks":[0],"stores":[0]')
      .replace('"apps":[]', '"apps":[{"id":"app:shop","name":"shop","vips":[]}]');
    const graph: typeof small = {
      ...(JSON.parse(text) as typeof small),
      networks: [{ id: 'network:web', name: 'web-110', subnets: [] }],
      stores: ['datastore:vmax/gold-1'],
    };
    for (const query of ['10.1.10.53', 'address:10.1.', 'app:shop', 'shop', 'uses:gold-1', 'vlan:110'])
      assert.deepEqual(
        find(graph, query).matches.map((m) => m.id),
        ['vm:cart-3'],
        query,
      );
    assert.deepEqual(find(graph, 'address:1.10.53').matches, []);
  });

  test('nothing with words that fit nothing', () => assert.deepEqual(ids('kind:host nowhere'), []));

  test('the same answer is not searched for twice', () => {
    const graph = thousandGraph();
    assert.equal(find(graph, 'erp'), find(graph, 'erp'));
    assert.notEqual(find(graph, 'erp'), find(graph, 'web'));
  });
});
