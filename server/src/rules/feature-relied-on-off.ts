import { derive } from '../base/reactive.ts';
import { type Affinity, affinities } from '../capacity/affinity.ts';
import { failoverDemand, liveHosts } from '../capacity/cluster.ts';
import { featuresOf } from '../capacity/features.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostLoad } from '../capacity/load.ts';
import { editionOf, platformOf } from '../capacity/platforms/index.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { replaceAt } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { switchOn } from './fixes/feature-edits.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

type Relied =
  | {
      readonly kind: 'affinity';
      readonly rules: readonly Affinity[];
      readonly feature: 'drs' | 'ha';
      readonly anchor: Anchor;
    }
  | { readonly kind: 'reservation'; readonly hosts: readonly Entity[]; readonly failover: Stated };

export const featureReliedOnOff = defineRule<Relied>({
  id: 'feature-relied-on-off',
  title: 'The design relies on a feature that is off',
  painPoint: 'unused-features',
  owners: ['server', 'application'],
  benefit: 'Rules and reservations that are written down also hold',
  why: 'A rule that keeps VMs apart is carried out by balancing on vSphere and by the HA manager on Hyper-V and Proxmox; where that is off, the next move or restart breaks it and nothing mends it. Memory is reserved so that a VM gets it in any case; where high availability sets nothing aside for a failure, it may be the VM that cannot be restarted. Only said of clusters that state their features, of platforms where it is known what carries rules out, and of editions that include it.',
  formula:
    'apart, together or keep without drs (or ha) that carries it out; reserve memory with `failover none` and ha',
  inputs: [
    'cluster.features',
    'cluster.drs',
    'cluster.failover',
    'cluster.apart',
    'cluster.together',
    'cluster.keep',
    'vm.reserve',
    'host.runs',
    'host.hypervisor',
  ],
  severity: 'info',
  source: { text: 'what carries rules out: facts of each platform', evidence: 'recalled' },
  covers: ['UF13'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  hypervisor esxi 8.0
  features live-migration
  drs off
  host esx-1 { runs dc-1 }
  host esx-2 { runs dc-2 }
}
vm dc-[1..2]
apart dc-[1..2] by host`,
    },
    silent: {
      text: `cluster prod {
  hypervisor esxi 8.0
  features live-migration
  drs partial
  host esx-1 { runs dc-1 }
  host esx-2 { runs dc-2 }
}
vm dc-[1..2]
apart dc-[1..2] by host`,
    },
  },
  find: (cluster) => {
    const hosts = liveHosts(cluster);
    const [first] = hosts;
    const props = propsOf(cluster);
    if (!first || hosts.length < 2 || (!props.has('features') && !props.has('drs'))) return [];
    const features = featuresOf(cluster);
    const found: Relied[] = [];
    const { hypervisor, version, edition } = hostSupply(first);
    const feature = platformOf(hypervisor)?.affinity?.by;
    // An edition without the feature leaves rules to people, as everybody with that edition knows.
    const offered = editionOf(hypervisor, edition, version)?.grants.includes(feature ?? '') ?? true;
    const isOff = feature !== undefined && offered && !features.has(feature);
    const rules = isOff ? (rulesByCluster(cluster.design).get(cluster) ?? []) : [];
    const stated = feature === 'drs' ? props.one('drs') : props.one('features');
    const anchor = stated ? subjectOf(stated) : nameOf(cluster);
    if (feature && rules.length > 0 && anchor) found.push({ kind: 'affinity', rules, feature, anchor });
    const demand = failoverDemand(cluster);
    const reserving = hosts.filter((host) => (hostLoad(host).reservedMemory?.value ?? 0) > 0);
    if (features.has('ha') && demand?.kind === 'none' && reserving.length > 0)
      found.push({ kind: 'reservation', hosts: reserving, failover: demand.stated });
    return found;
  },
  say: (fact, _limits, cluster) => {
    if (fact.kind === 'reservation') {
      const { hosts, failover } = fact;
      return {
        severity: 'info',
        message: `VMs on ${namesOf(hosts)} reserve memory, and ${cluster.name} keeps none free for a failure (failover none): after one, those VMs are the first that cannot be restarted. State failover 1 host, or drop the reservations.`,
        at: failover,
        span: subjectOf(failover).span,
      };
    }
    const { rules, feature, anchor } = fact;
    const what = feature === 'drs' ? 'balancing' : 'high availability';
    return {
      severity: 'info',
      message: `${counted(rules.length, 'rule')} of where VMs of ${cluster.name} may run ${rules.length === 1 ? 'is' : 'are'} carried out by ${what}, which is off: a move by hand or a restart breaks ${rules.length === 1 ? 'it' : 'them'}, and nothing mends it. Switch ${feature} on.`,
      ...anchor,
      related: rules.slice(0, 8).map((rule) => ({ at: rule.located, message: 'a rule that nothing carries out' })),
    };
  },
  fix: (fact, cluster) => {
    if (fact.kind === 'reservation') {
      const { place, sentence } = fact.failover;
      const edits = sentence.subject ? replaceAt(place, sentence.subject, '1 host') : [];
      return edits.length > 0 ? [{ title: 'Keep room for the loss of a host: failover 1 host', edits }] : [];
    }
    const needsMigration = fact.feature === 'drs' && !featuresOf(cluster).has('live-migration');
    const edits = needsMigration ? [] : switchOn(cluster, fact.feature);
    const title = fact.feature === 'drs' ? 'Switch balancing on: drs partial' : 'Switch high availability on';
    return edits.length > 0 ? [{ title, edits, isPreferred: true }] : [];
  },
});

/** Rules by host with the clusters that their VMs run in. */
const rulesByCluster = derive((design: Design): ReadonlyMap<Entity, readonly Affinity[]> => {
  const found = new Map<Entity, Affinity[]>();
  for (const rule of affinities(design)) {
    if (rule.by !== 'host') continue;
    const clusters = new Set(rule.vms.flatMap((vm) => placementOf(vm).cluster ?? []));
    for (const cluster of clusters) found.set(cluster, [...(found.get(cluster) ?? []), rule]);
  }
  return found;
});
