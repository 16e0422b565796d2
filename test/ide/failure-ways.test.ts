import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Failure } from '../../server/src/topology/graph.ts';
import { topologyOf } from '../support/topology.ts';
import { editing } from './editing.ts';

function failing(text: string, ...failed: readonly string[]): Failure {
  const { workspace, uri } = editing(text);
  const failure = topologyOf(workspace, uri, { failed })?.graph.failure;
  assert.ok(failure, failed.join());
  return failure;
}
const told = (failure: Failure): readonly string[] => failure.lost.map(({ why }) => why);

const room = `site s
switch core at s
switch agg-[a,b] at s { uplink 2 x 40 Gbps to core }
switch tor-[a,b] at s { uplink 2 x 10 Gbps to each agg-[a,b] }
network web at s { vlan 10; routed-by core }
network lab at s { vlan 20 }
cluster c at s {
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }
  vswitch vs1 { uplink nic3 to tor-a; carries lab }
  host h-[1..2] { nic nic[1..3] 10 Gbps; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  runs a, l on h-1
  runs b on h-2
}
vm [a,b] { vcpu 2; memory 8 GiB; nic web }
vm l { vcpu 2; memory 8 GiB; nic lab }
`;

describe('switches that lead nowhere any more', () => {
  test('cut off what has no other way on, by name of what was the only one', () => {
    const failure = failing(room, 'switch:agg-a');
    assert.equal(failure.summary, '1 VM is cut off');
    assert.deepEqual(told(failure), ['1 VM on h-1 is cut off from all beyond tor-a: the only way on was agg-a']);
    assert.deepEqual(failure.lost[0]?.what, ['host:c/h-1']);
  });

  test('a trunk alone does the same, and so does what it hangs on farther up', () => {
    const trunk = failing(room, 'switch:tor-a>switch:agg-a');
    assert.deepEqual(told(trunk), [
      '1 VM on h-1 is cut off from all beyond tor-a: the only way on was the trunk from tor-a to agg-a',
    ]);
    const core = failing(room, 'switch:core');
    assert.equal(core.summary, '3 VMs are cut off');
    assert.deepEqual(told(core), [
      '2 VMs on 2 hosts are cut off from all beyond tor-a and tor-b: the only way on was core',
      '1 VM on h-1 is cut off from all beyond tor-a: the only way on was core',
    ]);
  });

  test('that have another way cut off nobody', () => {
    const wide = room.replace('uplink nic3 to tor-a', 'uplink nic3 to tor-b; uplink nic3 to tor-a');
    assert.equal(failing(wide, 'switch:agg-a').summary, 'no VM moves or stops');
    assert.equal(failing(room, 'switch:tor-b>switch:agg-b').summary, 'no VM moves or stops');
  });

  test('cut off what is placed on a whole cluster as far as its hosts are', () => {
    const pooled = room.replace('runs a, l on h-1\n  runs b on h-2', 'runs a, b, l');
    const some = failing(pooled, 'switch:agg-a');
    assert.equal(some.summary, '1 VM is cut off');
    assert.match(told(some)[0] ?? '', /^1 VM on 2 hosts is cut off from all beyond tor-a/);
    const halves = (vms: string): Failure =>
      failing(
        `site s
switch [core,edge] at s
switch tor at s { uplink 2 x 10 Gbps to core }
network web at s { vlan 10 }
cluster c at s {
  host h-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor; carries web } }
  host h-2 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to edge; carries web } }
  runs ${vms}
}
vm ${vms} { nic web }
`,
        'switch:core',
      );
    assert.equal(halves('v-[1..2]').summary, 'up to 2 VMs are cut off');
    assert.deepEqual(told(halves('v-[1..2]')), [
      'those of the 2 VMs placed on c as a whole that run on h-1 are cut off from all beyond tor: the only way on was core',
    ]);
    assert.equal(halves('v').summary, 'up to 1 VM is cut off');
    assert.match(told(halves('v'))[0] ?? '', /^v, which is placed on c as a whole, if it runs on h-1 is cut off/);
    assert.equal(failing(pooled, 'switch:core').summary, '3 VMs are cut off');
  });

  test('that say no way on have none to lose', () => {
    const plain = room.replace('uplink 2 x 10 Gbps to each agg-[a,b] ', '').replace('uplink 2 x 40 Gbps to core ', '');
    assert.equal(failing(plain, 'switch:core').summary, 'no VM moves or stops');
  });

  test('in a circle are not known to lead anywhere', () => {
    const circle = room
      .replace('uplink 2 x 40 Gbps to core', 'uplink 2 x 40 Gbps to tor-a')
      .replace('routed-by core', 'note "none"');
    assert.equal(failing(circle, 'switch:agg-b').summary, 'no VM moves or stops');
  });

  test('take the gateway with them where another way on is left', () => {
    const two = room
      .replace('switch core at s', 'switch core at s\nswitch other at s')
      .replace('to core }', 'to core; uplink 1 x 10 Gbps to other }');
    assert.deepEqual(told(failing(two, 'switch:core')), [
      '2 VMs on 2 hosts have no gateway in web: core, which routes it, is out of reach',
    ]);
  });
});

test('storage that is reached over switches in between is lost with them', () => {
  const text = `site s
switch core at s { type fc }
switch edge at s { type fc; uplink 2 x 16 Gbps to core }
array vmax at s { protocol fc; ports 2 x 16 Gbps to core; datastore gold { capacity 10 TiB } }
cluster c at s { mount gold; host h { hba h1 16 Gbps; path h1 to edge; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs a } }
vm a { vcpu 2; memory 8 GiB; disk 10 GiB on gold }
`;
  for (const id of ['switch:edge>switch:core', 'switch:core', 'switch:edge'])
    assert.deepEqual(
      failing(text, id).stranded.map(({ why }) => why),
      ['h has no path left to vmax'],
      id,
    );
});

