import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import type { Maturity } from './maturity.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Below {
  readonly by: Stated;
  readonly target: number;
  readonly maturity: Maturity;
}

export const maturityBelowTarget = defineRule<Below>({
  id: 'maturity-below-target',
  title: 'The virtual data centre is less mature than it should be',
  painPoint: 'management-complexity',
  owners: ['management'],
  benefit: 'The way to a fluid, dynamic, provisionable data centre is a list of next steps',
  why: 'A virtual data centre matures in five stages, from separate machines to one that provisions itself. The stage follows from four dimensions (servers, network, storage, management), each with four steps that the design shows; the least of them counts. Errors of starvation, unused features and congestion hold it at 3, and tools that see less than 80 % at 4. Not everybody needs stage 5: only said where the design states which one it aims at. `vdc check` and the hover of the design show the stage in any case.',
  formula: '1 + the least score of servers, network, storage and management < `maturity` of the design',
  inputs: [
    'design.maturity',
    'cluster.features',
    'network.vlan',
    'switch.trunk',
    'array.disks',
    'tool.covers',
    'any.owner',
  ],
  severity: 'info',
  source: {
    text: 'stages 1 and 2 after F5 World, volume 9; stages 3 to 5, the steps and the caps are ours',
    evidence: 'ours',
  },
  covers: ['MC12'],
  judgesMaturity: true,
  of: 'design',
  unmendable: 'It says which step comes next; the findings of that step have fixes of their own.',
  examples: {
    fires: {
      text: `design d { maturity 2 }
cluster prod { host esx-[1..2] }`,
    },
    silent: {
      text: `design d { maturity 1 }
cluster prod { host esx-[1..2] }`,
    },
  },
  find: (plan, _limits, maturity) => {
    const target = propsOf(plan).number('maturity');
    return target && maturity && maturity.stage < target.value
      ? [{ by: target.by, target: target.value, maturity }]
      : [];
  },
  say: ({ by, target, maturity }) => ({
    severity: 'info',
    message: `The design is at stage ${maturity.stage} of 5 and aims at ${target}. For stage ${maturity.stage + 1}: ${listed(maturity.next, 2)}.`,
    at: by,
    span: subjectOf(by).span,
    figures: maturity.dimensions.map(({ name, score }) => ({
      label: name,
      unit: 'count',
      value: score,
      origin: 'derived',
      isAtLeast: false,
      formula: 'steps taken of four',
    })),
  }),
});
