import { type Figure, formatFigure } from '../capacity/figure.ts';
import { shareOf } from '../capacity/load.ts';
import { arrayPortCapacity, arrayPorts } from '../capacity/san.ts';
import { arrayUse } from '../capacity/storage.ts';
import { linkId } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { morePorts } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Overloaded {
  readonly share: Figure;
  readonly by: Stated;
}

export const arrayPortsOverloaded = defineRule<Overloaded>({
  id: 'array-ports-overloaded',
  title: 'VMs move more data than the ports of the array carry',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network'],
  benefit: 'All hosts together get what the disks can give',
  why: 'Every host has paths of its own, but all of them end at the same few ports of the array. There the traffic of the whole estate meets, and flash behind two slow ports is as slow as the ports. Load is taken to be spread evenly over all of them, which is the best case.',
  formula: 'Σ disk throughput of running VMs on the array ÷ Σ ports × rate × payload (Fibre Channel 0.8, Ethernet 0.9)',
  inputs: ['vm.demand', 'vm.measured', 'vm.datastore', 'vm.disk', 'array.ports', 'array.protocol', 'switch.type'],
  limitOf: 'share of what the ports of an array carry',
  limitUnit: 'share',
  limits: { warning: 0.7, error: 1 },
  source: { text: 'payload and 70 % are recalled', evidence: 'recalled' },
  covers: ['CS02'],
  of: 'array',
  examples: {
    fires: {
      text: `array shelf {
  protocol iscsi
  usable 20 TiB
  ports 2 x 10 Gbps
  datastore gold { capacity 10 TiB }
}
vm dwh-[1..4] { datastore gold; demand throughput 400 MB/s }`,
    },
    silent: {
      text: `array shelf {
  protocol iscsi
  usable 20 TiB
  ports 4 x 10 Gbps
  datastore gold { capacity 10 TiB }
}
vm dwh-[1..4] { datastore gold; demand throughput 400 MB/s }`,
    },
  },
  find: (array, limits) => {
    const ports = arrayPorts(array);
    const [first] = ports;
    const share = shareOf('array ports', arrayUse(array).throughput, arrayPortCapacity(array));
    return first && share && grade(share.value, limits) ? [{ share, by: first.by }] : [];
  },
  say: ({ share, by }, limits, array) => {
    const [traffic, capacity] = share.inputs ?? [];
    const amounts = traffic && capacity ? `${formatFigure(traffic)} of ${formatFigure(capacity)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `VMs move ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of what the ports of ${array.name} carry at best: ${amounts}. All hosts wait there, however fast the disks are; use more or faster ports, or move VMs to another array.`,
      ...subjectOf(by),
      figures: [share],
      links: arrayPorts(array).flatMap(({ to }) => (to ? linkId(to, array) : [])),
    };
  },
  fix: ({ share }, array, limits) => morePorts(array, share.value / (leastLimit(limits) ?? 1)),
});
