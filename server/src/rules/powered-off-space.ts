import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf, vmsOn } from '../design/placement.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, largestOf, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Kept {
  readonly share: Figure;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const poweredOffSpace = defineRule<Kept>({
  id: 'powered-off-space',
  title: 'VMs that are off keep their disks',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'The fast storage is for what runs',
  why: 'A VM that was switched off "for now" keeps its disks on the same storage, in the same backup and under the same licence as before. A few are normal; a noticeable share of the space is worth an afternoon with their owners. Templates are counted as well.',
  formula: 'Σ disks of VMs that are off or templates ÷ Σ disks of all VMs of the cluster',
  inputs: ['vm.state', 'vm.disk', 'vm.storage', 'host.runs', 'cluster.runs'],
  limitOf: 'share of the disk space of all VMs',
  limitUnit: 'share',
  limits: { info: 0.05 },
  source: { text: 'from where on it is worth the work is ours', evidence: 'ours' },
  covers: ['OS09'],
  of: 'cluster',
  unmendable: 'Its owner knows whether a VM is ever started again.',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-[1..2]
  runs web-[1..4], old
}
vm web-[1..4] { disk 100 GiB }
vm old { state off; disk 900 GiB }`,
    },
    silent: {
      text: `cluster prod {
  host esx-[1..2]
  runs web-[1..4], old
}
vm web-[1..4] { disk 100 GiB }
vm old { state off; disk 10 GiB }`,
    },
  },
  find: (cluster, limits) => {
    const anchor = nameOf(cluster);
    const kept: Figure[] = [];
    const vms: Entity[] = [];
    let all = 0;
    for (const holder of [...hostsOf(cluster), cluster]) {
      for (const vm of vmsOn(holder)) {
        const { exists, state, provisioned } = vmFacts(vm);
        if (!exists || provisioned === undefined) continue;
        all += provisioned;
        if (state !== 'off' && state !== 'template') continue;
        vms.push(vm);
        kept.push({ label: vm.name, unit: 'size', value: provisioned, origin: 'stated', isAtLeast: false });
      }
    }
    const size = kept.reduce((sum, { value }) => sum + value, 0);
    if (!anchor || size === 0 || !grade(size / all, limits)) return [];
    const figure = derivedFigure('disks of VMs that are off', 'size', size, 'Σ disks', kept);
    const total: Figure = { label: 'disks of all VMs', unit: 'size', value: all, origin: 'derived', isAtLeast: false };
    const share = derivedFigure('kept by VMs that are off', 'share', size / all, `${figure.label} ÷ ${total.label}`, [
      figure,
      total,
    ]);
    return [{ share, vms, anchor }];
  },
  say: ({ share, vms, anchor }, limits, cluster) => {
    const [size] = share.inputs ?? [];
    return {
      severity: grade(share.value, limits) ?? 'info',
      message: `${counted(vms.length, 'VM')} of ${cluster.name} ${vms.length === 1 ? 'is' : 'are'} off and ${vms.length === 1 ? 'keeps' : 'keep'} ${size ? formatFigure(size) : 'space'} of disk, ${formatFigure(share)} of all. Ask their owners; archive or delete what nobody starts again.`,
      ...anchor,
      figures: [share],
      related: largestOf(size, vms),
    };
  },
});
