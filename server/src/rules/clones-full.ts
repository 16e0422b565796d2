import { derive } from '../base/reactive.ts';
import { formatQuantity } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { clonesWaste } from '../capacity/models/images.ts';
import { cloneOf } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { addToBody } from '../design/edits.ts';
import { named } from '../design/layers.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Wasted {
  readonly clones: readonly Entity[];
  readonly size: number;
  readonly anchor: Anchor;
}

export const clonesFull = defineRule<Wasted>({
  id: 'clones-full',
  title: 'Full clones repeat what their image holds',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage'],
  benefit: 'A hundred clones of one image take little more than the image',
  why: 'A full clone copies every block of the image it is made from, and most of them never change. Where what differs is stated and small, clones that share the rest take a fraction. Full clones have their place: where they move to other storage, or outlive their image.',
  formula: 'Σ (size − what differs) of full clones of one image',
  inputs: ['image.type', 'image.size', 'image.unique', 'image.linked'],
  limitOf: 'space that full clones of one image repeat',
  limitUnit: 'size',
  limits: { info: 500e9 },
  source: { text: 'from where on it is worth the work is ours', evidence: 'ours' },
  covers: ['OS08'],
  of: 'image',
  examples: {
    fires: {
      text: `image viewer { size 42 GiB }
image viewer-dept-[01..60] of viewer { size 42 GiB; unique 6 GiB }`,
    },
    silent: {
      text: `image viewer { size 42 GiB }
image viewer-dept-[01..60] of viewer { size 42 GiB; unique 6 GiB; linked }`,
    },
  },
  find: (image, limits) => {
    const clones = (clonesByImage(image.design).get(image) ?? []).filter((clone) => {
      const { size, unique, isLinked } = cloneOf(clone);
      return exists(clone) && !isLinked && size !== undefined && unique !== undefined && unique < size;
    });
    const size = clonesWaste(clones.map(cloneOf));
    const anchor = clones[0] && nameOf(clones[0]);
    return anchor && grade(size, limits) ? [{ clones, size, anchor }] : [];
  },
  say: ({ clones, size, anchor }, limits, image) => {
    const source = nameOf(image);
    return {
      severity: grade(size, limits) ?? 'info',
      message: `${counted(clones.length, 'full clone')} of ${image.name} ${clones.length === 1 ? 'repeats' : 'repeat'} ${formatQuantity(size, 'size')} that the image holds as well. Link them to the image, so that each takes only what differs.`,
      ...anchor,
      related: source ? [{ ...source, message: 'they are clones of this' }] : [],
    };
  },
  fix: ({ clones }) => {
    const heads = [...new Set(clones.map(({ declaration }) => declaration))].flatMap((one) => one.head() ?? []);
    const edits = heads.flatMap((head) => addToBody(head, 'linked'));
    return edits.length > 0 ? [{ title: `Link ${counted(clones.length, 'clone')} to their image`, edits }] : [];
  },
});

const clonesByImage = derive((design: Design): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const image of design.members('image'))
    for (const base of named(image, 'of', ['image'])) {
      const known = found.get(base);
      if (known) known.push(image);
      else found.set(base, [image]);
    }
  return found;
});
