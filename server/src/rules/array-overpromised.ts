import { poolsOf } from '../capacity/disks.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { arrayUse, datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { moreSpace } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit, type Severity } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overpromised {
  readonly holder: Entity;
  readonly promised: Figure;
  /** Thick datastores alone, where they do not fit. */
  readonly thick: Figure | undefined;
  readonly severity: Severity;
  readonly datastores: readonly Entity[];
  readonly anchor: Anchor;
}

export const arrayOverpromised = defineRule<Overpromised>({
  id: 'array-overpromised',
  title: 'Datastores add up to more than the array has',
  painPoint: 'overflowing-storage',
  owners: ['storage'],
  benefit: 'Thin volumes save space without running out of it together',
  why: 'A thick volume takes its size from the array on the day it is made: more of them than there is space cannot be made. Thin ones may promise more than there is, for a while: when the array is full, every datastore on it stops writing at once, however much each shows as free. A little over 100 % is common practice where somebody watches; the more, the sooner it takes someone by surprise.',
  formula: 'Σ capacity of datastores ÷ usable; of thick ones alone > 100 % is an error whatever the limits',
  inputs: ['array.usable', 'array.disks', 'pool.usable', 'pool.disks', 'datastore.capacity', 'datastore.thin'],
  limitOf: 'share of the usable space that is promised to datastores',
  limitUnit: 'share',
  limits: { info: 1, warning: 1.5 },
  source: {
    text: 'that thick volumes must fit is arithmetic; 150 % is the limit that another analyser holds datastores to, carried over to arrays by us',
    evidence: 'ours',
  },
  covers: ['OS13'],
  of: 'array',
  examples: {
    fires: {
      text: `array san {
  usable 20 TiB
  datastore gold-[1..4] { capacity 8 TiB; thin }
}`,
    },
    silent: {
      text: `array san {
  usable 40 TiB
  datastore gold-[1..4] { capacity 8 TiB; thin }
}`,
    },
  },
  find: (array, limits) =>
    [array, ...poolsOf(array)].flatMap((holder): Overpromised[] => {
      const by = propsOf(holder).one('usable') ?? propsOf(holder).one('disks');
      const { promised, usable, datastores } = arrayUse(holder);
      if (!by || !promised || !usable) return [];
      const thick = thickOf(datastores);
      const isImpossible = thick.value > usable.value * (1 + 1e-9);
      const severity = isImpossible ? 'error' : grade(promised.value, limits);
      const anchor = subjectOf(by);
      return severity
        ? [{ holder, promised, thick: isImpossible ? thick : undefined, severity, datastores, anchor }]
        : [];
    }),
  say: ({ holder, promised, thick, severity, datastores, anchor }) => {
    const [total, usable] = promised.inputs ?? [];
    const room = usable ? formatFigure(usable) : 'its space';
    return {
      severity,
      message: thick
        ? `Thick datastores of ${formatFigure(thick)} do not fit on ${holder.name}, which has ${room} usable. They cannot be made: make them smaller or thin, or add disks.`
        : `${counted(datastores.length, 'datastore')} on ${holder.name} ${datastores.length === 1 ? 'promises' : 'promise'} ${total ? formatFigure(total) : 'more'} of ${room}, ${formatFigure(promised)}. When the array is full, all of them stop at once; watch it, add disks, or promise less.`,
      ...anchor,
      figures: [promised],
      related: datastores.slice(0, 6).flatMap((datastore) => {
        const at = nameOf(datastore);
        const size = datastoreUse(datastore).capacity;
        return at && size ? [{ ...at, message: `${datastore.name}: ${formatFigure(size)}` }] : [];
      }),
    };
  },
  fix: ({ holder, promised, thick }, _, limits) => {
    const total = promised.inputs?.[0]?.value;
    const limit = leastLimit(limits);
    return total && limit ? moreSpace(holder, Math.max(total / limit, thick?.value ?? 0)) : [];
  },
});

function thickOf(datastores: readonly Entity[]): Figure {
  const sizes = datastores
    .filter((datastore) => !propsOf(datastore).has('thin'))
    .flatMap((datastore) => datastoreUse(datastore).capacity ?? []);
  const value = sizes.reduce((sum, size) => sum + size.value, 0);
  return derivedFigure('thick datastores', 'size', value, 'Σ capacity of thick datastores', sizes);
}
