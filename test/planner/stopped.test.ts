import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Course } from '../../server/src/base/course.ts';
import { applyEdits } from '../../server/src/base/span.ts';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import type { PlanWish } from '../../server/src/ide/plans/wish.ts';
import { compared, opened } from './planning.ts';

/** Five hosts of which three carry everything, unevenly. */
const CROWDED = `class host h {
  cpu 2 x 16 cores 2.0 GHz
  memory 256 GiB
}
class vm small { vcpu 2; memory 4 GiB; demand cpu 40 % }
class vm large { vcpu 8; memory 24 GiB; demand cpu 30 % }
vm a-[01..24] : small
vm b-[1..6] : large
vm c-[1..5] : small

cluster prod {
  failover none
  host esx-1 : h { runs a-[01..24], b-[1..2] }
  host esx-2 : h { runs b-[3..6] }
  host esx-3 : h { runs c-[1..5] }
  host esx-[4..5] : h
}
`;

/** How often it may ask before it is stopped. */
const STOPS = [0, 1, 2, 5, 13, 34];

function course(after: number): Course & { readonly shares: number[]; readonly asked: () => number } {
  const shares: number[] = [];
  let asked = 0;
  return { shares, asked: () => asked, isStopped: () => asked++ >= after, report: (share) => shares.push(share) };
}

function planned(text: string, wish: PlanWish, after: number) {
  const { workspace, project } = opened(text);
  const own = course(after);
  const made = finish(planForWish(workspace, project, wish, { course: own }));
  assert.equal(workspace.text('main.vdc'), text, 'the text is as it was');
  return { made, shares: own.shares, wasStopped: own.asked() > after };
}

const WISHES: readonly PlanWish[] = [
  { kind: 'rebalance', cluster: 'cluster:prod' },
  { kind: 'evacuate', host: 'host:prod/esx-1' },
  { kind: 'consolidate', cluster: 'cluster:prod' },
  { kind: 'fit', cluster: 'cluster:prod', className: 'large', count: undefined },
  { kind: 'fit', cluster: 'cluster:prod', className: 'large', count: 3 },
];

describe('a plan that is stopped', () => {
  const seen = { useful: 0, none: 0 };
  for (const wish of WISHES)
    test(`${wish.kind}${'count' in wish && wish.count ? ` ${wish.count}` : ''}: what is best until then, proven and labelled, or that there is none`, () => {
      const whole = planned(CROWDED, wish, Number.POSITIVE_INFINITY);
      assert.ok(whole.made.kind === 'plan' && !whole.made.isStopped, JSON.stringify(whole.made));
      assert.deepEqual(
        planned(CROWDED, wish, Number.POSITIVE_INFINITY).made,
        whole.made,
        'the same text, another plan',
      );
      for (const after of STOPS) {
        const { made, shares, wasStopped } = planned(CROWDED, wish, after);
        const label = `stopped after ${after}`;
        assert.deepEqual(
          shares,
          [...shares].sort((a, b) => a - b),
          `${label}: ${shares}`,
        );
        assert.ok(
          shares.every((share) => share >= 0 && share <= 1),
          label,
        );
        if (!wasStopped) {
          assert.deepEqual(made, whole.made, label);
          continue;
        }
        if (made.kind === 'no-plan') {
          seen.none++;
          assert.ok(made.isStopped, `${label}: ${made.reason}`);
          assert.match(made.reason, /^stopped early: /, label);
          continue;
        }
        assert.ok(made.kind === 'plan', `${label}: ${made.kind}`);
        assert.equal(made.isStopped ?? false, made.title.startsWith('Stopped early: '), label);
        const { added } = compared(applyEdits(CROWDED, made.edits), CROWDED);
        assert.deepEqual(added, [], label);
        if (made.isStopped) seen.useful++;
        else assert.deepEqual(made, whole.made, `${label}: not labelled`);
      }
    });

  test('both happen', () => {
    assert.ok(seen.useful > 3 && seen.none > 3, JSON.stringify(seen));
  });
});
