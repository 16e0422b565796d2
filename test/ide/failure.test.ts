import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDayOrMonth } from '../../server/src/base/dates.ts';
import type { HostNode, TopologyGraph } from '../../server/src/topology/graph.ts';
import { topologyOf } from '../support/topology.ts';
import { applied, editing } from './editing.ts';

const plan = `design d { as-of 2026-11-01; growth memory 10 %/month }
site s
site t
switch tor-[a,b] at s
array vmax at s { ports 2 x 16 Gbps to fab; datastore gold { capacity 10 TiB } }
switch fab at s { type fc }
cluster c at s {
  features ha
  failover 1 host
  mount gold
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }
  vswitch vs1 { uplink nic3 to tor-a; carries lone }
  host esx-1 { nic nic[1..3] 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs a, b }
  host esx-2 { nic nic[1..3] 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs e }
  host esx-3 { nic nic[1..3] 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB; datastore local { capacity 1 TiB }; runs f }
}
host alone at t { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs g }
network web at s { vlan 10 }
network lone at s { vlan 20 }
vm a { vcpu 2; memory 20 GiB; demand cpu 10 %; nic web; disk 10 GiB on gold }
vm b { vcpu 2; memory 40 GiB; demand cpu 10 %; nic web; disk 10 GiB on gold }
vm e { vcpu 2; memory 30 GiB; demand cpu 10 %; nic lone; disk 10 GiB on gold }
vm f { vcpu 2; memory 40 GiB; demand cpu 10 %; nic web; datastore local }
vm g { vcpu 2; memory 20 GiB; demand cpu 10 % }
`;

function after(text: string, failed: readonly string[], at?: string): TopologyGraph {
  const { workspace, uri } = editing(text);
  const day = at === undefined ? undefined : parseDayOrMonth(at);
  const graph = topologyOf(workspace, uri, { failed, at: day && 'value' in day ? day.value : undefined })?.graph;
  assert.ok(graph);
  return graph;
}

const hostsIn = (graph: TopologyGraph): readonly HostNode[] =>
  graph.sites.flatMap((site) => site.clusters.flatMap((cluster) => cluster.hosts));

function host(graph: TopologyGraph, id: string): HostNode {
  const found = hostsIn(graph).find((node) => node.id === id);
  assert.ok(found);
  return found;
}

const names = (list: readonly { readonly name: string }[] | undefined): string =>
  (list ?? []).map(({ name }) => name).join(' ');

test('VMs of a failed host restart where they fit; the largest finds no place, and it is said what lacks', () => {
  const graph = after(plan, ['host:c/esx-1']);
  const { failure } = graph;
  assert.equal(failure?.summary, '1 VM restarts on 1 host, 1 has no place');
  assert.deepEqual(failure?.moves, [{ vm: 'vm:a', from: 'host:c/esx-1', to: 'host:c/esx-2' }]);
  const [lost] = failure?.stranded ?? [];
  assert.equal(lost?.vm, 'vm:b');
  assert.equal(lost?.needs, '2 vCPU · 40\u202fGiB');
  assert.match(lost?.why ?? '', /memory/);
  assert.match(lost?.shortBy ?? '', /\u202fGiB on esx-3/);
  assert.deepEqual(lost?.room?.hosts.map(({ host: id }) => id).sort(), ['host:c/esx-2', 'host:c/esx-3']);
  assert.equal(names(graph.unplaced), 'b');
});

test('what would give a VM without a place one is said, and does', () => {
  const remedy = (text: string): string | undefined => after(text, ['host:c/esx-1']).failure?.stranded[0]?.remedy;
  const [, more, on] = /^(\d+)\u202fGiB more usable memory on (esx-\d) would hold it$/.exec(remedy(plan) ?? '') ?? [];
  assert.ok(more && on, remedy(plan));
  const grown = (gib: number): string =>
    plan
      .split('\n')
      .map((line) => (line.includes(`host ${on} {`) ? line.replace('memory 64 GiB', `memory ${64 + gib} GiB`) : line))
      .join('\n');
  assert.equal(after(grown(0), ['host:c/esx-1']).failure?.stranded.length, 1);
  assert.deepEqual(after(grown(Number(more)), ['host:c/esx-1']).failure?.stranded, []);
});

