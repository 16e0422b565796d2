import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { opened } from './planning.ts';

const text = (cost: string) => `design d { as-of 2026-11-22; currency EUR }
class vm small { vcpu 1; memory 16 GiB }
vm a : small
cluster prod { host esx-[1..2] { memory 64 GiB${cost} }; runs a on esx-1 }
`;

function reasonFor(design: string, count: number) {
  const { workspace, project } = opened(design);
  const planned = finish(
    planForWish(workspace, project, { kind: 'fit', cluster: 'cluster:prod', className: 'small', count }),
  );
  assert.equal(planned.kind, 'no-plan');
  return planned;
}

test('where not so many VMs fit, the hosts that would make room are named with what they cost', () => {
  const planned = reasonFor(text('; cost 10_000 EUR'), 10);
  assert.match(
    planned.reason,
    /^Only \d more of small fit on prod; then memory runs out\. \d more hosts like esx-2 would make room; they cost \d0\s000 EUR once\.$/,
  );
  assert.equal(planned.addition?.cost?.once, (planned.addition?.hosts ?? 0) * 10_000);
  assert.match(reasonFor(text(''), 10).reason, /more hosts like esx-2 would make room\.$/);
  assert.match(reasonFor(text(''), 500).reason, /^Only \d more of small fit on prod; then memory runs out\.$/);
});
