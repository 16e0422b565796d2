import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { finish } from '../../server/src/base/steps.ts';
import { failoverResult } from '../../server/src/capacity/absorption.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { designOf, entityOf } from '../support/design.ts';
import { compared, opened } from './planning.ts';

/** One large VM on the first host, and small ones over the others, which leave room for it together and mostly not on one. */
function scattered(hosts: number, large: number, small: number): string {
  const names = Array.from({ length: hosts }, (_, index) => index + 1);
  return [
    `vm large { memory ${large} GiB }`,
    `vm s-[2..${hosts}] { memory ${small} GiB }`,
    'cluster prod {',
    '  failover 1 host',
    ...names.map((n) => `  host h-${n} { memory 64 GiB; runs ${n === 1 ? 'large' : `s-${n}`} }`),
    '}',
    '',
  ].join('\n');
}

const holds = (text: string) => failoverResult(entityOf(designOf(text), 'cluster', 'prod'))?.outcome === 'holds';

test('room that is scattered over hosts comes together, by the plan and for every loss', () => {
  const seen = { plan: 0, nothing: 0, 'no-plan': 0 };
  for (const hosts of [3, 4, 6]) {
    for (const large of [20, 40, 56]) {
      for (const small of [4, 16, 21, 29]) {
        const text = scattered(hosts, large, small);
        const { workspace, project } = opened(text);
        const planned = finish(planForWish(workspace, project, { kind: 'failover', cluster: 'cluster:prod' }));
        const label = `${planned.kind}\n${text}`;
        seen[planned.kind]++;
        assert.equal(planned.kind === 'nothing', holds(text), label);
        if (planned.kind !== 'plan') continue;
        const after = applyEdits(text, planned.edits);
        assert.ok(holds(after), `${label}\n---\n${after}`);
        assert.deepEqual(compared(after, text).added, [], label);
        assert.ok(planned.moves.length < hosts, label);
      }
    }
  }
  assert.ok(seen.plan > 5 && seen.nothing > 5, JSON.stringify(seen));
});
