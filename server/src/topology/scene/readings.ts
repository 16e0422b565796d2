import {
  type ArrayNode,
  type Badge,
  type ClusterNode,
  classify,
  classifyMonths,
  type DatastoreNode,
  type Gauge,
  type HostNode,
  isTrouble,
  type Link,
  type LoadClass,
  type MeasureId,
  type NetworkNode,
  type SiteNode,
  type SwitchNode,
  type TopologyGraph,
  type VmCell,
  worseOf,
} from '../graph.ts';
import { NARROW } from '../text.ts';
import { type Drawing, hostBadge, ownerToken, pickedGauge, severityToken } from './context.ts';
import { classToken } from './gauge.ts';
import type { Token } from './scene.ts';

/** What a node shows of a measure that has no gauge: a figure in words, and a colour. */
export interface Reading {
  /** Empty where there is nothing to print; `?` where it is not known. */
  readonly text: string;
  readonly token: Token;
  /** Where the measure has classes. */
  readonly class?: LoadClass;
  /** Where the figure is a share of what there is: what a bar is filled to. */
  readonly gauge?: Gauge;
}

/** What the figures of frames are of, in a word before them. */
const FRAME_WORDS: Readonly<Partial<Record<MeasureId, string>>> = {
  iops: 'IOPS',
  addresses: 'addresses',
  cost: 'cost',
  exhaustion: 'runs out',
  owner: 'owner',
};
export const frameWord = (measure: MeasureId): string => FRAME_WORDS[measure] ?? '';

/** Grey: what is not known has no class. */
const UNKNOWN: Reading = { text: '?', token: 'owner0' };

/** Classes of networks and datastores by their index in the graph. */
interface Grades {
  readonly networks: readonly { readonly share?: number; readonly class?: LoadClass; readonly months?: LoadClass }[];
  readonly stores: readonly { readonly iops?: LoadClass; readonly months?: LoadClass }[];
  /** Costs of hosts from which the next of four steps begins. */
  readonly costs: readonly number[];
}

const known = new WeakMap<TopologyGraph, Grades>();

export function gradesOf(d: Pick<Drawing, 'graph' | 'index'>): Grades {
  const found = known.get(d.graph) ?? gradesIn(d);
  known.set(d.graph, found);
  return found;
}

function gradesIn({ graph, index }: Pick<Drawing, 'graph' | 'index'>): Grades {
  const networks = graph.networks.map(({ subnets, exhausts }) => {
    const shares = subnets.flatMap(({ gauge }) => (gauge.state === 'unknown' ? [] : [gauge]));
    const worst = shares.length > 0 ? shares.reduce((a, b) => (b.share > a.share ? b : a)) : undefined;
    return {
      ...(worst ? { share: worst.share, class: classify(worst.share, graph.thresholds.addresses) } : {}),
      ...(exhausts ? { months: classifyMonths(exhausts.months) } : {}),
    };
  });
  const stores = graph.stores.map((id) => {
    const store = index.nodes.get(id);
    const array = index.nodes.get(index.parents.get(id) ?? '');
    const iops = array?.kind === 'array' ? array.gauges.find(({ label }) => label === 'IOPS') : undefined;
    return {
      ...(iops && iops.state !== 'unknown' ? { iops: iops.class } : {}),
      ...(store?.exhausts ? { months: classifyMonths(store.exhausts.months) } : {}),
    };
  });
  // Hosts are what there is most of; an array that costs ten times as much is in the last step.
  const hosts = roundBreaks(
    graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts.flatMap((h) => h.cost ?? []))),
  );
  const devices = graph.sites.flatMap((s) => [...s.switches, ...s.arrays].flatMap(({ cost }) => cost ?? []));
  return { networks, stores, costs: hosts.length > 0 ? hosts : roundBreaks(devices) };
}

/** Up to three round numbers that part values into four steps. */
export function roundBreaks(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // Values that hardly differ are one step.
  if (values.length === 0 || !(high > low * 1.1)) return [];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((n) => n * power >= rough) ?? 10) * power;
  const breaks: number[] = [];
  for (let at = Math.floor(low / step + 1) * step; at < high && breaks.length < 3; at += step) breaks.push(at);
  return breaks;
}

