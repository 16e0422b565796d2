import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf } from '../capacity/features.ts';
import { hostSupply } from '../capacity/host.ts';
import { oldestGeneration } from '../capacity/platforms/cpu-generations.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { addAfter } from '../design/edits.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { listed, namesOf } from './shared/wording.ts';

interface Mixed {
  readonly kind: 'vendor' | 'generation';
  readonly groups: readonly { readonly name: string; readonly hosts: readonly Entity[] }[];
  readonly anchor: Anchor;
  readonly baseline: string | undefined;
  /** The statement behind which a baseline is put. */
  readonly features: Located | undefined;
}

export const cpuMixedWithoutEvc = defineRule<Mixed>({
  id: 'cpu-mixed-without-evc',
  title: 'VMs cannot move freely between hosts with different CPUs',
  painPoint: 'unused-features',
  owners: ['server'],
  benefit: 'Every host of a cluster is a target for every running VM',
  why: 'A running VM keeps the instructions that it found when it started. It can move to a newer CPU and not back, and never to one of another vendor. A baseline makes all hosts look like the oldest. Only said of clusters with live migration whose hosts state vendor or generation.',
  formula: 'vendors of the hosts > 1, or generations > 1 without `evc`',
  inputs: ['host.cpu', 'cluster.evc', 'cluster.features'],
  severity: 'warning',
  source: { text: 'requirements of live migration in the documentation of vSphere', evidence: 'recalled' },
  covers: ['UF07'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  features live-migration
  host esx-1 { cpu 2 x 16 cores vendor intel generation cascade-lake }
  host esx-2 { cpu 2 x 16 cores vendor intel generation ice-lake }
}`,
    },
    silent: {
      text: `cluster prod {
  features live-migration
  evc cascade-lake
  host esx-1 { cpu 2 x 16 cores vendor intel generation cascade-lake }
  host esx-2 { cpu 2 x 16 cores vendor intel generation ice-lake }
}`,
    },
  },
  find: (cluster) => {
    const anchor = nameOf(cluster);
    if (!anchor || !featuresOf(cluster).has('live-migration')) return [];
    const hosts = liveHosts(cluster);
    const features = propsOf(cluster).one('features');
    const vendors = groupsBy(hosts, (host) => hostSupply(host).vendor);
    if (vendors.length > 1) return [{ kind: 'vendor', groups: vendors, anchor, baseline: undefined, features }];
    const groups = groupsBy(hosts, (host) => hostSupply(host).generation);
    if (groups.length < 2 || propsOf(cluster).has('evc')) return [];
    const [vendor] = vendors;
    const baseline =
      vendor &&
      oldestGeneration(
        vendor.name,
        groups.map(({ name }) => name),
      );
    return [{ kind: 'generation', groups, anchor, baseline, features }];
  },
  say: ({ kind, groups, anchor, baseline }, _limits, cluster) => {
    const mix = listed(groups.map(({ name, hosts }) => `${name} (${namesOf(hosts, 2)})`));
    return {
      severity: kind === 'vendor' ? 'error' : 'warning',
      message:
        kind === 'vendor'
          ? `Running VMs cannot move within all of ${cluster.name}: its hosts have CPUs of ${mix}. Split it by vendor, or exchange the hosts of one.`
          : `Running VMs of ${cluster.name} can move to newer CPUs and not back: ${mix}. State a baseline${baseline ? `, evc ${baseline}` : ' with evc'}.`,
      ...anchor,
      related: groups.slice(0, 8).flatMap(({ name, hosts: [host] }) => {
        const at = host && propsOf(host).one('cpu');
        return at ? [{ at, message: `${host.name} has ${name}` }] : [];
      }),
    };
  },
  fix: ({ baseline, features }) =>
    baseline && features
      ? [{ title: `Set the baseline ${baseline}`, edits: addAfter(features, `evc ${baseline}`), isPreferred: true }]
      : [],
});

/** Hosts by what they state; those that state nothing are left out. */
function groupsBy(hosts: readonly Entity[], keyOf: (host: Entity) => string | undefined) {
  const groups = new Map<string, Entity[]>();
  for (const host of hosts) {
    const key = keyOf(host);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  return [...groups].map(([name, members]) => ({ name, hosts: members }));
}
