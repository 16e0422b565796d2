import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyChange, changeBetween } from '../../server/src/topology/changes.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { randomGraph } from './graphs/random.ts';
import { smallGraph } from './graphs/small.ts';
import { thousandGraph } from './graphs/thousand.ts';
import { WIDEST } from './support.ts';

const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What whoever shows `before` makes of what is sent to them. */
function received(before: unknown, after: unknown): unknown {
  const change = changeBetween(before, after);
  return change ? applyChange(sent(before), sent(change) as typeof change) : sent(before);
}

const things = fc.array(
  fc.record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      load: fc.nat(3),
      vms: fc.array(fc.record({ id: fc.nat(5).map(String) })),
    },
    { requiredKeys: ['id'] },
  ),
);
const loose = fc.array(fc.oneof(fc.nat(3), fc.record({ text: fc.constantFrom('x', 'y') }), fc.constant(null)));
/** Properties are named by us: none is called `__proto__`. */
const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
const anything = fc.oneof(things, loose, json, fc.record({ things, loose }, { requiredKeys: [] }));

describe('changes', () => {
  test('make of any value any other one', () => {
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        assert.deepEqual(received(before, after), sent(after));
      }),
      { numRuns: 3_000 },
    );
  });

  test('are none between values that are alike, whichever objects they are made of', () => {
    fc.assert(
      fc.property(anything, (value) => {
        assert.equal(changeBetween(value, sent(value)), undefined);
      }),
    );
    assert.equal(changeBetween({ money: undefined }, {}), undefined);
    assert.equal(changeBetween({}, { money: undefined }), undefined);
  });

  test('of one picture to any other draw that one', () => {
    const graphs = [smallGraph(), ...Array.from({ length: 12 }, (_, seed) => randomGraph(seed + 1))];
    const drawn = (graph: (typeof graphs)[number]) =>
      drawScene(graph, layoutGraph(graph, { level: 'card', layer: 'all' }), { measure: 'cpu', look: WIDEST });
    for (const [at, before] of graphs.entries()) {
      for (const after of [graphs[(at + 1) % graphs.length], graphs[(at * 5 + 3) % graphs.length]]) {
        assert.ok(after);
        assert.deepEqual(drawn(received(before, after) as typeof after), drawn(after));
      }
    }
  });

  test('name what stays by its place: a host that goes, comes and moves costs no more than itself', () => {
    const list = Array.from({ length: 8 }, (_, at) => ({ id: `host:${at}`, vms: [{ id: `vm:${at}` }] }));
    const [first, , third] = list;
    const fresh = { id: 'host:new' };
    assert.ok(first && third);
    const after = [third, ...list.slice(3), fresh, { ...first, vms: [] }];
    assert.deepEqual(changeBetween(list, after), {
      list: [[2, 6], { add: [fresh] }, { was: 0, change: { set: { vms: { to: [] } } } }],
    });
    assert.deepEqual(received(list, after), after);
  });

  test('leave what they do not touch the same object, and change nothing in place', () => {
    const before = thousandGraph();
    const copy = structuredClone(before);
    const [site, ...others] = before.sites;
    const [cluster, ...more] = site?.clusters ?? [];
    assert.ok(site && cluster);
    const after = { ...before, sites: [{ ...site, clusters: [{ ...cluster, name: 'renamed' }, ...more] }, ...others] };
    const change = changeBetween(before, after);
    assert.ok(change && JSON.stringify(change).length < 200, JSON.stringify(change));
    const made = applyChange(before, change) as typeof before;
    assert.deepEqual(made, after);
    assert.equal(made.sites[0]?.clusters[0]?.hosts, cluster.hosts);
    assert.equal(made.sites[1], before.sites[1]);
    assert.equal(made.links, before.links);
    assert.deepEqual(before, copy);
  });

  test('of another value are refused, not half made', () => {
    assert.throws(() => applyChange([1], { list: [[0, 2]] }));
    assert.throws(() => applyChange([1], { list: [{ was: 1, change: { to: 2 } }] }));
    assert.throws(() => applyChange({}, { list: [] }));
    assert.throws(() => applyChange('text', { set: {} }));
  });
});