const COSTS: readonly Token[] = ['cost1', 'cost2', 'cost3', 'cost4'];
export const costToken = (step: number): Token => COSTS[Math.min(step, 3)] ?? 'cost4';

const stepOf = (cost: number, breaks: readonly number[]): number => breaks.filter((at) => cost >= at).length;

/** A number in few letters: `940`, `12.4k`, `1.2M`. */
export function shortNumber(value: number): string {
  const [scale, unit] = value >= 999_500 ? [1e6, 'M'] : value >= 9_995 ? [1e3, 'k'] : [1, ''];
  const scaled = value / scale;
  const digits = unit && scaled < 99.95 ? 1 : 0;
  return `${scaled.toFixed(digits).replace(/\.0$/, '')}${unit}`;
}

/** `7 mo`, `now`, `>36 mo` beyond the horizon. */
function monthsText(months: number | undefined, horizon: number | undefined): string {
  if (months === undefined) return horizon === undefined ? '—' : `>${Math.round(horizon)}${NARROW}mo`;
  return months <= 0 ? 'now' : months < 1 ? `<${NARROW}1${NARROW}mo` : `${Math.floor(months)}${NARROW}mo`;
}

const ofClass = (text: string, c: LoadClass | undefined, d: Drawing): Reading =>
  c ? { text, class: c, token: classToken(c, d.look) } : { text, token: 'owner0' };

/** What VMs that run ask of their datastores together, in the class of the worst of those. */
function iopsReading(vms: readonly VmCell[], d: Drawing): Reading {
  const on = vms.filter((vm) => !vm.off);
  const stated = on.filter((vm) => vm.iops !== undefined);
  if (stated.length === 0) return UNKNOWN;
  const sum = stated.reduce((total, vm) => total + (vm.iops ?? 0), 0);
  const c = on.reduce<LoadClass | undefined>((worst, vm) => worseOf(worst, iopsClass(vm, d)), undefined);
  return ofClass(`${stated.length < on.length ? '≥' : ''}${shortNumber(sum)}`, c, d);
}

/** The fullest of the networks that VMs are in. */
function addressReading(vms: readonly VmCell[], d: Drawing): Reading {
  const { networks } = gradesOf(d);
  const used = new Set(vms.flatMap((vm) => vm.networks ?? []));
  const graded = [...used].flatMap((n) => networks[n] ?? []).filter((n) => n.share !== undefined);
  if (graded.length === 0) return UNKNOWN;
  const worst = graded.reduce((a, b) => ((b.share ?? 0) > (a.share ?? 0) ? b : a));
  const { share = 0, class: c = 'calm1' } = worst;
  return {
    ...ofClass(percent(share), c, d),
    gauge: { value: share, capacity: 1, share, state: 'stated', class: c },
  };
}

/** Of the measures with a gauge there is no reading. */
export function hostReading(host: HostNode, d: Drawing): Reading | undefined {
  switch (d.measure) {
    case 'iops':
      return host.vms.every((vm) => vm.off) ? { text: '0', token: 'calm1' } : iopsReading(host.vms, d);
    case 'addresses':
      return addressReading(host.vms, d);
    case 'cost':
      return costReading(host.cost, d);
    case 'exhaustion':
      return host.exhausts
        ? ofClass(monthsText(host.exhausts.months, d.graph.money?.months), classifyMonths(host.exhausts.months), d)
        : UNKNOWN;
    case 'owner':
      return ownerReading(host.owner, d);
    case 'app': {
      const counts = new Map<number, number>();
      for (const { app } of host.vms) if (app !== undefined) counts.set(app, (counts.get(app) ?? 0) + 1);
      const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      if (!most) return { text: '', token: 'owner0' };
      const name = d.graph.apps[most[0]]?.name ?? '';
      return { text: counts.size > 1 ? `${counts.size} apps` : name, token: ownerToken(most[0]) };
    }
    case 'findings':
      return { text: '', token: severityToken(host.badge, d.look) };
    default:
      return undefined;
  }
}

