import {
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
  type Side,
  type SiteNode,
  type SwitchNode,
  type TopologyGraph,
  type VmCell,
} from '../../../server/src/topology/graph.ts';

/** Networks and datastores that VMs of these graphs name by index. */
const NETWORKS = ['web', 'app'].map((name) => ({ id: `network:${name}`, name, subnets: [] }));
const STORES = [1, 2, 3].map((k) => `datastore:gold-${k}`);

export const GIB = 2 ** 30;
export const TIB = 2 ** 40;
export const G = 1e9;
export const T = DEFAULT_THRESHOLDS;

/** Collects findings, and hands out badges for them. */
export function ledger() {
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
export type Ledger = ReturnType<typeof ledger>;

export const sumBadge = (badges: readonly (Badge | undefined)[]): Badge => {
  const all = badges.filter((b): b is Badge => b !== undefined);
  return {
    errors: all.reduce((n, b) => n + b.errors, 0),
    warnings: all.reduce((n, b) => n + b.warnings, 0),
    infos: all.reduce((n, b) => n + b.infos, 0),
    findings: all.flatMap((b) => b.findings),
  };
};

export const load = (share: number, capacity: number, measure: GaugeMeasure | 'space'): Gauge =>
  gaugeOf(share * capacity, capacity, T[measure]);

export function host(
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

export const vm = (name: string, ghz: number, gib: number, more: Partial<VmCell> = {}): VmCell => ({
  id: `vm:${name}`,
  name,
  cpu: ghz * G,
  memory: gib * GIB,
  ...more,
});

export const store = (
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

/** A cluster with random loads around `mean`, each class from warning up with its finding. */
export function cluster(
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
export function cable(
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
      links.push(link(kind, h.id, target, side, speed, { gauge: load(share + i * 0.02, speed, 'network') }));
    });
  }
}

export const leaf = (
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

/** A link that is called by what it joins. */
export function link(
  kind: Link['kind'],
  from: string,
  to: string,
  side: Side,
  speed: number,
  more: Partial<Link> = {},
): Link {
  return { id: `${from}>${to}`, kind, from, to, side, count: 1, speed, ...more };
}

export function graphOf(
  name: string,
  sites: readonly SiteNode[],
  links: readonly Link[],
  { notes }: Ledger,
  more: Pick<Partial<TopologyGraph>, 'owners' | 'unplaced'> = {},
): TopologyGraph {
  return {
    name,
    sites,
    links,
    missing: [],
    unplaced: [],
    findings: notes,
    owners: [],
    apps: [],
    networks: NETWORKS,
    stores: STORES,
    thresholds: T,
    ...more,
  };
}
