import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { placementOf } from '../design/placement.ts';
import { type Affinity, affinities, affinitiesOf, type Separation } from './affinity.ts';
import { liveHosts } from './cluster.ts';
import { hostSupply } from './host.ts';
import { cpuDemandOn, memoryDemandOn } from './load.ts';
import { isRunning, vmFacts } from './vm.ts';

/** Rules that must be kept and cannot be. `rule` is the one that gives way, `others` what stands against it. */
export type Contradiction = {
  readonly rule: Affinity;
  readonly others: readonly Affinity[];
  readonly vms: readonly Entity[];
} & (
  | { readonly kind: 'apart' | 'no-host' }
  | {
      readonly kind: 'too-large';
      readonly what: 'CPU' | 'memory';
      readonly needed: number;
      readonly largest: number;
      readonly host: Entity;
    }
);

/** What lies within what: who shares the finer shares the wider as well. A cluster may span racks and sites. */
const WIDER: Readonly<Record<Separation, readonly Separation[]>> = {
  host: ['host', 'rack', 'cluster', 'site'],
  rack: ['rack', 'site'],
  cluster: ['cluster'],
  site: ['site'],
  datastore: ['datastore', 'array'],
  array: ['array'],
  switch: ['switch'],
};

/** VMs that rules keep together by one thing, directly or by a chain, with those rules. */
export interface Bond {
  readonly by: Separation;
  readonly vms: ReadonlySet<Entity>;
  readonly rules: readonly Affinity[];
}

export const bondsIn = derive((design: Design): readonly Bond[] => {
  const bonds: { by: Separation; vms: Set<Entity>; rules: Affinity[] }[] = [];
  for (const rule of affinities(design)) {
    if (rule.kind !== 'together' || !rule.isMust || rule.vms.length < 2) continue;
    const joined = bonds.filter((bond) => bond.by === rule.by && rule.vms.some((vm) => bond.vms.has(vm)));
    const [first = { by: rule.by, vms: new Set<Entity>(), rules: [] }, ...rest] = joined;
    for (const bond of rest) {
      for (const vm of bond.vms) first.vms.add(vm);
      first.rules.push(...bond.rules);
      bonds.splice(bonds.indexOf(bond), 1);
    }
    for (const vm of rule.vms) first.vms.add(vm);
    first.rules.push(rule);
    if (joined.length === 0) bonds.push(first);
  }
  return bonds;
});

/** By the VM that tells of it: the first of the rule that gives way. */
const contradictionsByVm = derive((design: Design): ReadonlyMap<Entity, readonly Contradiction[]> => {
  const found = new Map<Entity, Contradiction[]>();
  const add = (contradiction: Contradiction | undefined) => {
    const [teller] = contradiction?.rule.vms ?? [];
    if (contradiction && teller) found.set(teller, [...(found.get(teller) ?? []), contradiction]);
  };
  for (const rule of affinities(design)) if (rule.kind === 'apart' && rule.isMust) add(brokenApart(design, rule));
  for (const bond of bondsIn(design)) {
    if (bond.by !== 'host') continue;
    add(tooLarge(bond));
  }
  for (const [vms, rules] of kept(design)) add(withoutHost(vms, rules));
  return found;
});

/** The contradictions that a VM tells of. */
export function contradictionsAt(vm: Entity): readonly Contradiction[] {
  return affinitiesOf(vm).length > 0 ? (contradictionsByVm(vm.design).get(vm) ?? []) : [];
}

function brokenApart(design: Design, rule: Affinity): Contradiction | undefined {
  for (const bond of bondsIn(design)) {
    if (!WIDER[bond.by].includes(rule.by)) continue;
    const vms = rule.vms.filter((vm) => bond.vms.has(vm));
    if (vms.length > 1) return { kind: 'apart', rule, others: bond.rules, vms };
  }
  return undefined;
}

/** VMs that must share a host and are too much for the largest one of their cluster. VMs that are off count: they were meant to run. */
function tooLarge({ vms: all, rules }: Bond): Contradiction | undefined {
  const vms = [...all].filter(isRunning);
  const clusters = new Set(vms.flatMap((vm) => placementOf(vm).cluster ?? []));
  const [cluster] = clusters;
  const [rule] = rules;
  if (!cluster || !rule || clusters.size > 1) return undefined;
  const hosts = liveHosts(cluster);
  for (const what of ['memory', 'CPU'] as const) {
    let best: { readonly host: Entity; readonly needed: number; readonly largest: number } | undefined;
    for (const host of hosts) {
      const { cpu, memory, clock, hypervisor } = hostSupply(host);
      const largest = (what === 'CPU' ? cpu : memory)?.value;
      if (largest === undefined) {
        best = undefined;
        break;
      }
      const needed = vms.reduce((sum, vm) => {
        const facts = vmFacts(vm);
        return sum + ((what === 'CPU' ? cpuDemandOn(facts, clock, undefined) : memoryDemandOn(facts, hypervisor)) ?? 0);
      }, 0);
      if (!best || largest - needed > best.largest - best.needed) best = { host, needed, largest };
    }
    if (best && best.needed > best.largest * (1 + 1e-9))
      return { kind: 'too-large', rule, others: [], vms, what, ...best };
  }
  return undefined;
}

/** Each VM, or all of those that must share its host, with the rules that keep it on and off hosts. */
function* kept(design: Design): Generator<readonly [readonly Entity[], readonly Affinity[]]> {
  const bound = new Map<Entity, ReadonlySet<Entity>>();
  for (const bond of bondsIn(design)) if (bond.by === 'host') for (const vm of bond.vms) bound.set(vm, bond.vms);
  const rules = affinities(design).filter((rule) => rule.kind === 'keep' && rule.isMust);
  const byGroup = new Map<Entity | ReadonlySet<Entity>, Set<Affinity>>();
  for (const rule of rules) {
    for (const vm of rule.vms) {
      const group = bound.get(vm) ?? vm;
      const known = byGroup.get(group);
      if (known) known.add(rule);
      else byGroup.set(group, new Set([rule]));
    }
  }
  const told = new Set<string>();
  for (const [group, own] of byGroup) {
    const list = [...own];
    // VMs with the same rules are one case.
    const key = list.map((rule) => rules.indexOf(rule)).join(' ');
    if (own.size < 2 || told.has(key)) continue;
    told.add(key);
    yield [group instanceof Set ? [...group] : [group as Entity], list];
  }
}

function withoutHost(vms: readonly Entity[], rules: readonly Affinity[]): Contradiction | undefined {
  const on = rules.filter((rule) => rule.on.length > 0);
  const last = rules.at(-1);
  if (on.length === 0 || !last) return undefined;
  const [first, ...rest] = on;
  const left = (first?.on ?? []).filter(
    (host) => rest.every((rule) => rule.on.includes(host)) && !rules.some((rule) => rule.off.includes(host)),
  );
  return left.length > 0
    ? undefined
    : { kind: 'no-host', rule: last, others: rules.filter((rule) => rule !== last), vms };
}
