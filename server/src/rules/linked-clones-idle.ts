import { formatQuantity } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { featuresOf, wordsOf } from '../capacity/features.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { named } from '../design/layers.ts';
import { hostsOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { datastoresOf, propsOf, standsOn } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Idle {
  readonly by: Stated;
  readonly clones: readonly Entity[];
  /** Space that they would not take if they were linked. */
  readonly saved: Figure | undefined;
}

export const linkedClonesIdle = defineRule<Idle>({
  id: 'linked-clones-idle',
  title: 'Clones are full copies although linked clones are switched on',
  painPoint: 'unused-features',
  owners: ['server', 'storage'],
  benefit: 'Copies of one image take the space of what differs',
  why: 'Linked clones share the blocks of the image that they were made from. A cluster that has them and keeps every clone as a full copy pays for the feature and for the space. Images that do not say what they were cloned from are none. Nothing is said where some clone is linked: then the feature is in use.',
  formula: 'images with `of` and without `linked`, in clusters whose features name linked-clones and that link none',
  inputs: ['cluster.features', 'image.of', 'image.linked', 'image.size', 'image.unique', 'image.on', 'host.mount'],
  severity: 'info',
  source: { text: 'what the design itself states', evidence: 'ours' },
  covers: ['UF13'],
  of: 'cluster',
  examples: {
    fires: {
      text: `datastore ds { capacity 2 TiB }
cluster vdi {
  features linked-clones
  mount ds
  host esx-1
}
image gold on ds { size 40 GiB }
image desk-[1..3] of gold on ds { size 42 GiB; unique 2 GiB }`,
    },
    silent: {
      text: `datastore ds { capacity 2 TiB }
cluster vdi {
  features linked-clones
  mount ds
  host esx-1
}
image gold on ds { size 40 GiB }
image desk-[1..3] of gold on ds { size 42 GiB; unique 2 GiB; linked }`,
    },
  },
  find: (cluster) => {
    if (!featuresOf(cluster).has('linked-clones')) return [];
    const by = propsOf(cluster)
      .list('features')
      .find((stated) => wordsOf(stated).includes('linked-clones'));
    const reached = new Set(hostsOf(cluster).flatMap((host) => datastoresOf(host)));
    const clones = [...cluster.design.members('image')].filter((image) => {
      const store = standsOn(image);
      return exists(image) && named(image, 'of', ['image']).length > 0 && store !== undefined && reached.has(store);
    });
    if (!by || clones.length === 0 || clones.some((clone) => propsOf(clone).has('linked'))) return [];
    return [{ by, clones, saved: savedBy(clones) }];
  },
  say: ({ by, clones, saved }, _limits, cluster) => {
    const part = by.sentence.subject?.parts[0];
    const items = part?.type === 'list' ? part.items : part ? [part] : [];
    return {
      severity: 'info',
      message: `${cluster.name} has linked-clones switched on, and ${clones.length === 1 ? 'its one clone is' : `all ${counted(clones.length, 'clone')} are`} full (${namesOf(clones)})${saved ? `: linked, they would take ${formatQuantity(saved.value, 'size')} less` : ''}. Link them to their images, or leave the feature out.`,
      at: by,
      span: items.find((item) => item.type === 'word' && item.text === 'linked-clones') ?? by.sentence.subject,
      figures: saved ? [saved] : [],
      related: clones.slice(0, 8).flatMap((clone) => {
        const at = nameOf(clone);
        return at ? [{ ...at, message: `${clone.name} is a full copy` }] : [];
      }),
    };
  },
  fix: ({ clones }) => {
    const heads = new Map(clones.map((clone) => [clone.declaration, clone.declaration.head()]));
    const edits = [...heads.values()].flatMap((head) => (head ? addToBody(head, 'linked') : []));
    return edits.length > 0 ? [{ title: 'Link the clones to their images', edits }] : [];
  },
});

function savedBy(clones: readonly Entity[]): Figure | undefined {
  let value = 0;
  for (const clone of clones) {
    const [size, unique] = [propsOf(clone).number('size')?.value, propsOf(clone).number('unique')?.value];
    if (size === undefined || unique === undefined) return undefined;
    value += size - unique;
  }
  return value > 0 ? derivedFigure('space of shared blocks', 'size', value, 'Σ (size − unique)', []) : undefined;
}
