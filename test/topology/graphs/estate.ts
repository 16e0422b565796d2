import type { Link, SiteNode, TopologyGraph } from '../../../server/src/topology/graph.ts';
import { random as randomOf } from '../../support/random.ts';
import { cable, cluster, G, graphOf, leaf, ledger, link, load, store, sumBadge } from './parts.ts';

/** 34 hosts with 805 VMs in four clusters, two pairs of leaves, two arrays. */
export function estateGraph(): TopologyGraph {
  const l = ledger();
  const random = randomOf(7).next;
  const prod = cluster(l, random, 'prod', 22, 0.58, 30);
  const batch = cluster(l, random, 'batch', 4, 0.86, 15);
  const dmz = cluster(l, random, 'dmz', 4, 0.29, 14);
  const mgmt = cluster(l, random, 'mgmt', 4, 0.2, 8, { unknown: 1 });
  const hot = l.find('switch-uplink-saturated', 'warning', 'leaf-2b carries 82 % of its ports.');
  const gold = Array.from({ length: 12 }, (_, i) => {
    const used = [0.62, 0.58, 0.71, 0.64, 0.88, 0.49, 0.55, 0.67, 0.61, 0.78, 0.52, 0.44][i] ?? 0.5;
    const bad =
      used >= 0.85
        ? l.find('datastore-full', 'error', `gold-${i + 1} is ${Math.round(used * 100)} % full.`)
        : used >= 0.75
          ? l.find('datastore-filling', 'warning', `gold-${i + 1} fills.`)
          : undefined;
    return store('vsp-1', `gold-${i + 1}`, used, 20, 60, bad);
  });
  const bulk = Array.from({ length: 6 }, (_, i) =>
    store('nas-1', `bulk-${i + 1}`, [0.41, 0.38, 0.57, 0.33, 0.46, 0.29][i] ?? 0.3, 40, 20),
  );
  const links: Link[] = [];
  cable(links, prod.hosts, 'uplink', ['switch:leaf-1a', 'switch:leaf-1b'], 25 * G, 0.4);
  cable(links, prod.hosts, 'fabric', ['switch:fabric-a', 'switch:fabric-b'], 32 * G, 0.35);
  for (const c of [batch, dmz, mgmt]) {
    cable(links, c.hosts, 'uplink', ['switch:leaf-2a', 'switch:leaf-2b'], 25 * G, 0.24);
    for (const h of c.hosts)
      links.push(
        link('mount', h.id, 'array:nas-1', 'a', 25 * G, { id: `${h.id}>nas`, gauge: load(0.18, 25 * G, 'storage') }),
      );
  }
  for (const side of ['a', 'b'] as const) {
    links.push(
      link('fabric', `switch:fabric-${side}`, 'array:vsp-1', side, 32 * G, {
        id: `fabric-${side}>vsp`,
        count: 4,
        gauge: load(0.51, 128 * G, 'storage'),
      }),
    );
  }
  const site: SiteNode = {
    kind: 'site',
    id: 'site:leeds',
    name: 'leeds',
    caption: '528 cores · 14.3 TiB',
    clusters: [prod, batch, dmz, mgmt],
    switches: [
      leaf('switch:leaf-1a', 'leaf-1a', 48, 25 * G, 22, 0.41),
      leaf('switch:leaf-1b', 'leaf-1b', 48, 25 * G, 22, 0.39),
      leaf('switch:leaf-2a', 'leaf-2a', 48, 25 * G, 12, 0.24),
      leaf('switch:leaf-2b', 'leaf-2b', 48, 25 * G, 12, 0.82, 'switch', hot),
      leaf('switch:fabric-a', 'fabric-a', 24, 32 * G, 22, 0.35, 'fabric'),
      leaf('switch:fabric-b', 'fabric-b', 24, 32 * G, 22, 0.34, 'fabric'),
    ],
    arrays: [
      {
        kind: 'array',
        id: 'array:vsp-1',
        name: 'vsp-1',
        caption: 'fc 32G · 12 datastores',
        gauges: [{ ...load(0.58, 90_000, 'storage'), label: 'IOPS' }],
        datastores: gold,
        badge: sumBadge(gold.map((d) => d.badge)),
      },
      {
        kind: 'array',
        id: 'array:nas-1',
        name: 'nas-1',
        caption: 'nfs 25G · 6 datastores',
        gauges: [{ ...load(0.22, 20_000, 'storage'), label: 'IOPS' }],
        datastores: bulk,
      },
    ],
    gauges: {
      cpu: load(0.57, 1, 'cpu'),
      memory: load(0.6, 1, 'memory'),
      network: load(0.33, 1, 'network'),
      storage: load(0.6, 1, 'space'),
    },
    badge: sumBadge([prod.badge, batch.badge, dmz.badge, mgmt.badge, hot, ...gold.map((d) => d.badge)]),
  };
  return graphOf('leeds', [site], links, l);
}
