import { type Affinity, affinitiesOf, domainOf, domainsOf } from '../capacity/affinity.ts';
import { isRunning } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { listed, namesOf, oneOf } from './shared/wording.ts';

interface Broken {
  readonly rule: Affinity;
  /** VMs on hosts that they should keep off; undefined for VMs that should be together. */
  readonly astray: readonly Entity[] | undefined;
  /** Hosts that those run on, or what those that should be together are spread over. */
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
  find: (vm) =>
    affinitiesOf(vm).flatMap((rule): Broken[] => {
      // Told once, by the first of its VMs.
      if (rule.kind === 'apart' || rule.vms[0] !== vm) return [];
      const running = rule.vms.filter(isRunning);
      if (rule.kind === 'keep') {
        const astray = running.filter((other) => isAstray(rule, placementOf(other).host));
        const hosts = new Set(astray.flatMap((other) => placementOf(other).host ?? []));
        return astray.length > 0 ? [{ rule, astray, domains: [...hosts] }] : [];
      }
      const domains = new Set(running.flatMap((other) => domainOf(other, rule.by) ?? []));
      return domains.size > 1 ? [{ rule, astray: undefined, domains: [...domains] }] : [];
    }),
  say: ({ rule, astray, domains }) => {
    const word = rule.isMust ? 'must' : 'should';
    const severity = rule.isMust ? 'error' : 'info';
    const places = (vms: readonly Entity[]) =>
      vms.slice(0, 5).flatMap((vm) => {
        const { claim } = placementOf(vm);
        return claim ? [{ ...subjectOf(claim.located), message: `${vm.name} is placed here` }] : [];
      });
    if (astray) {
      const isOff = domains.some((host) => rule.off.includes(host));
      const hosts = rule.on.map((one) => one.name);
      const isOne = astray.length === 1;
      const allowed = isOff
        ? `${word} stay off ${domains.length === 1 ? 'it' : 'them'}`
        : `${word} stay on ${hosts.length > 3 ? listed(hosts) : oneOf(hosts)}`;
      const target = isOff ? '' : ` to ${hosts.length === 1 ? hosts[0] : 'one of those'}`;
      return {
        severity,
        message: `${namesOf(astray)} ${isOne ? 'runs' : 'run'} on ${namesOf(domains)}, and ${allowed}. Move ${isOne ? 'it' : 'them'}${target}, or change the rule.`,
        ...subjectOf(rule.located),
        related: places(astray),
      };
    }
    const placed = domains.flatMap((domain) => domainsOf(rule).get(domain)?.[0] ?? []);
    return {
      severity,
      message: `${namesOf(rule.vms)} ${word} be together by ${rule.by}, and are spread over ${namesOf(domains)}. Move them to one ${rule.by}, or change the rule.`,
      ...subjectOf(rule.located),
      related: places(placed),
    };
  },
  fix: ({ rule, astray }) =>
    rule.isMust && !astray ? [{ title: 'Make it a wish: should', edits: addClause(rule.located, 'should') }] : [],
});

function isAstray(rule: Affinity, host: Entity | undefined): boolean {
  return host !== undefined && ((rule.on.length > 0 && !rule.on.includes(host)) || rule.off.includes(host));
}
