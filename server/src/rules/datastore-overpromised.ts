import { type Figure, formatFigure } from '../capacity/figure.ts';
import { datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { anotherDatastore } from './fixes/another-datastore.ts';
import { extension } from './fixes/extension.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, capacityOf, largestOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overpromised {
  readonly promised: Figure;
  readonly filled: Figure | undefined;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const datastoreOverpromised = defineRule<Overpromised>({
  id: 'datastore-overpromised',
  title: 'VMs were promised much more space than the datastore has',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'Thin disks save space without running out of it together',
  why: 'Thin disks promise space that is bought later. A little of that saves money; the more is promised, the faster an ordinary week of growth, a restore or a careless copy fills the datastore for all. It does not hurt where growth is watched and space can be added in days.',
  formula: '(Σ disks whole + images + files) ÷ capacity',
  inputs: ['datastore.capacity', 'vm.disk', 'vm.storage', 'image.size', 'datastore.file'],
  limitOf: "share of the datastore's capacity that is promised",
  limitUnit: 'share',
  limits: { warning: 1.5 },
  source: {
    text: 'the limit of another analyser of inventories; OpenStack Nova promises disks once by default',
    evidence: 'verified',
  },
  covers: ['OS04'],
  of: 'datastore',
  examples: {
    fires: {
      text: `array san { usable 10 TiB; datastore gold { capacity 1 TiB } }
vm web-[1..20] { disk 100 GiB thin on gold used 10 GiB }`,
    },
    silent: {
      text: `array san { usable 10 TiB; datastore gold { capacity 1 TiB } }
vm web-[1..15] { disk 100 GiB thin on gold used 10 GiB }`,
    },
  },
  find: (datastore, limits) => {
    const { promised, share: filled, vms } = datastoreUse(datastore);
    const anchor = capacityOf(datastore);
    if (!promised || !anchor || !grade(promised.value, limits)) return [];
    return [{ promised, filled, vms, anchor }];
  },
  say: ({ promised, filled, vms, anchor }, limits, datastore) => {
    const [total, capacity] = promised.inputs ?? [];
    const amounts = total && capacity ? `${formatFigure(total)} on ${formatFigure(capacity)}` : '';
    const now = filled && !filled.isAtLeast ? ` It is ${formatFigure(filled)} full now.` : '';
    return {
      severity: grade(promised.value, limits) ?? 'warning',
      message: `${datastore.name} has promised ${formatFigure(promised)} of its space to ${counted(vms.length, 'VM')}: ${amounts}.${now} Ordinary growth can fill it for all of them. Spread the disks, extend it, or promise less.`,
      ...anchor,
      figures: [promised],
      related: largestOf(total, vms),
    };
  },
  fix: ({ promised }, datastore, limits) => {
    const limit = leastLimit(limits) ?? 1;
    const total = promised.inputs?.[0]?.value ?? 0;
    const excess = total - limit * (total / promised.value);
    return [
      ...extension(datastore, total / limit),
      ...anotherDatastore(datastore, { excess, limit: Math.min(1, limit), by: ({ promised: own }) => own }),
    ];
  },
});
