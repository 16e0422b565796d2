import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { movesOf, opened } from './planning.ts';

/** What asks for much CPU would have to change places with what asks for little, and both hosts are full of memory. */
const crossed = (spare: string) => `vm busy-[1..2] { vcpu 4; memory 48 GiB; demand cpu 100 % }
vm calm-[1..2] { vcpu 2; memory 48 GiB; demand cpu 5 % }
cluster prod {
  host esx-1 { cpu 1 x 10 cores 2.0 GHz; memory 100 GiB; runs busy-[1..2] }
  host esx-2 { cpu 1 x 10 cores 2.0 GHz; memory 100 GiB; runs calm-[1..2] }
${spare}}
`;

describe('moves that wait for each other', () => {
  test('are told with what each of them waits for, as proven', () => {
    assert.deepEqual(movesOf(crossed(''), 'host-cpu-overloaded'), [
      'no plan: No order of moves can relieve esx-1: busy-1 and busy-2 find no room on esx-2 (memory) before calm-1 or calm-2 leaves; calm-1 and calm-2 find no room on esx-1 (memory) before busy-1 or busy-2 leaves. One more host like esx-1 would make room.',
    ]);
  });

  test('go over a host that has room for one of them', () => {
    const spare = '  host esx-3 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB }\n';
    assert.deepEqual(movesOf(crossed(spare), 'host-cpu-overloaded'), [
      'calm-1: esx-2 > esx-3',
      'busy-1: esx-1 > esx-2',
    ]);
  });

  test('a rule that no single step keeps is named', () => {
    const text = `vm a, b { memory 8 GiB }
rack r-1, r-2
cluster prod {
  host esx-1 at r-1 { memory 64 GiB; runs a, b }
  host esx-2 at r-2 { memory 64 GiB }
}
together a, b by rack
`;
    const { workspace, project } = opened(text);
    const planned = finish(planForWish(workspace, project, { kind: 'evacuate', host: 'host:prod/esx-1' }));
    assert.equal(planned.kind, 'no-plan');
    const rule = 'the rule that keeps a, b together by rack forbids it';
    assert.equal(
      planned.reason,
      `No order of moves can empty esx-1: a may not go to esx-2 before b: ${rule}; b may not go to esx-2 before a: ${rule}.`,
    );
  });
});
