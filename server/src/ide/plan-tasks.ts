import { type Affinity, affinitiesOf, domainOf } from '../capacity/affinity.ts';
import { carriesLoad } from '../capacity/host.ts';
import { runningMembers } from '../capacity/sessions.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { placementOf } from '../design/placement.ts';
import { policyFor } from '../design/policy.ts';
import { type Estate, estateOf, labelOf, peersOf, type Separated } from '../planner/estate.ts';
import { estimatesFor, type PlanLimits, workloadOf } from '../planner/gauges.ts';
import type { Goal } from '../planner/model.ts';
import { RULES } from '../rules/index.ts';
import { limitsFor } from '../rules/rule.ts';
import type { Finding } from '../rules/run.ts';
import { USUAL_RATIOS, vcpuRatioHigh } from '../rules/vcpu-ratio-high.ts';

/** What a plan is to reach, and on which hosts. */
export interface Setting {
  readonly estate: Estate;
  readonly goal: Goal;
  /** The host that is to be relieved, or what is to be spread. */
  readonly subject: string;
  /** Whether a stricter goal can be tried if this one leaves the finding. */
  readonly canTighten: boolean;
}

/** Rules about what a host carries. */
const HOST_RULES: ReadonlySet<string> = new Set([
  'host-cpu-overloaded',
  'host-memory-overcommitted',
  'host-memory-active-high',
  'vcpu-ratio-high',
  'uplinks-overloaded',
  'uplink-loss-unsurvivable',
]);

/** What would mend a finding. `tightness`: how much stricter than the least that might do. */
export function settingFor(design: Design, finding: Finding, tightness: number): Setting | { readonly reason: string } {
  const { rule, entity } = finding;
  const subject = presentOf(design, entity);
  if (!subject) return { reason: `${entity.name} is not in the design any more` };
  if (HOST_RULES.has(rule.id)) return relief(subject, rule.id);
  if (rule.id === 'apart-broken') return separation(subject);
  if (rule.id === 'replicas-share-host') return spreading(subject, rangesOf(runningMembers(subject)), tightness);
  if (rule.id === 'quorum-lost-with-host') return spreading(subject, [runningMembers(subject)], tightness);
  return { reason: 'moving VMs is not tried for this rule' };
}

/** The entity that stands now for one that an edit may have made anew. */
export function presentOf(design: Design, entity: Entity): Entity | undefined {
  const id = entityId(entity);
  return design.names.read(entity.kind, entity.name).entities.find((one) => entityId(one) === id);
}

function relief(host: Entity, rule: string): Setting | { readonly reason: string } {
  const estimates = estimatesFor([host]);
  const isMeasured =
    (rule === 'host-cpu-overloaded' && estimates.cpu.size > 0) ||
    (rule === 'host-memory-active-high' && estimates.activeMemory.size > 0);
  if (isMeasured)
    return { reason: `it was measured on ${host.name} as a whole; state the demand of its VMs to plan by them` };
  const peers = peersOf(host);
  if (peers.length < 2) return { reason: `there is no other host that the VMs of ${host.name} could move to` };
  const estate = estateOf(peers, PLAN_LIMITS, [host]);
  const index = estate.hosts.indexOf(host);
  return { estate, goal: { kind: 'host', host: index, rule }, subject: host.name, canTighten: false };
}

function separation(vm: Entity): Setting | { readonly reason: string } {
  const broken = affinitiesOf(vm).filter((rule) => rule.kind === 'apart' && isBroken(rule, vm));
  const { host } = placementOf(vm);
  if (broken.length === 0 || !host) return { reason: 'the VMs run on no stated host' };
  const members = broken.flatMap((rule) => rule.vms);
  const estate = estateOf(peersOf(host), PLAN_LIMITS, hostsOfVms(members));
  const labels = new Set(broken.map(labelOf));
  const spreads = estate.model.spreads.flatMap(({ label }, index) => (labels.has(label) ? [index] : []));
  const [a, b] = broken[0]?.vms ?? [];
  const more = (broken[0]?.vms.length ?? 0) > 2 ? ` and ${(broken[0]?.vms.length ?? 0) - 2} more` : '';
  const subject = `${a?.name}, ${b?.name}${more}`;
  return { estate, goal: { kind: 'spreads', spreads }, subject, canTighten: false };
}

function isBroken(rule: Affinity, vm: Entity): boolean {
  const own = domainOf(vm, rule.by);
  return own !== undefined && rule.vms.some((other) => other !== vm && domainOf(other, rule.by) === own);
}

/** The replicas of an application over more hosts: in each group at least one fewer on the host that has most of them. */
function spreading(
  app: Entity,
  groups: readonly (readonly Entity[])[],
  tightness: number,
): Setting | { readonly reason: string } {
  const [first] = groups.flatMap((group) => hostsOfVms(group));
  if (!first) return { reason: 'the VMs run on no stated host' };
  const peers = peersOf(first);
  const live = peers.filter(carriesLoad).length;
  const separated = groups.flatMap((vms): Separated[] => {
    const most = mostOnOne(vms);
    const least = Math.ceil(vms.length / Math.max(1, live));
    const wanted = most - 1 - tightness;
    return wanted < least ? [] : [{ label: `the spread of ${app.name}`, vms, most: wanted }];
  });
  if (separated.length === 0) return { reason: `${app.name} is spread over its hosts as far as it goes` };
  const estate = estateOf(peers, PLAN_LIMITS, hostsOfVms(groups.flat()), separated);
  const spreads = estate.model.spreads.flatMap(({ label }, index) => (label === separated[0]?.label ? [index] : []));
  return { estate, goal: { kind: 'spreads', spreads }, subject: app.name, canTighten: true };
}

function hostsOfVms(vms: readonly Entity[]): Entity[] {
  return [...new Set(vms.flatMap((vm) => placementOf(vm).host ?? []))];
}

function mostOnOne(vms: readonly Entity[]): number {
  const counts = new Map<Entity, number>();
  for (const vm of vms) {
    const { host } = placementOf(vm);
    if (host) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** VMs of one declaration, where it declares more than one. */
function rangesOf(vms: readonly Entity[]): readonly (readonly Entity[])[] {
  const ranges = new Map<unknown, Entity[]>();
  for (const vm of vms) ranges.set(vm.declaration, [...(ranges.get(vm.declaration) ?? []), vm]);
  return [...ranges.values()].filter((range) => range.length > 1);
}

/** The limits of the rules, as the policies of the design set them. */
export const PLAN_LIMITS: PlanLimits = {
  share: (id, host) => {
    const rule = RULES.find((one) => one.id === id);
    if (!rule) return undefined;
    const policy = policyFor(host, id);
    const limits = limitsFor(rule, policy);
    const all = Object.values(limits);
    return policy.isOff || all.length === 0 ? undefined : { first: Math.min(...all), error: limits.error };
  },
  vcpusPerCore: (host, workload) => {
    const policy = policyFor(host, vcpuRatioHigh.id);
    if (policy.isOff) return undefined;
    const usual = USUAL_RATIOS[workload ?? workloadOf(host) ?? 'server'] ?? USUAL_RATIOS.server ?? 4;
    return Math.min(policy.warn?.value ?? usual, policy.info?.value ?? Number.POSITIVE_INFINITY);
  },
};
