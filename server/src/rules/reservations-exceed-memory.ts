import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { hostLoad, hostUse } from '../capacity/load.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, largestOf, nameOf } from './shared/anchor.ts';

interface Exceeding {
  readonly share: Figure;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const reservationsExceedMemory = defineRule<Exceeding>({
  id: 'reservations-exceed-memory',
  title: 'More memory is reserved than the host has',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'Each VM with a reservation can be started',
  why: 'A reservation is memory that must be there before a VM may start. When those on a host add up to more than it has, the last one is not started, and after a failure nobody chooses which one that is.',
  formula: 'Σ memory reserved by running VMs ÷ (installed − system memory − what ESXi keeps free)',
  inputs: ['vm.reserve', 'vm.state', 'host.memory', 'host.system-memory', 'host.runs'],
  limitOf: "share of the host's usable memory that is reserved",
  limitUnit: 'share',
  limits: { error: 1 },
  source: { text: 'how admission of VMs works', evidence: 'ours' },
  covers: ['RS06'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { memory 32 GiB; reserve memory 32 GiB }`,
    },
    silent: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { memory 32 GiB; reserve memory 16 GiB }`,
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    const { reservedMemory: share } = carriesLoad(host) ? hostUse(host) : { reservedMemory: undefined };
    return share && anchor && grade(share.value, limits) ? [{ share, vms: hostLoad(host).vms, anchor }] : [];
  },
  say: ({ share, vms, anchor }, limits, host) => {
    const [load, supply] = share.inputs ?? [];
    const amounts = load && supply ? `${formatFigure(load)} of ${formatFigure(supply)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'error',
      message: `VMs on ${host.name} reserve ${formatFigure(share)} of its memory: ${amounts}. Not all of them can be started. Lower reservations, or move a VM away.`,
      ...anchor,
      figures: [share],
      related: largestOf(load, vms),
    };
  },
});
