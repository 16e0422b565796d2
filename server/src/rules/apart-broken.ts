import { type Affinity, affinitiesOf, domainsOf, type Separation } from '../capacity/affinity.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { exists } from '../capacity/exists.ts';
import { isRunning } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Broken {
  readonly rule: Affinity;
  /** VMs of the rule that exist. */
  readonly members: readonly Entity[];
  /** What VMs that should be apart share; undefined where there are more of them than such things. */
  readonly shared: { readonly domain: Entity; readonly vms: readonly Entity[] } | undefined;
  /** Everything they could be spread over, where the design says. */
  readonly domains: readonly Entity[] | undefined;
}

export const apartBroken = defineRule<Broken>({
  id: 'apart-broken',
  title: 'VMs that must be apart are together',
  painPoint: 'resource-starvation',
  owners: ['application', 'server'],
  benefit: 'What was made redundant stays redundant',
  why: 'Two copies on one host are one copy when that host fails. A rule that keeps them apart is broken if they share what it separates, and cannot be kept at all if there are more of them than hosts. A rule with `should` asks for as even a spread as there can be, and speaks only if one could be made.',
  formula: 'members of an apart rule per host (rack, site, …) > 1; members > hosts (sites)',
  inputs: ['cluster.apart', 'app.apart', 'host.runs', 'cluster.runs', 'vm.state'],
  severity: 'error',
  source: { text: 'the plan itself states the rule', evidence: 'ours' },
  covers: ['RS19'],
  remedy: 'plan',
  of: 'vm',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-1 { runs dc-[1..2] }
  host esx-2
}
vm dc-[1..2]
apart dc-[1..2] by host`,
    },
    silent: {
      text: `cluster prod {
  host esx-1 { runs dc-1 }
  host esx-2 { runs dc-2 }
}
vm dc-[1..2]
apart dc-[1..2] by host`,
    },
  },
  find: (vm) => affinitiesOf(vm).flatMap((rule) => (rule.kind === 'apart' ? brokenAt(vm, rule) : [])),
  say: ({ rule, members, shared, domains }) => {
    const kind = rule.by;
    const must = rule.isMust ? 'must' : 'should';
    const severity = rule.isMust ? 'error' : 'warning';
    if (!shared) {
      const count = domains?.length ?? 0;
      return {
        severity,
        message: `${counted(members.length, 'VM')} must be apart by ${kind}, but there ${count === 1 ? 'is' : 'are'} only ${counted(count, kind)} for them: ${namesOf(domains ?? [])}. Add ${kind}s, make the group smaller, or state should.`,
        ...subjectOf(rule.located),
      };
    }
    const { domain, vms } = shared;
    const free = (domains ?? []).filter((one) => !domainsOf(rule).has(one));
    const wayOut =
      free.length > 0
        ? `Move ${vms.length === 2 ? 'one' : 'all but one'}; ${namesOf(free)} ${free.length === 1 ? 'runs' : 'run'} none of them.`
        : 'Move all but one.';
    return {
      severity,
      message: `${namesOf(vms)} ${SHARE[kind]} ${domain.name}, but ${must} be apart: its loss takes ${vms.length === 2 ? 'both' : 'all of them'}. ${kind === 'host' ? wayOut : `Spread them over more than one ${kind}.`}`,
      ...subjectOf(rule.located),
      related: vms.slice(0, 6).flatMap((vm) => {
        const { claim } = placementOf(vm);
        return claim ? [{ ...subjectOf(claim.located), message: `${vm.name} is placed here` }] : [];
      }),
    };
  },
  fix: ({ rule, shared }) =>
    shared || domainsOf(rule).size < 2
      ? []
      : [{ title: 'Spread them as far as it goes: should', edits: addClause(rule.located, 'should') }],
});

const SHARE: Readonly<Record<Separation, string>> = {
  host: 'run on',
  rack: 'run in rack',
  cluster: 'run in cluster',
  site: 'run at',
  datastore: 'lie on',
  array: 'lie on',
  switch: 'hang on',
};

/** What is broken of a rule, said once: by the first of the VMs that it is about. */
function brokenAt(vm: Entity, rule: Affinity): Broken[] {
  const members = rule.vms.filter(exists);
  if (members.length < 2) return [];
  const domains = spreadOver(rule);
  const isTooMany = domains !== undefined && domains.length > 0 && members.length > domains.length;
  if (isTooMany && rule.isMust) return members[0] === vm ? [{ rule, members, shared: undefined, domains }] : [];
  const byDomain = domainsOf(rule);
  // More VMs than places: as even as it goes is what was asked for.
  if (isTooMany && (byDomain.size > 1 || domains.length === 1)) return [];
  const found: Broken[] = [];
  for (const [domain, all] of byDomain) {
    if (!all.includes(vm)) continue;
    const vms = all.filter(isRunning);
    if (vms.length > 1 && vms[0] === vm) found.push({ rule, members, shared: { domain, vms }, domains });
  }
  return found;
}

function spreadOver({ by, vms }: Affinity): readonly Entity[] | undefined {
  const [first] = vms;
  if (by === 'site') return first && [...first.design.members('site')];
  if (by !== 'host') return undefined;
  const hosts = new Set<Entity>();
  for (const vm of vms) {
    const { host, cluster } = placementOf(vm);
    if (host) hosts.add(host);
    for (const one of cluster ? liveHosts(cluster) : []) hosts.add(one);
  }
  return [...hosts];
}
