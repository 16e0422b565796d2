import type {
  ArrayNode,
  ClusterNode,
  Link,
  SiteNode,
  SwitchNode,
  TopologyGraph,
} from '../../../server/src/topology/graph.ts';
import { random as randomOf } from '../../support/random.ts';
import { cluster, G, graphOf, leaf, ledger, link, load, store, sumBadge, vm } from './parts.ts';

/** Some estate: clusters with and without switches, fabrics or datastores, odd names, unknown loads, pools, VMs without a place. */
export function randomGraph(seed: number): TopologyGraph {
  const l = ledger();
  const { next: random, below: pick } = randomOf(seed);
  const links: Link[] = [];
  const names = [
    'prod',
    'vmware-production-cluster-with-a-long-name',
    'dmz',
    'Büro Süd',
    'a',
    '数据中心',
    '<b>&"',
    'WWWWMMMM-01',
  ];
  const sites = Array.from({ length: 1 + pick(4) }, (_, s): SiteNode => {
    const clusters = Array.from({ length: pick(5) }, (_, c): ClusterNode => {
      const name = `${names[pick(names.length)] ?? 'c'}${c}`;
      const made = cluster(l, random, name, pick(14), random(), 1 + pick(14), {
        path: `s${s}/`,
        ...(random() < 0.3 ? { unknown: 1 } : {}),
      });
      return random() < 0.3
        ? {
            ...made,
            pool: Array.from({ length: pick(60) }, (_, i) => vm(`${s}/${name}/pool-${i}`, random() * 8, 4 + pick(60))),
          }
        : made;
    });
    const switches: SwitchNode[] = [];
    const many = pick(4);
    for (let i = 0; i < many; i += 1) {
      const id = `switch:s${s}/tor-${i}`;
      switches.push(leaf(id, `tor-${i}`, 48, 25 * G, pick(48), random() * 0.7));
      for (const c of clusters)
        if (random() < 0.6)
          for (const h of c.hosts)
            links.push(
              link('uplink', h.id, id, i % 2 ? 'b' : 'a', 25 * G, {
                count: 1 + pick(2),
                gauge: load(random() * 0.7, 25 * G, 'network'),
              }),
            );
    }
    const cores = pick(4);
    for (let i = 0; i < cores; i += 1) {
      const id = `switch:s${s}/core-${i}`;
      for (const t of switches.filter((x) => x.name.startsWith('tor')))
        links.push(link('trunk', t.id, id, i % 2 ? 'b' : 'a', 100 * G, { count: 2 }));
      switches.push(leaf(id, `core-${i}`, 32, 100 * G, many, 0.2));
    }
    const fabrics = pick(3);
    for (let i = 0; i < fabrics; i += 1) {
      const id = `switch:s${s}/fab-${i}`;
      switches.push(leaf(id, `fab-${i}`, 24, 32 * G, pick(24), random() * 0.7, 'fabric'));
      for (const c of clusters)
        if (random() < 0.7) for (const h of c.hosts) links.push(link('fabric', h.id, id, i % 2 ? 'b' : 'a', 32 * G));
    }
    const arrays = Array.from({ length: pick(4) }, (_, a): ArrayNode => {
      const id = `array:s${s}/arr-${a}`;
      for (let i = 0; i < fabrics; i += 1)
        if (random() < 0.7)
          links.push(
            link('fabric', `switch:s${s}/fab-${i}`, id, i % 2 ? 'b' : 'a', 32 * G, {
              id: `fab-${s}-${i}>${id}`,
              count: 2,
            }),
          );
      if (fabrics === 0 || random() < 0.3)
        for (const c of clusters)
          if (random() < 0.5) for (const h of c.hosts) links.push(link('mount', h.id, id, a % 2 ? 'b' : 'a', 10 * G));
      return {
        kind: random() < 0.2 ? 'pool' : 'array',
        id,
        name: `arr-${a}`,
        caption: 'some caption · that is long · and longer',
        gauges: random() < 0.5 ? [] : [{ ...load(random() * 0.7, 1000, 'storage'), label: 'IOPS' }],
        datastores: Array.from({ length: pick(20) }, (_, k) =>
          store(`s${s}/arr-${a}`, `datastore-with-name-${k}`, random() * 0.74, 20, pick(90), undefined, random() * 1.8),
        ),
      };
    });
    return {
      kind: 'site',
      id: `site:s${s}`,
      name: names[pick(names.length)] ?? 's',
      clusters,
      switches,
      arrays,
      gauges: { cpu: load(random() * 0.7, 1, 'cpu'), memory: load(random() * 0.7, 1, 'memory') },
      badge: sumBadge(clusters.map((c) => c.badge)),
    };
  });
  for (let i = 0; i + 1 < sites.length; i += 1) {
    for (let k = i + 1; k < sites.length; k += 1) {
      if (random() < 0.4)
        links.push(
          link('wan', sites[i]?.id ?? '', sites[k]?.id ?? '', 'a', 1e9, {
            id: `wan:${i}-${k}`,
            rtt: random() / 10,
            gauge: load(random() * 0.7, 1e9, 'network'),
          }),
        );
    }
  }
  const unplaced =
    random() < 0.3 ? Array.from({ length: pick(30) }, (_, i) => vm(`lost-${i}`, random() * 4, 4 + pick(30))) : [];
  return graphOf('random', sites, links, l, { unplaced, owners: ['server', 'network'] });
}
