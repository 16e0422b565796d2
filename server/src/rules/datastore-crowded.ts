import { datastoreUse } from '../capacity/storage.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Crowded {
  readonly count: number;
  /** What the datastore states itself, if it does. */
  readonly stated: number | undefined;
  readonly anchor: Anchor;
}

export const datastoreCrowded = defineRule<Crowded>({
  id: 'datastore-crowded',
  title: 'More VMs share a datastore than should',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'Losing one datastore costs a part of the estate, and its queue stays short',
  why: 'All VMs on one datastore share its queue, its metadata and its fate. How many are too many depends on the array, so `max-vms` of the datastore counts first; without it only the maximum of the file system is held.',
  formula: 'VMs with a disk on it > max-vms, else > 2048',
  inputs: ['datastore.max-vms', 'vm.disk', 'vm.datastore'],
  limitOf: 'VMs with a disk on a datastore that states no max-vms of its own',
  limits: { warning: 2_048 },
  source: {
    text: "maximum of powered-on VMs per VMFS volume, as recalled; max-vms is the plan's own",
    evidence: 'recalled',
  },
  covers: ['OS10'],
  of: 'datastore',
  unmendable: 'Which VMs go to which datastore depends on who may share its queue: a choice for people.',
  examples: {
    fires: {
      text: `datastore gold { capacity 8 TiB; max-vms 20 }
vm d-[1..21] { disk 10 GiB thin on gold used 4 GiB }`,
    },
    silent: {
      text: `datastore gold { capacity 8 TiB; max-vms 20 }
vm d-[1..20] { disk 10 GiB thin on gold used 4 GiB }`,
    },
  },
  find: (datastore, limits) => {
    const own = propsOf(datastore).number('max-vms');
    const count = datastoreUse(datastore).vms.length;
    const anchor = own ? subjectOf(own.by) : nameOf(datastore);
    const isOver = own ? count > own.value : grade(count, limits) !== undefined;
    return anchor && isOver ? [{ count, stated: own?.value, anchor }] : [];
  },
  say: ({ count, stated, anchor }, limits, datastore) => ({
    severity: stated === undefined ? (grade(count, limits) ?? 'warning') : 'warning',
    message: `${counted(count, 'VM')} have disks on ${datastore.name}, ${stated === undefined ? `the file system allows ${leastLimit(limits)}` : `${stated} should share it at most`}: they wait for one queue, and fail together. Spread them over more datastores.`,
    ...anchor,
  }),
});
