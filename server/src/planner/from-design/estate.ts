import { type Affinity, affinities } from '../../capacity/affinity.ts';
import { hostSupply } from '../../capacity/host.ts';
import { hostUse, runningOn } from '../../capacity/load.ts';
import { moveCost } from '../../capacity/moves.ts';
import { vmFacts } from '../../capacity/vm.ts';
import type { Entity } from '../../design/declaration.ts';
import { clusterOfHost, hostsOf, placementOf, vmsOn } from '../../design/placement.ts';
import { sitesOf } from '../../design/things.ts';
import { blankProblem } from '../make-problem.ts';
import type { Problem } from '../problem.ts';
import { barTo, boundReason, closedReason, newcomerBar } from '../reach.ts';
import { estimatesFor, type GaugeInputs, gaugesOf, type HostGauge, type PlanLimits } from './gauges.ts';
import { Reasons } from './reasons.ts';
import { reservesOf } from './reserves.ts';
import { type Grouped, gluedIn, rulesOf, type Separated } from './rules.ts';
import { spreadsOf } from './spreads.ts';

/** Hosts that a plan looks at; of more, those with least load. */
const MOST_HOSTS = 200;

/** What a plan is about. */
export interface Scope {
  /** Hosts between which VMs may move. */
  readonly hosts: readonly Entity[];
  /** Of them, those that must not be left out where there are too many. */
  readonly anchors: readonly Entity[];
  /** Hosts of which VMs that are switched off move, too. */
  readonly emptied?: readonly Entity[];
  /** VMs that run on no host yet. */
  readonly newcomers?: readonly Entity[];
  /** VMs of which at most so many may share a place, beside those that the design keeps apart. */
  readonly separated?: readonly Separated[];
  /** Hosts that have to survive losses, and are to be asked whether they do. */
  readonly cluster?: Entity | undefined;
  /** What to survive where the cluster does not say. */
  readonly losesOneHost?: boolean;
}

