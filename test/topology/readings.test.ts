import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { costLinesOf } from '../../server/src/capacity/cost.ts';
import { cardOf } from '../../server/src/ide/card.ts';
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
import { LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { drawScene, sceneParts } from '../../server/src/topology/scene/draw.ts';
import { drawLegend } from '../../server/src/topology/scene/legend.ts';
import {
  deviceReading,
  frameReading,
  hostReading,
  networkReading,
  roundBreaks,
  shortNumber,
  vmToken,
} from '../../server/src/topology/scene/readings.ts';
import { faceOf } from '../../server/src/topology/text.ts';
import { editing } from '../ide/editing.ts';
import { topologyOf } from '../support/topology.ts';
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
          const items = drawLegend(picture, layout, measure, { contrast: true, face: faceOf(1) }, 700);
          assert.ok(items.length > 1, measure);
          const legend = items.filter(isText);
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

describe('what a figure is of', () => {
  const itemsOf = (measure: MeasureId, level: Level, key: string) =>
    drawScene(graph, layoutGraph(graph, { level, layer: 'all' }), { measure, look: WIDEST }).groups.find(
      (group) => group.key === key,
    )?.items ?? [];

  test('stands before it in the header of a cluster', () => {
    for (const [measure, word, figure] of [
      ['iops', 'IOPS', '≥900'],
      ['addresses', 'addresses', '33 %'],
      ['cost', 'cost', '62k'],
      ['exhaustion', 'runs out', '3 mo'],
    ] as const) {
      const words = itemsOf(measure, 'card', 'cluster:c')
        .filter(isText)
        .map((item) => item.text.replaceAll('\u202f', ' '));
      assert.equal(words[words.indexOf(figure) + 1], word, words.join(' | '));
    }
  });

  test('addresses are a share: a bar is filled to it, up to the line', () => {
    const bars = itemsOf('addresses', 'label', 'host:c/h-1').filter((item) => item.t === 'rect' && item.h === 8);
    const [track, fill] = bars.map((item) => (item.t === 'rect' ? item.w : 0));
    assert.equal(bars.length, 2);
    assert.ok(track && fill && Math.abs(fill / track - 2 / 6) < 0.03, `${fill} of ${track}`);
  });

  test('swatches of hosts are equally wide, whatever the figures beside them', () => {
    const wide = (id: string) =>
      itemsOf('cost', 'label', id).flatMap((item) => (item.t === 'rect' && item.h === 8 ? [item.w] : []));
    assert.deepEqual(wide('host:c/h-1'), wide('host:c/h-2'));
  });

  test('a datastore says when it is full, and has a badge when that is soon', () => {
    const words = itemsOf('exhaustion', 'tile', 'datastore:vmax/gold');
    const months = words.find((item) => isText(item) && item.text.endsWith('mo'));
    assert.equal(months && isText(months) && months.fill, 'ink-critical');
    assert.ok(words.some((item) => item.fill === 'error-icon' || ('stroke' in item && item.stroke === 'error-icon')));
  });
});

describe('cost and owner of devices', () => {
  const design = `design d { as-of 2026-11-01; currency EUR; horizon 24 months }
team blue
team red
site s { cost 500 EUR }
site t
wan line between s, t { speed 1 Gbps; cost 100 EUR/month; owner red }
rack r at s { cost 700 EUR }
switch tor at s { owner red; ports 48 x 10 Gbps; cost 9_000 EUR; cost 50 EUR/month }
switch odd at t { ports 48 x 10 Gbps }
array vmax at s { owner blue; usable 40 TiB; cost 80_000 EUR; datastore gold { capacity 10 TiB }; datastore rest { owner red; cost 1_000 EUR } }
network web at s { owner red; vlan 10; cost 240 EUR/year }
cluster c at s {
  cost 300 EUR
  host h-1 { cost 20_000 EUR; nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor; carries web } }
  host h-2 { cost 40_000 EUR; nic nic1 10 Gbps }
}
`;
  const { workspace, uri } = editing(design);
  const graphOf = topologyOf(workspace, uri)?.graph;
  assert.ok(graphOf);
  const at = (measure: MeasureId) => ({ ...drawing(measure), graph: graphOf, index: indexGraph(graphOf) });
  const read = (id: string, measure: MeasureId) => {
    const node = indexGraph(graphOf).nodes.get(id);
    assert.ok(node && node.kind !== 'site' && node.kind !== 'cluster' && node.kind !== 'host', id);
    const found = deviceReading(node, at(measure));
    return found && [found.text, found.token];
  };

  test('a switch, an array and a datastore show what they cost and whose they are', () => {
    assert.deepEqual(read('switch:tor', 'cost'), ['10.2k', 'cost1']);
    assert.deepEqual(read('switch:odd', 'cost'), ['?', 'owner0']);
    assert.deepEqual(read('array:vmax', 'cost'), ['80k', 'cost4']);
    assert.deepEqual(read('datastore:vmax/gold', 'cost'), ['20k', 'cost1'], 'a quarter of its array');
    assert.deepEqual(read('datastore:vmax/rest', 'cost'), ['1000', 'cost1']);
    assert.deepEqual(read('array:vmax', 'owner'), ['blue', 'owner1']);
    assert.deepEqual(read('datastore:vmax/rest', 'owner'), ['red', 'owner2']);
    assert.equal(read('switch:tor', 'cpu'), undefined);
  });

  test('a network does, too', () => {
    const [web] = graphOf.networks;
    assert.ok(web);
    assert.deepEqual(networkReading(web, at('owner')), { text: 'red', token: 'owner2' });
    assert.equal(networkReading(web, at('cost'))?.text, '480');
    assert.equal(networkReading(web, at('cpu')), undefined);
  });

  test('a line between sites does, beside it', () => {
    const layout = layoutGraph(graphOf, { level: 'card', layer: 'all' });
    for (const [measure, figure, token] of [
      ['cost', '2400', 'cost1'],
      ['owner', 'red', 'owner2'],
    ] as const) {
      const { groups } = drawScene(graphOf, layout, { measure, look: WIDEST });
      const items = groups.find(({ key }) => key.startsWith('label:wan:line'))?.items ?? [];
      assert.ok(
        items.some((item) => isText(item) && item.text === figure),
        measure,
      );
      assert.ok(
        items.some((item) => item.t === 'rect' && item.fill === token),
        measure,
      );
    }
  });

  test('containers add up what stands in them once, as the card does; with lines between sites that is all of the report', () => {
    const cards = graphOf.sites.map(({ id }) =>
      cardOf(workspace, uri, id)?.rows.find((row) => row.label === 'cost in 24 months'),
    );
    assert.match(cards[0]?.value ?? '', /^153.180 EUR$/);
    assert.equal(cards[1], undefined, 'nothing there states a price');
    const readings = graphOf.sites.map((site) => frameReading(site, at('cost'))?.text);
    assert.deepEqual(readings, ['153k', '?']);
    const line = graphOf.links.find(({ kind }) => kind === 'wan')?.cost;
    assert.equal(line, 2_400);
    const project = workspace.projectOf(uri);
    assert.ok(project);
    const { lines } = costLinesOf(project.design);
    const all = lines.reduce((sum, { amount, isYearly }) => sum + amount * (isYearly ? 2 : 1), 0);
    assert.equal(all, 153_180 + 2_400);
  });

  test('a card says payment by payment how a cost comes about, and where it is stated', () => {
    const row = cardOf(workspace, uri, 'switch:tor')?.rows.find(({ label }) => label === 'cost in 24 months');
    assert.match(row?.value ?? '', /^10.200 EUR$/);
    assert.deepEqual(
      row?.inputs?.map(({ how }) => how.replaceAll(/[^\w ×.]/g, '')),
      ['once', '600 EUR a year × 2 years'],
    );
    assert.equal(row?.place && design.slice(row.place.from, row.place.to), 'cost 9_000 EUR');
    const store = cardOf(workspace, uri, 'datastore:vmax/gold')?.rows.find(
      ({ label }) => label === 'cost in 24 months',
    );
    assert.match(store?.inputs?.[0]?.label ?? '', /part of vmax/);
  });

  test('both are drawn on them at every level, and no words lie on others', () => {
    for (const measure of ['cost', 'owner'] as const) {
      for (const level of LEVELS) {
        for (const layer of ['all', 'network'] as const) {
          const layout = layoutGraph(graphOf, { level, layer });
          const { groups } = drawScene(graphOf, layout, { measure, look: WIDEST });
          const words = groups.flatMap((group) => group.items.filter(isText)).filter((item) => item.text !== '');
          for (const [a, b] of overlapping(words, (item) => textArea(item), 0.5))
            assert.fail(`${measure} ${level} ${layer}: ${a.text} and ${b.text}`);
          if (level === 'card' && layer === 'all')
            assert.ok(
              words.some((item) => item.text === (measure === 'cost' ? '80k' : 'blue')),
              measure,
            );
        }
      }
    }
  });
});
