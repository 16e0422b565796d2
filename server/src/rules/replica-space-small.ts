import { replicasOn } from '../capacity/copies.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { shareOf } from '../capacity/load.ts';
import { arrayUse } from '../capacity/storage.ts';
import { propsOf } from '../design/things.ts';
import { moreSpace } from './fixes/array-edits.ts';
import type { Related } from './rule.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Small {
  readonly share: Figure;
  readonly sources: readonly string[];
  readonly related: readonly Related[];
  readonly anchor: Anchor;
}

export const replicaSpaceSmall = defineRule<Small>({
  id: 'replica-space-small',
  title: 'Replicas do not fit the array that they go to',
  painPoint: 'overflowing-storage',
  owners: ['storage'],
  benefit: 'The second site holds all of the first, on the day it is needed',
  why: 'A replica takes as much as what it is a copy of, and grows with it. An array at the second site that was bought smaller holds all of it for a year, and then replication stops, quietly. What is written counts, and the datastores that the array has for itself are taken off.',
  formula: 'Σ written on what is replicated there ÷ (usable − its own datastores)',
  inputs: [
    'array.replicates',
    'datastore.replicates',
    'array.usable',
    'array.disks',
    'datastore.capacity',
    'datastore.measured',
    'vm.disk',
  ],
  limitOf: 'space of replicas as a share of what the array has for them',
  limitUnit: 'share',
  limits: { warning: 0.85, error: 1 },
  source: { text: 'ours', evidence: 'ours' },
  covers: ['OS14'],
  of: 'array',
  examples: {
    fires: {
      text: `array main {
  usable 40 TiB
  datastore gold { capacity 30 TiB; measured used 21 TiB }
  replicates to second mode async rpo 1 h
}
array second { usable 20 TiB }`,
    },
    silent: {
      text: `array main {
  usable 40 TiB
  datastore gold { capacity 30 TiB; measured used 21 TiB }
  replicates to second mode async rpo 1 h
}
array second { usable 30 TiB }`,
    },
  },
  find: (array, limits) => {
    const replicas = replicasOn(array);
    const { usable, allocated } = arrayUse(array);
    const by = propsOf(array).one('usable') ?? propsOf(array).one('disks');
    if (replicas.length === 0 || !usable || !by) return [];
    const sizes = replicas.map(({ size }) => size);
    const value = sizes.reduce((sum, size) => sum + size.value, 0);
    const need = derivedFigure('replicas', 'size', value, 'Σ written on what is replicated', sizes);
    const room = allocated
      ? derivedFigure('left by its datastores', 'size', usable.value - allocated.value, 'usable − Σ datastores', [
          usable,
          allocated,
        ])
      : usable;
    const share = shareOf('replicas', need, room);
    if (!share || !grade(share.value, limits)) return [];
    const sources = replicas.map(({ from }) => from.source.name);
    const related = replicas.slice(0, 6).flatMap(({ from, size }) => {
      const at = nameOf(from.source);
      return at ? [{ ...at, message: `${from.source.name}: ${formatFigure(size)}` }] : [];
    });
    return [{ share, sources, related, anchor: subjectOf(by) }];
  },
  say: ({ share, sources, related, anchor }, limits, array) => {
    const [need, room] = share.inputs ?? [];
    const amounts = need && room ? `${formatFigure(need)} of ${formatFigure(room)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `Replicas of ${listed(sources)} take ${share.isAtLeast ? 'at least ' : ''}${amounts} that ${array.name} has for them, ${formatFigure(share)}. When it is full, replication stops and the second copy ages. Add disks there, or replicate less.`,
      ...anchor,
      figures: [share],
      related,
    };
  },
  fix: ({ share }, array, limits) => {
    const need = share.inputs?.[0]?.value;
    const limit = leastLimit(limits);
    const own = arrayUse(array).allocated?.value ?? 0;
    return need && limit ? moreSpace(array, need / limit + own) : [];
  },
});
