import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'failover-not-absorbed';

/** Two or three hosts with 60 GiB for VMs each. */
const cluster = (hosts: number, rest: string) => `cluster c {
  failover 1 host
  host h-[1..${hosts}] { memory 64 GiB }
}
${rest}`;

test('a host that is just full after the loss is silent, one GiB more is not', () => {
  const two = (gib: number) =>
    cluster(2, `vm a { memory ${gib} GiB }\nvm b { memory 30 GiB }\nruns a on h-1\nruns b on h-2`);
  assert.deepEqual(said(rule, two(30)), []);
  assert.deepEqual(said(rule, two(31)), [
    'error: Without h-1, the rest of c is asked for 102 % of its memory: 61 GiB of 60 GiB. VMs stay down or starve. Add a host, or give VMs less.',
  ]);
});

test('enough in total but not in one piece', () => {
  const text = cluster(
    3,
    `vm a { memory 50 GiB }
vm b-[1..2] { memory 25 GiB }
runs a on h-1
runs b-1 on h-2
runs b-2 on h-3`,
  );
  // b-1 and b-2 on one host would leave the other to a; high availability alone moves nothing that runs.
  assert.deepEqual(said(rule, text), [
    'warning: When h-1 fails, a finds no other host in c: there is room enough, but scattered. Move VMs so that room comes together, or add a host.',
  ]);
  assert.deepEqual(said(rule, text.replace('failover', 'drs full; failover')), []);
  assert.equal(said(rule, text.replace('failover', 'drs partial; failover')).length, 1);
  assert.deepEqual(said(rule, text.replace('memory 25', 'memory 10')), []);
  assert.equal(said(rule, text.replace('memory 25', 'memory 11')).length, 1);
  const tight = text.replace('memory 25', 'memory 31');
  assert.deepEqual(said(rule, tight), [
    'error: When h-1 fails, a finds no other host in c: what is free on the others does not fit together. Move VMs so that room comes together, or add a host.',
  ]);
});

test('room for all, but what must be apart stays down: a remark, and a way out', () => {
  const text = cluster(2, 'vm dc-[1..2] { memory 8 GiB }\nruns dc-1 on h-1\nruns dc-2 on h-2\napart dc-[1..2] by host');
  assert.match(said(rule, text)[0] ?? '', /^info: When h-1 fails, dc-1 stays down/);
  assert.match(mended(rule, text), /apart dc-\[1\.\.2\] by host should$/);
});

test('a pool is judged by its totals', () => {
  const pool = (gib: number) => `cluster c {
  failover 1 host
  host h-[1..3] { memory 64 GiB }
  runs a-[1..10]
}
vm a-[1..10] { memory ${gib} GiB }`;
  assert.deepEqual(said(rule, pool(12)), []);
  assert.match(said(rule, pool(13))[0] ?? '', /asked for 108 % of its memory: 130 GiB of 120 GiB/);
});

test('the loss of a share of a cluster', () => {
  const text = cluster(2, 'vm a-[1..4] { memory 16 GiB }\nruns a-[1..2] on h-1\nruns a-[3..4] on h-2');
  const [finding] = found(rule, text.replace('1 host', '50 %'));
  assert.match(finding?.message ?? '', /^Without 50 % of c, the rest of c is asked for 107 % of its memory/);
  assert.equal(finding?.at.sentence.word, 'failover');
});

test('of a loss that is a share, a further host brings only the rest of itself', () => {
  // 250 GiB on half of 240: 130 are missing, and each host brings half of 60.
  const text = cluster(4, 'vm a-[1..10] { memory 25 GiB }\nruns a-[1..10] on h-1').replace('1 host', '50 %');
  assert.match(mended(rule, text), /host h-\[1\.\.9\]/);
  // One that is off is no model for what is added.
  const spare = text.replace('\n}', '\n  host spare { memory 512 GiB; state off }\n}');
  assert.match(mended(rule, spare), /host h-\[1\.\.9\]/);
});

test('unknown memory, and a cluster that states nothing, are silent', () => {
  const text = cluster(2, 'vm a { memory 60 GiB }\nruns a on h-1');
  assert.deepEqual(said(rule, text.replace('memory 64 GiB', 'cpu 8 cores')), []);
  assert.deepEqual(said(rule, text.replace('failover 1 host', 'failover none')), []);
});

/** Three hosts with room for memory, and a gigabit each. */
const wired = (mbps: number, rest = '') => `network lan
cluster c {
  failover 1 host
  vswitch vs0 { uplink nic1; carries lan }
  host h-[1..3] { memory 64 GiB; nic nic1 1 Gbps }
}
vm a-[1..3] { memory 8 GiB; nic lan; demand net ${mbps} Mbps }
runs a-1 on h-1
runs a-2 on h-2
runs a-3 on h-3
${rest}`;

