import { derivedFigure, type Figure, formatFigure, statedFigure } from '../capacity/figure.ts';
import { type StaffLoad, staffLoadOf } from '../capacity/staff.ts';
import { replaceAt } from '../design/edits.ts';
import { defineRule, grade } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Stretched extends StaffLoad {
  readonly figure: Figure;
  /** People that would be enough. */
  readonly enough: number;
}

export const staffStretched = defineRule<Stretched>({
  id: 'staff-stretched',
  title: 'A team looks after more than its people can',
  painPoint: 'management-complexity',
  owners: ['management'],
  benefit: 'Growth of VMs is seen as work before it is seen as delay',
  why: 'VMs are made faster than people are hired. A team states how many people it has and what one of them can look after; what it looks after follows from what it owns. Only said where both are stated. What the people cost is a matter of the budget.',
  formula: 'hosts (VMs) of the team ÷ (staff × ratio)',
  inputs: ['team.staff', 'team.ratio', 'team.role', 'any.owner', 'host.runs', 'app.members'],
  limitOf: 'share of what its people can look after',
  limitUnit: 'share',
  limits: { info: 1 },
  source: { text: 'the ratio that the design itself states', evidence: 'ours' },
  covers: ['MC10', 'UC09'],
  of: 'team',
  examples: {
    fires: {
      text: `team server { staff 2; ratio hosts 20 }
cluster prod { owner server; host esx-[01..41] }`,
    },
    silent: {
      text: `team server { staff 2; ratio hosts 20 }
cluster prod { owner server; host esx-[01..40] }`,
    },
  },
  find: (team, limits) =>
    staffLoadOf(team).flatMap((load) => {
      if (!grade(load.share, limits)) return [];
      const { what, count, staff, ratio, share } = load;
      const figure = derivedFigure('load of the team', 'share', share, `${what} ÷ (staff × ratio)`, [
        { label: what, unit: 'count', value: count, origin: 'derived', isAtLeast: false },
        statedFigure('staff', 'count', staff),
        statedFigure('ratio', 'count', ratio),
      ]);
      return [{ ...load, figure, enough: Math.ceil(count / ratio.value - 1e-9) }];
    }),
  say: ({ what, count, staff, ratio, figure, enough }, limits, team) => ({
    severity: grade(figure.value, limits) ?? 'info',
    message: `Team ${team.name} looks after ${count} ${what} with ${staff.value} ${staff.value === 1 ? 'person' : 'people'}, ${formatFigure(figure)} of what it says it can (${ratio.value} each): patches and requests wait. Plan ${enough} people, or automate and state a higher ratio.`,
    at: staff.by,
    span: subjectOf(staff.by).span,
    figures: [figure],
    related: [{ at: ratio.by, span: ratio.span, message: 'what one can look after' }],
  }),
  fix: ({ staff, enough }) => [
    { title: `Plan ${enough} people`, edits: replaceAt(staff.by.place, staff.span, String(enough)) },
  ],
});
