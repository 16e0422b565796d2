import {
  type ArrayNode,
  type Badge,
  type ClusterNode,
  classify,
  type DatastoreNode,
  DEFAULT_THRESHOLDS,
  type FindingNote,
  type Gauge,
  type GaugeMeasure,
  gaugeOf,
  type HostNode,
  isTrouble,
  type Link,
  NO_BADGE,
  type Side,
  type SiteNode,
  type SwitchNode,
  type TopologyGraph,
  type VmCell,
} from '../../server/src/topology/graph.ts';

/** Networks and datastores that VMs of these graphs name by index. */
const NETWORKS = ['web', 'app'].map((name) => ({ id: `network:${name}`, name, subnets: [] }));
const STORES = [1, 2, 3].map((k) => `datastore:gold-${k}`);

export const GIB = 2 ** 30;
const TIB = 2 ** 40;
const G = 1e9;
const T = DEFAULT_THRESHOLDS;

/** A repeatable source of numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Collects findings, and hands out badges for them. */
function ledger() {
  const notes: FindingNote[] = [];
  return {
    notes,
    find(rule: string, severity: 'error' | 'warning', message: string, fix?: string): Badge {
      const key = `f${notes.length + 1}`;
      notes.push({
        key,
        rule,
        severity,
        message,
        place: `storefront.vdc:${30 + notes.length}`,
        fixes: fix ? [{ id: `${key}/fix`, title: fix, preferred: true }] : [],
      });
      return severity === 'error'
        ? { errors: 1, warnings: 0, infos: 0, findings: [key] }
        : { errors: 0, warnings: 1, infos: 0, findings: [key] };
    },
  };
}
type Ledger = ReturnType<typeof ledger>;

const sumBadge = (badges: readonly (Badge | undefined)[]): Badge => {
  const all = badges.filter((b): b is Badge => b !== undefined);
  return {
    errors: all.reduce((n, b) => n + b.errors, 0),
    warnings: all.reduce((n, b) => n + b.warnings, 0),
    infos: all.reduce((n, b) => n + b.infos, 0),
    findings: all.flatMap((b) => b.findings),
  };
};

const load = (share: number, capacity: number, measure: GaugeMeasure | 'space'): Gauge =>
  gaugeOf(share * capacity, capacity, T[measure]);

function host(
  id: string,
  name: string,
  caption: string,
  shares: readonly [number, number, number, number],
  vms: readonly VmCell[],
  badge?: Badge,
): HostNode {
  const [cpu, memory, network, storage] = shares;
  return {
    kind: 'host',
    id,
    name,
    caption,
    gauges: {
      cpu: load(cpu, 41.6 * G, 'cpu'),
      memory: load(memory, 256 * GIB, 'memory'),
      network: load(network, 20 * G, 'network'),
      storage: load(storage, 32 * G, 'storage'),
    },
    vms,
    ...(badge ? { badge } : {}),
  };
}

const vm = (name: string, ghz: number, gib: number, more: Partial<VmCell> = {}): VmCell => ({
  id: `vm:${name}`,
  name,
  cpu: ghz * G,
  memory: gib * GIB,
  ...more,
});

