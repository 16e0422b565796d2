import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatFigure } from '../../server/src/capacity/figure.ts';
import { applied, movesOf, planned } from './planning.ts';

const HOST = 'class host h { cpu 1 x 10 cores 2.0 GHz; memory 128 GiB; nic nic[1..2] 1 Gbps }\n';
/** 2 GHz each: a tenth of a host, with the hypervisor's overhead a little more. */
const CPU = 'class vm small { vcpu 1; memory 4 GiB; demand cpu 100 % }\n';

describe('an overloaded host is relieved', () => {
  const CROWDED = `${HOST}${CPU}vm a-[1..8], b-[1..5] : small
cluster prod {
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h { runs b-[1..5] }
  host esx-3 : h
}
`;

  test('with the fewest moves, and says what changes', () => {
    const plan = planned(CROWDED, 'host-cpu-overloaded');
    assert.equal(plan.kind, 'plan');
    assert.equal(plan.title, 'Move a-1 to esx-3: CPU of esx-1 84 % → 73.5 %');
    assert.deepEqual(
      plan.figures
        .filter(({ label }) => label === 'CPU')
        .map(({ host, before, after }) => [host, before && formatFigure(before), after && formatFigure(after)]),
      [
        ['esx-1', '84 %', '73.5 %'],
        ['esx-3', undefined, '10.5 %'],
      ],
    );
    assert.equal(
      applied(CROWDED, plan, 'host-cpu-overloaded'),
      CROWDED.replace('a-[1..8] }', 'a-[2..8] }').replace('host esx-3 : h', 'host esx-3 : h { runs a-1 }'),
    );
  });

  test('the same text gives the same plan', () => {
    assert.deepEqual(planned(CROWDED, 'host-cpu-overloaded'), planned(CROWDED, 'host-cpu-overloaded'));
  });

  test('with the limits that a policy sets', () => {
    assert.deepEqual(
      movesOf(`${CROWDED}policy { host-cpu-overloaded warn 55 % error 85 % }\n`, 'host-cpu-overloaded'),
      ['a-1: esx-1 > esx-3', 'a-2: esx-1 > esx-3', 'a-3: esx-1 > esx-3'],
    );
  });

  test('of moves that are as few, those that copy least', () => {
    const text = `${HOST}class vm small { vcpu 1; demand cpu 100 % }
vm a-[1..7] : small { memory 16 GiB }
vm c : small { memory 4 GiB }
cluster prod {
  host esx-1 : h { runs a-[1..7], c }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['c: esx-1 > esx-2']);
  });

  test('one large VM rather than several small ones', () => {
    const text = `${HOST}${CPU}vm a-[1..6] : small
vm large { vcpu 3; memory 8 GiB; demand cpu 100 % }
cluster prod {
  host esx-1 : h { runs a-[1..6], large }
  host esx-2 : h
}
policy { host-cpu-overloaded warn 65 % error 90 % }
`;
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['large: esx-1 > esx-2']);
  });
});

describe('memory, vCPUs and uplinks', () => {
  test('memory', () => {
    const text = `class host h { cpu 1 x 16 cores 2.0 GHz; memory 64 GiB }
vm a-[1..5] { vcpu 1; memory 12 GiB }
vm b { vcpu 1; memory 8 GiB }
cluster prod {
  host esx-1 : h { runs a-[1..5], b }
  host esx-2 : h
}
`;
    const plan = planned(text, 'host-memory-overcommitted');
    assert.equal(plan.kind, 'plan');
    assert.equal(plan.title, 'Move b to esx-2: memory of esx-1 113 % → 100 %');
  });

  test('vCPU per core, reckoned for the mix of work', () => {
    const text = `class host h { cpu 1 x 4 cores }
vm a-[1..4] { vcpu 4 }
vm desk { vcpu 4; workload vdi }
cluster prod {
  host esx-1 : h { runs a-[1..4], desk }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'vcpu-ratio-high'), ['a-1: esx-1 > esx-2']);
  });

  test('uplinks, in the direction that is too full', () => {
    const text = `network lan
class host h { nic nic[1..2] 1 Gbps }
vm a-[1..4] { nic lan; demand tx 450 Mbps rx 100 Mbps }
vm quiet { nic lan; demand tx 1 Mbps rx 900 Mbps }
cluster prod {
  vswitch vs0 { uplink nic1, nic2; carries lan }
  host esx-1 : h { runs a-[1..4], quiet }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'uplinks-overloaded'), ['a-1: esx-1 > esx-2']);
  });

  test('what is left after the loss of an uplink', () => {
    const text = `network lan
class host h { nic nic[1..2] 1 Gbps }
vm a-[1..4] { nic lan; demand net 300 Mbps }
cluster prod {
  vswitch vs0 { uplink nic1, nic2; carries lan }
  host esx-1 : h { runs a-[1..4] }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'uplink-loss-unsurvivable'), ['a-1: esx-1 > esx-2']);
  });

  test('a peak during a window', () => {
    const text = `${HOST}vm a-[1..4] { vcpu 4; demand cpu 10 %; demand cpu 60 % during daily 18:00 .. 22:00 }
cluster prod {
  host esx-1 : h { runs a-[1..4] }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['a-1: esx-1 > esx-2', 'a-2: esx-1 > esx-2']);
  });
});

describe('a host takes a VM only if it may run there', () => {
  /** esx-1 is overloaded by a-1 and b-1; whatever bars esx-2, esx-3 takes it. */
  const base = (parts: {
    readonly cluster?: string;
    readonly esx2?: string;
    readonly esx3?: string;
    readonly vm?: string;
    readonly top?: string;
  }) => `${HOST}${CPU}network lan { vlan 10 }
array san { datastore gold { capacity 1 TiB } }
vm a { vcpu 6; memory 32 GiB; demand cpu 100 %${parts.vm ? `; ${parts.vm}` : ''} }
vm b { vcpu 2; memory 8 GiB; demand cpu 100 %${parts.vm ? `; ${parts.vm}` : ''} }
vm c : small
${parts.top ?? ''}cluster prod {
${parts.cluster ?? ''}  host esx-1 : h { mount gold; vswitch vs0 { uplink nic1, nic2; carries lan }; runs a, b }
  host esx-2 : h { mount gold; vswitch vs0 { uplink nic1, nic2; carries lan }${parts.esx2 ? `; ${parts.esx2}` : ''} }
  host esx-3 : h { mount gold; vswitch vs0 { uplink nic1, nic2; carries lan }; runs c${parts.esx3 ? `; ${parts.esx3}` : ''} }
}
`;

  test('the emptiest host, if nothing bars it', () => {
    assert.deepEqual(movesOf(base({}), 'host-cpu-overloaded'), ['b: esx-1 > esx-2']);
  });

  const bars: Readonly<Record<string, string>> = {
    'a datastore that it does not reach': base({ vm: 'datastore gold' }).replace(
      'host esx-2 : h { mount gold; ',
      'host esx-2 : h { ',
    ),
    'a network that it does not carry': base({ vm: 'nic lan' }).replace(
      'host esx-2 : h { mount gold; vswitch vs0 { uplink nic1, nic2; carries lan } }',
      'host esx-2 : h { mount gold; vswitch vs0 { uplink nic1, nic2; carries none } }',
    ),
    'a host kept empty for failover': base({ esx2: 'failover-host' }),
    'a host in maintenance': base({ esx2: 'state maintenance' }),
    'a host that is not there yet': `design d { as-of 2026-01-01 }\n${base({ esx2: 'from 2027-01-01' })}`,
    'a CPU of another vendor': base({ esx2: 'cpu 1 x 10 cores 2.0 GHz vendor amd' }).replace(
      '2.0 GHz; memory 128 GiB; nic',
      '2.0 GHz vendor intel; memory 128 GiB; nic',
    ),
    'a CPU of another generation, without a baseline': base({
      esx2: 'cpu 1 x 10 cores 2.0 GHz generation ice-lake',
    }).replace('2.0 GHz; memory 128 GiB; nic', '2.0 GHz generation skylake; memory 128 GiB; nic'),
    'a rule that keeps it off': base({ top: 'keep a, b off esx-2\n' }),
    'a rule that keeps it on others': base({ top: 'keep a, b on esx-1, esx-3\n' }),
    'a rule that keeps it apart': base({ top: 'vm d : small\napart a, b, d by host\nruns d on esx-2\n' }),
    'a host whose memory is not stated': base({}).replace(
      'host esx-2 : h { mount',
      'host esx-2 { cpu 1 x 10 cores 2.0 GHz; nic nic[1..2] 1 Gbps; mount',
    ),
    'a licence that it lacks': base({
      top: 'licence ora { product oracle }\n',
      vm: 'licences ora',
      esx3: 'licences ora',
    }).replace('host esx-1 : h { mount gold;', 'host esx-1 : h { licences ora; mount gold;'),
  };
  for (const [why, text] of Object.entries(bars)) {
    test(why, () => {
      const moves = movesOf(text, 'host-cpu-overloaded');
      assert.deepEqual(moves, ['b: esx-1 > esx-3']);
    });
  }

  test('what is tied to its host stays', () => {
    const text = base({}).replace('vm b {', 'vm b { devices passthrough;');
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['a: esx-1 > esx-2']);
  });

  test('what must be together moves together', () => {
    const text = base({ top: 'together b, d by host\nvm d : small\nruns d on esx-1\n' });
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['b: esx-1 > esx-2', 'd: esx-1 > esx-2']);
  });
});

describe('where no host has room at once', () => {
  test('two VMs change places', () => {
    const text = `${HOST}class vm v { memory 8 GiB; demand cpu 100 % }
vm big : v { vcpu 5 }; vm mid : v { vcpu 3 }; vm small-[1..3] : v { vcpu 2 }
cluster prod {
  host esx-1 : h { runs big, mid }
  host esx-2 : h { runs small-[1..3] }
}
policy { host-cpu-overloaded warn 75 % error 110 % }
`;
    const plan = planned(text, 'host-cpu-overloaded');
    assert.equal(plan.kind, 'plan');
    assert.equal(plan.title, 'Swap small-1 on esx-2 with mid on esx-1: CPU of esx-1 84 % → 73.5 %');
  });

  test('two VMs do not change places if that makes things worse for a while', () => {
    const text = `${HOST}class vm v { memory 8 GiB; demand cpu 100 % }
vm big : v { vcpu 5 }; vm mid : v { vcpu 3 }; vm small-[1..3] : v { vcpu 2 }
cluster prod {
  host esx-1 : h { runs big, mid }
  host esx-2 : h { runs small-[1..3] }
}
`;
    assert.equal(planned(text, 'host-cpu-overloaded').kind, 'no-plan');
  });

  test('others make room first, each step within the limits', () => {
    const text = `${HOST}class vm v { memory 8 GiB; demand cpu 100 % }
vm big : v { vcpu 7 }; vm one : v { vcpu 1 }; vm seven : v { vcpu 6 }; vm two : v { vcpu 1 }; vm six : v { vcpu 6 }
cluster prod {
  host esx-1 : h { runs big, one }
  host esx-2 : h { runs seven, two; memory 13 GiB }
  host esx-3 : h { runs six }
}
keep one off esx-3
`;
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), ['two: esx-2 > esx-3', 'one: esx-1 > esx-2']);
  });
});

describe('VMs that should be apart', () => {
  test('are spread over hosts', () => {
    const text = `${HOST}${CPU}vm web-[1..3] : small
cluster prod {
  host esx-1 : h { runs web-[1..3] }
  host esx-[2..4] : h
}
apart web-[1..3] by host
`;
    assert.deepEqual(movesOf(text, 'apart-broken'), ['web-1: esx-1 > esx-2', 'web-2: esx-1 > esx-3']);
  });

  test('replicas that share a host are spread as far as it takes', () => {
    const text = `cluster prod { host esx-[1..3] }
app shop { tier critical; vm web-[1..3] }
runs web-[1..3] on esx-1
`;
    const plan = planned(text, 'replicas-share-host');
    assert.equal(plan.kind, 'plan');
    assert.equal(plan.title, 'Move web-1 to esx-2 and web-2 to esx-3: spreads shop');
    applied(text, plan, 'replicas-share-host');
  });

  test('a quorum outlives a host', () => {
    const text = `cluster prod { host esx-[1..3] }
app ledger { quorum majority; vm node-a, node-b, node-c }
runs node-a, node-b on esx-1
runs node-c on esx-2
`;
    assert.deepEqual(movesOf(text, 'quorum-lost-with-host'), ['node-a: esx-1 > esx-3']);
  });
});

describe('where there is no way', () => {
  test('each host says why, and what would have to be added', () => {
    const text = `${HOST}${CPU}vm a-[1..8], b-[1..7], c : small
cluster prod {
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h { runs b-[1..7] }
  host esx-3 : h { state maintenance }
}
`;
    assert.deepEqual(planned(text, 'host-cpu-overloaded'), {
      kind: 'no-plan',
      reason:
        'No moves can relieve esx-1. esx-2: CPU would be at 84 %, 75 % are allowed; esx-3: is in maintenance. Together they lack 1.5 GHz of CPU. One more host like esx-1 would make room.',
      obstacles: [
        { host: 'esx-2', reason: 'CPU would be at 84 %, 75 % are allowed' },
        { host: 'esx-3', reason: 'is in maintenance' },
      ],
      addition: { hosts: 1, like: 'esx-1', cost: undefined },
    });
  });

  test('a VM too large for any host is not helped by another one', () => {
    const text = `${HOST}vm huge { vcpu 9; demand cpu 100 % }
cluster prod {
  host esx-1 : h { runs huge }
  host esx-2 : h
}
`;
    const plan = planned(text, 'host-cpu-overloaded');
    assert.equal(plan.kind, 'no-plan');
    assert.equal(plan.addition, undefined);
    assert.equal(plan.reason, 'No moves can relieve esx-1. esx-2: CPU would be at 94.5 %, 75 % are allowed.');
  });

  test('a host that was measured as a whole says nothing of its VMs', () => {
    const text = `${HOST}vm a-[1..4] { vcpu 2 }
cluster prod {
  host esx-1 : h { measured cpu 95 %; runs a-[1..4] }
  host esx-2 : h
}
`;
    assert.deepEqual(movesOf(text, 'host-cpu-overloaded'), [
      'no plan: it was measured on esx-1 as a whole; state the demand of its VMs to plan by them',
    ]);
  });

  test('a way that makes something else worse is none', () => {
    const text = WIDE.replace('  host esx-3 : h { runs b-[1..3] }\n', '');
    const plan = planned(text, 'host-cpu-overloaded');
    assert.equal(plan.kind, 'no-plan');
    assert.match(plan.reason, /^every way found makes something else worse: .*NUMA/);
  });
});

/** Each `wide` spans the small NUMA nodes of esx-2 unevenly. */
const WIDE = `${HOST}${CPU}vm wide-[1..2] { vcpu 5; memory 8 GiB; demand cpu 80 % }
vm b-[1..3] : small
cluster prod {
  host esx-1 : h { runs wide-[1..2] }
  host esx-2 { cpu 4 x 4 cores 2.0 GHz; memory 128 GiB }
  host esx-3 : h { runs b-[1..3] }
}
`;

test('a way that makes something else worse is left for another one', () => {
  assert.deepEqual(movesOf(WIDE, 'host-cpu-overloaded'), ['wide-1: esx-1 > esx-3']);
});
