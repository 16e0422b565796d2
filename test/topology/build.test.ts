import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Design } from '../../server/src/design/design.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { LIMIT_RULES, PROMISE_LIMIT, PROMISE_RULE } from '../../server/src/topology/build/limits.ts';
import { buildTopology, type NodeFinding } from '../../server/src/topology/build.ts';
import {
  type ClusterNode,
  DEFAULT_THRESHOLDS,
  type HostNode,
  type TopologyGraph,
} from '../../server/src/topology/graph.ts';

function designOf(text: string): Design {
  const uri = 'file:///main.vdc';
  const parsed = parseFile(text);
  return new Design(uri, { file: (u) => (u === uri ? parsed : undefined), importUri: () => undefined });
}

const graphOf = (text: string, findings: readonly NodeFinding[] = []): TopologyGraph =>
  buildTopology(designOf(text), { fileName: 'main.vdc', findings });

const clusters = (g: TopologyGraph): readonly ClusterNode[] => g.sites.flatMap((s) => s.clusters);
const hosts = (g: TopologyGraph): readonly HostNode[] => clusters(g).flatMap((c) => c.hosts);

const STOREFRONT = `
site seattle { tariff 0.11 USD/kWh }
team server
switch tor-[a,b] at seattle { ports 48 x 10 Gbps; uplink 2 x 40 Gbps to core }
switch core at seattle { ports 16 x 40 Gbps }
switch san-[a,b] at seattle { type fc; ports 24 x 16 Gbps }
array vmax at seattle {
  ports 2 x 16 Gbps to san-a
  ports 2 x 16 Gbps to san-b
  datastore gold-1 { capacity 20 TiB }
}
cluster prod at seattle {
  owner server
  failover 1 host
  mount gold-1
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b }
  host esx-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; nic nic[1..2] 10 Gbps; hba hba[1..2] 16 Gbps; path hba1 to san-a; path hba2 to san-b; runs db-[1..2] }
  host esx-02 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; nic nic[1..2] 10 Gbps; hba hba[1..2] 16 Gbps; path hba1 to san-a; path hba2 to san-b }
}
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 %; disk 1 TiB thick on gold-1 }
vm lost { vcpu 1; memory 4 GiB }
`;

