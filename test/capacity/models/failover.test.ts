import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  afterLosses,
  type FailoverHost,
  type FailoverOptions,
  type FailoverVerdict,
  type FailoverVm,
  fitsAfterLoss,
  lossesOf,
  singleLosses,
} from '../../../server/src/capacity/models/failover.ts';

const host = (cpu: number, memory: number, network?: number): FailoverHost => ({ cpu, memory, network });
const vm = (on: number, cpu: number, memory: number, more: Partial<FailoverVm> = {}): FailoverVm => ({
  host: on,
  cpu,
  memory,
  ...more,
});

function lose(
  hosts: readonly FailoverHost[],
  vms: readonly FailoverVm[],
  lost: readonly number[],
  options?: FailoverOptions,
): FailoverVerdict {
  const verdict = fitsAfterLoss(hosts, vms, lost, options);
  assert.ok(verdict);
  return verdict;
}

describe('after the loss of a host', () => {
  test('its machines restart on the others', () => {
    const verdict = lose(
      [host(8, 8), host(8, 8), host(8, 8)],
      [vm(0, 2, 3), vm(0, 4, 4), vm(1, 4, 4), vm(2, 4, 4)],
      [0],
    );
    assert.equal(verdict.outcome, 'fits');
    assert.deepEqual(verdict.moves, [
      { vm: 0, from: 0, to: 2 },
      { vm: 1, from: 0, to: 1 },
    ]);
    assert.deepEqual(verdict.shifts, []);
    assert.deepEqual(verdict.leftOut, []);
    assert.deepEqual(verdict.short, {});
  });

  test('exactly full is not too full, also with fractions', () => {
    const vms = Array.from({ length: 10 }, () => vm(0, 0.1, 0.3));
    assert.equal(lose([host(1, 3), host(1, 3)], vms, [0]).outcome, 'fits');
  });

  test('an empty host loses nothing', () => {
    assert.equal(lose([host(8, 8), host(8, 8)], [vm(1, 8, 8)], [0]).outcome, 'fits');
  });

  test('what a machine does not use may lack', () => {
    assert.equal(lose([host(8, 8), host(0, 8)], [vm(0, 0, 4), vm(1, 2, 2)], [0]).outcome, 'fits');
  });

  test('a remaining host may move a machine to make room', () => {
    const hosts = [host(4, 8), host(10, 8), host(10, 8)];
    const vms = [vm(0, 4, 5), vm(1, 1, 4), vm(2, 1, 4)];
    const verdict = lose(hosts, vms, [0]);
    assert.equal(verdict.outcome, 'fits');
    assert.deepEqual(verdict.moves, [{ vm: 0, from: 0, to: 1 }]);
    assert.deepEqual(verdict.shifts, [{ vm: 1, from: 1, to: 2 }]);
  });

  test('a machine that makes room may itself take the place of another', () => {
    const hosts = [host(10, 99), host(10, 99), host(10, 99)];
    const vms = [vm(0, 8, 1), vm(1, 6, 1), vm(2, 2, 1), vm(2, 2, 1), vm(2, 2, 1)];
    const verdict = lose(hosts, vms, [0]);
    assert.equal(verdict.outcome, 'fits');
    assert.deepEqual(verdict.moves, [{ vm: 0, from: 0, to: 1 }]);
    assert.deepEqual(verdict.shifts, [
      { vm: 1, from: 1, to: 2 },
      { vm: 4, from: 2, to: 1 },
    ]);
  });

  test('a machine that runs nowhere is left alone', () => {
    const verdict = lose([host(8, 8), host(8, 8)], [vm(-1, 99, 99), vm(0, 1, 1)], [0]);
    assert.equal(verdict.outcome, 'fits');
    assert.deepEqual(verdict.moves, [{ vm: 1, from: 0, to: 1 }]);
  });

  test('without live migration that is not allowed, and then the machine is proved too large', () => {
    const hosts = [host(4, 8), host(10, 8), host(10, 8)];
    const vms = [vm(0, 4, 5), vm(1, 1, 4), vm(2, 1, 4)];
    const verdict = lose(hosts, vms, [0], { mayShift: false });
    assert.equal(verdict.outcome, 'impossible');
    assert.deepEqual(verdict.proof, { kind: 'machine', vm: 0 });
    assert.deepEqual(verdict.leftOut, [0]);
    assert.deepEqual(verdict.short, {});
  });

  test('network counts where it is known', () => {
    const vms = [vm(0, 1, 1, { network: 6 }), vm(1, 1, 1, { network: 6 })];
    const verdict = lose([host(8, 8, 10), host(8, 8, 10)], vms, [0]);
    assert.deepEqual(verdict.judged, ['cpu', 'memory', 'network']);
    assert.deepEqual(verdict.proof, { kind: 'sum', dimension: 'network', needed: 6, room: 4 });
    assert.deepEqual(verdict.short, { network: 2 });
  });

  test('several hosts may be lost at once', () => {
    const hosts = [host(8, 8), host(8, 8), host(8, 8)];
    const vms = [vm(0, 4, 4), vm(1, 4, 4)];
    assert.equal(lose(hosts, vms, [0, 1]).outcome, 'fits');
    assert.deepEqual(lose(hosts, vms, [0, 1, 2]).leftOut, [0, 1]);
    assert.equal(lose(hosts, vms, [0, 1, 2]).outcome, 'impossible');
  });
});

