import { sightOf } from '../capacity/coverage.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Panes {
  readonly count: Figure;
  readonly panes: readonly { readonly tool: Entity; readonly seen: number }[];
  readonly components: number;
  readonly anchor: Anchor;
}

export const panesTooMany = defineRule<Panes>({
  id: 'panes-too-many',
  title: 'One has to look at many tools to see the whole',
  painPoint: 'management-complexity',
  owners: ['management', 'server', 'network', 'storage'],
  benefit: 'Virtual machines, network and storage are seen together',
  why: 'A slow application may have its cause in the host, the virtual switch, the port or the array. With each of them in a tool of its own, nobody sees them side by side. Counted are only tools that add something that the others do not see; two, one for each side of the port, are usual.',
  formula: 'least number of tools that together cover what any tool covers (greedy set cover)',
  inputs: ['tool.covers'],
  limitOf: 'tools needed to see everything that any tool sees',
  limits: { warning: 2 },
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC03'],
  of: 'design',
  unmendable: 'Which tool stays is a choice.',
  examples: {
    fires: {
      text: `design d
tool vcenter { covers host * }
tool netmon { covers switch * }
tool apm { covers app * }
switch tor-a
host esx-1
app shop { vm web }`,
    },
    silent: {
      text: `design d
tool checkmk { covers host *; covers switch * }
tool netmon { covers switch * }
tool apm { covers app * }
switch tor-a
host esx-1
app shop { vm web }`,
    },
  },
  find: ({ design }, limits) => {
    const sight = sightOf(design);
    const [largest] = sight?.panes ?? [];
    if (!sight || !largest || !grade(sight.panes.length, limits)) return [];
    const count = derivedFigure('tools needed', 'count', sight.panes.length, 'greedy set cover', []);
    const anchor = nameOf(largest.tool);
    return anchor ? [{ count, panes: sight.panes, components: sight.components.length, anchor }] : [];
  },
  say: ({ count, panes, components, anchor }, limits) => {
    const [largest] = panes;
    const share = formatFigure({ unit: 'share', value: (largest?.seen ?? 0) / components });
    return {
      severity: grade(count.value, limits) ?? 'warning',
      message: `It takes ${counted(panes.length, 'tool')} to see everything that is watched (${listed(panes.map(({ tool }) => tool.name))}); the one that sees most, ${largest?.tool.name}, sees ${share}. Feed the others into it, or let it cover more.`,
      ...anchor,
      figures: [count],
      related: panes.slice(1, 9).flatMap(({ tool, seen }) => {
        const at = nameOf(tool);
        return at ? [{ ...at, message: `${tool.name} sees ${seen} of ${components}` }] : [];
      }),
    };
  },
});