const costReading = (cost: number | undefined, d: Drawing): Reading =>
  cost === undefined ? UNKNOWN : { text: shortNumber(cost), token: costToken(stepOf(cost, gradesOf(d).costs)) };

const ownerReading = (owner: number | undefined, d: Drawing): Reading => ({
  text: d.graph.owners[owner ?? -1] ?? '',
  token: ownerToken(owner),
});

/** What a device shows of cost and owner, and datastores of their months; undefined where it has a gauge of its own or nothing. */
export function deviceReading(node: SwitchNode | ArrayNode | DatastoreNode, d: Drawing): Reading | undefined {
  if (node.kind === 'outside') return undefined;
  if (d.measure === 'owner') return ownerReading(node.owner, d);
  if (d.measure === 'exhaustion') return storeMonths(node, d);
  if (d.measure !== 'cost') return undefined;
  // Datastores that no array holds are no thing to be bought.
  if (node.kind === 'pool') return node.cost === undefined ? undefined : costReading(node.cost, d);
  if (node.kind !== 'datastore') return costReading(node.cost, d);
  const { cost, costShare } = node;
  return costReading(cost === undefined && costShare === undefined ? undefined : (cost ?? 0) + (costShare ?? 0), d);
}

/** When a datastore is full, and of those of an array the first. What does not grow says nothing of months. */
function storeMonths(node: SwitchNode | ArrayNode | DatastoreNode, d: Drawing): Reading | undefined {
  const stores =
    node.kind === 'datastore' ? [node] : node.kind === 'array' || node.kind === 'pool' ? node.datastores : [];
  const ahead = stores.flatMap(({ exhausts }) => exhausts ?? []);
  if (ahead.length === 0) return undefined;
  const horizon = d.graph.money?.months;
  const months = Math.min(...ahead.map((e) => e.months ?? Number.POSITIVE_INFINITY));
  // Beyond the horizon it is as far for all, as hosts and clusters say it.
  const first = months <= (horizon ?? Number.MAX_VALUE) ? months : undefined;
  return ofClass(monthsText(first, horizon), classifyMonths(first), d);
}

/** What a line between sites shows of cost and owner. */
export function lineReading({ kind, cost, owner }: Link, d: Drawing): Reading | undefined {
  if (kind !== 'wan') return undefined;
  if (d.measure === 'owner' && owner !== undefined) return ownerReading(owner, d);
  return d.measure === 'cost' && cost !== undefined ? costReading(cost, d) : undefined;
}

/** What a network shows of cost and owner. A network without a price costs nothing that anybody states. */
export function networkReading(network: NetworkNode, d: Drawing): Reading | undefined {
  if (d.measure === 'owner') return ownerReading(network.owner, d);
  return d.measure === 'cost' && network.cost !== undefined ? costReading(network.cost, d) : undefined;
}

const percent = (share: number): string => `${Math.round(share * 100)}${NARROW}%`;

const iopsClass = (vm: VmCell, d: Drawing): LoadClass | undefined => gradesOf(d).stores[vm.stores?.[0] ?? -1]?.iops;

/** The colour of a VM of its own; undefined where it has that of its host. */
export function vmToken(vm: VmCell, d: Drawing): Token | undefined {
  const grades = gradesOf(d);
  const of = (c: LoadClass | undefined): Token => (c ? classToken(c, d.look) : 'owner0');
  switch (d.measure) {
    case 'owner':
      return ownerToken(vm.owner);
    case 'app':
      return ownerToken(vm.app);
    case 'findings':
      return severityToken(vm.badge, d.look);
    case 'storage':
      return vm.storage && classToken(vm.storage, d.look);
    case 'iops':
      return of(iopsClass(vm, d));
    case 'addresses':
      return of(
        (vm.networks ?? []).reduce<LoadClass | undefined>((w, n) => worseOf(w, grades.networks[n]?.class), undefined),
      );
    case 'exhaustion': {
      const host = d.index.nodes.get(d.index.vmHolder.get(vm.id) ?? '');
      let worst = host?.exhausts ? classifyMonths(host.exhausts.months) : undefined;
      for (const n of vm.networks ?? []) worst = worseOf(worst, grades.networks[n]?.months);
      for (const s of vm.stores ?? []) worst = worseOf(worst, grades.stores[s]?.months);
      return of(worst);
    }
    default:
      return undefined;
  }
}