describe('losses to judge', () => {
  test('every pair of hosts', () => {
    assert.deepEqual(lossesOf([5, 1, 3], 2), {
      losses: [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
      isComplete: true,
    });
    assert.equal(lossesOf(Array(22).fill(1), 2).losses.length, 231);
  });

  test('within a limit, those of the hosts with most load', () => {
    assert.deepEqual(lossesOf([5, 1, 3], 2, 1), { losses: [[0, 2]], isComplete: false });
    const { losses, isComplete } = lossesOf(Array(200).fill(1), 3);
    assert.ok(losses.length <= 500 && losses.length > 400);
    assert.equal(isComplete, false);
  });

  test('no failure is one loss of nothing; more failures than hosts lose all', () => {
    assert.deepEqual(lossesOf([5, 1], 0).losses, [[]]);
    assert.deepEqual(lossesOf([5, 1], 3).losses, [[0, 1]]);
    assert.deepEqual(singleLosses(2), [[0], [1]]);
  });
});

describe('what is proved and what is not', () => {
  test('more is needed than there is', () => {
    const verdict = lose([host(8, 8), host(8, 8)], [vm(0, 6, 2), vm(1, 5, 2)], [0]);
    assert.equal(verdict.outcome, 'impossible');
    assert.deepEqual(verdict.proof, { kind: 'sum', dimension: 'cpu', needed: 6, room: 3 });
    assert.deepEqual(verdict.short, { cpu: 3 });
  });

  test('a machine is larger than every other host', () => {
    const verdict = lose([host(8, 64), host(8, 32), host(8, 32)], [vm(0, 1, 48)], [0]);
    assert.deepEqual(verdict.proof, { kind: 'machine', vm: 0 });
  });

  test('a machine may run only on hosts that are lost', () => {
    const verdict = lose([host(8, 8), host(8, 8), host(8, 8)], [vm(0, 1, 1, { hosts: [0] })], [0]);
    assert.deepEqual(verdict.proof, { kind: 'machine', vm: 0 });
  });

  test('a group that must be apart outnumbers the hosts', () => {
    const apart = { apart: [3] };
    const verdict = lose([host(8, 8), host(8, 8)], [vm(0, 1, 1, apart), vm(1, 1, 1, apart)], [0]);
    assert.deepEqual(verdict.proof, { kind: 'apart', group: 3, needed: 2, hosts: 1 });
  });

  test('room that is scattered is not proved to be too little', () => {
    // Each of two hosts has 4 free and a machine of 6 that cannot shrink: 6 more fit in total, but on neither.
    const hosts = [host(10, 100), host(10, 100), host(10, 100)];
    const verdict = lose(hosts, [vm(0, 6, 1), vm(1, 6, 1), vm(2, 6, 1)], [0]);
    assert.equal(verdict.outcome, 'no-way-found');
    assert.equal(verdict.proof, undefined);
    assert.deepEqual(verdict.leftOut, [0]);
    assert.deepEqual(verdict.short, {});
  });

  test('a host that is overloaded before the loss takes nothing more, and is not held against it', () => {
    const hosts = [host(8, 8), host(8, 8), host(8, 8)];
    const vms = [vm(0, 4, 4), vm(1, 12, 4), vm(2, 2, 2)];
    const verdict = lose(hosts, vms, [0]);
    assert.equal(verdict.outcome, 'fits');
    assert.deepEqual(verdict.moves, [{ vm: 0, from: 0, to: 2 }]);
    assert.equal(lose(hosts, vms, [2]).outcome, 'fits');
  });
});

describe('apart and reach', () => {
  test('members of a group go to different hosts', () => {
    const apart = { apart: [0] };
    const hosts = [host(8, 8), host(8, 8), host(8, 8), host(8, 8)];
    const verdict = lose(hosts, [vm(0, 1, 1, apart), vm(1, 1, 1, apart), vm(2, 1, 1, apart)], [0]);
    assert.deepEqual(verdict.moves, [{ vm: 0, from: 0, to: 3 }]);
  });

  test('a machine goes only where it may run', () => {
    const hosts = [host(8, 8), host(8, 8), host(8, 8)];
    assert.deepEqual(lose(hosts, [vm(0, 1, 1, { hosts: [0, 2] })], [0]).moves, [{ vm: 0, from: 0, to: 2 }]);
  });
});

describe('unknown figures', () => {
  test('a dimension that is not known throughout is not judged', () => {
    const unknown = { ...vm(0, 1, 4), cpu: undefined };
    const verdict = lose([host(1, 8), host(1, 8)], [unknown, vm(1, 1, 4)], [0]);
    assert.deepEqual(verdict.judged, ['memory']);
    assert.equal(verdict.outcome, 'fits');
  });

  test('nothing known, nothing said', () => {
    const blank = { cpu: undefined, memory: undefined };
    assert.equal(fitsAfterLoss([blank, blank], [vm(0, 1, 1)], [0]), undefined);
    assert.equal(fitsAfterLoss([], [], []), undefined);
  });
});

describe('a cluster', () => {
  const quarter = fc.integer({ min: 0, max: 40 }).map((n) => n / 4);
  const clusters = fc.integer({ min: 2, max: 6 }).chain((hostCount) =>
    fc.record({
      hosts: fc.array(fc.record({ cpu: quarter, memory: quarter }), { minLength: hostCount, maxLength: hostCount }),
      vms: fc.array(
        fc.record({
          host: fc.integer({ min: 0, max: hostCount - 1 }),
          cpu: quarter.map((n) => n / 3),
          memory: quarter.map((n) => n / 3),
          apart: fc.subarray([0, 1]),
        }),
        { maxLength: 16 },
      ),
      mayShift: fc.boolean(),
    }),
  );

  test('every placement that is reported holds', () => {
    fc.assert(
      fc.property(clusters, ({ hosts, vms, mayShift }) => {
        for (const verdict of afterLosses(hosts, vms, singleLosses(hosts.length), { mayShift }) ?? []) {
          const place = vms.map((one) => one.host);
          for (const move of [...verdict.moves, ...verdict.shifts]) {
            assert.equal(place[move.vm], move.from);
            place[move.vm] = move.to;
          }
          for (const left of verdict.leftOut) place[left] = -1;
          assert.ok(!place.includes(verdict.lost[0] ?? -1), 'no machine stays on the lost host');
          assert.ok(mayShift || verdict.shifts.length === 0);
          assert.equal(verdict.outcome === 'fits', verdict.leftOut.length === 0);
          for (const to of new Set([...verdict.moves, ...verdict.shifts].map((move) => move.to))) {
            const here = vms.filter((_, index) => place[index] === to);
            for (const dimension of ['cpu', 'memory'] as const) {
              const arrived = vms.some((one, index) => place[index] === to && one.host !== to && one[dimension] > 0);
              const used = here.reduce((sum, one) => sum + one[dimension], 0);
              assert.ok(!arrived || used <= (hosts[to]?.[dimension] ?? 0) + 1e-6, `host ${to} is full in ${dimension}`);
            }
            for (const group of [0, 1]) {
              const members = vms.filter((one, index) => place[index] === to && one.apart.includes(group));
              const arrived = members.some((one) => one.host !== to);
              assert.ok(!arrived || members.length === 1, `group ${group} is together on host ${to}`);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what is called impossible has no placement at all', () => {
    const small = fc.record({
      hosts: fc.array(fc.record({ cpu: fc.integer({ min: 0, max: 4 }), memory: fc.constant(9) }), {
        minLength: 3,
        maxLength: 3,
      }),
      vms: fc.array(
        fc.record({
          host: fc.integer({ min: 0, max: 2 }),
          cpu: fc.integer({ min: 0, max: 3 }),
          memory: fc.constant(1),
          apart: fc.subarray([0]),
        }),
        { maxLength: 6 },
      ),
    });
    fc.assert(
      fc.property(small, ({ hosts, vms }) => {
        const used = hosts.map((_, h) => vms.filter((one) => one.host === h).reduce((sum, one) => sum + one.cpu, 0));
        fc.pre(hosts.every((one, h) => (used[h] ?? 0) <= one.cpu));
        fc.pre([0, 1, 2].every((h) => vms.filter((one) => one.host === h && one.apart.length > 0).length <= 1));
        const verdict = lose(hosts, vms, [0]);
        if (verdict.outcome === 'fits') return;
        const exists = placements(vms.length).some((place) =>
          [1, 2].every((h) => {
            const here = vms.filter((_, index) => place[index] === h);
            return (
              here.reduce((sum, one) => sum + one.cpu, 0) <= (hosts[h]?.cpu ?? 0) &&
              here.length <= 9 &&
              here.filter((one) => one.apart.length > 0).length <= 1
            );
          }),
        );
        assert.ok(!exists || verdict.outcome === 'no-way-found');
      }),
      { numRuns: 500 },
    );
  });

  test('a loss among many is judged as it is alone', () => {
    fc.assert(
      fc.property(clusters, ({ hosts, vms, mayShift }) => {
        const losses = singleLosses(hosts.length);
        const alone = losses.map((lost) => fitsAfterLoss(hosts, vms, lost, { mayShift }));
        assert.deepEqual(afterLosses(hosts, vms, losses, { mayShift }), alone);
      }),
      { numRuns: 100 },
    );
  });
});

/** Every way to spread machines over the hosts 1 and 2. */
function placements(count: number): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, vm) => ((bits >> vm) & 1) + 1),
  );
}