describe('the topology of a design', () => {
  const graph = graphOf(STOREFRONT);

  test('sites hold clusters, clusters hold hosts, hosts hold VMs, each with its id', () => {
    assert.deepEqual(
      graph.sites.map((s) => s.id),
      ['site:seattle'],
    );
    assert.deepEqual(
      hosts(graph).map((h) => h.id),
      ['host:prod/esx-01', 'host:prod/esx-02'],
    );
    assert.deepEqual(
      hosts(graph)[0]?.vms.map((v) => v.id),
      ['vm:db-1', 'vm:db-2'],
    );
    assert.deepEqual(
      graph.unplaced.map((v) => v.id),
      ['vm:lost'],
    );
  });

  test('gauges are the loads that the capacity reckons, in base units', () => {
    const cpu = hosts(graph)[0]?.gauges.cpu;
    assert.equal(cpu?.capacity, 8e9);
    assert.equal(cpu?.state, 'stated');
    assert.ok(cpu && cpu.share > 1.2 && cpu.share < 1.3, `${cpu?.share}: 2 × 4 × 60 % of 2 GHz and the overhead`);
    assert.equal(cpu?.class, 'over');
    assert.equal(hosts(graph)[1]?.gauges.cpu?.share, 0);
  });

  test('what nothing states is unknown, not zero', () => {
    assert.equal(hosts(graph)[0]?.gauges.network?.state, 'unknown');
    const bare = graphOf('host h { runs v }\nvm v { vcpu 2 }');
    assert.equal(hosts(bare)[0]?.gauges.cpu?.state, 'unknown');
    assert.equal(hosts(bare)[0]?.vms[0]?.memory, undefined);
  });

  test('uplinks, fabrics and trunks are links with sides: the first switch of a host is a', () => {
    const of = (kind: string): string[] =>
      graph.links.filter((l) => l.kind === kind).map((l) => `${l.from}>${l.to} ${l.side} ${l.count}`);
    assert.deepEqual(of('uplink'), [
      'host:prod/esx-01>switch:tor-a a 1',
      'host:prod/esx-01>switch:tor-b b 1',
      'host:prod/esx-02>switch:tor-a a 1',
      'host:prod/esx-02>switch:tor-b b 1',
    ]);
    assert.deepEqual(of('fabric').slice(-2), ['switch:san-a>array:vmax a 2', 'switch:san-b>array:vmax b 2']);
    assert.deepEqual(of('trunk'), ['switch:tor-a>switch:core a 2', 'switch:tor-b>switch:core b 2']);
    // The array is reached through fabrics: the mount is no cable of its own.
    assert.deepEqual(of('mount'), []);
  });

  test('a cluster has its reserve, its verdict and its owner', () => {
    const [prod] = clusters(graph);
    assert.equal(prod?.gauges.cpu?.reserve, 0.5);
    assert.equal(prod?.failover?.label, 'N+1');
    assert.equal(graph.owners[prod?.owner ?? -1], 'server');
  });

  test('datastores stand on their array, or in a pool where the design names none', () => {
    assert.deepEqual(
      graph.sites[0]?.arrays.map((a) => `${a.kind} ${a.name}: ${a.datastores.map((d) => d.name)}`),
      ['array vmax: gold-1'],
    );
    const loose = graphOf('cluster c { mount ds; host h }\ndatastore ds { capacity 1 TiB }');
    assert.deepEqual(
      loose.sites[0]?.arrays.map((a) => `${a.kind} ${a.name}`),
      ['pool datastores'],
    );
    assert.deepEqual(
      loose.links.map((l) => `${l.kind} ${l.from}>${l.to}`),
      ['mount host:c/h>pool:site:'],
    );
  });

  test('VMs placed on a cluster are its pool; their even spread over the hosts is shown as assumed', () => {
    const pooled = graphOf(
      'cluster c { runs v-[1..4]; host h-[1,2] { cpu 1 x 8 cores 2 GHz; memory 64 GiB } }\nvm v-[1..4] { vcpu 2; memory 8 GiB; demand cpu 50 % }',
    );
    assert.equal(clusters(pooled)[0]?.pool.length, 4);
    assert.deepEqual(
      hosts(pooled).map((h) => h.gauges.cpu?.state),
      ['assumed', 'assumed'],
    );
  });

  test('hosts without a cluster stand together at their site', () => {
    const alone = graphOf('site s\nhost h-[1,2] at s');
    assert.deepEqual(
      clusters(alone).map((c) => `${c.id} ${c.hosts.length}`),
      ['cluster:@site:s 2'],
    );
  });

  test('a cluster stretched over sites is drawn in each, with the hosts that stand there', () => {
    const metro = graphOf('site a\nsite b\ncluster m at a, b { host x at a; host y at b }');
    assert.deepEqual(
      metro.sites.map((s) => s.clusters.map((c) => `${c.id}: ${c.hosts.map((h) => h.name)}`).join()),
      ['cluster:m: x', 'cluster:m@site:b: y'],
    );
  });

  test('a WAN joins its sites', () => {
    const wan = graphOf('site a\nsite b\nwan w between a, b { speed 10 Gbps; rtt 4 ms }').links[0];
    assert.deepEqual([wan?.from, wan?.to, wan?.speed, wan?.rtt], ['site:a', 'site:b', 10e9, 0.004]);
  });

  test('a finding counts once on its node and on everything around it', () => {
    const note = { rule: 'r', message: 'm', fixes: [], sites: [] };
    const found = graphOf(STOREFRONT, [
      { ...note, key: 'f1', severity: 'error', things: ['vm:db-1', 'vm:db-2'] },
      { ...note, key: 'f2', severity: 'warning', things: ['datastore:vmax/gold-1'] },
      { ...note, key: 'f3', severity: 'info', things: ['network:web'] },
    ]);
    const [host] = hosts(found);
    assert.deepEqual(host?.badge, { errors: 1, warnings: 0, infos: 0, findings: ['f1'] });
    assert.equal(host?.vms[1]?.badge?.errors, 1);
    assert.deepEqual(found.sites[0]?.badge, { errors: 1, warnings: 1, infos: 1, findings: ['f1', 'f2', 'f3'] });
    assert.equal(found.sites[0]?.arrays[0]?.datastores[0]?.badge?.warnings, 1);
    assert.equal(hosts(found)[1]?.badge, undefined);
  });

  test('an empty or half-typed text has a graph, too', () => {
    assert.deepEqual(graphOf('').sites, []);
    assert.equal(hosts(graphOf('cluster c {\n host a\n host b {')).length, 2);
    assert.ok(graphOf('cluster {{{ vm ; switch at').name);
  });

  test('what is amber or red here is what the rules find: the limits are theirs, also where a policy sets them', () => {
    for (const [gauge, id] of Object.entries(LIMIT_RULES)) {
      const rule = RULES.find((r) => r.id === id);
      const { warn, err } = DEFAULT_THRESHOLDS[gauge as keyof typeof LIMIT_RULES];
      assert.deepEqual([rule?.limits?.warning, rule?.limits?.error], [warn, err], id);
    }
    assert.equal(RULES.find((r) => r.id === PROMISE_RULE)?.limits?.warning, PROMISE_LIMIT);
    const strict = graphOf(
      `policy { host-cpu-overloaded warn 20 % error 40 % }\nsite s\nhost h at s { cpu 1 x 4 cores 2 GHz; runs v }\nvm v { vcpu 1; demand cpu 90 % }`,
    );
    assert.deepEqual(strict.thresholds.cpu, { warn: 0.2, err: 0.4 });
    assert.equal(hosts(strict)[0]?.gauges.cpu?.class, 'warning');
  });

  test('a datastore that grows says when it is full, and so does its site', () => {
    const filling = graphOf(
      'site s\narray a at s { usable 10 TiB; datastore d { capacity 1 TiB; growth disk 100 GiB/month; measured used 500 GiB } }',
    );
    assert.equal(filling.sites[0]?.arrays[0]?.datastores[0]?.fullIn, 5);
    assert.deepEqual(filling.sites[0]?.fills, { what: 'a datastore', months: 5, class: 'calm2' });
  });

  test('is plain data', () => assert.deepEqual(JSON.parse(JSON.stringify(graph)), graph));

  test('hosts that an edit does not touch stay the same objects', () => {
    const design = designOf(STOREFRONT);
    const build = (): readonly HostNode[] => hosts(buildTopology(design, { fileName: 'x', findings: [] }));
    const before = build();
    const after = build();
    assert.equal(before[0], after[0]);
  });
});
