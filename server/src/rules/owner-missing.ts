import { derive } from '../base/reactive.ts';
import { OWNED_KINDS, unownedOf, usualOwner } from '../capacity/ownership.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { addToBody } from '../design/edits.ts';
import { referenceText } from '../design/reference-text.ts';
import { ownersOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Unowned {
  readonly kind: string;
  readonly things: readonly Entity[];
  readonly all: number;
  readonly anchor: Anchor;
}

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  switch: ['Switch', 'switches'],
  adc: ['Delivery controller', 'delivery controllers'],
  app: ['Application', 'applications'],
};

export const ownerMissing = defineRule<Unowned>({
  id: 'owner-missing',
  title: 'Nobody answers for it',
  painPoint: 'management-complexity',
  owners: ['management', 'network', 'server'],
  benefit: 'Every component has a team that is called and that decides',
  why: 'Virtualisation puts switches, networks and disks where no team used to have them. What nobody owns is patched, watched and paid for by nobody. Only said where the design says of something who owns it, once for each kind. An owner passes inward: that of a cluster holds for its hosts, that of an array for its datastores.',
  formula:
    'clusters, hosts, switches, networks, delivery controllers, arrays, datastores and applications without `owner`',
  inputs: ['any.owner', 'team.role'],
  severity: 'warning',
  source: { text: 'our choice: everything has an owner once something has', evidence: 'ours' },
  covers: ['MC04'],
  of: 'design',
  examples: {
    fires: {
      text: `design d
team server
team network
switch tor-a { owner network }
switch tor-b`,
    },
    silent: {
      text: `design d
team server
team network
switch tor-a { owner network }
cluster prod { owner server; host esx-1 }`,
    },
  },
  find: ({ design }) => {
    if (!usesOwners(design)) return [];
    return OWNED_KINDS.flatMap((kind) => {
      const things = unownedOf(design, kind);
      const anchor = things[0] && nameOf(things[0]);
      return anchor ? [{ kind, things, all: design.members(kind).size, anchor }] : [];
    });
  },
  say: ({ kind, things, all, anchor }) => {
    const [only] = things;
    const [one, many] = NAMES[kind] ?? [`${kind[0]?.toUpperCase()}${kind.slice(1)}`, `${kind}s`];
    const names = listed([...new Set(things.map(({ name }) => name))]);
    const who = things.length === 1 ? `${one} ${only?.name} has` : `${things.length} of ${all} ${many} (${names}) have`;
    return {
      severity: 'warning',
      message: `${who} no owner: nobody is called when it fails, and nobody agrees when it changes. State owner, here or in the block around it.`,
      ...anchor,
      related: declarationsOf(things)
        .slice(1, 9)
        .flatMap((thing) => {
          const at = nameOf(thing);
          return at ? [{ ...at, message: `${thing.name} has no owner` }] : [];
        }),
    };
  },
  fix: ({ kind, things }, { design }) => {
    const team = usualOwner(design, kind);
    if (!team) return [];
    const edits = declarationsOf(things).flatMap((thing) => {
      const head = thing.declaration.head();
      const text = referenceText(team, { entity: thing, declaration: thing.declaration });
      return head && text !== undefined ? addToBody(head, `owner ${text}`) : [];
    });
    const names = listed([...new Set(things.map(({ name }) => name))]);
    return edits.length > 0 ? [{ title: `Let ${team.name} own ${names}`, edits }] : [];
  },
});

const isOwned = derive((thing: Entity): boolean => ownersOf(thing).length > 0);

/** Whether the design has begun to say who owns what. */
const usesOwners = derive(
  (design: Design): boolean =>
    design.members('team').size > 0 && OWNED_KINDS.some((kind) => [...design.members(kind)].some(isOwned)),
);

/** One thing of each declaration. */
function declarationsOf(things: readonly Entity[]): readonly Entity[] {
  return [...new Map(things.map((thing) => [thing.declaration, thing])).values()];
}