test('the network of the others counts, where all VMs say what they send', () => {
  assert.deepEqual(said(rule, wired(500)), []);
  assert.deepEqual(said(rule, wired(501)), [
    'error: When h-1 fails, a-1 finds no other host in c: what is free on the others does not fit together. Move VMs so that room comes together, or add a host.',
  ]);
  assert.match(said(rule, wired(667))[0] ?? '', /the others have too little network left/);
  assert.deepEqual(said(rule, `${wired(501)}vm b { memory 1 GiB; nic lan }\nruns b on h-1`), []);
});

test('hosts that do not carry its network, or that a rule excludes, are no way out', () => {
  const text = (rest: string) => `network lan, dmz
cluster c {
  failover 1 host
  host h-[1..2] { memory 64 GiB; nic nic1 1 Gbps; vswitch vs0 { uplink nic1; carries lan, dmz } }
  host h-3 { memory 64 GiB; nic nic1 1 Gbps; vswitch vs0 { uplink nic1; carries lan } }
}
vm a { memory 40 GiB; ${rest} }
vm b { memory 30 GiB }
runs a on h-1
runs b on h-2`;
  assert.deepEqual(said(rule, text('nic lan')), []);
  // b may still move to h-3 and make room, by hand or by balancing; with b kept on h-2 and h-1 there is none.
  assert.match(said(rule, text('nic dmz'))[0] ?? '', /^warning: .* there is room enough, but scattered/);
  assert.deepEqual(said(rule, text('nic dmz').replace('failover', 'drs full; failover')), []);
  assert.match(
    said(rule, `${text('nic dmz')}\nkeep b off h-3`)[0] ?? '',
    /^error: When h-1 fails, a finds no other host/,
  );
  assert.match(said(rule, `${text('nic lan')}\nkeep a, b off h-3`)[0] ?? '', /^error: When h-1 fails/);
});

test('what must be together finds a host together', () => {
  const text = (rule: string) =>
    cluster(
      3,
      `vm a, b { memory 25 GiB }
vm c, d { memory 20 GiB }
runs a, b on h-1
runs c on h-2
runs d on h-3
${rule}`,
    );
  assert.deepEqual(said(rule, text('')), []);
  assert.match(said(rule, text('together a, b'))[0] ?? '', /^warning: When h-1 fails, a and b find no other host in c/);
  assert.deepEqual(said(rule, text('together a, b').replace('failover', 'drs full; failover')), []);
  assert.match(
    said(rule, text('together a, b\nkeep c on h-2, h-1\nkeep d on h-3, h-1'))[0] ?? '',
    /a and b find no other host/,
  );
});

test('two hosts at once, and each rack, are tried piece by piece', () => {
  const four = (failover: string, gib: number) => `rack r-[1..2]
cluster c {
  failover ${failover}
  host h-[1..4] at each r-1, r-1, r-2, r-2 { memory 64 GiB }
}
vm a-[1..4] { memory ${gib} GiB }
runs a-1 on h-1
runs a-2 on h-2
runs a-3 on h-3
runs a-4 on h-4`;
  assert.deepEqual(said(rule, four('2 hosts', 30)), []);
  assert.match(
    said(rule, four('2 hosts', 31))[0] ?? '',
    /^error: Without h-1 and h-2, the rest of c is asked for 103 %/,
  );
  const uneven = four('2 hosts', 22).replace('vm a-[1..4]', 'vm a-[1..3]').concat('\nvm a-4 { memory 50 GiB }');
  assert.match(
    said(rule, uneven)[0] ?? '',
    /^error: When h-\d and h-\d fail, a-2 finds no other host in c: what is free on the others does not fit/,
  );
});

test('of hosts that differ, the one with most CPU may fail as well as the one with most memory', () => {
  const mixed = (cores: number, memory = 'memory 512 GiB') => `cluster c {
  failover 1 host
  host fat { cpu 1 x 8 cores 2 GHz; ${memory} }
  host fast { cpu 1 x 32 cores 2 GHz; memory 128 GiB }
  host plain { cpu 1 x 8 cores 2 GHz; memory 128 GiB }
  runs v-[1..4]
}
vm v-[1..4] { vcpu ${cores}; memory 8 GiB; demand cpu 100 % }`;
  // Without fast there are 16 cores, without fat 40.
  assert.deepEqual(said(rule, mixed(3)), []);
  assert.deepEqual(said(rule, mixed(4)), [
    'error: Without fast, the rest of c is asked for 105 % of its CPU: 33.6 GHz of 32 GHz. VMs stay down or starve. Add a host, or give VMs less.',
  ]);
  assert.match(said(rule, mixed(4, 'system-memory 4 GiB'))[0] ?? '', /^error: Without fast/);
});
