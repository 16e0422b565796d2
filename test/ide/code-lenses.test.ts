import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeLenses, type LensKind, lensTitle } from '../../server/src/ide/code-lenses.ts';
import { editing } from './editing.ts';

/** Lenses with the text that they stand above, in text order. */
function lenses(text: string, ...kinds: readonly LensKind[]): string[] {
  const { workspace, uri, text: own } = editing(text);
  const wants = (kind: LensKind) => kinds.length === 0 || kinds.includes(kind);
  return codeLenses(workspace, uri, wants).map(
    ({ kind, node, from, to }) => `${own.slice(from, to)}: ${lensTitle(workspace, uri, kind, node)}`,
  );
}

const vms = (count: number) => `class vm db { vcpu 4; memory 16 GiB; demand cpu 50 % }\nvm db-[1..${count}] : db\n`;
const host = 'cpu 1 x 16 cores 2 GHz; memory 68 GiB';
const cluster = (head: string, runs = 'db-[1..2]') =>
  `cluster prod {\n  ${head}\n  host a { ${host}; runs ${runs} }\n  host b { ${host} }\n  host c { ${host} }\n}\n`;

test('a cluster: the verdict, how full it is after the loss, and the room that is left', () => {
  assert.deepEqual(lenses(cluster('failover 1 host') + vms(2), 'cluster'), [
    'prod: N+1 holds · 25 % memory after a host is lost · room for about 6 db',
  ]);
  assert.deepEqual(lenses(cluster('failover 2 hosts') + vms(2), 'cluster'), [
    'prod: N+2 holds · 50 % memory after 2 hosts are lost · room for about 2 db',
  ]);
  assert.deepEqual(lenses(cluster('failover 25 %') + vms(2), 'cluster'), [
    'prod: a reserve of 25 % holds · 22 % memory after 25 % is lost · room for about 7 db',
  ]);
});

test('where the design asks for nothing it is told what would be', () => {
  assert.deepEqual(lenses(cluster('note "x"') + vms(2), 'cluster'), [
    'prod: N+1 would hold · 25 % memory after a host is lost · room for about 6 db',
  ]);
  assert.deepEqual(lenses(cluster('failover none') + vms(2), 'cluster'), [
    'prod: 9 % CPU · 17 % memory · room for about 10 db',
  ]);
});

test('a verdict that fails says what finds no room', () => {
  assert.deepEqual(
    lenses(cluster('failover 2 hosts', 'db-[1..4]').replace('memory 68', 'memory 60') + vms(4), 'cluster'),
    ['prod: N+2 does not hold · 114 % memory after 2 hosts are lost'],
  );
  const scattered = `cluster prod {
  failover 1 host
  host a { cpu 1 x 16 cores 2 GHz; memory 68 GiB; runs big }
  host [b,c] { cpu 1 x 16 cores 2 GHz; memory 40 GiB }
}
vm big { vcpu 1; memory 62 GiB }
`;
  assert.deepEqual(lenses(scattered, 'cluster'), [
    'prod: N+1 does not hold: big finds no host without a · 86 % memory after a host is lost',
  ]);
});

test('what is not known is not told as if it were', () => {
  assert.deepEqual(
    lenses('cluster c { failover 1 host; host a { runs v }; host b }\nvm v { memory 4 GiB }\n', 'cluster'),
    ['c: N+1 not known: memory of a, b is not stated'],
  );
  assert.deepEqual(lenses('cluster c { failover 1 host; host a }\ncluster d\n', 'cluster'), ['c: runs nothing yet']);
  // One VM of a class is no sample, and of two that state no memory nothing is known.
  assert.deepEqual(lenses(cluster('failover 1 host', 'db-1') + vms(1), 'cluster'), [
    'prod: N+1 holds · 13 % memory after a host is lost',
  ]);
});

