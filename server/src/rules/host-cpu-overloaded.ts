import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { hostLoad, hostPeak, hostUse } from '../capacity/load.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { defineRule, grade } from './rule.ts';
import { namesOf } from './shared/wording.ts';

interface Overload {
  readonly share: Figure;
  readonly head: Located;
  readonly when: string;
  readonly vms: readonly Entity[];
  /** Those whose demand no text states: an `assume` or a default of the policy does. */
  readonly assumed: readonly Entity[];
}

function assumedText(assumed: readonly Entity[], vms: readonly Entity[]): string {
  if (assumed.length === 0) return '';
  const whose = assumed.length === vms.length ? (vms.length === 1 ? 'its VM' : 'all its VMs') : namesOf(assumed);
  return ` (assumed for ${whose})`;
}

function wayOut(vms: number): string {
  return vms === 1
    ? 'Its VM waits for CPU; move it to a faster host, or give it fewer vCPUs.'
    : `Its ${vms} VMs wait for each other; move some to another host, or give them fewer vCPUs.`;
}

export const hostCpuOverloaded = defineRule<Overload>({
  id: 'host-cpu-overloaded',
  title: 'Host has less CPU than its VMs ask for',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs get the CPU they ask for, also at their peak',
  why: 'VMs that together ask for more clock than a host has wait for each other, and every application on it slows down at once. Demand counts, not the number of vCPUs: a host with many idle vCPUs is not overloaded. Threads of a core are not counted as cores.',
  formula: 'Σ demand of running VMs × (1 + hypervisor overhead) ÷ ((cores − reserved cores) × clock)',
  inputs: [
    'vm.demand',
    'vm.measured',
    'vm.vcpu',
    'vm.io-heavy',
    'host.cpu',
    'host.reserved-cores',
    'host.cpu-overhead',
    'host.ht-factor',
    'host.measured',
  ],
  limitOf: "share of the host's CPU",
  limitUnit: 'share',
  limits: { warning: 0.75, error: 0.9 },
  source: {
    text: 'the default alarm of vCenter for the CPU of a host, as a secondary source gives it',
    evidence: 'recalled',
  },
  covers: ['RS02'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }`,
    },
    silent: {
      text: `host esx-01 { cpu 1 x 8 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }`,
    },
  },
  find: (host, limits) => {
    const head = host.declaration.head();
    if (!head || !carriesLoad(host)) return [];
    const { cpu } = hostUse(host);
    const peak = hostPeak(host);
    const isPeak = peak !== undefined && (!cpu || peak.cpu.value > cpu.value);
    const share = isPeak ? peak.cpu : cpu;
    if (!share || !grade(share.value, limits)) return [];
    const { vms } = hostLoad(host);
    const stating = new Set(share.inputs?.[0]?.inputs?.map(({ label }) => label));
    const assumed = vms.filter((vm) => vmFacts(vm).isCpuAssumed && stating.has(vm.name));
    return [{ share, head, when: isPeak ? ` ${peak.window}` : '', vms, assumed }];
  },
  say: ({ share, head, when, vms, assumed }, limits, host) => {
    const [load, supply] = share.inputs ?? [];
    const amounts = load && supply ? `: ${formatFigure(load)} of ${formatFigure(supply)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${host.name} is asked for ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of its CPU${when}${amounts}${assumedText(assumed, vms)}. ${wayOut(vms.length)}`,
      at: head,
      span: head.sentence.subject,
      figures: [share],
      related: vms.slice(0, 8).flatMap((vm) => {
        const at = vm.declaration.head();
        const own = load?.inputs?.find((input) => input.label === vm.name);
        return at && own
          ? [{ at, message: `${vm.name} asks for ${formatFigure(own)}${own.origin === 'assumed' ? ', assumed' : ''}` }]
          : [];
      }),
    };
  },
});
