import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { tryMove } from '../../server/src/ide/try-move.ts';
import { topologyOf } from '../support/topology.ts';
import { applied, codes, editing } from './editing.ts';

const plan = `site s
cluster c at s {
  mount gold
  apart a, e by host
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { nic nic1 10 Gbps; cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs a, b }
  host esx-2 { nic nic1 10 Gbps; cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs e }
  host esx-3 { state maintenance; cpu 1 x 4 cores 2 GHz; memory 64 GiB }
}
host far { cpu 1 x 4 cores 2 GHz; memory 64 GiB }
datastore gold { capacity 1 TiB }
network web
vm a { vcpu 4; memory 4 GiB; demand cpu 50 %; nic web; disk 10 GiB on gold }
vm b { vcpu 4; memory 4 GiB; demand cpu 60 %; nic web; disk 10 GiB on gold }
vm e { vcpu 1; memory 4 GiB; demand cpu 10 %; nic web; disk 10 GiB on gold }
`;

function tried(vm: string, to: string) {
  const here = editing(plan);
  return { here, trial: finish(tryMove(here.workspace, here.uri, vm, to)) };
}

test('both hosts show what they are and what they would be, and what the move mends', () => {
  const { here, trial } = tried('vm:b', 'host:c/esx-2');
  assert.equal(trial?.barred, undefined);
  assert.deepEqual(
    trial?.hosts
      .map(({ name, figures }) => [name, figures.find(({ label }) => label === 'CPU')].flat())
      .map(([name]) => name),
    ['esx-2', 'esx-1'],
  );
  const cpu = trial?.hosts[1]?.figures.find(({ label }) => label === 'CPU');
  assert.equal(cpu?.before?.class, 'over');
  assert.equal(cpu?.after?.class, 'calm3');
  assert.ok(trial?.findings.gone.some(({ rule }) => rule === 'host-cpu-overloaded'));
  assert.deepEqual(
    trial?.findings.added.filter(({ severity }) => severity !== 'info'),
    [],
  );
  applied(here, trial?.edits ?? []);
  assert.ok(!codes(here.workspace, here.uri).includes('host-cpu-overloaded'));
});

test('what a move would break is found, and the design is left as it was', () => {
  const here = editing(plan);
  const before = topologyOf(here.workspace, here.uri)?.graph;
  const trial = finish(tryMove(here.workspace, here.uri, 'vm:a', 'host:c/esx-2'));
  assert.ok(trial?.findings.added.some(({ rule }) => rule === 'apart-broken'));
  assert.deepEqual(topologyOf(here.workspace, here.uri)?.graph, before);
  assert.equal(here.workspace.text(here.uri), plan);
});

test('what bars a move is said', () => {
  assert.equal(tried('vm:b', 'host:c/esx-3').trial?.barred, 'esx-3 is in maintenance');
  assert.equal(tried('vm:b', 'host:far').trial?.barred, 'far does not carry network web');
  assert.equal(tried('vm:b', 'host:c/esx-1').trial?.barred, 'b runs there already');
  assert.equal(tried('vm:b', 'host:c/esx-9').trial, undefined);
  assert.equal(tried('vm:none', 'host:c/esx-2').trial, undefined);
});

const pooled = plan
  .replace('runs a, b', 'runs b')
  .replace('mount gold\n', 'mount gold\n  runs a, p\n')
  .replace(
    'vm e {',
    'vm p { vcpu 1; memory 4 GiB; demand cpu 10 %; nic web; disk 10 GiB on gold }\nvm lone { vcpu 1; memory 4 GiB; demand cpu 10 %; nic web; devices usb; disk 10 GiB on gold }\nvm e {',
  );

test('a VM of a cluster as a whole is taken out of its list and put on the host', () => {
  const here = editing(pooled);
  const { uri, workspace } = here;
  assert.deepEqual(
    topologyOf(workspace, uri)?.graph.sites[0]?.clusters[0]?.pool.map(({ name }) => name),
    ['a', 'p'],
  );
  const trial = finish(tryMove(workspace, uri, 'vm:p', 'host:c/esx-2'));
  assert.equal(trial?.barred, undefined);
  assert.deepEqual(
    trial?.hosts.map(({ name }) => name),
    ['esx-2'],
  );
  applied(here, trial?.edits ?? []);
  assert.ok(workspace.text(uri)?.includes('  runs a\n'), workspace.text(uri));
  assert.ok(workspace.text(uri)?.includes('runs e, p'), workspace.text(uri));
  const last = finish(tryMove(workspace, uri, 'vm:a', 'host:c/esx-1'));
  applied(here, last?.edits ?? []);
  assert.ok(!workspace.text(uri)?.includes('runs a\n'), 'an empty list is gone');
  assert.ok(workspace.text(uri)?.includes('runs b, a'), workspace.text(uri));
  assert.deepEqual(topologyOf(workspace, uri)?.graph.sites[0]?.clusters[0]?.pool, []);
});

test('a VM without a place is put on a host, whatever device it would be bound by there', () => {
  const here = editing(pooled);
  const { uri, workspace } = here;
  assert.deepEqual(
    topologyOf(workspace, uri)?.graph.unplaced.map(({ name }) => name),
    ['lone'],
  );
  const trial = finish(tryMove(workspace, uri, 'vm:lone', 'host:c/esx-2'));
  assert.equal(trial?.barred, undefined);
  applied(here, trial?.edits ?? []);
  assert.ok(workspace.text(uri)?.includes('runs e, lone'), workspace.text(uri));
  assert.deepEqual(topologyOf(workspace, uri)?.graph.unplaced, []);
});

test('what a host lacks that others of the cluster have bars a VM of the cluster as a whole', () => {
  const trial = (to: string) => {
    const here = editing(`${pooled}
amend host far { vswitch vs0 { uplink nic1; carries web }; nic nic1 10 Gbps }
`);
    return finish(tryMove(here.workspace, here.uri, 'vm:p', to));
  };
  assert.equal(trial('host:far')?.barred, 'far does not reach datastore gold');
  assert.equal(trial('host:c/esx-3')?.barred, 'esx-3 is in maintenance');
  assert.equal(trial('host:c/esx-1')?.barred, undefined);
});
