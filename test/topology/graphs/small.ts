import type {
  ArrayNode,
  ClusterNode,
  Link,
  SiteNode,
  SwitchNode,
  TopologyGraph,
} from '../../../server/src/topology/graph.ts';
import { G, GIB, graphOf, host, ledger, link, load, store, sumBadge, TIB, vm } from './parts.ts';

/** Four hosts, one of them overloaded, two switches, one array: the picture people see first. */
export function smallGraph(): TopologyGraph {
  const l = ledger();
  const over = l.find(
    'host-cpu-overloaded',
    'error',
    'esx-01 needs 45.8 GHz at peak and has 41.6 (110 %). Its 4 VMs then get 91 % of what they ask for.',
    'Move cart-2 to esx-02 and build-1 to esx-03',
  );
  const full = l.find('datastore-filling', 'warning', 'gold-2 is 82 % full and full in 4 months at 2 % a month.');
  const facts = 'dl380 · 16 cores · 256 GiB';
  const hosts = [
    host(
      'host:prod/esx-01',
      'esx-01',
      facts,
      [1.1, 0.56, 0.46, 0.52],
      [vm('cart-1', 9.4, 32), vm('cart-2', 9.4, 32), vm('db-1', 18.6, 64), vm('build-1', 8.4, 16)],
      over,
    ),
    host(
      'host:prod/esx-02',
      'esx-02',
      facts,
      [0.47, 0.34, 0.28, 0.31],
      [vm('cart-3', 9.4, 32), vm('search-1', 6.2, 32), vm('pay-1', 4.1, 24)],
    ),
    host(
      'host:prod/esx-03',
      'esx-03',
      facts,
      [0.54, 0.47, 0.22, 0.44],
      [vm('db-2', 14, 64), vm('search-2', 6.2, 32), vm('mail-1', 2.1, 24)],
    ),
    host(
      'host:prod/esx-04',
      'esx-04',
      facts,
      [0.54, 0.41, 0.31, 0.27],
      [vm('cart-4', 9.4, 32), vm('search-3', 6.2, 32), vm('pay-2', 4.1, 24), vm('mon-1', 2.6, 16)],
    ),
  ];
  const prod: ClusterNode = {
    kind: 'cluster',
    id: 'cluster:prod',
    name: 'prod',
    hosts,
    pool: [],
    gauges: {
      cpu: { ...load(0.66, 166 * G, 'cpu'), reserve: 0.25 },
      memory: { ...load(0.45, 1024 * GIB, 'memory'), reserve: 0.25 },
      network: load(0.32, 80 * G, 'network'),
      storage: load(0.39, 128 * G, 'storage'),
    },
    failover: { state: 'holds', share: 0.88, label: 'N+1' },
    badge: over,
  };
  const tor = (name: string): SwitchNode => ({
    kind: 'switch',
    id: `switch:${name}`,
    name,
    ports: 48,
    speed: 10 * G,
    portLoads: [0.46, 0.28, 0.22, 0.31],
    gauge: load(0.32, 40 * G, 'network'),
  });
  const vmax: ArrayNode = {
    kind: 'array',
    id: 'array:vmax',
    name: 'vmax',
    caption: 'fc · 48 × 1.8 TB raid 5',
    gauges: [{ ...load(0.41, 40_000, 'storage'), label: 'IOPS' }],
    datastores: [
      store('vmax', 'gold-1', 0.71, 20, 8, undefined, 1.08),
      store('vmax', 'gold-2', 0.82, 20, 6, full, 0.94),
    ],
    badge: full,
  };
  const site: SiteNode = {
    kind: 'site',
    id: 'site:seattle',
    name: 'seattle',
    clusters: [prod],
    switches: [
      { kind: 'outside', id: 'switch:core', name: 'core', caption: 'outside', ports: 0, speed: 0, portLoads: [] },
      tor('tor-a'),
      tor('tor-b'),
    ],
    arrays: [vmax],
    gauges: { ...prod.gauges, storage: load(0.765, 40 * TIB, 'space') },
    failover: 'N+1 holds',
    fills: { what: 'disk', months: 14, class: 'calm3' },
    badge: sumBadge([over, full]),
  };
  const links: Link[] = [];
  for (const side of ['a', 'b'] as const) {
    links.push(
      link('trunk', `switch:tor-${side}`, 'switch:core', side, 40 * G, {
        id: `core-tor-${side}`,
        count: 2,
        gauge: load(0.16, 80 * G, 'network'),
      }),
    );
    hosts.forEach((h, i) => {
      links.push(
        link('uplink', h.id, `switch:tor-${side}`, side, 10 * G, {
          id: `${h.id}/nic-${side}`,
          gauge: load([0.46, 0.28, 0.22, 0.31][i] ?? 0, 10 * G, 'network'),
        }),
      );
      links.push(
        link('mount', h.id, 'array:vmax', side, 16 * G, {
          id: `${h.id}/hba-${side}`,
          gauge: load(0.39, 16 * G, 'storage'),
        }),
      );
    });
  }
  // Both sides end at the same array, so each side is a hub of its own there.
  return graphOf('storefront', [site], links, l, { owners: ['server', 'network', 'storage'] });
}
