import type { Group } from '../base/bag.ts';
import { daysBetween, formatDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import { formatQuantity } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { imageSize } from '../capacity/storage.ts';
import { asOf } from '../capacity/time.ts';
import type { Declaration, Entity, Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { type FileEdit, removeAll, replaceAt } from '../design/edits.ts';
import { amendsOf, named } from '../design/layers.ts';
import { hasFlag, partOf } from '../design/props.ts';
import { withoutNames } from '../design/range-edits.ts';
import { propsOf, referred } from '../design/things.ts';
import { defineRule, grade, type Limits, type Severity } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Parked {
  readonly why: string;
  readonly images: readonly Entity[];
  /** Others of the statement are parked for another reason: one edit for one finding would mix them up. */
  readonly isMixed: boolean;
  readonly size: number;
  readonly severity: Severity;
  readonly anchor: Anchor;
}

const DAY = 86_400;

export const imagesParked = defineRule<Parked>({
  id: 'images-parked',
  title: 'Images that nobody uses take space',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'management'],
  benefit: 'Space goes to what runs, and nobody starts an image with holes of last year',
  why: 'Each project leaves an image behind: a gold version that was superseded, a full clone for a test, a VM that was parked and never fetched. Together they fill more than what runs, and starting one brings back what was patched since. An image is left alone while linked clones hang on it, whatever its age.',
  formula: 'type parked; or superseded; or as-of − last used > 90 days; and nothing linked to it',
  inputs: [
    'image.type',
    'image.size',
    'image.unique',
    'image.last-used',
    'image.superseded-by',
    'vm.image',
    'design.as-of',
  ],
  limitOf: 'time since it was last used',
  limitUnit: 'time',
  limits: { info: 90 * DAY },
  source: { text: '90 days are ours', evidence: 'ours' },
  covers: ['OS08'],
  of: 'image',
  examples: {
    fires: {
      text: `design plan { as-of 2026-11-22 }
image win11-[1..2] { size 64 GiB }
amend image win11-1 { superseded-by win11-2 }`,
    },
    silent: {
      text: `design plan { as-of 2026-11-22 }
image win11-1 { size 64 GiB; superseded-by win11-2 }
image win11-2 { size 64 GiB; last-used 2026-11-01 }
vm d-[1..9] { image win11-1 linked }`,
      note: 'the older one still carries linked clones',
    },
  },
  find: (image, limits) => {
    const why = whyParked(image, limits);
    const anchor = nameOf(image);
    if (!why || !anchor) return [];
    // One finding for all of one statement that are parked for the same reason: by the first of them.
    const reasons = together(image.design, image.declaration).map(
      (other) => [other, whyParked(other, limits)] as const,
    );
    const images = reasons.flatMap(([other, reason]) => (reason === why ? [other] : []));
    const isMixed = reasons.some(([, reason]) => reason !== undefined && reason !== why);
    const sizes = images.map((other) => imageSize(other) ?? 0);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    return images[0] === image && size > 0
      ? [{ why, images, isMixed, size, severity: severityOf(image, limits), anchor }]
      : [];
  },
  say: ({ why, images, size, severity, anchor }) => ({
    severity,
    message: `${images.length > 1 ? `${counted(images.length, 'image')} (${namesOf(images, 2)}) take` : `Image ${namesOf(images)} takes`} ${formatQuantity(size, 'size')} and ${images.length > 1 ? 'are' : 'is'} ${why}. Delete what nobody needs, or archive it on cheaper storage.`,
    ...anchor,
  }),
  fix: ({ images, isMixed, anchor }) => {
    const [first] = images;
    const gone = new Set(images);
    if (!first || isMixed || isNamed(first.design, gone)) return [];
    const amends = [...new Set(images.flatMap(amendsOf))];
    const heads = amends.flatMap((amend) => amend.head() ?? []);
    if (
      heads.length < amends.length ||
      amends.some((amend) => !amend.names.every((name) => images.some((one) => one.name === name)))
    )
      return [];
    const title = images.length > 1 ? `Delete all ${images.length}` : 'Delete it';
    const isWhole = together(first.design, first.declaration).length === images.length;
    if (isWhole) return [{ title, edits: removeAll([anchor.at, ...heads]) }];
    const edits = withoutSome(anchor.at, new Set(images.map(({ name }) => name)));
    return edits.length > 0 ? [{ title, edits: [...edits, ...removeAll(heads)] }] : [];
  },
});

/** Takes some of the names out of the head of a block that declares others, too. */
function withoutSome(head: Located, gone: ReadonlySet<string>): FileEdit[] {
  const part = head.sentence.subject?.parts[0];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  const words = items.flatMap((item) => (item.type === 'name' && !item.quoted ? [item] : []));
  if (!part || words.length < items.length) return [];
  const left = words.flatMap(({ text }) => withoutNames(text, gone));
  return left.length > 0 ? replaceAt(head.place, part, left.join(', ')) : [];
}

/** Whether something names one of the images, as what it was made of or as what came after it. */
function isNamed(design: Design, images: ReadonlySet<Entity>): boolean {
  const names = (list: readonly Entity[]) => list.some((one) => images.has(one));
  for (const other of design.members('image')) {
    if (images.has(other)) continue;
    const successor = propsOf(other).one('superseded-by');
    if (names(named(other, 'of', ['image'])) || (successor && names(referred(successor, ['image'])))) return true;
  }
  for (const vm of design.members('vm')) {
    const stated = propsOf(vm).one('image');
    if (stated && names(referred(stated, ['image']))) return true;
  }
  return false;
}

function severityOf(image: Entity, limits: Limits): Severity {
  return grade((idleDays(image) ?? 0) * DAY, limits) ?? 'info';
}

/** Why nobody needs an image; undefined if somebody does, or it is not known. */
function whyParked(image: Entity, limits: Limits): string | undefined {
  if (!exists(image) || carriesLinked(image)) return undefined;
  const props = propsOf(image);
  if (props.word('type') === 'parked') return 'parked';
  if (props.has('superseded-by')) return 'superseded';
  const days = idleDays(image);
  const used = props.one('last-used')?.sentence.subject?.parts[0];
  return days !== undefined && used?.type === 'date' && grade(days * DAY, limits)
    ? `unused since ${formatDate(used.date)}`
    : undefined;
}

function idleDays(image: Entity): number | undefined {
  const today = asOf(image.design);
  const stated = propsOf(image).one('last-used');
  const used = stated && partOf(stated.sentence.subject, 0, stated.index);
  return today && used?.type === 'date' ? daysBetween(used.date, today) : undefined;
}

const linkedByVms = derive((group: Group<Entity>): ReadonlySet<Entity> => {
  const found = new Set<Entity>();
  for (const vm of group.members()) {
    const stated = propsOf(vm).one('image');
    if (stated && hasFlag(stated, 'linked')) for (const image of referred(stated, ['image'])) found.add(image);
  }
  return found;
});

const linkedByImages = derive((design: Design): ReadonlySet<Entity> => {
  const found = new Set<Entity>();
  for (const image of design.members('image'))
    if (propsOf(image).has('linked')) for (const base of named(image, 'of', ['image'])) found.add(base);
  return found;
});

function carriesLinked(image: Entity): boolean {
  const { design } = image;
  return linkedByImages(design).has(image) || design.names.groups('vm').some((group) => linkedByVms(group).has(image));
}

const byDeclaration = derive((design: Design): ReadonlyMap<Declaration, readonly Entity[]> => {
  const found = new Map<Declaration, Entity[]>();
  for (const image of design.members('image')) {
    const known = found.get(image.declaration);
    if (known) known.push(image);
    else found.set(image.declaration, [image]);
  }
  return found;
});

function together(design: Design, declaration: Declaration): readonly Entity[] {
  return byDeclaration(design).get(declaration) ?? [];
}
