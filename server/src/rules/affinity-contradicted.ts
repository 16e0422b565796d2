import { formatQuantity } from '../base/units.ts';
import { type Contradiction, contradictionsAt } from '../capacity/affinity-conflicts.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause, removeStatement } from '../design/edits.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

export const affinityContradicted = defineRule<Contradiction>({
  id: 'affinity-contradicted',
  title: 'Rules of where VMs may run cannot all be kept',
  painPoint: 'resource-starvation',
  owners: ['application', 'server'],
  benefit: 'Each VM has a host on which it may start, on the day of a failure as well',
  why: 'Rules that VMs must stay together, apart, or on some hosts come from different people at different times. Where two of them exclude each other, or those that must share a host are too large for any, a VM stays off after the next restart, and nobody sees why. Only rules that must be kept count, not those with `should`.',
  formula:
    'two VMs that must share a host (by a chain of together) and must be apart by something no finer; Σ memory or CPU of VMs that must share a host > the largest host of their cluster; hosts that all `keep … on` of VMs of one host leave, without those of `keep … off` = none',
  inputs: ['cluster.together', 'cluster.apart', 'cluster.keep', 'vm.memory', 'vm.demand', 'host.cpu', 'host.memory'],
  severity: 'error',
  source: { text: 'the plan itself states the rules; that they contradict each other is logic', evidence: 'ours' },
  covers: ['RS20'],
  of: 'vm',
  examples: {
    fires: {
      text: `cluster prod { host esx-[1..3] }
vm web, cache
runs web on esx-1
apart web, cache by host
together web, cache by host`,
    },
    silent: {
      text: `cluster prod { host esx-[1..3] }
vm web, cache
runs web on esx-1
together web, cache by rack
apart web, cache by host`,
      note: 'two hosts of one rack keep both rules',
    },
  },
  find: contradictionsAt,
  say: (fact) => {
    const { rule, others } = fact;
    return {
      severity: 'error',
      message: messageOf(fact),
      ...subjectOf(rule.located),
      related: others
        .slice(0, 5)
        .map((other) => ({ ...subjectOf(other.located), message: 'this rule says otherwise' })),
    };
  },
  fix: (fact) => {
    const { rule, kind } = fact;
    const preferred = { title: `Make ${rule.kind} a wish: should`, edits: addClause(rule.located, 'should') };
    const isWhole = kind === 'apart' && rule.vms.length === 2;
    return isWhole
      ? [preferred, { title: `Take this ${rule.kind} out`, edits: removeStatement(rule.located) }]
      : [preferred];
  },
});

function messageOf(fact: Contradiction): string {
  if (fact.kind === 'apart') {
    const [a, b] = fact.vms;
    return `${nameOf(a)} and ${nameOf(b)} must be apart by ${fact.rule.by}, and must be together by ${fact.others[0]?.by ?? 'host'}: one of them stays off. Take one of the rules out, or make it a wish with should.`;
  }
  if (fact.kind === 'too-large') {
    const { what, needed, largest, host } = fact;
    const dimension = what === 'CPU' ? 'frequency' : 'size';
    return `${namesOf(fact.vms)} must share a host and ask for ${formatQuantity(needed, dimension)} of ${what}; the largest, ${host.name}, has ${formatQuantity(largest, dimension)}. Not all of them start. Split the group, or make it a wish with should.`;
  }
  const who = fact.vms.length === 1 ? nameOf(fact.vms[0]) : `${namesOf(fact.vms)}, which must share a host,`;
  return `The rules of ${who} leave no host to run on: those that one allows another one excludes. Allow a host that both know, or make one a wish with should.`;
}

function nameOf(vm: Entity | undefined): string {
  return vm?.name ?? '';
}
