import { liveHosts } from '../capacity/cluster.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { isRedundant, isRuled, rangesOf } from '../capacity/replicas.ts';
import { membersByHost, runningMembers } from '../capacity/sessions.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost, placementOf } from '../design/placement.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Crowd {
  readonly share: Figure;
  readonly host: Entity;
  readonly here: readonly Entity[];
  readonly all: readonly Entity[];
}

export const replicasShareHost = defineRule<Crowd & { readonly anchor: Anchor }>({
  id: 'replicas-share-host',
  title: 'Replicas of an application share one host',
  painPoint: 'application-awareness',
  owners: ['server', 'application'],
  benefit: 'The failure of one host leaves most replicas of an application running',
  why: 'Several VMs of one kind run so that the application outlives one of them. On one host they fail together. Only VMs of one range count, only in an application that has a virtual address, a promised availability or a tier of critical or high, only where other hosts of the cluster could take them, and only more than an even spread would put on a host. VMs that an `apart` already keeps apart are left to that rule, and VMs that are kept `together` on purpose are left alone.',
  formula: 'running VMs of the range on one host ÷ running VMs of the range',
  inputs: [
    'app.members',
    'app.tier',
    'app.vip',
    'app.slo',
    'app.apart',
    'app.together',
    'host.runs',
    'host.state',
    'vm.state',
  ],
  limitOf: 'share of the replicas on one host',
  limitUnit: 'share',
  limits: { warning: 0.5, error: 0.99 },
  source: { text: 'our choice: more than half of the replicas on one host', evidence: 'ours' },
  covers: ['AA04'],
  remedy: 'plan',
  of: 'app',
  examples: {
    fires: {
      text: `cluster prod { host esx-[1..3] }
app shop { tier critical; vm web-[1..3] }
runs web-[1..3] on esx-1`,
    },
    silent: {
      text: `cluster prod { host esx-[1..3] }
app shop { tier critical; vm web-[1..3] }
runs web-1 on esx-1
runs web-2 on esx-2
runs web-3 on esx-3`,
    },
  },
  find: (app, limits) => {
    const anchor = nameOf(app);
    if (!anchor || !isRedundant(app)) return [];
    return rangesOf(runningMembers(app)).flatMap((all) => {
      const crowd = crowdIn(all);
      return crowd && grade(crowd.share.value, limits) && !isRuled(crowd.here, 'host') ? [{ ...crowd, anchor }] : [];
    });
  },
  say: ({ share, host, here, all, anchor }, limits, app) => {
    const place = here.map((vm) => placementOf(vm).claim?.located).find((located) => located !== undefined);
    const part = here.length === all.length ? `All ${all.length}` : `${here.length} of ${all.length}`;
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${part} replicas of ${app.name} run on ${host.name} (${namesOf(here)}) and fail with it. Spread them over the hosts of the cluster, and keep them apart by host.`,
      ...anchor,
      figures: [share],
      related: place ? [{ at: place, message: `${here[0]?.name} runs on ${host.name}` }] : [],
    };
  },
});

/** The host with most of the VMs, if all have a host and another one of the cluster could take some. */
function crowdIn(all: readonly Entity[]): Crowd | undefined {
  const byHost = membersByHost(all);
  const placed = [...byHost.values()].reduce((sum, vms) => sum + vms.length, 0);
  const [most] = [...byHost].sort(([, a], [, b]) => b.length - a.length);
  if (!most || placed < all.length) return undefined;
  const [host, here] = most;
  const cluster = clusterOfHost(host);
  const hosts = cluster ? liveHosts(cluster).length : 1;
  if (here.length <= Math.ceil(all.length / hosts)) return undefined;
  const share = derivedFigure('replicas on one host', 'share', here.length / all.length, 'replicas here ÷ replicas', [
    { label: 'replicas here', unit: 'count', value: here.length, origin: 'derived', isAtLeast: false },
    { label: 'replicas', unit: 'count', value: all.length, origin: 'derived', isAtLeast: false },
  ]);
  return { share, host, here, all };
}
