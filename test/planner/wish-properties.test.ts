import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { finish } from '../../server/src/base/steps.ts';
import { placementOf, vmsOn } from '../../server/src/design/placement.ts';
import { moveVms } from '../../server/src/design/placement-edits.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import type { Plan } from '../../server/src/ide/plans/make.ts';
import type { PlanWish } from '../../server/src/ide/plans/wish.ts';
import { formatText } from '../../server/src/language/format.ts';
import { designOf, entityOf } from '../support/design.ts';
import { compared, opened } from './planning.ts';
import { randomEstate } from './random-estates.ts';

const CLUSTER = 'cluster:prod';

/** An estate in which some VMs run nowhere yet. */
function unplaced(text: string): string {
  return text
    .replace(/runs v-(\d+)(?:, |(?= \}))/g, (whole, number) => (Number(number) % 3 === 0 ? 'runs ' : whole))
    .replace(/; runs (?=\})/g, ' ');
}

const WISHES: Readonly<Record<string, { readonly wish: PlanWish; readonly of?: (text: string) => string }>> = {
  rebalance: { wish: { kind: 'rebalance', cluster: CLUSTER } },
  evacuate: { wish: { kind: 'evacuate', host: 'host:prod/h-1' } },
  failover: { wish: { kind: 'failover', cluster: CLUSTER } },
  spread: { wish: { kind: 'spread', cluster: CLUSTER } },
  place: { wish: { kind: 'place', cluster: CLUSTER }, of: unplaced },
  consolidate: { wish: { kind: 'consolidate', cluster: CLUSTER } },
};

/** The text after the first steps of a plan. */
function partway(text: string, plan: Plan, steps: number): string {
  const design = designOf(text);
  const moves = new Map(plan.moves.filter(({ step }) => step <= steps).map(({ vm, to }) => [vm, to]));
  const result = moveVms(
    [...moves].map(([vm, to]) => ({ vm: entityOf(design, 'vm', vm), to: entityOf(design, 'host', to) })),
  );
  assert.ok('edits' in result);
  return applyEdits(text, result.edits);
}

function promiseOf(kind: string, text: string, plan: Plan): void {
  const design = designOf(text);
  if (kind === 'evacuate') assert.deepEqual(vmsOn(entityOf(design, 'host', 'h-1')), []);
  if (kind === 'place')
    for (const vm of design.members('vm')) assert.ok(placementOf(vm).host, `${vm.name} has no host`);
  if (kind === 'rebalance') {
    const sum = (when: 'before' | 'after') => plan.balance.reduce((all, change) => all + change[when], 0);
    assert.ok(sum('after') < sum('before'), plan.title);
  }
  if (kind === 'consolidate')
    assert.ok(
      plan.notes.some((note) => /^Nothing runs on h-\d/.test(note)),
      plan.notes.join(),
    );
}

for (const [kind, { wish, of = (text: string) => text }] of Object.entries(WISHES)) {
  test(`plans to ${kind} random estates keep what they promise, at every step`, () => {
    const seen = { plan: 0, nothing: 0, 'no-plan': 0 };
    for (let seed = 1; seed <= 14; seed++) {
      const text = formatText(of(randomEstate(seed)));
      const { workspace, project } = opened(text);
      const planned = finish(planForWish(workspace, project, wish));
      seen[planned.kind]++;
      const label = `seed ${seed}\n${text}`;
      assert.equal(workspace.text('main.vdc'), text, label);
      if (planned.kind !== 'plan') {
        assert.notEqual(planned.reason, '', label);
        continue;
      }
      const after = applyEdits(text, planned.edits);
      assert.equal(formatText(after), after, `${planned.title}\n${label}`);
      assert.deepEqual(compared(after, text).added, [], `${planned.title}\n${label}\n---\n${after}`);
      promiseOf(kind, after, planned);
      const steps = planned.moves.at(-1)?.step ?? 0;
      for (let step = 1; step < steps; step++)
        assert.deepEqual(
          compared(partway(text, planned, step), text).added,
          [],
          `${planned.title}, after step ${step}\n${label}`,
        );
      const again = opened(text);
      assert.deepEqual(finish(planForWish(again.workspace, again.project, wish)), planned, label);
    }
    // What is too full for a loss is hardly ever only in the wrong places.
    assert.ok(seen.plan > (kind === 'failover' ? -1 : kind === 'spread' ? 0 : 2), JSON.stringify(seen));
  });
}
