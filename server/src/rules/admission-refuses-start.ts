import { formatQuantity, formatShare } from '../base/units.ts';
import { type Admission, admissionOf } from '../capacity/admission.ts';
import { clusterUse } from '../capacity/cluster.ts';
import { derivedFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { type ResourceReserve, slotFailover } from '../capacity/models/admission-control.ts';
import type { Entity } from '../design/declaration.ts';
import { addClause } from '../design/edits.ts';
import { defineRule, type Fix } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Refused {
  readonly admission: Admission;
  readonly message: string;
  /** Where a share is short. */
  readonly short: { readonly what: 'CPU' | 'memory'; readonly reserve: ResourceReserve } | undefined;
}

export const admissionRefusesStart = defineRule<Refused>({
  id: 'admission-refuses-start',
  title: 'HA will refuse to start VMs of the cluster',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs start, and HA keeps the room that the plan promises',
  why: 'Where `failover` says `by percent` or `by slots`, vSphere HA keeps room for what may fail and refuses to start a VM that would use it. It counts reservations, not use: a cluster without reservations passes while its memory is full, which `failover-not-absorbed` sees. In slots one large reservation makes every slot as large, and a cluster looks full that is not. A slot can be capped: larger VMs then take several.',
  formula:
    'by percent: (total − Σ reservations) ÷ total ≥ share of the largest hosts that may fail; by slots: slot = largest reservation, at least 32 MHz, or its cap; Σ min(⌊CPU ÷ slot⌋, ⌊memory ÷ slot⌋) of the hosts that are left ≥ slots of all VMs',
  inputs: ['cluster.failover', 'vm.reserve', 'vm.memory', 'vm.vcpu', 'host.cpu', 'host.memory', 'host.hypervisor'],
  severity: 'error',
  source: {
    text: 'vSphere 6.5 Availability, its worked example as well; that a capped slot makes a VM take several is recalled',
    evidence: 'verified',
  },
  covers: ['RS15', 'RS16'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  failover 1 host by slots
  host esx-[1..3] { cpu 8 cores 2 GHz; memory 64 GiB }
  runs big, small-[1..7]
}
vm big { memory 48 GiB; reserve memory 20 GiB }
vm small-[1..7] { memory 4 GiB; reserve memory 1 GiB }`,
      note: 'each slot is as large as the one large reservation',
    },
    silent: {
      text: `cluster prod {
  failover 1 host by slots slot-memory 4 GiB
  host esx-[1..3] { cpu 8 cores 2 GHz; memory 64 GiB }
  runs big, small-[1..7]
}
vm big { memory 48 GiB; reserve memory 20 GiB }
vm small-[1..7] { memory 4 GiB; reserve memory 1 GiB }`,
    },
  },
  find: (cluster) => {
    const admission = admissionOf(cluster);
    if (!admission) return [];
    const { verdict, failures } = admission;
    if (verdict.by === 'slots') {
      const { slots } = verdict;
      if (!failures || slots.failures >= failures) return [];
      const total = slots.slots.reduce((sum, of) => sum + of, 0);
      const bears =
        slots.failures < 0
          ? 'not all of them start even while every host is up'
          : `it bears the loss of ${slots.failures}, not ${counted(failures, 'host')}`;
      return [
        {
          admission,
          short: undefined,
          message: `${cluster.name} has ${total} slots of ${formatQuantity(slots.slotCpu, 'frequency')} and ${formatQuantity(slots.slotMemory, 'size')}, its VMs take ${slots.needed}: ${bears}, and HA refuses to start more. Cap the slot, lower the largest reservation, or add a host.`,
        },
      ];
    }
    for (const [what, reserve] of [['CPU', verdict.cpu] as const, ['memory', verdict.memory] as const]) {
      if (!reserve || reserve.isEnough) continue;
      const message = `HA keeps ${formatShare(reserve.reserve)} of the ${what} of ${cluster.name} for a failure, but reservations leave only ${formatShare(Math.max(0, reserve.free))}: it refuses to start VMs. Lower reservations, or add a host.`;
      return [{ admission, message, short: { what, reserve } }];
    }
    return [];
  },
  say: ({ admission, message, short }) => ({
    severity: 'error',
    message,
    ...subjectOf(admission.stated),
    figures: short
      ? [
          derivedFigure(
            `${short.what} not reserved`,
            'share',
            short.reserve.free,
            '(total − Σ reservations) ÷ total',
            [],
          ),
          derivedFigure(`${short.what} kept`, 'share', short.reserve.reserve, 'Σ of what may fail ÷ total', []),
        ]
      : [],
  }),
  fix: ({ admission }, cluster) => capped(admission, cluster),
});

/** The largest cap of a slot, at the size of another VM's reservation, with which the hosts that may fail are borne. */
function capped({ stated, verdict, failures }: Admission, cluster: Entity): Fix[] {
  if (verdict.by !== 'slots' || failures === undefined) return [];
  const hosts = clusterUse(cluster).hosts.map(hostSupply);
  const capacities = hosts.map(({ cpu, memory }) => ({ cpu: cpu?.value, memory: memory?.value }));
  const { vms, caps, slots } = verdict;
  const fixes: Fix[] = [];
  for (const what of ['memory', 'cpu'] as const) {
    if (stated.sentence.clauses.has(`slot-${what}`)) continue;
    const size = what === 'cpu' ? slots.slotCpu : slots.slotMemory;
    const [dimension, unit, factor] =
      what === 'cpu' ? (['frequency', 'MHz', 1e6] as const) : (['size', 'MiB', 2 ** 20] as const);
    const sizes = [...new Set(vms.map((vm) => Math.ceil((vm[what] ?? 0) / factor)))].sort((a, b) => b - a);
    const cap = sizes.find((one) => {
      if (one <= 0 || one * factor >= size) return false;
      const judged = slotFailover(capacities, vms, { ...caps, [what]: one * factor });
      return judged !== undefined && judged.failures >= failures;
    });
    if (cap === undefined) continue;
    const text = what === 'memory' && cap % 1024 === 0 ? `${cap / 1024} GiB` : `${cap} ${unit}`;
    fixes.push({
      title: `Cap the slot at ${formatQuantity(cap * factor, dimension)}: larger VMs take several`,
      edits: addClause(stated, `slot-${what} ${text}`),
      isPreferred: fixes.length === 0,
    });
  }
  return fixes;
}
