import { type Affinity, affinitiesOf, domainOf } from '../../capacity/affinity.ts';
import { carriesLoad } from '../../capacity/host.ts';
import { rangesOf } from '../../capacity/replicas.ts';
import { runningMembers } from '../../capacity/sessions.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { clusterOfHost, placementOf } from '../../design/placement.ts';
import { estateOf, peersOf } from '../../planner/from-design/estate.ts';
import { estimatesFor } from '../../planner/from-design/gauges.ts';
import { hostsOfVms, type Separated } from '../../planner/from-design/rules.ts';
import { relieving } from '../../planner/make-problem.ts';
import { checkDesign, type Finding } from '../../rules/run.ts';
import { PLAN_LIMITS } from './limits.ts';
import { presentOf, type Tasked } from './tasks.ts';

/** Rules about what a host carries. */
const HOST_RULES: ReadonlySet<string> = new Set([
  'host-cpu-overloaded',
  'host-memory-overcommitted',
  'host-memory-active-high',
  'reservations-exceed-memory',
  'vcpu-ratio-high',
  'uplinks-overloaded',
  'uplink-loss-unsurvivable',
]);

/** Rules about VMs that should not share a host. */
const SPREAD_RULES: ReadonlySet<string> = new Set(['apart-broken', 'replicas-share-host', 'quorum-lost-with-host']);

/** What would mend a finding. `tightness`: how much stricter than the least that might do. */
export function findingTask(design: Design, finding: Finding, tightness: number): Tasked {
  const { rule, entity } = finding;
  const subject = presentOf(design, entity);
  if (!subject) return { reason: `${entity.name} is not in the design any more` };
  if (HOST_RULES.has(rule.id)) return relief(subject, rule.id);
  if (!SPREAD_RULES.has(rule.id)) return { reason: 'moving VMs is not tried for this rule' };
  const wanted = wantedFor(rule.id, subject, tightness);
  return 'reason' in wanted ? wanted : spreading([wanted], wanted.subject);
}

function relief(host: Entity, rule: string): Tasked {
  const estimates = estimatesFor([host]);
  const isMeasured =
    (rule === 'host-cpu-overloaded' && estimates.cpu.size > 0) ||
    (rule === 'host-memory-active-high' && estimates.activeMemory.size > 0);
  if (isMeasured)
    return { reason: `it was measured on ${host.name} as a whole; state the demand of its VMs to plan by them` };
  const peers = peersOf(host);
  if (peers.length < 2) return { reason: `there is no other host that the VMs of ${host.name} could move to` };
  const estate = estateOf({ hosts: peers, anchors: [host], cluster: clusterOfHost(host) }, PLAN_LIMITS);
  const index = estate.hosts.indexOf(host);
  const { length } = estate.problem.resources;
  const gauges = estate.problem.resources.flatMap((_, resource) =>
    estate.gauges[index * length + resource]?.rule === rule ? [{ host: index, resource }] : [],
  );
  if (gauges.length === 0) return { reason: 'what is too much does not come from VMs that could move' };
  return {
    estate,
    problem: { ...relieving(estate.problem, { gauges, rules: [] }), model: index },
    subject: host.name,
    aim: `relieve ${host.name}`,
    like: host,
    canTighten: false,
    isDone: () => true,
  };
}

/** Groups of VMs that have to be parted further, beside rules of the design that are broken. */
interface Wanted {
  readonly subject: string;
  readonly broken: readonly Affinity[];
  readonly separated: readonly Separated[];
  /** VMs that it is about. */
  readonly vms: readonly Entity[];
}

function wantedFor(rule: string, subject: Entity, tightness: number): Wanted | { readonly reason: string } {
  if (rule === 'apart-broken') return brokenAt(subject);
  const members = runningMembers(subject);
  return parting(subject, rule === 'replicas-share-host' ? rangesOf(members) : [members], tightness);
}

function brokenAt(vm: Entity): Wanted | { readonly reason: string } {
  const broken = affinitiesOf(vm).filter((rule) => rule.kind === 'apart' && isBroken(rule, vm));
  const [first] = broken;
  if (!first || !placementOf(vm).host) return { reason: 'the VMs run on no stated host' };
  const [a, b] = first.vms;
  const more = first.vms.length > 2 ? ` and ${first.vms.length - 2} more` : '';
  return { subject: `${a?.name}, ${b?.name}${more}`, broken, separated: [], vms: broken.flatMap((rule) => rule.vms) };
}

