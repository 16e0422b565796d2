import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { hostLoad, hostUse } from '../capacity/load.ts';
import type { Entity } from '../design/declaration.ts';
import { policyFor } from '../design/policy.ts';
import { lessMemory } from './fixes/right-sizing.ts';
import { defineRule, grade, leastLimit, type Severity } from './rule.ts';
import { type Anchor, largestOf, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

const ID = 'host-memory-overcommitted';
/** Promised memory up to which a host that has enough free is only worth a remark, and what is enough; both are ours. */
export const CALM = 1.1;
export const CALM_USE = 0.75;

interface Overcommitted {
  readonly share: Figure;
  readonly active: Figure | undefined;
  readonly severity: Severity;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const hostMemoryOvercommitted = defineRule<Overcommitted>({
  id: ID,
  title: 'Host has promised more memory than it has',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'No VM is ballooned or swapped when all of them use what they were given',
  why: 'As long as VMs leave memory unused, more can be promised than is there. The day they use it, the hypervisor takes it back by ballooning and then by swapping to disk, and the whole host slows down. Where figures of active memory are known, `host-memory-active-high` says how near that day is, and up to a tenth too much is only a remark while a quarter of the memory is free.',
  formula: 'Σ (memory of running VMs + overhead per VM on ESXi) ÷ (installed − system memory − what ESXi keeps free)',
  inputs: ['vm.memory', 'vm.vcpu', 'vm.state', 'host.memory', 'host.system-memory', 'host.hypervisor'],
  limitOf: "share of the host's usable memory",
  limitUnit: 'share',
  limits: { warning: 1, error: 1.25 },
  source: {
    text: 'OpenStack Nova promises memory once by default; 125 % as the error is ours',
    evidence: 'verified',
  },
  covers: ['RS04'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..4] }
vm db-[1..4] { memory 16 GiB }`,
      note: '4 GiB are left to the hypervisor',
    },
    silent: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..3] }
vm db-[1..3] { memory 16 GiB }`,
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    if (!anchor || !carriesLoad(host)) return [];
    const { memory: share, activeMemory: active } = hostUse(host);
    const severity = grade(share?.value, limits);
    if (!share || !severity) return [];
    const isOwnLimit = policyFor(host, ID).warn !== undefined;
    const isCalm = !isOwnLimit && share.value <= CALM && active !== undefined && active.value < CALM_USE;
    return [{ share, active, severity: isCalm ? 'info' : severity, vms: hostLoad(host).vms, anchor }];
  },
  say: ({ share, active, severity, vms, anchor }, _, host) => {
    const [load, supply] = share.inputs ?? [];
    const amounts =
      load && supply ? `${formatFigure(load)} to ${counted(vms.length, 'VM')}, of ${formatFigure(supply)} usable` : '';
    const now = active ? ` ${formatFigure(active)} is in use now.` : '';
    return {
      severity,
      message: `${host.name} has promised ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of its memory: ${amounts}.${now} If they use it, VMs swap to disk; move some, or give them less.`,
      ...anchor,
      figures: [share],
      related: largestOf(load, vms),
    };
  },
  fix: ({ share }, host, limits) => {
    const [load, supply] = share.inputs ?? [];
    return load && supply ? lessMemory(host, load.value - supply.value * (leastLimit(limits) ?? 1)) : [];
  },
});
