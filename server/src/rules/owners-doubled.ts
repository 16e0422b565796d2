import { derive } from '../base/reactive.ts';
import { OWNED_KINDS, ownOwners } from '../capacity/ownership.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Doubled {
  readonly thing: Entity;
  readonly teams: readonly Entity[];
  readonly by: readonly [Stated, ...Stated[]];
}

/** Undefined, as it is for most things, does not change when something else of the thing does. */
const doubled = derive((thing: Entity): Doubled | undefined => {
  const { teams, by } = ownOwners(thing);
  const [first, ...rest] = by;
  return teams.length > 1 && first ? { thing, teams, by: [first, ...rest] } : undefined;
});

export const ownersDoubled = defineRule<Doubled>({
  id: 'owners-doubled',
  title: 'Two teams own one thing',
  painPoint: 'management-complexity',
  owners: ['management', 'network', 'server'],
  benefit: 'It is clear who decides and who is called',
  why: 'What two teams own, each leaves to the other. Both may have to agree to a change, but one answers for the thing. Virtual switches have a rule of their own.',
  formula:
    'owners stated for one cluster, host, switch, network, delivery controller, array, datastore or application > 1',
  inputs: ['any.owner'],
  severity: 'warning',
  source: { text: 'our choice: one owner for each thing', evidence: 'ours' },
  covers: ['MC05'],
  of: 'design',
  unmendable: 'People have to agree on which of the owners it is.',
  examples: {
    fires: {
      text: `design d
team server
team network
network web { owner server, network }`,
    },
    silent: {
      text: `design d
team server
team network
network web { owner network }`,
    },
  },
  find: ({ design }) => {
    if (design.members('team').size < 2) return [];
    return OWNED_KINDS.flatMap((kind) => [...design.members(kind)].flatMap((thing) => doubled(thing) ?? []));
  },
  say: ({ thing, teams, by }) => ({
    severity: 'warning',
    message: `${thing.name} has ${teams.length} owners (${namesOf(teams)}), and each may leave it to the other. State the one that answers for it, and the other in a note.`,
    at: by[0],
    span: subjectOf(by[0]).span,
    related: by.slice(1).map((at) => ({ at, message: 'also stated here' })),
  }),
});
