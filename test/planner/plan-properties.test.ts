import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { affinitiesOf } from '../../server/src/capacity/affinity.ts';
import { runningOn } from '../../server/src/capacity/load.ts';
import type { Entity } from '../../server/src/design/declaration.ts';
import { hostsOf } from '../../server/src/design/placement.ts';
import { moveVms } from '../../server/src/design/placement-edits.ts';
import { planFor } from '../../server/src/ide/plans/mend.ts';
import { barTo, boundReason, closedReason } from '../../server/src/planner/reach.ts';
import { checkDesign, type Finding } from '../../server/src/rules/run.ts';
import { designOf, entityOf } from '../support/design.ts';
import { applied, compared, opened } from './planning.ts';
import { randomEstate } from './random-estates.ts';

/** The text after moves of VMs, by name. */
function after(text: string, moves: readonly { readonly vm: string; readonly to: string }[]): string | undefined {
  const design = designOf(text);
  const result = moveVms(
    moves.map(({ vm, to }) => ({ vm: entityOf(design, 'vm', vm), to: entityOf(design, 'host', to) })),
  );
  return 'edits' in result ? applyEdits(text, result.edits) : undefined;
}

/** A single move that would do, to a host that nothing is wrong with, found by trying each of them on the design. */
function simpleWay(text: string, { rule, entity }: Finding): string | undefined {
  const design = designOf(text);
  const host = entityOf(design, 'host', entity.name);
  const full = new Set(checkDesign(design).findings.map((finding) => finding.entity));
  const hosts = hostsOf(entityOf(design, 'cluster', 'prod')).filter((one) => !full.has(one));
  const mayGo = (vm: Entity, to: Entity) =>
    to !== host && closedReason(to) === undefined && boundReason(vm) === undefined && barTo(vm, host, to) === undefined;
  for (const vm of runningOn(host)) {
    // What must be together moves as one, or not at all.
    if (affinitiesOf(vm).some(({ kind }) => kind === 'together')) continue;
    for (const to of hosts) {
      const moved = mayGo(vm, to) ? after(text, [{ vm: vm.name, to: to.name }]) : undefined;
      if (moved === undefined) continue;
      const { added, gone } = compared(moved, text);
      if (added.length === 0 && gone.some((wrong) => wrong.startsWith(`${rule.id} at `)))
        return `${vm.name} to ${to.name}`;
    }
  }
  return undefined;
}

test('plans of random estates keep what they promise, at every step', () => {
  const seen = { plans: 0, steps: 0, none: 0 };
  for (let seed = 1; seed <= 50; seed++) {
    const text = randomEstate(seed);
    const { project } = opened(text);
    const wanted = checkDesign(project.design).findings.filter(({ rule }) => rule.remedy === 'plan');
    for (const finding of wanted) {
      const fresh = opened(text);
      const plan = planFor(fresh.workspace, fresh.project, finding);
      const label = `seed ${seed}, ${finding.rule.id} at ${finding.entity.name}\n${text}`;
      if (plan.kind === 'no-plan') {
        seen.none++;
        assert.notEqual(plan.reason, '', label);
        if (finding.entity.kind === 'host') assert.equal(simpleWay(text, finding), undefined, `${label}${plan.reason}`);
        continue;
      }
      seen.plans++;
      applied(text, plan, finding.rule.id);
      const steps = Math.max(...plan.moves.map(({ step }) => step));
      for (let count = 1; count < steps; count++) {
        const partway = after(
          text,
          plan.moves.filter(({ step }) => step <= count),
        );
        assert.ok(partway !== undefined, label);
        assert.deepEqual(compared(partway, text).added, [], `${label}${plan.title}, after step ${count}`);
        seen.steps++;
      }
      const again = opened(text);
      assert.deepEqual(planFor(again.workspace, again.project, finding), plan, `${label}the same text, another plan`);
    }
  }
  assert.ok(seen.plans > 50 && seen.steps > 10 && seen.none > 10, JSON.stringify(seen));
});