test('hosts that lack the same are named together; what lacks two things is told both', () => {
  const alike = plan
    .replace('memory 30 GiB', 'memory 40 GiB')
    .replace('demand cpu 10 %; nic lone', 'demand cpu 10 %; nic web');
  const of = (text: string): string | undefined =>
    after(text, ['host:c/esx-1']).failure?.stranded.find(({ name }) => name === 'b')?.remedy;
  assert.match(
    of(alike.replace('runs a, b', 'runs b')) ?? '',
    /GiB more usable memory on any of esx-2, esx-3 would hold it$/,
  );
  const wide = plan.replace(
    'vm b { vcpu 2; memory 40 GiB; demand cpu 10 %',
    'vm b { vcpu 16; memory 60 GiB; demand cpu 99 %',
  );
  const busy = wide.replaceAll(/(vm [ef] \{ vcpu) 2(; memory \d+ GiB; demand cpu) 10 %/g, '$1 8$2 90 %');
  assert.match(
    of(busy) ?? '',
    /^[\d.]+\u202fGHz more usable CPU and \d+\u202fGiB more usable memory on esx-[23] would hold it$/,
  );
  assert.ok(after(busy, ['host:c/esx-1']).failure?.stranded.some(({ name, room }) => name === 'b' && room));
});

test('the failed host stays and says where its VMs went; arrivals stand last and are marked, with what came in the gauges', () => {
  const graph = after(plan, ['host:c/esx-1']);
  const gone = host(graph, 'host:c/esx-1');
  assert.ok(gone.failed);
  assert.deepEqual(
    gone.left?.map(({ name, to }) => [name, to]),
    [
      ['a', 'host:c/esx-2'],
      ['b', undefined],
    ],
  );
  const takes = host(graph, 'host:c/esx-2');
  assert.deepEqual(
    takes.vms.map(({ name, from }) => [name, from]),
    [
      ['e', undefined],
      ['a', 'host:c/esx-1'],
    ],
  );
  const before = host(after(plan, []), 'host:c/esx-2').gauges.memory;
  const { memory } = takes.gauges;
  assert.ok(memory?.gain && before);
  assert.ok(Math.abs(memory.share - memory.gain - before.share) < 1e-9);
});

test('all that is found is found anew: what has come and what has gone is told', () => {
  const { failure, findings } = after(
    plan.replace('40 GiB; demand cpu 10 %; nic web; disk', '30 GiB; demand cpu 10 %; nic web; disk'),
    ['host:c/esx-3'],
  );
  assert.ok(failure);
  for (const { key } of failure.findings.added) assert.ok(findings.some((note) => note.key === key));
  assert.ok(failure.findings.added.some(({ rule }) => rule === 'failover-not-absorbed'));
  assert.deepEqual(failure.findings.gone, []);
});

test('what has only the failed host, or no cluster, goes down, with the reason', () => {
  const reasons = (graph: TopologyGraph) =>
    Object.fromEntries(graph.failure?.stranded.map(({ name, why }) => [name, why]) ?? []);
  assert.deepEqual(reasons(after(plan, ['host:c/esx-3'])), { f: 'on datastore local, which is lost' });
  assert.deepEqual(reasons(after(plan, ['host:alone'])), { g: 'alone is in no cluster that would restart it' });
  assert.equal(after(plan, ['host:alone']).failure?.summary, '1 VM goes down');
});

test('an array takes its VMs with it; so does the only path to it', () => {
  for (const id of ['array:vmax', 'datastore:vmax/gold', 'switch:fab']) {
    const { failure } = after(plan, [id]);
    assert.deepEqual(
      failure?.stranded.map(({ name }) => name),
      ['a', 'b', 'e'],
      id,
    );
    assert.equal(failure?.summary, '3 VMs go down');
  }
  assert.deepEqual(
    after(plan, ['switch:fab']).failure?.stranded.map(({ why }) => why),
    ['esx-1 has no path left to vmax', 'esx-1 has no path left to vmax', 'esx-2 has no path left to vmax'],
  );
});

test('a switch cuts off what has no second uplink, and its links stay in the picture, failed', () => {
  const graph = after(plan, ['switch:tor-a']);
  assert.deepEqual(graph.failure?.lost, [
    {
      kind: 'network',
      what: ['host:c/esx-1', 'host:c/esx-2', 'host:c/esx-3'],
      vms: 1,
      why: '1 VM on 3 hosts is cut off: every uplink of vs1 leads to tor-a',
    },
  ]);
  const links = graph.links.filter(({ to }) => to === 'switch:tor-a');
  assert.ok(links.length === 3 && links.every(({ failed }) => failed));
  assert.ok(graph.links.filter(({ to }) => to === 'switch:tor-b').every(({ failed }) => !failed));
  assert.ok(graph.failure?.findings.added.some(({ rule }) => rule === 'uplinks-not-redundant'));
});

test('a link alone can fail', () => {
  const { failure } = after(plan, ['host:c/esx-2>switch:tor-a']);
  assert.deepEqual(
    failure?.lost.map(({ what }) => what),
    [['host:c/esx-2']],
  );
});

test('a site fails with all that stands in it', () => {
  const graph = after(plan, ['site:s']);
  assert.deepEqual(
    hostsIn(graph).map(({ failed }) => failed ?? false),
    [true, true, true, false],
  );
  assert.equal(graph.failure?.stranded.length, 4);
  assert.ok(graph.sites[0]?.failed && graph.sites[0].switches.every(({ failed }) => failed));
});

test('ids that the design does not have are passed over, and without a failure the picture is the plain one', () => {
  const here = editing(plan);
  const plain = topologyOf(here.workspace, here.uri)?.graph;
  assert.deepEqual(
    topologyOf(here.workspace, here.uri, { failed: ['host:nowhere', 'x', 'host:c/esx-1>switch:none'] })?.graph,
    plain,
  );
  topologyOf(here.workspace, here.uri, { failed: ['host:c/esx-1'] });
  assert.equal(topologyOf(here.workspace, here.uri)?.graph, plain);
});

test('a failure in a year is that of the design as it will have grown', () => {
  assert.equal(after(plan, ['host:c/esx-2']).failure?.stranded.length, 1);
  const later = after(plan, ['host:alone'], '2027-03');
  assert.deepEqual(later.time, { asOf: '2026-11-01', horizon: later.time?.horizon, at: '2027-03-01' });
  const now = after(plan, []);
  const [memory, then] = [host(now, 'host:c/esx-1'), host(later, 'host:c/esx-1')].map(
    (node) => node.gauges.memory?.value ?? 0,
  );
  assert.ok((then ?? 0) > (memory ?? 0) * 1.4);
});

test('after an edit a failure is that of the new text', () => {
  const here = editing(plan);
  const failed = ['host:c/esx-1'];
  const first = topologyOf(here.workspace, here.uri, { failed })?.graph.failure;
  const at = here.text.indexOf('40 GiB; demand cpu 10 %; nic web; disk');
  applied(here, [{ uri: here.uri, from: at, to: at + 2, text: '4' }]);
  const second = topologyOf(here.workspace, here.uri, { failed })?.graph;
  const fresh = after(here.workspace.text(here.uri) ?? '', failed);
  assert.equal(first?.stranded.length, 1);
  assert.deepEqual(second, fresh);
  assert.equal(second?.failure?.stranded.length, 0);
});

test('an uplink that fails alone: nobody moves while the other carries, and the picture shows it cut', () => {
  const graph = after(plan, ['host:c/esx-1>switch:tor-a']);
  assert.deepEqual(graph.failure?.failed, ['host:c/esx-1>switch:tor-a']);
  const states = graph.links.filter(({ from, kind }) => from === 'host:c/esx-1' && kind === 'uplink');
  assert.deepEqual(
    states.map(({ to, failed }) => [to, failed === true]),
    [
      ['switch:tor-a', true],
      ['switch:tor-b', false],
    ],
  );
  const cut = after(plan, ['host:c/esx-2>switch:tor-a']);
  assert.match(cut.failure?.summary ?? '', /1 VM is cut off/);
  const path = after(plan, ['host:c/esx-1>switch:fab']);
  assert.match(path.failure?.summary ?? '', /^2 VMs go down/);
});

test('a line between sites fails as a whole, and every piece of it is shown cut', () => {
  const wan = (text: string): (boolean | undefined)[] =>
    after(`${plan}${text}`, ['wan:ring'])
      .links.filter(({ kind }) => kind === 'wan')
      .map(({ failed }) => failed);
  assert.deepEqual(wan('wan ring { between s, t; speed 1 Gbps }\n'), [true]);
  assert.deepEqual(wan('site u\nwan ring { between s, t, u; speed 1 Gbps }\n'), [true, true, true]);
});

describe('what would give several VMs a place', () => {
  const full = (sizes: readonly number[], extra: ReadonlyMap<string, number> = new Map()): string => `site s
cluster c at s {
  features ha
  host h-1 { memory 256 GiB; runs ${sizes.map((_, i) => `v-${i + 1}`).join(', ')} }
${[2, 3].map((i) => `  host h-${i} { memory ${64 + (extra.get(`h-${i}`) ?? 0)} GiB; runs w-${i} }`).join('\n')}
}
${sizes.map((size, i) => `vm v-${i + 1} { vcpu 1; memory ${size} GiB }`).join('\n')}
vm w-[2..3] { vcpu 1; memory 40 GiB }
`;
  const failure = (text: string) => after(text, ['host:c/h-1']).failure;
  const partsOf = (words: string): readonly (readonly [host: string, gib: number])[] =>
    [...words.matchAll(/(\d+)\u202fGiB more usable memory on (h-\d)/g)].map(([, gib, host]) => [
      host ?? '',
      Number(gib),
    ]);

  test('is said for all of them together, does, and has no part too many', () => {
    for (const sizes of [
      [30, 30],
      [50, 30, 10],
      [60, 50, 40],
      [24, 24, 24, 24],
    ]) {
      const found = failure(full(sizes));
      assert.ok((found?.stranded.length ?? 0) >= 2, sizes.join());
      const parts = partsOf(found?.remedies?.[0] ?? '');
      assert.ok(parts.length > 0, `${sizes.join()}: ${found?.remedies}`);
      const sum = (list: typeof parts): ReadonlyMap<string, number> => new Map(list);
      assert.deepEqual(failure(full(sizes, sum(parts)))?.stranded, [], sizes.join());
      for (const part of parts) {
        const rest = failure(full(sizes, sum(parts.filter((one) => one !== part))));
        assert.ok((rest?.stranded.length ?? 0) > 0, `${sizes.join()} needs ${part}`);
      }
      assert.ok(
        found?.stranded.every(({ remedy }) => remedy),
        sizes.join(),
      );
    }
  });

  test('is not said of one alone, which has its own', () => {
    const found = failure(full([70]));
    assert.equal(found?.stranded.length, 1);
    assert.equal(found?.remedies, undefined);
    assert.match(found?.stranded[0]?.remedy ?? '', /GiB more usable memory/);
  });
});
