import { liveHosts } from '../capacity/cluster.ts';
import { type HostRelease, releaseOf } from '../capacity/support.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Mixed {
  readonly kind: 'product' | 'version' | 'build';
  /** Hosts by what they run, the most common first. */
  readonly groups: readonly { readonly label: string; readonly hosts: readonly Entity[] }[];
  readonly odd: readonly HostRelease[];
  readonly anchor: Anchor;
}

export const hypervisorsMixed = defineRule<Mixed>({
  id: 'hypervisors-mixed',
  title: 'Hosts of one cluster run different hypervisors',
  painPoint: 'management-complexity',
  owners: ['server', 'management'],
  benefit: 'Every host of a cluster behaves like the others',
  why: 'VMs do not move between products, and a VM that was made for a newer version may not start on an older one. Different builds of one version are a patch that was not finished, and are told as a hint. While a cluster is upgraded host by host this is as it should be; then ignore it until the day it is to be done.',
  formula: 'different products, versions or builds among the hosts of a cluster that carry load',
  inputs: ['host.hypervisor', 'host.in', 'host.state'],
  severity: 'warning',
  source: { text: 'what the design itself states', evidence: 'ours' },
  covers: ['MC08'],
  of: 'cluster',
  unmendable: 'Which of them stays is a choice, and its VMs have to be converted.',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-[1..3] { hypervisor esxi 8.0 }
  host esx-4 { hypervisor esxi 7.0 }
}`,
    },
    silent: {
      text: `cluster prod {
  host esx-[1..3] { hypervisor esxi 8.0 }
  host esx-4 { hypervisor esxi 8.0 }
}`,
    },
  },
  find: (cluster) => {
    const anchor = nameOf(cluster);
    const releases = liveHosts(cluster).flatMap((host) => {
      const release = releaseOf(host);
      return release ? [{ host, release }] : [];
    });
    if (!anchor || releases.length < 2) return [];
    for (const [kind, labelOf] of LEVELS) {
      const groups = new Map<string, typeof releases>();
      for (const one of releases) {
        const label = labelOf(one.release);
        if (label !== undefined) groups.set(label, [...(groups.get(label) ?? []), one]);
      }
      if (groups.size < 2) continue;
      const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
      return [
        {
          kind,
          anchor,
          groups: sorted.map(([label, hosts]) => ({ label, hosts: hosts.map(({ host }) => host) })),
          odd: sorted.slice(1).flatMap(([, hosts]) => hosts.map(({ release }) => release)),
        },
      ];
    }
    return [];
  },
  say: ({ kind, groups, odd, anchor }, _limits, cluster) => {
    const what = listed(
      groups.map(
        ({ label, hosts }) => `${label} on ${hosts.length === 1 ? hosts[0]?.name : counted(hosts.length, 'host')}`,
      ),
    );
    return {
      severity: kind === 'build' ? 'info' : 'warning',
      message: `${cluster.name} runs ${what}: ${EFFECTS[kind]} Bring all hosts to one ${kind}.`,
      ...anchor,
      related: odd.slice(0, 8).map(({ by, label }) => ({ at: by, span: subjectOf(by).span, message: label })),
    };
  },
});

/** From what matters most; a level is looked at where the ones before are alike. */
const LEVELS: readonly (readonly [Mixed['kind'], (release: HostRelease) => string | undefined])[] = [
  ['product', ({ hypervisor }) => hypervisor],
  ['version', ({ version, label }) => (version === undefined ? undefined : label)],
  ['build', ({ build }) => (build === undefined ? undefined : `build ${build}`)],
];

const EFFECTS: Readonly<Record<Mixed['kind'], string>> = {
  product: 'running VMs cannot move between them, and each is managed by tools of its own.',
  version: 'a VM made for the newer one may not start on the older, and features differ from host to host.',
  build: 'a patch is not on every host, so a fault may come and go as VMs move.',
};