/** Of a cluster or site: the sum of its hosts, or the worst of them. */
export function frameReading(node: ClusterNode | SiteNode, d: Drawing): Reading | undefined {
  const hosts = node.kind === 'cluster' ? node.hosts : node.clusters.flatMap((cluster) => cluster.hosts);
  switch (d.measure) {
    case 'cost': {
      const bought = node.kind === 'cluster' ? hosts : [...hosts, ...devicesOf(node)];
      const beside =
        node.kind === 'cluster' ? [node] : [node, ...node.clusters, ...node.arrays.flatMap((a) => a.datastores)];
      const costs = [...bought, ...beside].flatMap(({ cost }) => cost ?? []);
      if (costs.length === 0) return bought.length > 0 ? UNKNOWN : undefined;
      const least = bought.some(({ cost }) => cost === undefined) ? '≥' : '';
      return { text: `${least}${shortNumber(costs.reduce((a, b) => a + b, 0))}`, token: 'cost2' };
    }
    case 'exhaustion': {
      const own = node.kind === 'cluster' ? [node] : [...node.clusters, ...node.arrays.flatMap((a) => a.datastores)];
      const ahead = own.flatMap(({ exhausts }) => exhausts ?? []);
      if (ahead.length === 0) return UNKNOWN;
      const months = Math.min(...ahead.map((e) => e.months ?? Number.POSITIVE_INFINITY));
      const first = Number.isFinite(months) ? months : undefined;
      return ofClass(monthsText(first, d.graph.money?.months), classifyMonths(first), d);
    }
    case 'iops':
      return iopsReading(
        hosts.flatMap(({ vms }) => vms),
        d,
      );
    case 'addresses':
      return addressReading(
        hosts.flatMap(({ vms }) => vms),
        d,
      );
    case 'owner':
      return ownerReading(node.owner, d);
    default:
      return undefined;
  }
}

/** What is bought at a site beside its hosts; datastores are in the price of their array. */
const devicesOf = (site: SiteNode): readonly (SwitchNode | ArrayNode)[] => [
  ...site.switches.filter(({ kind }) => kind !== 'outside'),
  ...site.arrays.filter(({ kind }) => kind === 'array'),
];

/** The badge of what shows a reading: trouble in it has one, too. */
export function badgeWith(badge: Badge, reading: Reading | undefined): Badge {
  const c = reading?.class;
  if (!c || !isTrouble(c) || badge.errors + badge.warnings > 0) return badge;
  return c === 'warning' ? { ...badge, warnings: 1, hollow: true } : { ...badge, errors: 1, hollow: true };
}

export const badgeOfHost = (host: HostNode, d: Drawing): Badge => badgeWith(hostBadge(host), hostReading(host, d));

/** The ink of a reading's words. */
export function inkOfReading({ class: c }: Reading, calm: Token): Token {
  if (!c) return calm;
  return c === 'warning' ? 'ink-warning' : isTrouble(c) ? 'ink-critical' : calm;
}

/** The colour of a host as a whole. */
export function hostToken(host: HostNode, d: Drawing): Token {
  const gauge = pickedGauge(d.measure);
  if (gauge) return classToken(host.gauges[gauge]?.class ?? 'calm1', d.look);
  return hostReading(host, d)?.token ?? 'calm1';
}

/** The colour of a VM's cell. */
export const cellToken = (vm: VmCell, host: HostNode | undefined, d: Drawing): Token =>
  vmToken(vm, d) ?? (host ? hostToken(host, d) : 'calm2');
