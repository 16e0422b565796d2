import { toolsFor } from '../capacity/coverage.ts';
import { isImportant, tierOf } from '../capacity/sessions.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { referenceText } from '../design/reference-text.ts';
import { ownersOf, propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Unheard {
  readonly anchor: Anchor;
  readonly tools: readonly Entity[];
  /** Teams that are called and state no contact; empty if none is called. */
  readonly teams: readonly Entity[];
}

export const alertRouteMissing = defineRule<Unheard>({
  id: 'alert-route-missing',
  title: 'A tool watches and calls nobody',
  painPoint: 'management-complexity',
  owners: ['management', 'application'],
  benefit: 'An alarm reaches somebody who can act',
  why: 'An alarm that stays in a tool is seen when somebody looks. For applications of tier critical or high some team should be called, and one that can be reached. That a team has no contact is only said where another team states one.',
  formula: 'tier critical or high, covered by tools of which none has `alerts`, or only teams without `contact`',
  inputs: ['app.tier', 'tool.covers', 'tool.alerts', 'team.contact'],
  severity: 'warning',
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC11'],
  of: 'app',
  examples: {
    fires: {
      text: `team application
tool apm { covers app * }
app shop { owner application; tier critical; vm web }`,
    },
    silent: {
      text: `team application
tool apm { covers app *; alerts application }
app shop { owner application; tier critical; vm web }`,
    },
  },
  find: (app) => {
    const anchor = nameOf(app);
    const tools = toolsFor(app);
    if (!anchor || tools.length === 0 || !isImportant(app)) return [];
    // A name that is not known is a team all the same.
    if (tools.some(({ tool, alerts }) => alerts.length === 0 && propsOf(tool).has('alerts'))) return [];
    const teams = [...new Set(tools.flatMap(({ alerts }) => alerts))];
    const known = tools.map(({ tool }) => tool);
    if (teams.length === 0) return [{ anchor, tools: known, teams }];
    const anyContact = [...app.design.members('team')].some((team) => propsOf(team).has('contact'));
    const isReached = teams.some((team) => propsOf(team).has('contact'));
    return anyContact && !isReached ? [{ anchor, tools: known, teams }] : [];
  },
  say: ({ anchor, tools, teams }, _limits, app) => ({
    severity: 'warning',
    message:
      teams.length === 0
        ? `${namesOf(tools)} ${tools.length === 1 ? 'watches' : 'watch'} ${app.name} (${tierOf(app)}) and ${tools.length === 1 ? 'calls' : 'call'} nobody, so an alarm waits until somebody looks. State alerts with a team.`
        : `An alarm about ${app.name} (${tierOf(app)}) goes to ${namesOf(teams)}, for whom no contact is stated. State contact for the team.`,
    ...anchor,
    related: [...tools, ...teams].slice(0, 8).flatMap((thing) => {
      const at = nameOf(thing);
      return at ? [{ ...at, message: `${thing.kind} ${thing.name}` }] : [];
    }),
  }),
  fix: ({ tools, teams }, app) => {
    const [tool] = tools;
    const [owner] = ownersOf(app);
    const head = tool?.declaration.head();
    const text = tool && owner && referenceText(owner, { entity: tool, declaration: tool.declaration });
    if (teams.length > 0 || !tool || !head || !owner || !text) return [];
    return [
      { title: `Let ${tool.name} call ${owner.name}`, edits: addToBody(head, `alerts ${text}`), isPreferred: true },
    ];
  },
});
