import { type Figure, formatFigure } from '../capacity/figure.ts';
import { datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { anotherDatastore } from './fixes/another-datastore.ts';
import { extension } from './fixes/extension.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, capacityOf, largestOf } from './shared/anchor.ts';

interface Overfull {
  readonly share: Figure;
  readonly used: number;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const datastoreOverfull = defineRule<Overfull>({
  id: 'datastore-overfull',
  title: 'Datastore is nearly full',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'No VM stops because its disk cannot grow',
  why: 'When a datastore is full, every VM with a thin disk or a snapshot on it stops at its next write. Swap files, snapshots and copies need room that no disk shows, so the last fifth is not spare. What was measured counts, else what the disks say: thick ones whole, thin ones as far as they are used.',
  formula: 'measured used, else Σ disks (thick whole, thin as used) + images + files, ÷ capacity',
  inputs: ['datastore.capacity', 'datastore.measured', 'vm.disk', 'vm.storage', 'image.size', 'datastore.file'],
  limitOf: "share of the datastore's capacity",
  limitUnit: 'share',
  limits: { warning: 0.75, error: 0.85 },
  source: {
    text: 'the default alarm of vCenter for a datastore, as a secondary source gives it; Storage DRS moves disks above 80 %',
    evidence: 'recalled',
  },
  covers: ['OS01'],
  of: 'datastore',
  examples: {
    fires: {
      text: `array san { usable 10 TiB; datastore gold { capacity 1 TiB } }
vm db { disk 900 GiB on gold }`,
    },
    silent: {
      text: `array san { usable 10 TiB; datastore gold { capacity 1 TiB } }
vm db { disk 900 GiB thin on gold used 200 GiB }`,
    },
  },
  find: (datastore, limits) => {
    const { share, used, vms } = datastoreUse(datastore);
    const anchor = capacityOf(datastore);
    if (!share || !used || !anchor || !grade(share.value, limits)) return [];
    return [{ share, used: used.value, vms, anchor }];
  },
  say: ({ share, vms, anchor }, limits, datastore) => {
    const [used, capacity] = share.inputs ?? [];
    const amounts = used && capacity ? `${formatFigure(used)} of ${formatFigure(capacity)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${datastore.name} is ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} full: ${amounts}. At 100 % its VMs stop at the next write. Move disks to another datastore, delete what is not needed, or extend it.`,
      ...anchor,
      figures: [share],
      related: largestOf(used, vms),
    };
  },
  fix: ({ used, share }, datastore, limits) => {
    const limit = leastLimit(limits) ?? 1;
    const excess = used - limit * (used / share.value);
    return [
      ...extension(datastore, used / limit),
      ...anotherDatastore(datastore, { excess, limit, by: ({ written }) => written }),
    ];
  },
});