test('storage over the network of its service is lost with the only way to it', () => {
  const text = `site s
switch core at s
switch tor at s { uplink 2 x 10 Gbps to core }
network nfs at s { vlan 30 }
array filer at s { protocol nfs; ports 2 x 10 Gbps to core; datastore gold { capacity 10 TiB } }
cluster c at s {
  mount gold
  service storage on nfs
  vswitch vs0 { uplink nic1 to tor; carries nfs }
  host h { nic nic1 10 Gbps; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs a }
}
vm a { vcpu 2; memory 8 GiB; disk 10 GiB on gold }
`;
  assert.equal(failing(text, 'switch:tor>switch:core').stranded[0]?.why, 'h has no path left to filer');
  const unsaid = text.replace('; ports 2 x 10 Gbps to core', '');
  assert.deepEqual(failing(unsaid, 'switch:tor>switch:core').stranded, []);
});

const halls = `site [a,b]
wan line between a, b { speed 1 Gbps; rtt 1 ms }
array main at a { datastore gold { capacity 10 TiB; replicates to second mode sync via line change 1 TiB/day } }
array second at b
network flat at a, b { vlan 10 }
cluster metro at a, b {
  host ha at a { memory 64 GiB; runs x }
  host hb at b { memory 64 GiB; runs y }
}
app shop { vm x { memory 8 GiB; nic flat }; depends-on erp rounds 3 }
app erp { vm y { memory 8 GiB; nic flat } }
backup nightly { covers vm x; window daily 22:00 .. 06:00; via line }
`;

describe('a line between sites that is lost', () => {
  test('stops what went over it, and parts what stretched over it', () => {
    const failure = failing(halls, 'wan:line');
    assert.equal(failure.summary, '1 replication stops, 3 things over sites fall apart, 1 job cannot run');
    assert.deepEqual(told(failure), [
      'gold is no longer replicated to second: line, which it goes over, is lost; writes wait, or go on without the mirror',
      'backup nightly cannot run: line, which it goes over, is lost',
      'cluster metro is split: its hosts at a and b do not reach each other',
      'network flat is split: its VMs (1 at a and 1 at b) do not reach each other',
      'shop does not reach erp: no line is left from x to its site',
    ]);
  });

  test('parts nothing where another way is left, over a third site if need be', () => {
    const ring = halls
      .replace('site [a,b]', 'site [a,b,c]')
      .concat('wan far between a, c { speed 1 Gbps }\nwan back between c, b { speed 1 Gbps }\n');
    assert.deepEqual(told(failing(ring, 'wan:line')), [
      'gold is no longer replicated to second: line, which it goes over, is lost; another line joins the sites, but is not stated as its way; writes wait, or go on without the mirror',
      'backup nightly cannot run: line, which it goes over, is lost',
    ]);
    assert.equal(told(failing(ring, 'wan:line', 'wan:far')).length, 5);
  });

  test('is needed by a copy that names no way, where it is the only one', () => {
    const unnamed = halls.replace(' via line change', ' change');
    assert.match(told(failing(unnamed, 'wan:line'))[0] ?? '', /no line is left between their sites/);
    assert.match(told(failing(halls, 'array:second'))[0] ?? '', /second is lost/);
  });

  test('is one that the analysis does not reckon with any more', () => {
    const text = halls.replace('1 TiB/day', '9 TiB/day').replace('1 Gbps; rtt', '100 Mbps; rtt');
    const { workspace, uri } = editing(text);
    const load = (failed: readonly string[]) =>
      topologyOf(workspace, uri, { failed })?.graph.findings.filter(({ rule }) => rule === 'replication-lags').length;
    assert.equal(load([]), 1);
    assert.equal(load(['wan:line']), 0);
  });
});

test('the trunks left carry what the lost one did, and the rules say so', () => {
  const text = `site s
switch core at s { ports 32 x 40 Gbps }
switch agg at s { ports 32 x 40 Gbps }
switch tor at s { ports 48 x 10 Gbps; uplink 1 x 6 Gbps to core; uplink 1 x 6 Gbps to agg }
network web at s { vlan 10 }
cluster c at s {
  vswitch vs0 { uplink nic[1..2] to tor; carries web }
  host h-[1..2] { nic nic[1..2] 10 Gbps; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs each v-[1..2] }
}
vm v-[1..2] { vcpu 2; memory 8 GiB; nic web; demand net 3 Gbps }
`;
  const { workspace, uri } = editing(text);
  const of = (failed: readonly string[]) => topologyOf(workspace, uri, { failed })?.graph;
  const share = (failed: readonly string[]) =>
    of(failed)?.links.find(({ id }) => id === 'switch:tor>switch:core')?.gauge?.share;
  const rules = (failed: readonly string[]) => of(failed)?.findings.map(({ rule }) => rule) ?? [];
  assert.equal(share([]), 0.5);
  assert.equal(share(['switch:tor>switch:agg']), 1);
  assert.ok(!rules([]).includes('fabric-oversubscribed'));
  const lost = of(['switch:tor>switch:agg'])?.failure;
  assert.ok(
    lost?.findings.added.some(({ rule }) => rule === 'fabric-oversubscribed'),
    JSON.stringify(lost?.findings),
  );
});