const store = (
  array: string,
  name: string,
  used: number,
  tib: number,
  vms: number,
  badge?: Badge,
  promised?: number,
): DatastoreNode => ({
  kind: 'datastore',
  id: `datastore:${array}/${name}`,
  name,
  vms,
  gauge: { ...load(used, tib * TIB, 'space'), ...(promised === undefined ? {} : { promised, promisedLimit: 1.5 }) },
  fullIn: Math.max(1, Math.round((1 - used) * 50)),
  ...(badge ? { badge } : {}),
});

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
    links.push({
      id: `core-tor-${side}`,
      kind: 'trunk',
      from: `switch:tor-${side}`,
      to: 'switch:core',
      side,
      count: 2,
      speed: 40 * G,
      gauge: load(0.16, 80 * G, 'network'),
    });
    hosts.forEach((h, i) => {
      links.push({
        id: `${h.id}/nic-${side}`,
        kind: 'uplink',
        from: h.id,
        to: `switch:tor-${side}`,
        side,
        count: 1,
        speed: 10 * G,
        gauge: load([0.46, 0.28, 0.22, 0.31][i] ?? 0, 10 * G, 'network'),
      });
      links.push({
        id: `${h.id}/hba-${side}`,
        kind: 'mount',
        from: h.id,
        to: 'array:vmax',
        side,
        count: 1,
        speed: 16 * G,
        gauge: load(0.39, 16 * G, 'storage'),
      });
    });
  }
  // Both sides end at the same array, so each side is a hub of its own there.
  return {
    name: 'storefront',
    sites: [site],
    links,
    missing: [],
    unplaced: [],
    findings: l.notes,
    owners: ['server', 'network', 'storage'],
    apps: [],
    networks: NETWORKS,
    stores: STORES,
    thresholds: T,
  };
}

/** A cluster with random loads around `mean`, each class from warning up with its finding. */
function cluster(
  l: Ledger,
  random: () => number,
  name: string,
  count: number,
  mean: number,
  vmsPerHost: number,
  options: { readonly unknown?: number; readonly path?: string } = {},
): ClusterNode {
  const hosts = Array.from({ length: count }, (_, i): HostNode => {
    const label = `${name}-${String(i + 1).padStart(2, '0')}`;
    const id = `host:${options.path ?? ''}${name}/${label}`;
    const cpu = Math.max(0.05, mean + (random() + random() - 1) * 0.28);
    const shares = [cpu, 0.35 + random() * 0.3, 0.2 + random() * 0.3, 0.25 + random() * 0.35] as const;
    const n = Math.max(1, Math.round(vmsPerHost * (0.7 + random() * 0.6)));
    const weights = Array.from({ length: n }, () => 0.3 + random() ** 3 * 4);
    const total = weights.reduce((s, w) => s + w, 0);
    const vms = weights.map((w, k) =>
      vm(`${label}-vm${k + 1}`, (w / total) * cpu * 41.6, (w / total) * shares[1] * 256, {
        id: `vm:${options.path ?? ''}${label}-vm${k + 1}`,
        vcpus: 1 + (k % 8),
        size: (1 + (k % 8)) * 4 * GIB,
        networks: [0, 1].slice(0, 1 + (k % 2)),
        stores: [k % 3],
      }),
    );
    const off =
      random() < 0.15 ? [vm(`${label}-off`, 0, 8, { id: `vm:${options.path ?? ''}${label}-off`, off: true })] : [];
    const classOf = classify(cpu, T.cpu);
    const badge = isTrouble(classOf)
      ? l.find(
          classOf === 'warning' ? 'host-cpu-high' : 'host-cpu-overloaded',
          classOf === 'warning' ? 'warning' : 'error',
          `${label} is at ${Math.round(cpu * 100)} %.`,
          `Move ${label}-vm1 away`,
        )
      : undefined;
    const node = host(id, label, 'gen10 · 32 cores · 512 GiB', shares, [...vms, ...off], badge);
    if (options.unknown === undefined || i < count - options.unknown) return node;
    return { ...node, gauges: { ...node.gauges, cpu: gaugeOf(0, 0, T.cpu, 'unknown') } };
  });
  const cpu = hosts.reduce((s, h) => s + (h.gauges.cpu?.share ?? 0), 0) / Math.max(1, count);
  const after = count > 1 ? (cpu * count) / (count - 1) : 2;
  const gauge = load(cpu, count * 41.6 * G, 'cpu');
  const own =
    after > 1
      ? l.find('failover-insufficient', 'error', `${name} cannot lose a host: ${Math.round(after * 100)} %.`)
      : undefined;
  const high =
    isTrouble(gauge.class) && !own
      ? l.find('cluster-cpu-high', 'warning', `${name} is at ${Math.round(cpu * 100)} %.`)
      : undefined;
  return {
    kind: 'cluster',
    id: `cluster:${options.path ?? ''}${name}`,
    name,
    hosts,
    pool: [],
    gauges: {
      cpu: { ...gauge, reserve: 1 / Math.max(1, count), state: options.unknown ? 'atLeast' : 'stated' },
      memory: { ...load(0.5 + random() * 0.1, count * 512 * GIB, 'memory'), reserve: 1 / Math.max(1, count) },
      network: load(0.3, count * 20 * G, 'network'),
      storage: load(0.4, count * 32 * G, 'storage'),
    },
    failover: { state: options.unknown ? 'unknown' : after > 1 ? 'fails' : 'holds', share: after, label: 'N+1' },
    badge: sumBadge([own, high, ...hosts.map((h) => h.badge)]),
  };
}

