import { type Figure, formatFigure } from '../capacity/figure.ts';
import { shareOf } from '../capacity/load.ts';
import { datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, largestOf, nameOf } from './shared/anchor.ts';

interface Swapped {
  readonly swap: Figure;
  readonly share: Figure;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const swapSpaceLarge = defineRule<Swapped>({
  id: 'swap-space-large',
  title: 'Swap files take much of a datastore',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage'],
  benefit: 'Fast and replicated storage holds data, and not files that nobody reads',
  why: 'ESXi makes a swap file for each running VM, as large as its memory less what is reserved, beside its configuration. Nothing is read from it while memory is enough, yet it is stored, and on replicated storage sent, like data. It is left alone where it is a small part. Other hypervisors make no such file; nothing is counted for them.',
  formula: 'Σ (memory − reservation) of running VMs on ESXi whose home is the datastore ÷ capacity',
  inputs: ['vm.memory', 'vm.reserve', 'vm.datastore', 'vm.disk', 'host.hypervisor', 'datastore.capacity'],
  limitOf: "share of the datastore's capacity",
  limitUnit: 'share',
  limits: { info: 0.15 },
  source: {
    text: 'that the file is memory less reservation is recalled; from what share on it is worth a thought is ours',
    evidence: 'recalled',
  },
  covers: ['OS03'],
  of: 'datastore',
  unmendable: 'Reserved memory is taken from what HA may start elsewhere: which of the two is scarcer is a choice.',
  examples: {
    fires: {
      text: `datastore gold { capacity 4 TiB }
host esx-01 { hypervisor esxi 8.0; runs sql-[1..4] }
vm sql-[1..4] { memory 256 GiB; disk 400 GiB on gold }`,
    },
    silent: {
      text: `datastore gold { capacity 4 TiB }
host esx-01 { hypervisor esxi 8.0; runs sql-[1..4] }
vm sql-[1..4] { memory 256 GiB; reserve memory 192 GiB; disk 400 GiB on gold }`,
    },
  },
  find: (datastore, limits) => {
    const { swap, capacity, vms } = datastoreUse(datastore);
    const share = shareOf('swap files', swap, capacity);
    const anchor = nameOf(datastore);
    return swap && share && anchor && grade(share.value, limits) ? [{ swap, share, vms, anchor }] : [];
  },
  say: ({ swap, share, vms, anchor }, limits, datastore) => ({
    severity: grade(share.value, limits) ?? 'info',
    message: `Swap files of running VMs take ${formatFigure(swap)} of ${datastore.name}, ${formatFigure(share)} of it, and are hardly ever read. Reserve memory for the largest VMs, or keep swap files on storage that is cheap and not replicated.`,
    ...anchor,
    figures: [share],
    related: largestOf(swap, vms),
  }),
});
