import { sightOf } from '../capacity/coverage.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Low {
  readonly coverage: Figure;
  readonly unseen: readonly Entity[];
  readonly anchor: Anchor;
}

export const coverageLow = defineRule<Low>({
  id: 'coverage-low',
  title: 'The tools together see too little',
  painPoint: 'management-complexity',
  owners: ['management', 'server', 'network', 'storage'],
  benefit: 'One knows how the virtual data centre is, and not only parts of it',
  why: 'Each team has its tool, and each tool its kind of thing. What lies between them (virtual switches, arrays, delivery controllers, applications) is seen by none. This is the sum of it; other rules name single hosts and the network. Counted are hosts, switches, virtual switches, controllers, arrays, datastores on none of them, and applications. Only said where the design names a tool.',
  formula: 'components that some tool covers ÷ components',
  inputs: ['tool.covers'],
  limitOf: 'least share of components that some tool sees',
  limitUnit: 'share',
  limits: { info: 0.8 },
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC03'],
  of: 'design',
  unmendable:
    'Which tool should see more is a choice; host-unmonitored and network-unwatched offer it for what they name.',
  examples: {
    fires: {
      text: `design d
tool vcenter { covers host * }
switch tor-[a,b]
host esx-1`,
    },
    silent: {
      text: `design d
tool vcenter { covers host *; covers switch * }
switch tor-[a,b]
host esx-1`,
    },
  },
  find: ({ design }, limits) => {
    const sight = sightOf(design);
    if (!sight || !gradeBelow(sight.coverage, limits)) return [];
    const { components, unseen, panes } = sight;
    const tool = panes[0]?.tool ?? [...design.members('tool')][0];
    const anchor = tool && nameOf(tool);
    const count = (label: string, value: number): Figure => ({
      label,
      unit: 'count',
      value,
      origin: 'derived',
      isAtLeast: false,
    });
    const coverage = derivedFigure('coverage', 'share', sight.coverage, 'components seen ÷ components', [
      count('components seen', components.length - unseen.length),
      count('components', components.length),
    ]);
    return anchor ? [{ coverage, unseen, anchor }] : [];
  },
  say: ({ coverage, unseen, anchor }, limits) => {
    const byKind = new Map<string, number>();
    for (const { kind } of unseen) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    const missing = [...byKind].map(([kind, count]) => counted(count, WORDS[kind] ?? kind, PLURALS[kind]));
    return {
      severity: gradeBelow(coverage.value, limits) ?? 'info',
      message: `The tools together see ${formatFigure(coverage)} of what should be watched; unseen are ${missing.join(', ')}. What fails there shows only in what depends on it. Add covers to a tool, or a tool.`,
      ...anchor,
      figures: [coverage],
      related: unseen.slice(0, 8).flatMap((one) => {
        const at = nameOf(one);
        return at ? [{ ...at, message: `no tool sees ${one.kind} ${one.name}` }] : [];
      }),
    };
  },
});

const WORDS: Readonly<Record<string, string>> = {
  adc: 'delivery controller',
  app: 'application',
  vswitch: 'virtual switch',
};
const PLURALS: Readonly<Record<string, string>> = { switch: 'switches', vswitch: 'virtual switches' };
