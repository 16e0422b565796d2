import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { topologyOf } from '../../server/src/ide/topology.ts';
import { tryMove } from '../../server/src/ide/try-move.ts';
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
