import {
  type ArrayNode,
  type Link,
  NO_BADGE,
  type SiteNode,
  type SwitchNode,
  type TopologyGraph,
} from '../../../server/src/topology/graph.ts';
import { random as randomOf } from '../../support/random.ts';
import { cable, cluster, G, graphOf, leaf, ledger, link, load, store, sumBadge } from './parts.ts';

/** Four sites, 1 000 hosts, about 10 400 VMs, WAN links around. */
export function thousandGraph(): TopologyGraph {
  const l = ledger();
  const random = randomOf(11).next;
  const plan: readonly (readonly [string, readonly (readonly [string, number, number])[]])[] = [
    [
      'london',
      [
        ['erp', 48, 0.64],
        ['web', 36, 0.57],
        ['vdi-1', 42, 0.66],
        ['vdi-2', 42, 0.64],
        ['db', 30, 0.52],
        ['batch', 24, 0.8],
        ['dmz', 12, 0.32],
        ['mgmt', 6, 0.2],
        ['lab', 18, 0.42],
        ['mail', 20, 0.33],
      ],
    ],
    [
      'leeds',
      [
        ['erp-dr', 48, 0.24],
        ['web', 30, 0.52],
        ['vdi', 42, 0.66],
        ['db', 24, 0.49],
        ['files', 24, 0.37],
        ['batch', 24, 0.72],
        ['dmz', 12, 0.31],
        ['mgmt', 6, 0.17],
        ['lab', 12, 0.32],
      ],
    ],
    [
      'dublin',
      [
        ['shop', 48, 0.61],
        ['pay', 24, 0.44],
        ['search', 36, 0.66],
        ['data', 48, 0.79],
        ['batch', 30, 0.86],
        ['k8s-1', 36, 0.58],
        ['k8s-2', 36, 0.62],
        ['dmz', 12, 0.29],
        ['mgmt', 6, 0.24],
      ],
    ],
    [
      'paris',
      [
        ['web', 36, 0.56],
        ['vdi', 42, 0.68],
        ['db', 24, 0.47],
        ['media', 36, 0.61],
        ['build', 48, 0.92],
        ['dmz', 12, 0.26],
        ['mgmt', 6, 0.18],
        ['lab', 20, 0.39],
      ],
    ],
  ];
  const links: Link[] = [];
  const sites = plan.map(([name, clusters]): SiteNode => {
    const nodes = clusters.map(([c, n, mean], i) =>
      cluster(l, random, c, n, mean, 10, { path: `${name}/`, ...(name === 'leeds' && i === 8 ? { unknown: 2 } : {}) }),
    );
    const switches: SwitchNode[] = [];
    nodes.forEach((c) => {
      const pair = ['a', 'b'].map((s) => `switch:${name}/${c.name}-leaf-${s}`);
      for (const id of pair) switches.push(leaf(id, id.slice(id.indexOf('/') + 1), 48, 25 * G, c.hosts.length, 0.34));
      cable(links, c.hosts, 'uplink', pair, 25 * G, 0.34);
    });
    const spines = [1, 2].map((s) => leaf(`switch:${name}/spine-${s}`, `spine-${s}`, 32, 100 * G, 20, 0.3));
    for (const s of switches) {
      spines.forEach((spine, i) => {
        links.push(
          link('trunk', s.id, spine.id, i === 0 ? 'a' : 'b', 100 * G, {
            count: 2,
            gauge: load(0.21, 200 * G, 'network'),
          }),
        );
      });
    }
    const arrays = [1, 2].map((n): ArrayNode => {
      const id = `array:${name}/array-${n}`;
      nodes.forEach((c, i) => {
        if (i % 2 === n - 1) for (const h of c.hosts) links.push(link('mount', h.id, id, n === 1 ? 'a' : 'b', 25 * G));
      });
      return {
        kind: 'array',
        id,
        name: `array-${n}`,
        caption: 'nvme',
        gauges: [{ ...load(0.4, 1e5, 'storage'), label: 'IOPS' }],
        datastores: Array.from({ length: 8 }, (_, k) =>
          store(`${name}/array-${n}`, `ds-${n}${k + 1}`, 0.3 + k * 0.05, 30, 40),
        ),
      };
    });
    const cpu =
      nodes.reduce((s, c) => s + (c.gauges.cpu?.share ?? 0) * c.hosts.length, 0) /
      nodes.reduce((s, c) => s + c.hosts.length, 0);
    const disk = name === 'dublin' ? 0.83 : 0.6 + random() * 0.1;
    const low = name === 'dublin' ? l.find('site-disk-filling', 'warning', 'dublin is full in 5 months.') : undefined;
    return {
      kind: 'site',
      id: `site:${name}`,
      name,
      clusters: nodes,
      switches: [...spines, ...switches],
      arrays,
      gauges: {
        cpu: { ...load(cpu, 1, 'cpu'), reserve: 0.04, state: name === 'leeds' ? 'atLeast' : 'stated' },
        memory: { ...load(0.6 + random() * 0.1, 1, 'memory'), reserve: 0.04 },
        network: load(0.3, 1, 'network'),
        storage: load(disk, 1, 'space'),
      },
      failover: `N+1 holds in ${nodes.filter((c) => c.failover?.state === 'holds').length} of ${nodes.length} clusters`,
      fills: { what: 'disk', months: name === 'dublin' ? 5 : 14, class: name === 'dublin' ? 'warning' : 'calm3' },
      badge: sumBadge([low, ...nodes.map((c) => c.badge)]),
    };
  });
  const wan = (from: string, to: string, count: number, ms: number, share: number): Link => {
    const badge =
      share > 0.8
        ? l.find('wan-saturated', 'warning', `${from} to ${to} is at ${Math.round(share * 100)} %.`)
        : NO_BADGE;
    return link('wan', `site:${from}`, `site:${to}`, 'a', 10 * G, {
      id: `wan:${from}-${to}`,
      count,
      rtt: ms / 1000,
      name: `${from} – ${to}`,
      gauge: load(share, count * 10 * G, 'network'),
      badge,
    });
  };
  links.push(
    wan('london', 'leeds', 2, 4, 0.48),
    wan('london', 'dublin', 2, 11, 0.37),
    wan('leeds', 'paris', 1, 15, 0.21),
    wan('dublin', 'paris', 1, 18, 0.93),
  );
  return graphOf('group', sites, links, l);
}
