import { approvalsOf } from '../capacity/approvals.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { addToList, referenceText } from '../design/reference-text.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Open {
  readonly touched: ReadonlyMap<Entity, Entity>;
  readonly missing: readonly Entity[];
  readonly count: Figure;
  /** Further waves of which the same holds, where none says who has agreed. */
  readonly others: readonly Entity[];
  readonly anchor: Anchor;
}

export const waveNotAgreed = defineRule<Open>({
  id: 'wave-not-agreed',
  title: 'A planned move touches what other teams own',
  painPoint: 'management-complexity',
  owners: ['management', 'application', 'network', 'storage', 'server'],
  benefit: 'Nobody learns of a move from its users',
  why: 'A move of VMs uses the hosts of one team, the network of another, the disks of a third and the application of a fourth. Who has to agree follows from who owns what; the plan states who has, with `agreed-by`. The owner of the wave itself has agreed. Nothing is said of a wave that touches one team alone, and of things that nobody owns. While no wave says who has agreed, it is said once.',
  formula:
    'owners of what is moved, of where it runs, of its target, its virtual switches, its disks and its way − owner of the wave − `agreed-by`',
  inputs: ['wave.moves', 'wave.to', 'wave.via', 'wave.agreed-by', 'any.owner', 'host.runs', 'vswitch.carries'],
  limitOf: 'teams that a move touches',
  limits: { info: 1 },
  source: { text: 'our choice: who owns it agrees to it', evidence: 'ours' },
  covers: ['MC06'],
  of: 'wave',
  examples: {
    fires: {
      text: `team server
team application
cluster prod { owner server; host esx-1 { runs cart }; host esx-2 }
app shop { owner application; vm cart }
wave night { owner server; moves cart; to esx-2 }`,
    },
    silent: {
      text: `team server
team application
cluster prod { owner server; host esx-1 { runs cart }; host esx-2 }
app shop { owner application; vm cart }
wave night { owner server; moves cart; to esx-2; agreed-by application }`,
    },
  },
  find: (wave, limits) => {
    const approvals = approvalsOf(wave);
    const anchor = nameOf(wave);
    if (!approvals || !anchor || approvals.missing.length === 0) return [];
    const { touched, missing } = approvals;
    const others = othersLike(wave);
    if (!others) return [];
    const count = derivedFigure('teams touched', 'count', touched.size, 'owners of what the move touches', []);
    return grade(count.value, limits) ? [{ touched, missing, count, others, anchor }] : [];
  },
  say: ({ touched, missing, count, others, anchor }, limits, wave) => ({
    severity: grade(count.value, limits) ?? 'info',
    message: `Wave ${wave.name} touches what ${touched.size} teams own, and the plan does not say that ${namesOf(missing)} ${missing.length === 1 ? 'has' : 'have'} agreed. ${others.length > 0 ? `Nor for ${counted(others.length, 'further wave')}. ` : ''}Ask, and state agreed-by ${missing.map(({ name }) => name).join(', ')}.`,
    ...anchor,
    figures: [count],
    related: missing.slice(0, 8).flatMap((team) => {
      const thing = touched.get(team);
      const at = thing && nameOf(thing);
      return at ? [{ ...at, message: `${team.name} owns ${thing.kind} ${thing.name}` }] : [];
    }),
  }),
  fix: ({ missing, anchor }, wave) => {
    const stated = propsOf(wave).list('agreed-by').at(-1);
    const texts = missing.map((team) => referenceText(team, { entity: wave, declaration: wave.declaration }));
    const [only] = missing;
    if (!only || !texts.every((text) => text !== undefined)) return [];
    const edits = !stated
      ? addToBody(anchor.at, `agreed-by ${texts.join(', ')}`)
      : missing.length === 1
        ? addToList(stated, only)
        : [];
    return edits.length > 0 ? [{ title: `State that ${namesOf(missing)} agreed`, edits }] : [];
  },
});

/** Further waves that nobody is said to have agreed to, told with the first; undefined for one that another one tells of. */
function othersLike(wave: Entity): readonly Entity[] | undefined {
  const all = [...wave.design.members('wave')];
  if (all.some((one) => propsOf(one).has('agreed-by'))) return [];
  const [first, ...others] = all.filter((one) => {
    const approvals = approvalsOf(one);
    return approvals && approvals.touched.size > 1 && approvals.missing.length > 0;
  });
  return first === wave ? others : undefined;
}
