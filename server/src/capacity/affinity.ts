import { derive, type MemoHolder, sameList } from '../base/reactive.ts';
import { type Entity, type Located, statementKey } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { placeText } from '../design/edits.ts';
import { referencesIn } from '../design/names.ts';
import { clusterOfHost, placementOf } from '../design/placement.ts';
import { resolveAll } from '../design/resolve.ts';
import { rackOf, sitesOf } from '../design/things.ts';
import { vmFacts } from './vm.ts';

export type AffinityKind = 'apart' | 'together' | 'keep';
export type Separation = 'host' | 'rack' | 'cluster' | 'site' | 'datastore' | 'array' | 'switch';

/** A rule of where VMs may run. */
export interface Affinity extends Located, MemoHolder {
  readonly located: Located;
  /** The statement as it is written. */
  readonly text: string;
  /** Where it was when it was read, with its text. */
  readonly key: string;
  readonly kind: AffinityKind;
  readonly vms: readonly Entity[];
  readonly by: Separation;
  readonly isMust: boolean;
  /** Hosts that `keep` names with `on`, and with `off`. */
  readonly on: readonly Entity[];
  readonly off: readonly Entity[];
  /** The block that it stands in; undefined at a file's top level. */
  readonly owner: Entity | undefined;
}

const KINDS: readonly AffinityKind[] = ['apart', 'together', 'keep'];

/** Every affinity rule of a design: those at the top level, in clusters and in applications. */
export const affinities = derive((design: Design): readonly Affinity[] => {
  const found: Affinity[] = [];
  for (const top of design.tops())
    found.push(...affinitiesIn(design, top.body(), undefined, { entity: undefined, declaration: top }));
  for (const kind of ['cluster', 'app']) {
    for (const entity of design.members(kind)) {
      const { declaration } = entity;
      found.push(...affinitiesIn(design, declaration.body(), entity, { entity, declaration }));
    }
  }
  return found;
}, isSame);

/** Whether two lists say the same at the same places, so that what was gathered from one holds for the other. */
function isSame(a: readonly Affinity[], b: readonly Affinity[]): boolean {
  return a.length === b.length && a.every((rule, index) => isSameOf(rule, b[index]));
}

function isSameOf(a: Affinity, b: Affinity | undefined): boolean {
  if (a.key !== b?.key || a.owner !== b.owner) return false;
  return sameList(a.vms, b.vms) && sameList(a.on, b.on) && sameList(a.off, b.off);
}

function affinitiesIn(
  design: Design,
  body: readonly Located[],
  owner: Entity | undefined,
  from: Parameters<typeof resolveAll>[3],
): Affinity[] {
  return body.flatMap((located) => {
    const { sentence } = located;
    const kind = KINDS.find((known) => known === sentence.word);
    if (!kind) return [];
    const hosts = (clause: string) =>
      resolveAll(design.names, ['host'], referencesIn(sentence.clauses.get(clause)?.value), from);
    const by = sentence.clauses.get('by')?.value?.parts[0];
    const text = placeText(located.place).slice(sentence.from, sentence.to);
    return [
      {
        place: located.place,
        get sentence() {
          return located.sentence;
        },
        memos: undefined,
        located,
        text,
        key: `${statementKey(located)} ${text}`,
        kind,
        vms: resolveAll(design.names, ['vm'], referencesIn(sentence.subject), from),
        by: by?.type === 'word' ? (by.text as Separation) : 'host',
        isMust: !sentence.clauses.has('should'),
        on: hosts('on'),
        off: hosts('off'),
        owner,
      },
    ];
  });
}

const affinitiesByVm = derive((design: Design): ReadonlyMap<Entity, readonly Affinity[]> => {
  const found = new Map<Entity, Affinity[]>();
  for (const rule of affinities(design)) {
    for (const vm of rule.vms) {
      const known = found.get(vm);
      if (known) known.push(rule);
      else found.set(vm, [rule]);
    }
  }
  return found;
});

/** Rules that speak of a VM. */
export function affinitiesOf(vm: Entity): readonly Affinity[] {
  return affinitiesByVm(vm.design).get(vm) ?? NO_RULES;
}

const NO_RULES: readonly Affinity[] = [];

/** VMs of a rule by the host, rack, site, … that they depend on; those whose place is not known are left out. */
export const domainsOf = derive((rule: Affinity): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const vm of rule.vms) {
    const domain = domainOf(vm, rule.by);
    if (domain) found.set(domain, [...(found.get(domain) ?? []), vm]);
  }
  return found;
});

/** The host, rack, site, … that a VM depends on; undefined if the design does not say. */
export function domainOf(vm: Entity, by: Separation): Entity | undefined {
  const { host, cluster } = placementOf(vm);
  switch (by) {
    case 'host':
      return host;
    case 'cluster':
      return host ? clusterOfHost(host) : cluster;
    case 'rack':
      return host && rackOf(host);
    case 'site': {
      const sites = host ? sitesOf(host) : cluster ? sitesOf(cluster) : [];
      return sites.length === 1 ? sites[0] : undefined;
    }
    case 'datastore':
      return homeOf(vm);
    case 'array':
      return homeOf(vm)?.parent;
    case 'switch':
      return undefined;
  }
}

function homeOf(vm: Entity): Entity | undefined {
  const { home, disks } = vmFacts(vm);
  return home ?? disks[0]?.datastore;
}
