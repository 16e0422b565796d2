import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closedAround, type OutlineOptions, outlineOf, rowOf } from '../../client/webview/outline.ts';
import { INITIAL, reduce } from '../../client/webview/state.ts';
import { indexGraph } from '../../server/src/topology/graph.ts';
import { smallGraph } from '../topology/graphs/small.ts';
import { thousandGraph } from '../topology/graphs/thousand.ts';

const small = smallGraph();
const PLAIN: OutlineOptions = { folds: new Map(), query: '', sort: undefined };
const lines = (options: Partial<OutlineOptions> = {}, graph = small): string[] =>
  outlineOf(graph, { ...PLAIN, ...options }).entries.map((e) => {
    const row = rowOf(graph, e.id);
    return `${'  '.repeat(e.level - 1)}${e.isOpen === undefined ? '' : e.isOpen ? 'v ' : '> '}${row.name}`;
  });

describe('the outline', () => {
  test('is the tree of the picture, hosts closed', () => {
    assert.deepEqual(lines(), [
      'v seattle',
      '  core',
      '  > tor-a',
      '  > tor-b',
      '  v prod',
      '    > esx-01',
      '    > esx-02',
      '    > esx-03',
      '    > esx-04',
      '  v vmax',
      '    gold-1',
      '    gold-2',
    ]);
  });

  test('shows the VMs of a host that is opened, and nothing of a site that is closed', () => {
    assert.deepEqual(lines({ folds: new Map([['host:prod/esx-02', true]]) }).slice(6, 10), [
      '    v esx-02',
      '      cart-3',
      '      search-1',
      '      pay-1',
    ]);
    assert.deepEqual(lines({ folds: new Map([['site:seattle', false]]) }), ['> seattle']);
  });

  test('says what has to be opened for a VM to be seen', () => {
    assert.deepEqual(closedAround(small, new Map([['site:seattle', false]]), 'vm:cart-3'), [
      'host:prod/esx-02',
      'site:seattle',
    ]);
    assert.deepEqual(closedAround(small, new Map(), 'switch:tor-a'), []);
  });

  test('sorted, what stands side by side changes places; what is not known comes last either way', () => {
    const hosts = (descending: boolean): string[] =>
      lines({ sort: { column: 'cpu', descending } })
        .filter((l) => l.includes('esx-'))
        .map((l) => l.trim().slice(2));
    assert.equal(hosts(true)[0], 'esx-01');
    assert.equal(hosts(false).at(-1), 'esx-01');
    assert.deepEqual(new Set(hosts(true)), new Set(hosts(false)));
    const tops = (descending: boolean): string[] =>
      lines({ sort: { column: 'cpu', descending } }).filter((l) => /^ {2}\S/.test(l));
    assert.deepEqual([tops(true)[0], tops(false)[0]], ['  v prod', '  v prod']);
  });

  test('searched, it is a list with places, sorted as a whole', () => {
    const found = outlineOf(small, { ...PLAIN, query: 'kind:vm', sort: { column: 'cpu', descending: true } });
    assert.equal(found.isList, true);
    const [first] = found.entries;
    assert.ok(first);
    const row = rowOf(small, first.id);
    assert.deepEqual([row.name, row.path, row.figures.cpu?.text], ['db-1', 'seattle, prod, esx-01', '18.6\u202fGHz']);
    assert.deepEqual(lines({ query: 'nowhere' }), []);
  });

  test('figures say what they are, and which are trouble', () => {
    const host = rowOf(small, 'host:prod/esx-01');
    assert.deepEqual(host.figures.cpu, { text: '110\u202f%', class: 'over' });
    assert.equal(host.figures.memory?.class, undefined);
    assert.equal(rowOf(small, 'vm:cart-1').figures.network, undefined);
    assert.equal(rowOf(small, 'datastore:vmax/gold-2').figures.storage?.class, 'warning');
  });

  test('a thousand hosts with all VMs are ten thousand lines', () => {
    const graph = thousandGraph();
    const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
    const folds = new Map(hosts.map((h) => [h.id, true]));
    const { entries } = outlineOf(graph, { ...PLAIN, folds });
    assert.ok(entries.length > indexGraph(graph).vmHolder.size);
    assert.equal(new Set(entries.map((e) => e.id)).size, entries.length);
  });
});

test('a column is sorted, then the other way, then not at all; figures the largest first', () => {
  const sorts = (column: 'cpu' | 'name') => {
    let state = INITIAL;
    return [1, 2, 3].map(() => {
      state = reduce(state, { type: 'sort', column });
      return state.sort?.descending;
    });
  };
  assert.deepEqual(sorts('cpu'), [true, false, undefined]);
  assert.deepEqual(sorts('name'), [false, true, undefined]);
});
