import { type FacilityUse, rackHeight } from '../capacity/facility.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';
import { mountedThings } from './shared/mounted.ts';

interface Overfull {
  readonly use: FacilityUse;
  readonly anchor: Anchor;
}

export const rackOverfull = defineRule<Overfull>({
  id: 'rack-overfull',
  title: 'More is planned for a rack than it has room for',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'network', 'storage'],
  benefit: 'The next rack is in the plan before the delivery stands in the corridor',
  why: 'Hosts are bought by memory and cores, and mounted by rack units. A rack that is full brings a further one with it, with its switches, its power and its place. Physical servers that are converted stand there until they are gone: state `until` for them. Things that do not state their height are not in the sum.',
  formula: 'Σ height of hosts, switches, arrays and servers in the rack ÷ height of the rack',
  inputs: ['rack.height', 'host.height', 'switch.height', 'array.height', 'server.height', 'any.from', 'any.until'],
  limitOf: 'share of the rack units',
  limitUnit: 'share',
  limits: { error: 1 },
  source: { text: '42 U where a rack states no height are ours', evidence: 'ours' },
  covers: ['UC08'],
  of: 'rack',
  unmendable: 'What moves to another rack is moved by hand.',
  examples: {
    fires: {
      text: `site hq
rack r1 at hq { height 24 U }
host esx-[1..13] at r1 { height 2 U }`,
    },
    silent: {
      text: `site hq
rack r1 at hq { height 24 U }
host esx-[1..12] at r1 { height 2 U }`,
    },
  },
  find: (rack, limits) => {
    const use = rackHeight(rack);
    const anchor = use?.by ? subjectOf(use.by) : nameOf(rack);
    return use && anchor && grade(use.share.value, limits) ? [{ use, anchor }] : [];
  },
  say: ({ use, anchor }, limits, rack) => {
    const [taken, height] = use.share.inputs ?? [];
    return {
      severity: grade(use.share.value, limits) ?? 'error',
      message: `What stands in ${rack.name} is ${use.share.isAtLeast ? 'at least ' : ''}${units(taken)} high, and ${height?.origin === 'assumed' ? 'a usual rack' : 'the rack'} has ${units(height)}. Plan a further rack with its power and switches, or place some of it elsewhere.`,
      ...anchor,
      figures: [use.share],
      related: mountedThings(use, (amount) => `${amount} U`),
    };
  },
});

function units(figure: Figure | undefined): string {
  return figure ? `${formatFigure(figure)} U` : '';
}