/** Hosts to a pair of switches, one port each. */
function cable(
  links: Link[],
  hosts: readonly HostNode[],
  kind: Link['kind'],
  to: readonly string[],
  speed: number,
  share: number,
): void {
  for (const h of hosts) {
    to.forEach((target, i) => {
      const side: Side = i % 2 === 0 ? 'a' : 'b';
      links.push({
        id: `${h.id}>${target}`,
        kind,
        from: h.id,
        to: target,
        side,
        count: 1,
        speed,
        gauge: load(share + i * 0.02, speed, 'network'),
      });
    });
  }
}

const leaf = (
  id: string,
  name: string,
  ports: number,
  speed: number,
  inUse: number,
  share: number,
  kind: SwitchNode['kind'] = 'switch',
  badge?: Badge,
): SwitchNode => ({
  kind,
  id,
  name,
  ports,
  speed,
  portLoads: Array.from({ length: inUse }, (_, i) => Math.min(1.05, share * (0.7 + ((i * 7) % 10) / 16))),
  gauge: load(share, inUse * speed, 'network'),
  ...(badge ? { badge } : {}),
});

/** 34 hosts with 805 VMs in four clusters, two pairs of leaves, two arrays. */
export function estateGraph(): TopologyGraph {
  const l = ledger();
  const random = randomOf(7);
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
      links.push({
        id: `${h.id}>nas`,
        kind: 'mount',
        from: h.id,
        to: 'array:nas-1',
        side: 'a',
        count: 1,
        speed: 25 * G,
        gauge: load(0.18, 25 * G, 'storage'),
      });
  }
  for (const side of ['a', 'b'] as const) {
    links.push({
      id: `fabric-${side}>vsp`,
      kind: 'fabric',
      from: `switch:fabric-${side}`,
      to: 'array:vsp-1',
      side,
      count: 4,
      speed: 32 * G,
      gauge: load(0.51, 128 * G, 'storage'),
    });
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
  return {
    name: 'leeds',
    sites: [site],
    links,
    missing: [],
    unplaced: [],
    findings: l.notes,
    owners: [],
    apps: [],
    networks: NETWORKS,
    stores: STORES,
    thresholds: T,
  };
}

