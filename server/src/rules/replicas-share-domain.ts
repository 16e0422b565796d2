import type { Separation } from '../capacity/affinity.ts';
import {
  commonCluster,
  domainsOffered,
  hasMirror,
  isRedundant,
  isRuled,
  membersByDomain,
  rangesOf,
  WIDER_DOMAINS,
} from '../capacity/replicas.ts';
import { membersByHost, runningMembers } from '../capacity/sessions.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Shared {
  readonly replicas: readonly Entity[];
  readonly by: Separation;
  readonly domain: Entity;
  /** Others that the cluster offers. */
  readonly others: readonly Entity[];
  readonly anchor: Anchor;
}

export const replicasShareDomain = defineRule<Shared>({
  id: 'replicas-share-domain',
  title: 'Replicas of an application share a rack, switch, array or site',
  painPoint: 'application-awareness',
  owners: ['application', 'server', 'storage', 'network'],
  benefit: 'What was made redundant outlives more than the loss of a host',
  why: 'Replicas on different hosts still fail together with the rack, the only switch, the array or the hall that they share. Only VMs of one range count, only in an application that has a virtual address, a promised availability or a tier of critical or high, and only where their cluster offers another rack, switch, array or site, so that nothing has to be bought. An array that is mirrored at once is no single point. A cluster is not taken to fail by itself. The widest domain is named; replicas on one host have a rule of their own.',
  formula: 'all running VMs of the range in one domain, and the cluster has more than one',
  inputs: [
    'app.members',
    'app.tier',
    'app.vip',
    'app.slo',
    'app.apart',
    'host.runs',
    'host.at',
    'cluster.at',
    'vm.datastore',
    'vm.disk',
    'datastore.on',
    'host.mount',
    'array.replicates',
    'vswitch.uplink',
  ],
  severity: 'warning',
  source: { text: 'our choice: redundancy that is there is used', evidence: 'ours' },
  covers: ['AA04'],
  of: 'app',
  unmendable: 'Which replica goes where is bound by disks and networks there.',
  examples: {
    fires: {
      text: `site hq
rack r-[1..2] at hq
cluster prod at hq {
  host esx-1 at r-1 { runs web-1 }
  host esx-2 at r-1 { runs web-2 }
  host esx-3 at r-2
}
app shop { tier critical; vm web-[1..2] }`,
    },
    silent: {
      text: `site hq
rack r-[1..2] at hq
cluster prod at hq {
  host esx-1 at r-1 { runs web-1 }
  host esx-2 at r-1
  host esx-3 at r-2 { runs web-2 }
}
app shop { tier critical; vm web-[1..2] }`,
    },
  },
  find: (app) => {
    const anchor = nameOf(app);
    if (!anchor || !isRedundant(app)) return [];
    return rangesOf(runningMembers(app)).flatMap((replicas) => {
      const shared = sharedBy(replicas);
      return shared ? [{ ...shared, replicas, anchor }] : [];
    });
  },
  say: ({ replicas, by, domain, others, anchor }, _limits, app) => {
    const at = nameOf(domain);
    const all = replicas.length === 2 ? 'Both' : `All ${replicas.length}`;
    const what = { rack: 'stand in', site: 'stand at', switch: 'hang on' }[by as string];
    return {
      severity: 'warning',
      message: `${all} replicas of ${app.name} (${namesOf(replicas)}) ${what ?? 'keep their disks on'} ${by} ${domain.name} and fail with it, although ${namesOf(others)} could take ${replicas.length === 2 ? 'one' : 'some'}. Spread them, and keep them apart by ${by}.`,
      ...anchor,
      related: at ? [{ ...at, message: `${by} ${domain.name}` }] : [],
    };
  },
});

function sharedBy(replicas: readonly Entity[]): Pick<Shared, 'by' | 'domain' | 'others'> | undefined {
  const cluster = commonCluster(replicas);
  if (!cluster) return undefined;
  const isOnOneHost = membersByHost(replicas).size === 1;
  for (const by of WIDER_DOMAINS) {
    if (isOnOneHost && by !== 'array' && by !== 'datastore') continue;
    const domains = membersByDomain(replicas, by);
    const [domain] = domains?.keys() ?? [];
    if (domains?.size !== 1 || !domain || isRuled(replicas, by) || hasMirror(domain)) continue;
    const others = [...domainsOffered(cluster, by)].filter((other) => other !== domain);
    if (others.length > 0) return { by, domain, others };
  }
  return undefined;
}
