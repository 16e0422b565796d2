import { derive } from '../base/reactive.ts';
import { type Tool, toolsFor, toolsOf } from '../capacity/coverage.ts';
import { wordsOf } from '../capacity/features.ts';
import { tierOf } from '../capacity/sessions.ts';
import type { Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { nameOf } from './shared/anchor.ts';

interface Unwatched {
  readonly kind: 'no-slo' | 'no-tool' | 'only-devices';
  readonly at: Located;
}

export const sloUnwatched = defineRule<Unwatched>({
  id: 'slo-unwatched',
  title: 'Nobody sees whether an application keeps its promise',
  painPoint: 'application-awareness',
  owners: ['application', 'management'],
  benefit: 'A slow application is noticed by a tool and not by its users',
  why: 'A service level that no tool watches is a wish, and a critical application without one cannot be judged at all. Hosts may be fine while users wait. That no tool sees it is only said if the design names tools, that it has none only if it states a service level for some other application, and that it is measured in the wrong place only if its tools state where they measure.',
  formula:
    'slo without a tool that covers the application; slo latency, and its tools measure devices alone; tier critical without slo',
  inputs: ['app.slo', 'app.tier', 'tool.covers', 'tool.measures'],
  severity: 'info',
  source: { text: 'our choice, after what the paper says of tools that do not know applications', evidence: 'ours' },
  covers: ['AA08'],
  of: 'app',
  unmendable: 'What is good enough is for the owner of the application to say.',
  examples: {
    fires: {
      text: `tool vcenter { covers host * }
host esx-1
app shop { slo latency 300 ms; vm web }`,
    },
    silent: {
      text: `tool vcenter { covers host *; covers app * }
host esx-1
app shop { slo latency 300 ms; vm web }`,
    },
  },
  find: (app) => {
    const head = app.declaration.head();
    if (!head) return [];
    const slo = propsOf(app).one('slo');
    if (slo) {
      const tools = toolsFor(app);
      if (tools.length === 0) return toolsOf(app.design).length > 0 ? [{ kind: 'no-tool', at: slo }] : [];
      const latency = propsOf(app).withClause('slo', 'latency');
      return latency && tools.every(seesDevicesOnly) ? [{ kind: 'only-devices', at: latency }] : [];
    }
    return tierOf(app) === 'critical' && statesSlo(app.design) ? [{ kind: 'no-slo', at: head }] : [];
  },
  say: ({ kind, at }, _limits, app) => ({
    severity: 'info',
    message: {
      'no-tool': `No tool watches ${app.name}, so nobody sees whether it keeps its service level. Let a tool cover it: covers app ${app.name}.`,
      'no-slo': `${app.name} is critical and states no service level, so no pause or delay can be judged too long. State one, for example slo latency 300 ms.`,
      'only-devices': `The tools that watch ${app.name} measure devices alone, and its users wait for answers: a slow one shows nowhere. Measure it where it answers: measures agent, or wire.`,
    }[kind],
    at,
    span: kind === 'no-slo' ? nameOf(app)?.span : undefined,
  }),
});

/** Whether a tool says what it measures, and that is neither in the machine nor on the wire. */
function seesDevicesOnly({ tool, measuresWire }: Tool): boolean {
  const stated = propsOf(tool).list('measures');
  return stated.length > 0 && !measuresWire && !stated.some((by) => wordsOf(by).includes('agent'));
}

const statesSlo = derive((design: Design): boolean =>
  [...design.members('app')].some((app) => propsOf(app).has('slo')),
);
