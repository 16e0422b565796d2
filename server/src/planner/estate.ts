import { type Affinity, affinities, type Separation } from '../capacity/affinity.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostUse, runningOn } from '../capacity/load.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost, hostsOf, placementOf } from '../design/placement.ts';
import { rackOf, sitesOf } from '../design/things.ts';
import { estimatesFor, gaugesOf, type PlanLimits } from './gauges.ts';
import type { PlanModel, PlanUnit, Spread } from './model.ts';
import { barTo, boundReason, closedReason, ruleBar } from './reach.ts';

/** Hosts that a plan looks at; of more, those with least load. */
const MOST_HOSTS = 64;

/** A part of a design as a model, with what its indices stand for. */
export interface Estate {
  readonly model: PlanModel;
  readonly hosts: readonly Entity[];
  /** VMs of each unit. */
  readonly vmsOf: readonly (readonly Entity[])[];
}

/** VMs of which at most so many may share a host (rack, site), beside those that an `apart` states. */
export interface Separated {
  readonly label: string;
  readonly vms: readonly Entity[];
  readonly most: number;
  readonly by?: Separation;
}

/** Hosts between which VMs may move: those of a cluster, or single ones of the same site and hypervisor. */
export function peersOf(host: Entity): readonly Entity[] {
  const cluster = clusterOfHost(host);
  if (cluster) return hostsOf(cluster);
  const sites = sitesOf(host);
  const { hypervisor } = hostSupply(host);
  return [...host.design.members('host')].filter(
    (other) =>
      other === host ||
      (!clusterOfHost(other) &&
        hostSupply(other).hypervisor === hypervisor &&
        sitesOf(other).length === sites.length &&
        sitesOf(other).every((site) => sites.includes(site))),
  );
}

/** The running VMs of some hosts, and what keeps them where they are. `anchors` are hosts that must not be left out. */
export function estateOf(
  all: readonly Entity[],
  limits: PlanLimits,
  anchors: readonly Entity[],
  separated: readonly Separated[] = [],
): Estate {
  const hosts = emptiest(all, anchors);
  const indexOf = new Map(hosts.map((host, index) => [host, index]));
  const rules = rulesFor(hosts);
  const vmsOf = hosts.flatMap((host) => glued(runningOn(host), rules));
  const vms = vmsOf.flat();
  const windows = [...new Set(vms.flatMap((vm) => vmFacts(vm).peaks.map((peak) => peak.window)))];
  const estimates = estimatesFor(hosts);
  const missing = missingFigures(hosts);
  return {
    hosts,
    vmsOf,
    model: {
      hosts: hosts.map((host) => ({
        name: host.name,
        gauges: gaugesOf(host, vmsOf, limits, estimates, windows),
        closed: closedReason(host) ?? missing.get(host),
      })),
      units: vmsOf.map((own) => unitOf(own, hosts, indexOf, rules)),
      spreads: [
        ...rules.flatMap((rule) => (rule.kind === 'apart' ? [spreadOfRule(rule, hosts, vmsOf)] : [])),
        ...separated.map(({ label, vms: members, most, by }) =>
          spreadOf(label, members, most, by ?? 'host', hosts, vmsOf),
        ),
      ].filter((spread) => spread.members.size > 0),
    },
  };
}

function rulesFor(hosts: readonly Entity[]): readonly Affinity[] {
  const [first] = hosts;
  if (!first) return [];
  const inside = new Set(hosts);
  return affinities(first.design).filter((rule) =>
    rule.vms.some((vm) => {
      const { host } = placementOf(vm);
      return host !== undefined && inside.has(host);
    }),
  );
}

/** VMs in groups that move as one: those that a rule keeps together on a host. */
function glued(vms: readonly Entity[], rules: readonly Affinity[]): Entity[][] {
  const groupOf = new Map<Entity, Entity[]>(vms.map((vm) => [vm, [vm]]));
  for (const rule of rules) {
    if (rule.kind !== 'together' || rule.by !== 'host') continue;
    const groups = new Set(rule.vms.flatMap((vm) => [groupOf.get(vm) ?? []]).filter((group) => group.length > 0));
    const joined = [...groups].flat();
    for (const vm of joined) groupOf.set(vm, joined);
  }
  return [...new Set(groupOf.values())];
}