test('a range of clusters: all of them, or those that fail', () => {
  const range = (failover: string) => `cluster c-[1..3] { failover ${failover} }
host h-[1..6] in each c-[1..3] { ${host}; runs each db-[1..12] }
runs db-13, db-14, db-15 on h-2
`;
  assert.deepEqual(lenses(range('1 host') + vms(15), 'cluster'), ['c-[1..3]: N+1 does not hold in 1 of 3: c-2']);
  assert.deepEqual(lenses(range('1 host').replace(/^runs.*\n/m, '') + vms(12), 'cluster'), [
    'c-[1..3]: N+1 holds in all 3 · c-1 is fullest: 100 % memory after a host is lost',
  ]);
});

test('clusters that need not survive anything tell what they are', () => {
  assert.deepEqual(lenses('cluster c-[1..2] { failover none }\nhost h-[1..4] in each c-[1..2]\n', 'cluster'), [
    'c-[1..2]: 2 clusters · 4 hosts · 0 VMs',
  ]);
  assert.deepEqual(lenses('cluster c { host a { state off } }\n', 'cluster'), ['c: no host carries load']);
});

test('a network: addresses that are free', () => {
  assert.deepEqual(
    lenses('network web { subnet 10.0.0.0/24 gateway 10.0.0.1 reserve 3 }\nvm a-[1..50] { nic web }\n'),
    ['web: 200 of 250 addresses free'],
  );
  const two =
    'network w { subnet 10.0.0.0/28 gateway 10.0.0.1; subnet 10.1.0.0/28 dhcp 10.1.0.5 .. 10.1.0.8 }\nvm a { nic w }\n';
  assert.deepEqual(lenses(two), [
    'w: 13 of 13 addresses of 10.0.0.0/28 free · 10 of 10 addresses of 10.1.0.0/28 and 3 of 4 leases free',
  ]);
  assert.deepEqual(lenses('network n-[1..2] { subnet each 10.[0..1].0.0/28 }\nvm a { nic n-2 }\n'), [
    'n-[1..2]: n-2 has fewest: 13 of 14 addresses free',
  ]);
  assert.deepEqual(lenses('network bare { vlan 4 }\n'), []);
});

test('an application: over which hosts and racks its members are spread', () => {
  const text = `rack r-[1..2]
host a at r-1 { runs v-[1..2] }
host b at r-2 { runs v-3 }
app shop { vm v-[1..4] }
app empty
`;
  assert.deepEqual(lenses(text, 'app'), ['shop: 4 VMs on 2 hosts in 2 racks · at most 2 on one · 1 runs nowhere yet']);
  assert.deepEqual(lenses('cluster c { runs v-[1..3] }\napp x { vm v-[1..3] }\n', 'app'), ['x: 3 VMs in a pool']);
});

test('what leads to the topology: sites, clusters, and hosts that take several lines', () => {
  const text = 'site s\ncluster c at s {\n  host a { memory 4 GiB }\n  host b {\n    memory 4 GiB\n  }\n}\nnetwork n\n';
  const { workspace, uri } = editing(text);
  assert.deepEqual(
    codeLenses(workspace, uri, (kind) => kind === 'topology').map(({ node }) => node),
    ['site:s', 'cluster:c', 'host:c/b'],
  );
});

test('a long list of hosts has none of its own', () => {
  const hosts = Array.from({ length: 40 }, (_, k) => `host h-${k} {\n  memory 4 GiB\n}\n`).join('');
  assert.deepEqual(lenses(hosts), []);
});

test('blocks of other files stand above their own text', () => {
  const { workspace } = editing('//- a.vdc\nimport "b.vdc"\nsite s\n//- b.vdc\nsite t\n');
  const sites = (uri: string) => codeLenses(workspace, uri).map(({ node }) => node);
  assert.deepEqual([sites('a.vdc'), sites('b.vdc')], [['site:s'], ['site:t']]);
});

test('broken and empty text, and a block that is gone', () => {
  assert.deepEqual(lenses(''), []);
  assert.deepEqual(lenses('cluster c {\n  host a { memory 64 Gi\n  failover 1\nnetwork w { subnet 10.0.0.0/99\n'), [
    'c: runs nothing yet',
    'c: Show in topology',
  ]);
  const { workspace, uri } = editing('site s\n');
  assert.equal(lensTitle(workspace, uri, 'cluster', 'cluster:gone'), undefined);
});