/** Four sites, 1 000 hosts, about 10 400 VMs, WAN links around. */
export function thousandGraph(): TopologyGraph {
  const l = ledger();
  const random = randomOf(11);
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
        links.push({
          id: `${s.id}>${spine.id}`,
          kind: 'trunk',
          from: s.id,
          to: spine.id,
          side: i === 0 ? 'a' : 'b',
          count: 2,
          speed: 100 * G,
          gauge: load(0.21, 200 * G, 'network'),
        });
      });
    }
    const arrays = [1, 2].map((n): ArrayNode => {
      const id = `array:${name}/array-${n}`;
      nodes.forEach((c, i) => {
        if (i % 2 === n - 1)
          for (const h of c.hosts)
            links.push({
              id: `${h.id}>${id}`,
              kind: 'mount',
              from: h.id,
              to: id,
              side: n === 1 ? 'a' : 'b',
              count: 1,
              speed: 25 * G,
            });
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
    return {
      id: `wan:${from}-${to}`,
      kind: 'wan',
      from: `site:${from}`,
      to: `site:${to}`,
      side: 'a',
      count,
      speed: 10 * G,
      rtt: ms / 1000,
      name: `${from} – ${to}`,
      gauge: load(share, count * 10 * G, 'network'),
      badge,
    };
  };
  links.push(
    wan('london', 'leeds', 2, 4, 0.48),
    wan('london', 'dublin', 2, 11, 0.37),
    wan('leeds', 'paris', 1, 15, 0.21),
    wan('dublin', 'paris', 1, 18, 0.93),
  );
  return {
    name: 'group',
    sites,
    links,
    missing: [],
    unplaced: [],
    findings: l.notes,
    owners: [],
    apps: [],
    networks: NETWORKS,
    stores: STORES,
    thresholds: T,
  };
}

/** Some estate: clusters with and without switches, fabrics or datastores, odd names, unknown loads, pools, VMs without a place. */
export function randomGraph(seed: number): TopologyGraph {
  const l = ledger();
  const random = randomOf(seed);
  const pick = (n: number): number => Math.floor(random() * n);
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
            links.push({
              id: `${h.id}>${id}`,
              kind: 'uplink',
              from: h.id,
              to: id,
              side: i % 2 ? 'b' : 'a',
              count: 1 + pick(2),
              speed: 25 * G,
              gauge: load(random() * 0.7, 25 * G, 'network'),
            });
    }
    const cores = pick(4);
    for (let i = 0; i < cores; i += 1) {
      const id = `switch:s${s}/core-${i}`;
      for (const t of switches.filter((x) => x.name.startsWith('tor')))
        links.push({
          id: `${t.id}>${id}`,
          kind: 'trunk',
          from: t.id,
          to: id,
          side: i % 2 ? 'b' : 'a',
          count: 2,
          speed: 100 * G,
        });
      switches.push(leaf(id, `core-${i}`, 32, 100 * G, many, 0.2));
    }
    const fabrics = pick(3);
    for (let i = 0; i < fabrics; i += 1) {
      const id = `switch:s${s}/fab-${i}`;
      switches.push(leaf(id, `fab-${i}`, 24, 32 * G, pick(24), random() * 0.7, 'fabric'));
      for (const c of clusters)
        if (random() < 0.7)
          for (const h of c.hosts)
            links.push({
              id: `${h.id}>${id}`,
              kind: 'fabric',
              from: h.id,
              to: id,
              side: i % 2 ? 'b' : 'a',
              count: 1,
              speed: 32 * G,
            });
    }
    const arrays = Array.from({ length: pick(4) }, (_, a): ArrayNode => {
      const id = `array:s${s}/arr-${a}`;
      for (let i = 0; i < fabrics; i += 1)
        if (random() < 0.7)
          links.push({
            id: `fab-${s}-${i}>${id}`,
            kind: 'fabric',
            from: `switch:s${s}/fab-${i}`,
            to: id,
            side: i % 2 ? 'b' : 'a',
            count: 2,
            speed: 32 * G,
          });
      if (fabrics === 0 || random() < 0.3)
        for (const c of clusters)
          if (random() < 0.5)
            for (const h of c.hosts)
              links.push({
                id: `${h.id}>${id}`,
                kind: 'mount',
                from: h.id,
                to: id,
                side: a % 2 ? 'b' : 'a',
                count: 1,
                speed: 10 * G,
              });
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
        links.push({
          id: `wan:${i}-${k}`,
          kind: 'wan',
          from: sites[i]?.id ?? '',
          to: sites[k]?.id ?? '',
          side: 'a',
          count: 1,
          speed: 1e9,
          rtt: random() / 10,
          gauge: load(random() * 0.7, 1e9, 'network'),
        });
    }
  }
  const unplaced =
    random() < 0.3 ? Array.from({ length: pick(30) }, (_, i) => vm(`lost-${i}`, random() * 4, 4 + pick(30))) : [];
  return {
    name: 'random',
    sites,
    links,
    missing: [],
    unplaced,
    findings: l.notes,
    owners: ['server', 'network'],
    apps: [],
    networks: NETWORKS,
    stores: STORES,
    thresholds: T,
  };
}