function unitOf(
  vms: readonly Entity[],
  hosts: readonly Entity[],
  indexOf: ReadonlyMap<Entity, number>,
  rules: readonly Affinity[],
): PlanUnit {
  const [first] = vms;
  const home = first && placementOf(first).host;
  const bound = vms.map(boundReason).find((reason) => reason !== undefined);
  const known = new Map<number, string | undefined>();
  const barAt = (index: number): string | undefined => {
    if (bound !== undefined) return bound;
    const host = hosts[index];
    for (const vm of vms) {
      const reason = host && home ? (barTo(vm, home, host) ?? togetherBar(vm, home, host, rules)) : ruleBar(vm, host);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  return {
    names: vms.map((vm) => vm.name),
    host: (home && indexOf.get(home)) ?? -1,
    memory: vms.reduce((sum, vm) => sum + (vmFacts(vm).memory ?? 0), 0),
    bar: (index) => {
      if (!known.has(index)) known.set(index, barAt(index));
      return known.get(index);
    },
  };
}

/** A member of a group that must be together may only go where others of it are, or stay in their rack or site. */
function togetherBar(vm: Entity, home: Entity, host: Entity, rules: readonly Affinity[]): string | undefined {
  for (const rule of rules) {
    if (rule.kind !== 'together' || !rule.vms.includes(vm)) continue;
    const others = rule.vms.flatMap((other) => (other === vm ? [] : (placementOf(other).host ?? [])));
    const isElsewhere = rule.by === 'host' ? others.every((other) => other === home) : false;
    const places = rule.by === 'host' ? others : [home, ...others];
    if (places.length === 0 || isElsewhere) continue;
    const place = placeOf(host, rule.by);
    if (place !== undefined && !places.some((other) => placeOf(other, rule.by) === place))
      return `${vm.name} must be together with others`;
  }
  return undefined;
}

function placeOf(host: Entity, by: Separation): Entity | undefined {
  switch (by) {
    case 'host':
      return host;
    case 'rack':
      return rackOf(host);
    case 'cluster':
      return clusterOfHost(host);
    case 'site': {
      const sites = sitesOf(host);
      return sites.length === 1 ? sites[0] : undefined;
    }
    default:
      return undefined;
  }
}

/** With more VMs than places, as even a spread as there can be is all that a rule can ask. */
function spreadOfRule(rule: Affinity, hosts: readonly Entity[], vmsOf: readonly (readonly Entity[])[]): Spread {
  const places = new Set(
    hosts.filter((host) => closedReason(host) === undefined).map((host) => placeOf(host, rule.by)),
  );
  const most = Math.max(1, Math.ceil(rule.vms.length / Math.max(1, places.size)));
  return spreadOf(labelOf(rule), rule.vms, most, rule.by, hosts, vmsOf);
}

/** How a rule is called where it stands in the way, and by which its spread is found again. */
export function labelOf(rule: Affinity): string {
  const [a, b] = rule.vms;
  const more = rule.vms.length > 2 ? ` and ${rule.vms.length - 2} more` : '';
  return `the rule that keeps ${a?.name}, ${b?.name}${more} apart by ${rule.by}`;
}

function spreadOf(
  label: string,
  vms: readonly Entity[],
  most: number,
  by: Separation,
  hosts: readonly Entity[],
  vmsOf: readonly (readonly Entity[])[],
): Spread {
  const wanted = new Set(vms);
  const members = new Map<number, number>();
  for (const [unit, own] of vmsOf.entries()) {
    const count = own.filter((vm) => wanted.has(vm)).length;
    if (count > 0) members.set(unit, count);
  }
  const places = hosts.map((host) => placeOf(host, by));
  return { label, members, most, placeOf: places.map((place) => (place ? places.indexOf(place) : -1)) };
}

/** Hosts of which less is known than of their peers: what would run there could not be checked. */
function missingFigures(hosts: readonly Entity[]): ReadonlyMap<Entity, string> {
  const missing = new Map<Entity, string>();
  const figures = [
    ['cores', (host: Entity) => hostSupply(host).cores],
    ['clock', (host: Entity) => hostSupply(host).clock],
    ['memory', (host: Entity) => hostSupply(host).installedMemory],
  ] as const;
  for (const [label, read] of figures) {
    if (hosts.every((host) => read(host) === undefined)) continue;
    for (const host of hosts)
      if (read(host) === undefined && !missing.has(host)) missing.set(host, `does not state its ${label}`);
  }
  return missing;
}

function emptiest(hosts: readonly Entity[], anchors: readonly Entity[]): readonly Entity[] {
  if (hosts.length <= MOST_HOSTS) return hosts;
  const fullness = (host: Entity) => {
    const { cpu, memory } = hostUse(host);
    return Math.max(cpu?.value ?? 0, memory?.value ?? 0);
  };
  const kept = new Set(anchors);
  const sorted = hosts.filter((host) => !kept.has(host)).map((host) => ({ host, fullness: fullness(host) }));
  sorted.sort((a, b) => a.fullness - b.fullness);
  for (const { host } of sorted.slice(0, Math.max(0, MOST_HOSTS - kept.size))) kept.add(host);
  return hosts.filter((host) => kept.has(host));
}
