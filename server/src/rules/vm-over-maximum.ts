import { formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { maximaOf, platformOf } from '../capacity/platforms/index.ts';
import { type VmFacts, vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';

interface Over {
  readonly asked: string;
  readonly most: string;
  readonly share: Figure;
  readonly platform: string;
  readonly evidence: string;
  readonly anchor: Anchor;
}

export const vmOverMaximum = defineRule<Over>({
  id: 'vm-over-maximum',
  title: 'A VM is larger than its platform supports',
  painPoint: 'unused-features',
  owners: ['server', 'application'],
  benefit: 'A VM that is planned can also be made',
  why: 'Each platform has a most for the virtual CPUs, the memory, the disks and the adapters of one VM, which grows with its versions. A large database that fits the hosts may still be refused by the hypervisor. Nothing is said of platforms and versions whose numbers are not known.',
  formula: 'virtual CPUs, memory, disks and adapters of the VM ÷ the most that the platform supports',
  inputs: ['vm.vcpu', 'vm.memory', 'vm.disk', 'vm.nic', 'host.hypervisor', 'host.runs', 'cluster.runs'],
  limitOf: 'share of what the platform supports',
  limitUnit: 'share',
  limits: { error: 1 },
  source: { text: 'facts of each platform by version, most of them recalled', evidence: 'recalled' },
  covers: ['UF11'],
  of: 'vm',
  unmendable: 'Its owner knows whether it can do with less, or has to be two VMs.',
  examples: {
    fires: {
      text: `host hv-1 { hypervisor hyper-v 2019; runs db }
vm db { memory 13 TiB }`,
    },
    silent: {
      text: `host hv-1 { hypervisor hyper-v 2022; runs db }
vm db { memory 13 TiB }`,
    },
  },
  find: (vm, limits) => {
    const facts = vmFacts(vm);
    if (!isLarge(facts)) return [];
    const { host, cluster } = placementOf(vm);
    const holder = host ?? (cluster && liveHosts(cluster)[0]);
    const running = holder && hostSupply(holder);
    const maxima = running && maximaOf(running);
    if (!running || !maxima) return [];
    const platform = `${platformOf(running.hypervisor)?.name} ${running.version ?? ''}`.trim();
    return MEASURES.flatMap(({ word, asks, most, text }) => {
      const [asked, limit] = [asks(facts), maxima[most]];
      if (asked === undefined || limit === undefined || !grade(asked / limit, limits)) return [];
      const share = derivedFigure(word, 'share', asked / limit, `${text(asked)} ÷ ${text(limit)}`, [], {
        source: maxima.source,
      });
      const anchor = anchorOf(vm, word);
      const { evidence } = maxima;
      return anchor ? [{ asked: text(asked), most: text(limit), share, platform, evidence, anchor }] : [];
    });
  },
  say: ({ asked, most, share, platform, evidence, anchor }, limits, vm) => ({
    severity: grade(share.value, limits) ?? 'error',
    message: `${vm.name} is to have ${asked}; ${platform} supports ${most} in one VM (${evidence}). Make it smaller, spread its work over two, or choose a newer version.`,
    ...anchor,
    figures: [share],
  }),
});

const MEASURES = [
  {
    word: 'vcpu',
    most: 'vcpusPerVm',
    asks: (vm: VmFacts) => vm.vcpus,
    text: (value: number) => `${value} virtual CPUs`,
  },
  {
    word: 'memory',
    most: 'memoryPerVm',
    asks: (vm: VmFacts) => vm.memory,
    text: (value: number) => `${formatQuantity(value, 'size')} of memory`,
  },
  {
    word: 'disk',
    most: 'disksPerVm',
    asks: (vm: VmFacts) => vm.disks.length,
    text: (value: number) => `${value} disks`,
  },
  {
    word: 'nic',
    most: 'nicsPerVm',
    asks: (vm: VmFacts) => vm.nics.length,
    text: (value: number) => `${value} adapters`,
  },
] as const;

/** Whether a VM is larger than the least maximum of any platform: nearly all are not, and need no further look. */
function isLarge({ vcpus = 0, memory = 0, disks, nics }: VmFacts): boolean {
  return vcpus > 32 || memory > 2 ** 40 || disks.length > 50 || nics.length > 7;
}

function anchorOf(vm: Entity, word: string): Anchor | undefined {
  const stated = propsOf(vm).one(word);
  return stated && (word === 'vcpu' || word === 'memory') ? subjectOf(stated) : nameOf(vm);
}
