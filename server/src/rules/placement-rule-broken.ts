import { type Affinity, affinitiesOf, domainOf, domainsOf } from '../capacity/affinity.ts';
import { exists } from '../capacity/exists.ts';
import { isRunning } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { subjectOf } from './anchor.ts';
import { defineRule } from './rule.ts';
import { listed, namesOf, oneOf } from './wording.ts';

interface Broken {
  readonly rule: Affinity;
  /** Where the VM runs and may not; undefined for VMs that should be together. */
  readonly host: Entity | undefined;
  readonly domains: readonly Entity[];
}

export const placementRuleBroken = defineRule<Broken>({
  id: 'placement-rule-broken',
  title: 'VM runs where a rule does not allow it',
  painPoint: 'resource-starvation',
  owners: ['application', 'server'],
  benefit: 'Rules of licences, latency and hardware hold on the day that they are needed',
  why: '`keep … on` ties VMs to hosts that are licensed, fast or certified for them, `together` puts those that talk much beside each other. A placement that breaks such a rule is refused by the cluster, or corrected at a time nobody chose. `apart-broken` looks at VMs that must be apart. A VM in the pool of a cluster is placed by the cluster, which keeps the rule.',
  formula: 'host of the VM not among `on`, or among `off`; hosts (racks, sites, …) of a together group > 1',
  inputs: ['cluster.keep', 'cluster.together', 'app.keep', 'app.together', 'host.runs', 'vm.state'],
  severity: 'error',
  source: { text: 'the plan itself states the rule', evidence: 'ours' },
  covers: ['RS19', 'RS20'],
  of: 'vm',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-1 { runs ora }
  host esx-2
}
vm ora
keep ora on esx-2`,
    },
    silent: {
      text: `cluster prod {
  host esx-1
  host esx-2 { runs ora }
}
vm ora
keep ora on esx-2`,
    },
  },
  find: (vm) => {
    const rules = affinitiesOf(vm);
    if (rules.length === 0 || !exists(vm) || !isRunning(vm)) return [];
    return rules.flatMap((rule): Broken[] => {
      if (rule.kind === 'keep') {
        const { host } = placementOf(vm);
        const isBroken = host && ((rule.on.length > 0 && !rule.on.includes(host)) || rule.off.includes(host));
        return isBroken ? [{ rule, host, domains: [] }] : [];
      }
      // Told once, by the first of its VMs.
      if (rule.kind !== 'together' || rule.vms[0] !== vm) return [];
      const running = rule.vms.filter((other) => exists(other) && isRunning(other));
      const domains = [...new Set(running.flatMap((other) => domainOf(other, rule.by) ?? []))];
      return domains.length > 1 ? [{ rule, host: undefined, domains }] : [];
    });
  },
  say: ({ rule, host, domains }, _limits, vm) => {
    const word = rule.isMust ? 'must' : 'should';
    const claim = placementOf(vm).claim;
    if (host) {
      const isOff = rule.off.includes(host);
      const hosts = rule.on.map((one) => one.name);
      const allowed = isOff
        ? `${word} stay off it`
        : `${word} stay on ${hosts.length > 3 ? listed(hosts) : oneOf(hosts)}`;
      const mend = isOff ? 'Move it' : `Move it to ${hosts.length === 1 ? hosts[0] : 'one of them'}`;
      return {
        severity: rule.isMust ? 'error' : 'info',
        message: `${vm.name} runs on ${host.name}, and ${allowed}. ${mend}, or change the rule.`,
        ...subjectOf(rule.located),
        related: claim ? [{ ...subjectOf(claim.located), message: `${vm.name} is placed here` }] : [],
      };
    }
    const placed = domains.flatMap((domain) => domainsOf(rule).get(domain)?.[0] ?? []);
    return {
      severity: rule.isMust ? 'error' : 'info',
      message: `${namesOf(rule.vms)} ${word} be together by ${rule.by}, and are spread over ${namesOf(domains)}. Move them to one ${rule.by}, or change the rule.`,
      ...subjectOf(rule.located),
      related: placed.slice(0, 5).flatMap((other) => {
        const own = placementOf(other).claim;
        return own ? [{ ...subjectOf(own.located), message: `${other.name} is placed here` }] : [];
      }),
    };
  },
  fix: ({ rule, host }) =>
    rule.isMust && !host ? [{ title: 'Make it a wish: should', edits: addClause(rule.located, 'should') }] : [],
});
