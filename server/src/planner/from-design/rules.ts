import type { Affinity, Separation } from '../../capacity/affinity.ts';
import type { Entity } from '../../design/declaration.ts';
import { clusterOfHost, placementOf } from '../../design/placement.ts';
import { rackOf, sitesOf } from '../../design/things.ts';
import type { Rule } from '../problem.ts';
import { closedReason } from '../reach.ts';

/** VMs of which at most so many may share a host (rack, site), beside those that an `apart` states. */
export interface Separated {
  readonly label: string;
  readonly vms: readonly Entity[];
  readonly most: number;
  readonly by?: Separation;
}

export interface Grouped {
  readonly hosts: readonly Entity[];
  readonly vmsOf: readonly (readonly Entity[])[];
  readonly home: Int32Array;
}

/** VMs in groups that move as one: those that a rule keeps together on a host. */
export function gluedIn(vms: readonly Entity[], rules: readonly Affinity[]): Entity[][] {
  const groupOf = new Map<Entity, Entity[]>(vms.map((vm) => [vm, [vm]]));
  for (const rule of rules) {
    if (rule.kind !== 'together' || rule.by !== 'host') continue;
    const groups = new Set(rule.vms.flatMap((vm) => [groupOf.get(vm) ?? []]).filter((group) => group.length > 0));
    const joined = [...groups].flat();
    for (const vm of joined) groupOf.set(vm, joined);
  }
  return [...new Set(groupOf.values())];
}

export interface RulesOf {
  readonly list: readonly Rule[];
  readonly separations: readonly (number | undefined)[];
  readonly ofDesign: ReadonlyMap<number, Affinity>;
}

/**
 * What the plan keeps apart and together, as rules between units. All are `kept`: may stay as broken as they are, not
 * become more so. What `keep` says is a bar.
 */
export function rulesOf(grouped: Grouped, affine: readonly Affinity[], separated: readonly Separated[]): RulesOf {
  const list: Rule[] = [];
  const ofDesign = new Map<number, Affinity>();
  for (const rule of affine) {
    const made = rule.kind === 'apart' ? apartRule(rule, grouped) : togetherRule(rule, grouped);
    if (made) ofDesign.set(list.push(made) - 1, rule);
  }
  const separations = separated.map(({ label, vms, most, by }) => {
    const made = separationRule(label, vms, most, by ?? 'host', grouped, 'kept');
    return made && list.push(made) - 1;
  });
  return { list, separations, ofDesign };
}

/** With more VMs than places, as even a spread as there can be is all that a rule can ask. */
function apartRule(rule: Affinity, grouped: Grouped): Rule | undefined {
  const open = grouped.hosts.filter((host) => closedReason(host) === undefined);
  const places = new Set(open.map((host) => placeOf(host, rule.by)));
  const most = Math.max(1, Math.ceil(rule.vms.length / Math.max(1, places.size)));
  return separationRule(labelOf(rule), rule.vms, most, rule.by, grouped, rule.isMust ? 'kept' : 'soft');
}

/** How a rule is called where it stands in the way. */
export function labelOf(rule: Affinity): string {
  const [a, b] = rule.vms;
  const more = rule.vms.length > 2 ? ` and ${rule.vms.length - 2} more` : '';
  return `the rule that keeps ${a?.name}, ${b?.name}${more} ${rule.kind} by ${rule.by}`;
}

function separationRule(
  label: string,
  vms: readonly Entity[],
  most: number,
  by: Separation,
  grouped: Grouped,
  force: Rule['force'],
): Rule | undefined {
  const wanted = new Set(vms);
  const members: number[] = [];
  const weights: number[] = [];
  for (const [unit, own] of grouped.vmsOf.entries()) {
    const count = own.filter((vm) => wanted.has(vm)).length;
    if (count === 0) continue;
    members.push(unit);
    weights.push(count);
  }
  if (members.length === 0) return undefined;
  const isEven = weights.every((weight) => weight === 1);
  return {
    kind: 'apart',
    label,
    members: Int32Array.from(members),
    weights: isEven ? undefined : Int32Array.from(weights),
    most,
    force,
    placeOf: placesOf(grouped.hosts, by),
  };
}

/** Those on one host move as one; those of a wider place, or that are parted already, are bound by this. */
function togetherRule(rule: Affinity, grouped: Grouped): Rule | undefined {
  if (rule.kind !== 'together') return undefined;
  const wanted = new Set(rule.vms);
  const members = grouped.vmsOf.flatMap((own, unit) => (own.some((vm) => wanted.has(vm)) ? [unit] : []));
  // Members that run outside of these hosts hold the others where they are; that is left to the proof.
  if (members.length < 2) return undefined;
  return {
    kind: 'together',
    label: labelOf(rule),
    members: Int32Array.from(members),
    force: rule.isMust ? 'kept' : 'soft',
    placeOf: placesOf(grouped.hosts, rule.by),
  };
}

function placesOf(hosts: readonly Entity[], by: Separation): Int32Array {
  const places = hosts.map((host) => placeOf(host, by));
  return Int32Array.from(places, (place) => (place ? places.indexOf(place) : -1));
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

/** Hosts that some VMs run on. */
export function hostsOfVms(vms: readonly Entity[]): Entity[] {
  return [...new Set(vms.flatMap((vm) => placementOf(vm).host ?? []))];
}