function isBroken(rule: Affinity, vm: Entity): boolean {
  const own = domainOf(vm, rule.by);
  return own !== undefined && rule.vms.some((other) => other !== vm && domainOf(other, rule.by) === own);
}

/** The replicas of an application over more hosts: in each group at least one fewer on the host that has most of them. */
function parting(
  app: Entity,
  groups: readonly (readonly Entity[])[],
  tightness: number,
): Wanted | { readonly reason: string } {
  const [first] = groups.flatMap((group) => hostsOfVms(group));
  if (!first) return { reason: 'the VMs run on no stated host' };
  const live = peersOf(first).filter(carriesLoad).length;
  const separated = groups.flatMap((vms): Separated[] => {
    const most = mostOnOne(vms);
    const least = Math.ceil(vms.length / Math.max(1, live));
    const wanted = most - 1 - tightness;
    return wanted < least ? [] : [{ label: `the spread of ${app.name}`, vms, most: wanted }];
  });
  if (separated.length === 0) return { reason: `${app.name} is spread over its hosts as far as it goes` };
  return { subject: app.name, broken: [], separated, vms: groups.flat() };
}

function spreading(wanted: readonly Wanted[], subject: string): Tasked {
  const anchors = hostsOfVms(wanted.flatMap(({ vms }) => vms));
  const [first] = anchors;
  if (!first) return { reason: 'the VMs run on no stated host' };
  const separated = wanted.flatMap((one) => one.separated);
  const broken = new Set(wanted.flatMap((one) => one.broken.map(({ text }) => text)));
  const estate = estateOf({ hosts: peersOf(first), anchors, separated, cluster: clusterOfHost(first) }, PLAN_LIMITS);
  const rules = [
    ...estate.separations.flatMap((rule) => rule ?? []),
    ...[...estate.rules].flatMap(([index, rule]) => (broken.has(rule.text) ? [index] : [])),
  ];
  return {
    estate,
    problem: { ...relieving(estate.problem, { gauges: [], rules }), model: estate.hosts.indexOf(first) },
    subject,
    aim: `spread ${subject}`,
    like: first,
    canTighten: separated.length > 0,
    isDone: () => true,
  };
}

/** Everything that rules find to share a host in a cluster, parted at once. */
export function spreadTask(cluster: Entity, tightness: number): Tasked {
  const found = spreadFindings(cluster);
  if (found.length === 0) return { nothing: `nothing of ${cluster.name} shares a host that should not` };
  const wanted = found.map(({ rule, entity }) => wantedFor(rule.id, entity, tightness));
  const possible = wanted.flatMap((one) => ('reason' in one ? [] : [one]));
  const [first] = wanted;
  if (possible.length === 0) return first && 'reason' in first ? first : { reason: 'the VMs run on no stated host' };
  const subjects = [...new Set(possible.map(({ subject }) => subject))];
  const more = subjects.length > 3 ? ` and ${subjects.length - 3} more` : '';
  const task = spreading(possible, `${subjects.slice(0, 3).join(', ')}${more}`);
  if (!('problem' in task)) return task;
  const name = cluster.name;
  return {
    ...task,
    isDone: (design) => {
      const [now] = design.names.read('cluster', name).entities;
      return now !== undefined && spreadFindings(now).length < found.length;
    },
  };
}

export function spreadFindings(cluster: Entity): readonly Finding[] {
  return checkDesign(cluster.design).findings.filter(({ rule, entity, silencedBy }) => {
    if (silencedBy || !SPREAD_RULES.has(rule.id)) return false;
    const vms = entity.kind === 'app' ? runningMembers(entity) : [entity];
    return vms.some((vm) => placementOf(vm).cluster === cluster);
  });
}

function mostOnOne(vms: readonly Entity[]): number {
  const counts = new Map<Entity, number>();
  for (const vm of vms) {
    const { host } = placementOf(vm);
    if (host) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