/** A part of a design as a problem, with what its indices stand for. */
export interface Estate {
  readonly problem: Problem;
  readonly hosts: readonly Entity[];
  /** VMs of each unit: one, or those that must stay together on a host. */
  readonly vmsOf: readonly (readonly Entity[])[];
  /** By host and resource. */
  readonly gauges: readonly (HostGauge | undefined)[];
  /** Rules of the problem that stand for `separated`, in their order; undefined where none of its VMs is here. */
  readonly separations: readonly (number | undefined)[];
  /** Rules of the design, by their index in the problem. */
  readonly rules: ReadonlyMap<number, Affinity>;
  /** Keys of measures that were taken of hosts as a whole, and are reckoned for their VMs. */
  readonly estimated: ReadonlySet<string>;
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

/**
 * The VMs of some hosts, what they take, and what keeps them where they are, as a problem without an aim: `hard` limits
 * and evacuations are for whoever knows what the plan is for.
 */
export function estateOf(scope: Scope, limits: PlanLimits): Estate {
  const hosts = emptiest(scope.hosts, scope.anchors);
  const emptied = new Set(scope.emptied);
  const { newcomers = [] } = scope;
  const affine = rulesFor(hosts, newcomers);
  const vmsOf = [
    ...hosts.flatMap((host) => gluedIn(emptied.has(host) ? vmsOn(host) : runningOn(host), affine)),
    ...gluedIn(newcomers, affine),
  ];
  const vms = vmsOf.flat();
  const facts = vms.map(vmFacts);
  const inputs: GaugeInputs = {
    limits,
    estimates: estimatesFor(hosts),
    windows: [...new Set(facts.flatMap(({ peaks }) => peaks.map(({ window }) => window)))],
    workloads: [...new Set(facts.flatMap(({ workload }) => workload ?? []))].sort(),
  };
  const gauged = hosts.map((host) => gaugesOf(host, inputs));
  const reasons = new Reasons();
  const idle = new Set(hosts.flatMap((host) => (emptied.has(host) ? restingOn(host) : [])));
  const filled = fillTables(hosts, vmsOf, idle, gauged, reasons);
  const grouped: Grouped = { hosts, vmsOf, home: filled.problem.units.home };
  const design = hosts[0]?.design;
  const wanted = scope.separated ?? [];
  const separated = [...wanted, ...(design ? spreadsOf(design, vms, hosts) : [])];
  const rules = rulesOf(grouped, affine, separated);
  const problem: Problem = {
    ...filled.problem,
    rules: rules.list,
    reserves: scope.cluster ? reservesOf(scope.cluster, filled, hosts, scope.losesOneHost ?? false) : [],
    reasons: reasons.texts,
  };
  const { cpu, activeMemory } = inputs.estimates;
  return {
    problem,
    hosts,
    vmsOf,
    gauges: filled.gauges,
    separations: rules.separations.slice(0, wanted.length),
    rules: rules.ofDesign,
    estimated: new Set([...(cpu.size > 0 ? ['CPU'] : []), ...(activeMemory.size > 0 ? ['active memory'] : [])]),
  };
}

/** Rules of the plan that speak of VMs here. */
function rulesFor(hosts: readonly Entity[], newcomers: readonly Entity[]): readonly Affinity[] {
  const design = (hosts[0] ?? newcomers[0])?.design;
  if (!design) return [];
  const inside = new Set(hosts);
  const fresh = new Set(newcomers);
  return affinities(design).filter((rule) =>
    rule.vms.some((vm) => {
      const { host } = placementOf(vm);
      return fresh.has(vm) || (host !== undefined && inside.has(host));
    }),
  );
}

/** Hosts and units with what they offer and take. */
export interface Tables {
  readonly problem: Problem;
  readonly gauges: readonly (HostGauge | undefined)[];
}

function fillTables(
  hosts: readonly Entity[],
  vmsOf: readonly (readonly Entity[])[],
  idle: ReadonlySet<Entity>,
  gauged: readonly (readonly HostGauge[])[],
  reasons: Reasons,
): Tables {
  const keys = [...new Set(gauged.flatMap((list) => list.map(({ key }) => key)))];
  const gauges = gauged.flatMap((list) => keys.map((key) => list.find((gauge) => gauge.key === key)));
  const examples = keys.map((_, r) => kindsIn(hosts.map((_host, host) => gauges[host * keys.length + r])));
  const problem = blankProblem(
    hosts.length,
    vmsOf.length,
    keys.map((key, r) => {
      const { label = key, balance = 0 } = examples[r]?.kinds[0] ?? {};
      return { key, label, balance, kindOf: examples[r]?.kindOf ?? new Int32Array(hosts.length) };
    }),
  );
  for (const [r, { demand, kinds }] of problem.resources.entries()) {
    for (const [unit, vms] of vmsOf.entries())
      for (const [kind, gauge] of (examples[r]?.kinds ?? []).entries())
        demand[unit * kinds + kind] = vms.reduce((sum, vm) => sum + (idle.has(vm) ? 0 : gauge.demand(vm)), 0);
  }
  for (const [at, gauge] of gauges.entries()) {
    if (!gauge) continue;
    problem.hosts.capacity[at] = gauge.capacity;
    problem.hosts.warn[at] = gauge.thresholds[0] ?? Number.POSITIVE_INFINITY;
    problem.hosts.error[at] = gauge.error ?? Number.POSITIVE_INFINITY;
  }
  const missing = missingFigures(hosts);
  for (const [host, entity] of hosts.entries()) {
    const reason = closedReason(entity) ?? missing.get(entity);
    problem.hosts.closed[host] = reasons.codeOf(reason);
    problem.hosts.balanced[host] = reason === undefined ? 1 : 0;
  }
  return { problem: withUnits(problem, hosts, vmsOf, reasons), gauges };
}

/** VMs of a host that take nothing of it. */
function restingOn(host: Entity): readonly Entity[] {
  const running = new Set(runningOn(host));
  return vmsOn(host).filter((vm) => !running.has(vm));
}

/** Gauges of one key that ask the same of every VM are of one kind. */
function kindsIn(gauges: readonly (HostGauge | undefined)[]) {
  const kinds: HostGauge[] = [];
  const kindOf = Int32Array.from(gauges, (gauge) => {
    if (!gauge) return -1;
    const known = kinds.findIndex(({ kind }) => kind === gauge.kind);
    return known >= 0 ? known : kinds.push(gauge) - 1;
  });
  return { kinds, kindOf };
}

function withUnits(
  problem: Problem,
  hosts: readonly Entity[],
  vmsOf: readonly (readonly Entity[])[],
  reasons: Reasons,
): Problem {
  const { units } = problem;
  const indexOf = new Map(hosts.map((host, index) => [host, index]));
  const teams = new Map<string, number>();
  const rows = new Map<string, number>();
  const bars: number[] = [];
  for (const [unit, vms] of vmsOf.entries()) {
    const [first] = vms;
    if (!first) continue;
    const home = placementOf(first).host;
    units.home[unit] = (home && indexOf.get(home)) ?? -1;
    const bound = vms.map(boundReason).find((reason) => reason !== undefined);
    units.pinned[unit] = home ? reasons.codeOf(bound) : 0;
    const row = hosts.map((host) => reasons.codeOf(vms.flatMap((vm) => barOf(vm, home, host, hosts) ?? [])[0]));
    units.barRow[unit] = rowOf(row, rows, bars);
    for (const vm of vms) {
      const to = hosts.find((host) => host !== home);
      const cost = home && to ? moveCost({ vm, from: home, to }) : undefined;
      const { memory } = vmFacts(vm);
      units.data[unit] = (units.data[unit] ?? 0) + (cost?.method === 'off' ? 0 : (memory ?? 0));
      units.sessions[unit] = (units.sessions[unit] ?? 0) + (cost?.sessions ?? 0);
      const [team] = cost?.teams ?? [];
      if (team === undefined) continue;
      if (!teams.has(team)) teams.set(team, teams.size);
      units.team[unit] = teams.get(team) ?? -1;
    }
  }
  return { ...problem, units: { ...units, bars: Uint16Array.from(bars) } };
}

function barOf(vm: Entity, home: Entity | undefined, host: Entity, peers: readonly Entity[]): string | undefined {
  if (host === home) return undefined;
  return home ? barTo(vm, home, host) : newcomerBar(vm, host, peers);
}

/** Units that are barred alike share a row; -1 where nothing is barred. */
function rowOf(row: readonly number[], rows: Map<string, number>, bars: number[]): number {
  if (row.every((code) => code === 0)) return -1;
  const key = row.join(' ');
  const known = rows.get(key);
  if (known !== undefined) return known;
  rows.set(key, rows.size);
  bars.push(...row);
  return rows.size - 1;
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
