import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Layer } from '../../server/src/topology/layout/metrics.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { graphOfText } from './designs.ts';
import { groupOf, isText, WIDEST } from './support.ts';

const graph = graphOfText(`site full
site devices
site empty
switch tor-[a,b] at full { ports 48 x 25 Gbps }
switch san at full { type fc; ports 24 x 32 Gbps }
array vmax at full { datastore gold-[1..3] { capacity 10 TiB } }
array old at devices { datastore tin { capacity 1 TiB } }
switch odd at devices { ports 48 x 25 Gbps }
cluster c at full { host h-[1..4] { cpu 1 x 16 cores 2 GHz; memory 64 GiB } }
cluster none at full {}
`);

/** What is printed in the header of a site or cluster beside its name. */
function countsOf(id: string, layer: Layer, shown = graph): string {
  const scene = drawScene(shown, layoutGraph(shown, { level: 'tile', layer }), { measure: 'cpu', look: WIDEST });
  return groupOf(scene, id)
    .items.filter((item) => isText(item) && item.fill === 'muted')
    .map((item) => isText(item) && item.text)
    .join(' | ');
}

describe('the header of a site', () => {
  test('counts what its layer is about', () => {
    assert.match(countsOf('site:full', 'all'), /^4 hosts · 0 VMs/);
    assert.match(countsOf('site:full', 'compute'), /^4 hosts · 0 VMs/);
    assert.match(countsOf('site:full', 'network'), /^4 hosts · 0 VMs · 2 switches/);
    assert.match(countsOf('site:full', 'storage'), /^4 hosts · 0 VMs · 1 fabric · 1 array · 3 datastores/);
  });

  test('counts no hosts where there are none', () => {
    assert.match(countsOf('site:devices', 'all'), /^1 switch · 1 array · 1 datastore$/);
    assert.match(countsOf('site:empty', 'all'), /^no hosts$/);
    assert.match(countsOf('cluster:none', 'all'), /no hosts$/);
  });

  test('says how many hosts are left after a failure', () => {
    const sites = graph.sites.map((site) => ({
      ...site,
      clusters: site.clusters.map((c) => ({
        ...c,
        hosts: c.hosts.map((h, i) => (i === 1 ? { ...h, failed: true } : h)),
      })),
    }));
    assert.match(countsOf('site:full', 'all', { ...graph, sites }), /^3 of 4 hosts · 0 VMs/);
  });
});
