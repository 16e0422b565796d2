import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Link } from '../../server/src/topology/graph.ts';
import { editing } from '../ide/editing.ts';
import { topologyOf } from '../support/topology.ts';

function linksOf(text: string): ReadonlyMap<string, Link> {
  const { workspace, uri } = editing(text);
  const graph = topologyOf(workspace, uri)?.graph;
  assert.ok(graph);
  return new Map(graph.links.map((link) => [link.id, link]));
}

const plan = `site s
site t
wan line between s, t { speed 100 Mbps }
switch core at s { ports 4 x 40 Gbps }
switch tor-[a,b] at s { ports 48 x 10 Gbps; uplink 2 x 10 Gbps to core }
switch fab at s { type fc }
array vmax at s { protocol fc; ports 2 x 16 Gbps to fab; datastore gold { capacity 10 TiB }; replicates to second mode async rpo 4 h change 700 GB/day via line }
array second at t
cluster c at s {
  mount gold
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web, dmz }
  host h-[1..2] { nic nic[1..2] 10 Gbps; hba h[1..2] 16 Gbps; path h[1..2] to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  runs a on h-1
}
network web at s { vlan 10 }
network dmz at s { vlan 20 }
vm a { vcpu 4; memory 20 GiB; demand net 8 Gbps throughput 6.4 Gbps; nic web; disk 10 GiB on gold }
`;

test('storage paths and front-end ports carry what VMs move, as the rules reckon it', () => {
  const links = linksOf(plan);
  // 6.4 Gbps over 2 x 16 Gbps, of which 0.8 is payload.
  assert.equal(links.get('host:c/h-1>switch:fab')?.gauge?.share, 0.25);
  assert.equal(links.get('switch:fab>array:vmax')?.gauge?.share, 0.25);
  assert.equal(links.get('host:c/h-2>switch:fab')?.gauge, undefined);
});

test('a trunk carries no more than what comes from below, and that is shown as assumed and judged by nothing', () => {
  const links = linksOf(plan);
  const trunk = links.get('switch:tor-a>switch:core')?.gauge;
  assert.equal(trunk?.state, 'assumed');
  assert.equal(trunk?.share, 0.2);
  const much = linksOf(plan.replace('net 8 Gbps', 'net 18 Gbps').replaceAll('uplink 2 x 10 Gbps', 'uplink 1 x 5 Gbps'));
  assert.equal(much.get('switch:tor-a>switch:core')?.gauge?.class, 'calm3');
  assert.equal(linksOf(plan.replace('net 8 Gbps ', '')).get('switch:tor-a>switch:core')?.gauge, undefined);
});

test('a link between sites carries its replication', () => {
  const gauge = linksOf(plan).get('wan:line')?.gauge;
  assert.ok(gauge && gauge.share > 0.5 && gauge.class === 'warning');
  assert.equal(linksOf(plan.replace(' via line', '')).get('wan:line')?.gauge, undefined);
});

test('switches in a circle have no known load', () => {
  const links = linksOf('switch a { uplink 1 x 10 Gbps to b }\nswitch b { uplink 1 x 10 Gbps to a }\n');
  assert.ok([...links.values()].every(({ gauge }) => gauge === undefined));
});

test('uplinks know what they carry, what the switch behind them lacks, and hosts what they lack', () => {
  const { workspace, uri } = editing(
    plan
      .replace('uplink 2 x 10 Gbps to core }', 'uplink 2 x 10 Gbps to core; trunk web }')
      .replace('runs a on h-1', 'features ha\n  runs a on h-1\n  runs b on h-1')
      .concat('network lone at s { vlan 30 }\nvm b { nic lone }\n'),
  );
  const graph = topologyOf(workspace, uri)?.graph;
  const names = (list: readonly number[] | undefined) => (list ?? []).map((n) => graph?.networks[n]?.name);
  const link = graph?.links.find(({ id }) => id === 'host:c/h-1>switch:tor-a');
  assert.deepEqual([names(link?.carries), names(link?.lacks)], [['web', 'dmz'], ['dmz']]);
  const hosts = graph?.sites.flatMap((site) => site.clusters.flatMap((cluster) => cluster.hosts)) ?? [];
  assert.deepEqual(
    hosts.map(({ lacks }) => names(lacks)),
    [['lone'], ['lone']],
  );
});
