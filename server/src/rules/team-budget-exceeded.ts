import { budgetOf } from './fixes/budget-edits.ts';
import { defineRule } from './rule.ts';
import { COST_INPUTS, type Exceeded, exceededBudgets, sayExceeded } from './shared/budget-use.ts';

export const teamBudgetExceeded = defineRule<Exceeded>({
  id: 'team-budget-exceeded',
  title: 'What a team owns costs more than the budget of the team',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'network', 'storage', 'application', 'management'],
  benefit: 'Each team sees the bill of the shared plan before it arrives',
  why: 'A plan within its budget may still be too dear for one of the teams that pay for it: the server team buys the hosts, the network team the switch ports that they need. A cost belongs to the team that owns what it is paid for, directly or through the block around it; two owners share it in equal parts, and what nobody owns is in no budget of a team. People and training of the team itself are its own cost. Energy goes to the owner of what uses it. A thing without a price makes the sum a lower bound.',
  formula: 'Σ costs of the year of what the team owns ÷ budget of the team',
  inputs: ['team.budget', 'any.owner', ...COST_INPUTS],
  limitOf: 'share of the budget',
  limitUnit: 'share',
  limits: { warning: 0.9, error: 1 },
  source: { text: 'our choice: as for the budget of the plan', evidence: 'ours' },
  covers: ['UC06'],
  of: 'team',
  examples: {
    fires: {
      text: `design d { currency EUR; budget capex 90_000 EUR }
team server { budget capex 60_000 EUR }
team network { budget capex 12_000 EUR }
cluster prod { owner server; host esx-[1..3] { cost 15_000 EUR } }
switch tor-[a,b] { owner network; cost 7_500 EUR }`,
      note: 'The plan has room; the switches do not fit into what the network team has.',
    },
    silent: {
      text: `design d { currency EUR; budget capex 90_000 EUR }
team server { budget capex 60_000 EUR }
team network { budget capex 17_000 EUR }
cluster prod { owner server; host esx-[1..3] { cost 15_000 EUR } }
switch tor-[a,b] { owner network; cost 7_500 EUR }`,
    },
  },
  find: exceededBudgets,
  say: (fact, limits, team) => sayExceeded(`what team ${team.name} owns`, fact, limits, team),
  fix: ({ use, enough }, team) => budgetOf(team, use, enough),
});
