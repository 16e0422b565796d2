import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { nodeAt, revealNode, topologyFix } from '../../server/src/ide/topology.ts';
import { topologyOf } from '../support/topology.ts';
import { applied, codes, editing } from './editing.ts';

const plan = `site s
cluster c at s {
  features live-migration
  host esx-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
  host esx-02 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB }
}
app shop { vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % } }
amend host esx-02 { note "new" }
`;

function node(marked: string): string | undefined {
  const { workspace, uri, offset } = editing(marked);
  return nodeAt(workspace, uri, offset);
}

test('the innermost node whose text holds the cursor', () => {
  assert.equal(node(plan.replace('cpu 1', 'cp$0u 1')), 'host:c/esx-01');
  assert.equal(node(plan.replace('features', 'feat$0ures')), 'cluster:c');
  assert.equal(node(plan.replace('vcpu 4', 'vc$0pu 4')), 'vm:shop/db-1');
  assert.equal(node(plan.replace('note', 'no$0te')), 'host:c/esx-02');
  assert.equal(node(plan.replace('site s', 'site $0s')), 'site:s');
  assert.equal(node(plan.replace('app shop', 'app sh$0op')), undefined);
  assert.equal(node('vm a\nhost h\nruns a on $0h\n'), 'host:h');
  assert.equal(node('$0'), undefined);
});

test('a node leads to its name, and back', () => {
  const { workspace, uri, text } = editing(plan);
  const span = revealNode(workspace, uri, 'host:c/esx-02');
  assert.equal(span && text.slice(span.from, span.to), 'esx-02');
  assert.equal(nodeAt(workspace, uri, span?.from ?? 0), 'host:c/esx-02');
  const member = revealNode(workspace, uri, 'vm:shop/db-2');
  assert.equal(member && text.slice(member.from, member.to), 'db-[1..2]');
  assert.equal(revealNode(workspace, uri, 'host:c/esx-09'), undefined);
  assert.equal(revealNode(workspace, uri, 'unplaced'), undefined);
});

test('a fix from the picture mends its finding; one that is gone does nothing', () => {
  const here = editing(plan);
  const graph = topologyOf(here.workspace, here.uri)?.graph;
  const note = graph?.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
  const [fix] = note?.fixes ?? [];
  assert.ok(note && fix);
  const edits = finish(topologyFix(here.workspace, here.uri, note.key, fix.id));
  applied(here, edits ?? []);
  assert.ok(!codes(here.workspace, here.uri).includes('host-cpu-overloaded'));
  assert.equal(finish(topologyFix(here.workspace, here.uri, note.key, fix.id)), undefined);
});

test('a finding is silenced with a reason, and not without', () => {
  const here = editing(plan);
  const note = topologyOf(here.workspace, here.uri)?.graph.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
  assert.ok(note);
  assert.equal(finish(topologyFix(here.workspace, here.uri, note.key, 'silence', '  ')), undefined);
  const edits = finish(topologyFix(here.workspace, here.uri, note.key, 'silence', 'it is "only" a test\n bench'));
  const text = applied(here, edits ?? []);
  assert.match(text, /ignore host-cpu-overloaded because "it is ""only"" a test {1,2}bench"/);
  assert.ok(!codes(here.workspace, here.uri).includes('host-cpu-overloaded'));
});

test('what members of a range share is one note', () => {
  const { workspace, uri } = editing(`host h-[1..3] { cpu 1 x 1 cores 1 GHz; memory 64 GiB; runs each v-[1..3] }
vm v-[1..3] { vcpu 4; memory 1 GiB; demand cpu 100 % }
`);
  const notes = topologyOf(workspace, uri)?.graph.findings.filter(({ rule }) => rule === 'host-cpu-overloaded');
  assert.equal(notes?.length, 1);
});

test('broken text has a place, and the rest is drawn', () => {
  const here = editing('site s\ncluster c at s {\n  host a { memory 1 GiB\n}\nhost b { memory 1 GiB }\n');
  const topology = topologyOf(here.workspace, here.uri);
  assert.deepEqual(topology?.broken, { uri: 'main.vdc', line: 2 });
  assert.ok(JSON.stringify(topology?.graph).includes('"host:b"'));
});
