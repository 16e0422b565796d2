import { poolsOf } from '../capacity/disks.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { arrayUse, datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { moreSpace } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overfull {
  readonly holder: Entity;
  readonly filled: Figure;
  readonly thin: readonly Entity[];
  readonly anchor: Anchor;
}

export const arrayOverfull = defineRule<Overfull>({
  id: 'array-overfull',
  title: 'The space behind thin datastores is nearly used up',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'No array runs full behind datastores that look half empty',
  why: 'A thin datastore shows the space that it was promised. What counts is what the array has left, and that is shared by all thin datastores on it: each may look half empty on the morning when all of them stop. What was measured of the array counts; else what is written on its thin datastores, against what thick ones leave. An array with thick datastores alone has nothing to run out of.',
  formula: 'measured used ÷ usable, else Σ written on thin datastores ÷ (usable − Σ thick datastores)',
  inputs: [
    'array.usable',
    'array.disks',
    'array.measured',
    'pool.usable',
    'pool.disks',
    'datastore.thin',
    'datastore.capacity',
    'datastore.measured',
    'vm.disk',
  ],
  limitOf: 'share of the space of an array that is written',
  limitUnit: 'share',
  limits: { warning: 0.75, error: 0.85 },
  source: {
    text: 'the default alarm of vCenter for a datastore, as a secondary source gives it, carried over to arrays by us',
    evidence: 'recalled',
  },
  covers: ['OS13'],
  of: 'array',
  examples: {
    fires: {
      text: `array san {
  usable 20 TiB
  datastore gold-[1..2] { capacity 10 TiB; thin; measured used 7.6 TiB }
}`,
    },
    silent: {
      text: `array san {
  usable 20 TiB
  datastore gold-[1..2] { capacity 10 TiB; thin; measured used 7 TiB }
}`,
    },
  },
  find: (array, limits) =>
    [array, ...poolsOf(array)].flatMap((holder): Overfull[] => {
      const by = propsOf(holder).one('usable') ?? propsOf(holder).one('disks');
      const { filled, datastores } = arrayUse(holder);
      if (!by || !filled || !grade(filled.value, limits)) return [];
      const thin = datastores.filter((datastore) => propsOf(datastore).has('thin'));
      return [{ holder, filled, thin, anchor: subjectOf(by) }];
    }),
  say: ({ holder, filled, thin, anchor }, limits) => {
    const [written, room] = filled.inputs ?? [];
    const amounts = written && room ? `${formatFigure(written)} of ${formatFigure(room)}` : '';
    return {
      severity: grade(filled.value, limits) ?? 'warning',
      message: `${holder.name} is ${filled.isAtLeast ? 'at least ' : ''}${formatFigure(filled)} full behind ${counted(thin.length, 'thin datastore')}: ${amounts}. When it is full, all of them stop writing, whatever they show as free. Add disks, reclaim deleted blocks, or move VMs away.`,
      ...anchor,
      figures: [filled],
      related: thin.slice(0, 6).flatMap((datastore) => {
        const at = nameOf(datastore);
        const { used } = datastoreUse(datastore);
        return at && used ? [{ ...at, message: `${datastore.name} holds ${formatFigure(used)}` }] : [];
      }),
    };
  },
  fix: ({ holder, filled }, _, limits) => {
    const [written, room] = filled.inputs ?? [];
    const { usable } = arrayUse(holder);
    const limit = leastLimit(limits);
    if (!written || !room || !usable || !limit) return [];
    // What thick datastores take stays taken.
    return moreSpace(holder, written.value / limit + usable.value - room.value);
  },
});
