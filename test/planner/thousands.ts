import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/span.ts';
import { finish } from '../../server/src/base/steps.ts';
import { isRunning } from '../../server/src/capacity/vm.ts';
import { placementOf, vmsOn } from '../../server/src/design/placement.ts';
import { moveVms } from '../../server/src/design/placement-edits.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import type { Plan, Planned } from '../../server/src/ide/plans/make.ts';
import { planFor } from '../../server/src/ide/plans/mend.ts';
import type { PlanWish } from '../../server/src/ide/plans/wish.ts';
import { formatText } from '../../server/src/language/format.ts';
import { checkDesign } from '../../server/src/rules/run.ts';
import { designOf, entityOf } from '../support/design.ts';
import { compared, opened } from './planning.ts';
import { scatteredEstate, smallEstate, smallMigration } from './small-estates.ts';

/** What the search may weigh: enough for designs this small. */
const WORK = 4_000;

const cluster = 'cluster:prod';

/** What can be asked of a small design: that something found is mended, or a wish. */
export const WISHES: readonly (PlanWish | 'mend')[] = [
  'mend',
  { kind: 'rebalance', cluster },
  { kind: 'evacuate', host: 'host:prod/h-1' },
  { kind: 'failover', cluster },
  { kind: 'spread', cluster },
  { kind: 'place', cluster },
  { kind: 'fit', cluster, className: 'mid', count: 2 },
  { kind: 'consolidate', cluster },
  { kind: 'migrate' },
];

interface Asked {
  readonly planned: Planned;
  /** The rule whose finding is to go. */
  readonly rule: string | undefined;
}

/** A plan for the wish of a seed; undefined if nothing is found that a plan could mend. */
function asked(text: string, wish: PlanWish | 'mend'): Asked | undefined {
  const { workspace, project } = opened(text);
  if (wish !== 'mend') {
    const planned = finish(planForWish(workspace, project, wish, { work: WORK }));
    assert.equal(workspace.text('main.vdc'), text);
    return { planned, rule: undefined };
  }
  const finding = checkDesign(project.design).findings.find(({ rule }) => rule.remedy === 'plan');
  return finding && { planned: planFor(workspace, project, finding, WORK), rule: finding.rule.id };
}

/** The text after the first steps of a plan. */
function partway(whole: string, plan: Plan, steps: number): string {
  const done = plan.moves.filter(({ step }) => step <= steps);
  const before = designOf(whole);
  const fresh = done.filter(({ vm }) => !before.names.read('vm', vm).entities[0]);
  const text = whole + fresh.map(({ vm }) => `vm ${vm} : mid\n`).join('');
  const design = fresh.length > 0 ? designOf(text) : before;
  const moves = new Map(done.map(({ vm, to }) => [vm, to]));
  const result = moveVms(
    [...moves].map(([vm, to]) => ({ vm: entityOf(design, 'vm', vm), to: entityOf(design, 'host', to) })),
  );
  assert.ok('edits' in result);
  return applyEdits(text, result.edits);
}

function keeps(kind: string, text: string, plan: Plan): boolean {
  const design = designOf(text);
  switch (kind) {
    case 'evacuate':
      return vmsOn(entityOf(design, 'host', 'h-1')).length === 0;
    case 'place':
      return [...design.members('vm')].every((vm) => placementOf(vm).host || !isRunning(vm));
    case 'fit':
      return plan.moves.length === 2 && plan.moves.every(({ vm }) => placementOf(entityOf(design, 'vm', vm)).host);
    case 'rebalance':
      // Relief of hosts above a limit, and room for a loss, come before evenness.
      return (
        plan.balance.some(({ before, after }) => after < before) || plan.notes.some((note) => note.startsWith('It '))
      );
    case 'migrate':
      return plan.waves.every(({ seconds, window }) => seconds <= window);
    default:
      return true;
  }
}

export interface Counts {
  readonly plan: number;
  readonly nothing: number;
  readonly 'no-plan': number;
}

/**
 * Asks the same of many designs and holds every plan against what plans promise: what it is for comes true, at none of its
 * steps is anything found that was not, and the same text gives the same plan.
 */
export function assertPromises(wish: PlanWish | 'mend', first: number, count: number): Counts {
  const seen = { plan: 0, nothing: 0, 'no-plan': 0 };
  const kind = wish === 'mend' ? wish : wish.kind;
  const design = kind === 'migrate' ? smallMigration : kind === 'failover' ? scatteredEstate : smallEstate;
  for (let seed = first; seed < first + count; seed++) {
    const text = formatText(design(seed));
    const answer = asked(text, wish);
    if (!answer) continue;
    const { planned, rule } = answer;
    seen[planned.kind]++;
    const label = `seed ${seed}, ${kind}\n${text}\n${planned.kind === 'plan' ? planned.title : planned.reason}\n`;
    if (seed % 10 === 0) assert.deepEqual(asked(text, wish)?.planned, planned, `${label}the same text, another plan`);
    if (planned.kind !== 'plan') {
      assert.notEqual(planned.reason, '', label);
      continue;
    }
    const after = applyEdits(text, planned.edits);
    const { added, gone } = compared(after, text);
    assert.deepEqual(added, [], `${label}${after}`);
    assert.ok(keeps(kind, after, planned), `${label}${after}`);
    if (rule !== undefined)
      assert.ok(
        gone.some((wrong) => wrong.startsWith(`${rule} at `)),
        `${label}${after}`,
      );
    assert.equal(formatText(after), after, label);
    const steps = planned.moves.at(-1)?.step ?? 0;
    for (let step = 1; step < steps; step++)
      assert.deepEqual(compared(partway(text, planned, step), text).added, [], `${label}after step ${step}`);
  }
  return seen;
}
