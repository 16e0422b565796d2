import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { topologyOf } from '../../server/src/ide/topology.ts';
import {
  classifyMonths,
  indexGraph,
  isTrouble,
  MEASURES,
  type MeasureId,
  type TopologyGraph,
  worseOf,
} from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { sceneParts } from '../../server/src/topology/scene/draw.ts';
import { drawLegend } from '../../server/src/topology/scene/legend.ts';
import { hostReading, roundBreaks, shortNumber, vmToken } from '../../server/src/topology/scene/readings.ts';
import { faceOf } from '../../server/src/topology/text.ts';
import { editing } from '../ide/editing.ts';
import { isText, overlapping, PICTURES, textArea, WIDEST } from './support.ts';

const text = `design d { as-of 2026-11-01; currency EUR; horizon 24 months; growth vms 10 %/month }
team blue
site s
array vmax at s { iops 1000; usable 20 TiB; datastore gold { capacity 10 TiB; growth disk 5 %/month } }
cluster c at s {
  mount gold
  failover none
  host h-1 { cost 20_000 EUR; cost 1_000 EUR/year; owner blue; cpu 1 x 16 cores 2 GHz; memory 32 GiB; runs a, b }
  host h-2 { cost 40_000 EUR; cpu 1 x 16 cores 2 GHz; memory 32 GiB }
}
network web at s { vlan 10; subnet 10.0.0.0/29 }
app shop { vm a { vcpu 4; memory 20 GiB; demand cpu 50 % iops 900; nic web address 10.0.0.2; disk 9 TiB on gold } }
vm b { vcpu 4; memory 20 GiB; demand cpu 50 %; nic web }
`;

const graph = ((): TopologyGraph => {
  const { workspace, uri } = editing(text);
  const found = topologyOf(workspace, uri)?.graph;
  assert.ok(found);
  return found;
})();

const drawing = (measure: MeasureId) => ({
  graph,
  index: indexGraph(graph),
  layout: layoutGraph(graph, { level: 'card', layer: 'all' }),
  measure,
  look: WIDEST,
});

function reading(measure: MeasureId, host = 0) {
  const node = graph.sites[0]?.clusters[0]?.hosts[host];
  assert.ok(node);
  const found = hostReading(node, drawing(measure));
  return found && [found.text.replaceAll('\u202f', ' '), found.token];
}

describe('measures without a gauge', () => {
  test('a host shows a figure, and the colour of what it stands on', () => {
    assert.deepEqual(reading('iops'), ['≥900', 'warning']);
    assert.deepEqual(reading('addresses'), ['33 %', 'calm2']);
    assert.deepEqual(reading('cost'), ['22k', 'cost1']);
    assert.deepEqual(reading('cost', 1), ['40k', 'cost4']);
    assert.deepEqual(reading('owner'), ['blue', 'owner1']);
    assert.deepEqual(reading('app'), ['shop', 'owner1']);
    assert.deepEqual(reading('exhaustion'), ['3 mo', 'warning']);
    assert.deepEqual(reading('cpu'), undefined);
  });

  test('a VM has the colour of its own', () => {
    const [a, b] = graph.sites[0]?.clusters[0]?.hosts[0]?.vms ?? [];
    assert.ok(a && b);
    const tokens = (measure: MeasureId) => [a, b].map((vm) => vmToken(vm, drawing(measure)));
    assert.deepEqual(tokens('app'), ['owner1', 'owner0']);
    assert.deepEqual(tokens('iops'), ['warning', 'owner0']);
    assert.deepEqual(tokens('addresses'), ['calm2', 'calm2']);
    assert.deepEqual(tokens('exhaustion'), ['critical', 'warning']);
  });

  test('what is not stated is not known', () => {
    const { workspace, uri } = editing('host h { runs a }\nvm a { vcpu 1 }\n');
    const bare = topologyOf(workspace, uri)?.graph;
    assert.ok(bare);
    const host = bare.sites[0]?.clusters[0]?.hosts[0];
    assert.ok(host);
    const d = { ...drawing('iops'), graph: bare, index: indexGraph(bare) };
    for (const measure of ['iops', 'addresses', 'cost', 'exhaustion'] as const)
      assert.equal(hostReading(host, { ...d, measure })?.text, '?', measure);
  });

  test('months have classes, the nearer the worse', () => {
    assert.deepEqual(
      [undefined, 30, 18, 7, 4, 2, 0].map((months) => classifyMonths(months)),
      ['calm1', 'calm1', 'calm2', 'calm3', 'warning', 'critical', 'over'],
    );
    for (let months = 0; months < 40; months += 1)
      assert.equal(worseOf(classifyMonths(months), classifyMonths(months + 1)), classifyMonths(months));
  });

  test('steps are round and part the values', () => {
    assert.deepEqual(roundBreaks([20_000, 22_000, 40_000]), [25_000, 30_000, 35_000]);
    assert.deepEqual(roundBreaks([5, 5]), []);
    assert.deepEqual(roundBreaks([]), []);
    assert.deepEqual([940, 12_400, 9_999, 1_200_000].map(shortNumber), ['940', '12.4k', '10k', '1.2M']);
  });

  test('every measure has a legend; no words of picture and legend lie on others', () => {
    for (const measure of MEASURES) {
      for (const [name, picture] of [['the design', graph] as const, ...PICTURES.slice(0, 2)]) {
        for (const level of LEVELS) {
          const layout = layoutGraph(picture, { level, layer: 'all' });
          const parts = sceneParts(picture, layout, { measure, look: WIDEST });
          const words = parts.flatMap((part) => part.draw().filter(isText));
          for (const [a, b] of overlapping(words, textArea, 0.5))
            assert.fail(`${name}, ${measure}, ${level}: ${a.text} on ${b.text}`);
          const legend = drawLegend(picture, layout, measure, { contrast: true, face: faceOf(1) }, 700).filter(isText);
          assert.ok(legend.length > 1, measure);
          for (const [a, b] of overlapping(legend, textArea, 0.5))
            assert.fail(`legend of ${measure}: ${a.text} on ${b.text}`);
        }
      }
    }
  });

  test('trouble in a measure is printed in the ink of its class', () => {
    const d = drawing('exhaustion');
    const host = graph.sites[0]?.clusters[0]?.hosts[0];
    const box = d.layout.boxes.find(({ id }) => id === host?.id);
    assert.ok(host && box && isTrouble(classifyMonths(host.exhausts?.months)));
    const items =
      sceneParts(graph, d.layout, { measure: 'exhaustion', look: WIDEST })
        .find(({ key }) => key === host.id)
        ?.draw() ?? [];
    assert.ok(
      items.some((item) => isText(item) && item.text.endsWith('mo') && item.fill === 'ink-warning' && item.bold),
    );
  });
});
