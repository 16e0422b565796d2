import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { opened } from './planning.ts';

/** Two nights of two hours over one uplink of 1 Gbps; 400 GB take 53 minutes of it. */
const night = (net?: number, isNew = false) => `design moving { as-of 2026-12-01 }
network lan { vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }
server old-[1..2] { disk 500 GB used 400 GB; nic 1 x 10 Gbps }
${net === undefined ? '' : `vm v-[1..2] { vcpu 2; memory 8 GiB; nic lan; demand net ${net} Mbps${isNew ? '; replaces each old-[1..2]' : ''} }`}
cluster prod {
  failover none
  vswitch vs0 { uplink nic1; carries lan }
  host esx-1 { cpu 1 x 32 cores 2 GHz; memory 512 GiB; nic nic1 1 Gbps${net === undefined ? '' : '; runs v-[1..2]'} }
}
wave first { to prod; via lan; window 2027-01-16 20:00 .. 2027-01-16 22:00 }
wave second { to prod; via lan; window 2027-01-23 20:00 .. 2027-01-23 22:00; after first }
`;

function planOf(text: string) {
  const { workspace, project } = opened(text);
  return finish(planForWish(workspace, project, { kind: 'migrate' }));
}

const wavesOf = (text: string) => {
  const planned = planOf(text);
  return planned.kind === 'plan' ? planned.waves.map(({ wave, things }) => `${wave}: ${things}`) : planned.reason;
};

describe('waves of conversions', () => {
  test('are put where their windows hold them, one night each', () => {
    assert.deepEqual(wavesOf(night()), ['first: old-1', 'second: old-2']);
  });
  test('have what VMs at the target leave them', () => {
    const full = 'No window holds any of the servers: each takes longer than there is time, or its target has no room.';
    assert.deepEqual(wavesOf(night(250)), full);
    assert.deepEqual(wavesOf(night(150)), ['first: old-1', 'second: old-2']);
  });
  test('have what VMs send over another virtual switch', () => {
    const two = night(250)
      .replace('nic lan;', 'nic lan; nic other;')
      .replace('nic nic1 1 Gbps', 'nic nic1 1 Gbps; nic nic2 1 Gbps')
      .replace(
        'cluster prod {',
        'network other { vlan 20 }\ncluster prod {\n  vswitch vs1 { uplink nic2; carries other }',
      );
    assert.deepEqual(wavesOf(two), ['first: old-1', 'second: old-2']);
  });
  test('have beside them what earlier ones have moved, and nothing of what comes later', () => {
    assert.deepEqual(wavesOf(night(500, true)), ['first: old-1']);
    assert.deepEqual(wavesOf(night(200, true)), ['first: old-1', 'second: old-2']);
    const planned = planOf(night(200, true));
    assert.ok(planned.kind === 'plan');
    assert.deepEqual(
      planned.waves.map(({ rate, bound }) => `${rate / 1e6} Mbps, ${bound}`),
      ['1000 Mbps, the uplinks that carry lan', '800 Mbps, what VMs leave of the uplinks that carry lan'],
    );
    assert.equal(planned.stepsTried, 1);
  });
});
