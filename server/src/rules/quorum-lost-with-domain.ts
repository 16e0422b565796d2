import type { Separation } from '../capacity/affinity.ts';
import { couldKeep, worstDomain } from '../capacity/models/failure-domains.ts';
import { quorumOf } from '../capacity/quorum.ts';
import { commonCluster, domainsOffered, hasMirror, membersByDomain, WIDER_DOMAINS } from '../capacity/replicas.ts';
import { membersByHost } from '../capacity/sessions.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Lost {
  readonly stated: Stated;
  readonly by: Separation;
  readonly domain: Entity;
  readonly here: readonly Entity[];
  readonly left: number;
  readonly needed: number;
}

export const quorumLostWithDomain = defineRule<Lost>({
  id: 'quorum-lost-with-domain',
  title: 'One rack, switch, array or site takes the quorum with it',
  painPoint: 'application-awareness',
  owners: ['application', 'server'],
  benefit: 'A clustered application goes on when a rack, a switch or a hall fails',
  why: 'Members that vote may stand on different hosts and still share a rack, a switch, an array or a site. Two such domains never keep a majority, whatever the spread; only said where the cluster offers enough of them that some spread would. The loss of one host has a rule of its own.',
  formula: 'members − members in the domain < quorum, and members − ⌈members ÷ domains⌉ ≥ quorum',
  inputs: ['app.quorum', 'app.members', 'host.runs', 'host.at', 'vm.datastore', 'datastore.on', 'vswitch.uplink'],
  severity: 'warning',
  source: { text: 'the definition of a majority', evidence: 'ours' },
  covers: ['AA05', 'AA04'],
  of: 'app',
  unmendable: 'It takes a third place, which the design has to have first.',
  examples: {
    fires: {
      text: `site hq
rack r-[1..3] at hq
cluster prod at hq {
  host esx-1 at r-1 { runs node-a }
  host esx-2 at r-1 { runs node-b }
  host esx-3 at r-2 { runs node-c }
  host esx-4 at r-3
}
app ledger { quorum majority; vm node-a, node-b, node-c }`,
    },
    silent: {
      text: `site hq
rack r-[1..3] at hq
cluster prod at hq {
  host esx-1 at r-1 { runs node-a }
  host esx-2 at r-1
  host esx-3 at r-2 { runs node-c }
  host esx-4 at r-3 { runs node-b }
}
app ledger { quorum majority; vm node-a, node-b, node-c }`,
    },
  },
  find: (app) => {
    const quorum = quorumOf(app);
    const cluster = quorum && commonCluster(quorum.members);
    if (!quorum || !cluster) return [];
    const { members, needed, by: stated } = quorum;
    const hosts = worstDomain(sizes(membersByHost(members)));
    if (hosts && hosts.left < needed) return [];
    for (const by of WIDER_DOMAINS) {
      const domains = membersByDomain(members, by);
      const worst = domains && worstDomain(sizes(domains));
      if (!domains || !worst || worst.left >= needed || hasMirror(worst.domain)) continue;
      if (!couldKeep(members.length, needed, domainsOffered(cluster, by).size)) continue;
      const { domain, left } = worst;
      return [{ stated, by, domain, here: domains.get(domain) ?? [], left, needed }];
    }
    return [];
  },
  say: ({ stated, by, domain, here, left, needed }, _limits, app) => ({
    severity: 'warning',
    message: `${app.name} stops when ${by} ${domain.name} fails: ${namesOf(here)} go with it and leave ${counted(left, 'member')}, ${needed} must stay up. Spread its members over more ${by === 'switch' ? 'switches' : `${by}s`}.`,
    at: stated,
    span: subjectOf(stated).span,
    figures: [
      {
        label: 'members left',
        unit: 'count',
        value: left,
        origin: 'derived',
        isAtLeast: false,
        formula: `members − members in the ${by}`,
      },
    ],
    related: here.slice(0, 8).flatMap((vm) => {
      const at = nameOf(vm);
      return at ? [{ ...at, message: `${vm.name} depends on ${domain.name}` }] : [];
    }),
  }),
});

function sizes(groups: ReadonlyMap<Entity, readonly Entity[]>): ReadonlyMap<Entity, number> {
  return new Map([...groups].map(([domain, vms]) => [domain, vms.length]));
}
