/** A plan in the picture before it is accepted: the same picture as afterwards, with what has moved told. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { EMPTY_PLAN, type Plan, type Planned } from '../../server/src/ide/plans/make.ts';
import type { PlanWish } from '../../server/src/ide/plans/wish.ts';
import { type Proposal, proposalOf, propose } from '../../server/src/ide/proposals.ts';
import { plannedFix } from '../../server/src/ide/topology.ts';
import { type HostNode, indexGraph, type TopologyGraph } from '../../server/src/topology/graph.ts';
import { topologyOf } from '../support/topology.ts';
import { applied, type Editing, editing } from './editing.ts';

const CROWDED = `class host h { cpu 1 x 10 cores 2.0 GHz; memory 128 GiB }
class vm small { vcpu 1; memory 4 GiB; demand cpu 100 % }
vm a-[1..8] : small
vm b-[1..2] : small
cluster prod {
  failover none
  runs b-[1..2]
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h
  host esx-3 : h
}
`;

function planned(text: string, wish: PlanWish): Editing & { readonly plan: Plan; readonly proposal: Proposal } {
  const world = editing(text);
  const project = world.workspace.projectOf(world.uri);
  assert.ok(project);
  const plan: Planned = finish(planForWish(world.workspace, project, wish));
  assert.ok(plan.kind === 'plan', JSON.stringify(plan));
  return { ...world, plan, proposal: propose(world.workspace, project, plan) };
}

const pictureAt = ({ workspace, uri }: Editing, proposal: Proposal, step: number): TopologyGraph => {
  const graph = topologyOf(workspace, uri, { plan: { proposal, step } })?.graph;
  assert.ok(graph);
  return graph;
};

const hostsOf = (graph: TopologyGraph): readonly HostNode[] =>
  graph.sites.flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts));

/** What a picture says, without what tells it apart from the one before. */
const said = (graph: TopologyGraph): unknown =>
  hostsOf(graph).map(({ id, vms, gauges, badge }) => ({
    id,
    vms: vms.map(({ id: vm }) => vm).sort(),
    gauges: Object.values(gauges).map(({ share, state }) => [share, state]),
    badge,
  }));

const EVEN: PlanWish = { kind: 'rebalance', cluster: 'cluster:prod' };

describe('a plan in the picture', () => {
  test('after its last step it is the picture of the text that accepting it leaves', () => {
    const world = planned(CROWDED, EVEN);
    const { workspace, uri, proposal, plan } = world;
    const seen = pictureAt(world, proposal, proposal.steps);
    const before = workspace.text(uri);
    assert.equal(workspace.text(uri), before, 'nothing is written');
    applied(world, plan.edits);
    assert.deepEqual(said(seen), said(topologyOf(workspace, uri)?.graph as TopologyGraph));
  });

  test('before its first step it is the picture of the text as it is, and each step moves its own', () => {
    const world = planned(CROWDED, EVEN);
    const { workspace, uri, proposal } = world;
    const now = topologyOf(workspace, uri)?.graph as TopologyGraph;
    assert.ok(proposal.steps > 2);
    assert.deepEqual(said(pictureAt(world, proposal, 0)), said(now));
    for (let step = 1; step <= proposal.steps; step += 1) {
      const graph = pictureAt(world, proposal, step);
      const { vmHolder } = indexGraph(graph);
      for (const { ids, step: own } of world.plan.moves)
        if (own <= step) assert.equal(vmHolder.get(ids.vm), ids.to, `${ids.vm} after ${step}`);
      const came = hostsOf(graph).flatMap(({ vms }) => vms.filter(({ from }) => from !== undefined));
      assert.equal(came.length, world.plan.moves.filter((move) => move.step <= step).length);
    }
    // And back, to the last character.
    assert.deepEqual(said(pictureAt(world, proposal, 0)), said(now));
  });

  test('what leaves stays as a shape that knows where it went, gauges know what they were', () => {
    const world = planned(CROWDED, EVEN);
    const graph = pictureAt(world, world.proposal, world.proposal.steps);
    const [first, second] = hostsOf(graph);
    assert.ok(first?.left?.length && first.left.every(({ to }) => to?.startsWith('host:prod/esx-')));
    assert.ok((first.gauges.cpu?.was ?? 0) > (first.gauges.cpu?.share ?? 1));
    assert.ok(second?.vms.some(({ from }) => from === 'host:prod/esx-1'));
    const change = graph.plan?.hosts.find(({ name }) => name === 'esx-1');
    const cpu = change?.figures.find(({ label }) => label === 'CPU');
    assert.ok((cpu?.before?.share ?? 0) > (cpu?.after?.share ?? 1));
    assert.ok(graph.plan?.findings.gone.some(({ rule }) => rule === 'host-cpu-overloaded'));
    assert.deepEqual(graph.plan?.findings.added, []);
  });

  test('no step makes a host larger: each has room for the most VMs of any', () => {
    const world = planned(CROWDED, EVEN);
    const rooms = Array.from({ length: world.proposal.steps + 1 }, (_, step) =>
      hostsOf(pictureAt(world, world.proposal, step)).map(({ most }) => most),
    );
    for (const room of rooms) assert.deepEqual(room, rooms[0]);
  });

  test('VMs of a pool come from their cluster', () => {
    const world = planned(CROWDED, { kind: 'place', cluster: 'cluster:prod' });
    const { plan } = pictureAt(world, world.proposal, world.proposal.steps);
    assert.ok(
      plan?.moves.some(({ from }) => from === 'cluster:prod'),
      JSON.stringify(plan?.moves),
    );
  });

  test('new VMs come from nowhere, in one step', () => {
    const world = planned(CROWDED, { kind: 'fit', cluster: 'cluster:prod', className: 'small', count: 3 });
    assert.equal(world.proposal.steps, 1);
    const graph = pictureAt(world, world.proposal, 1);
    assert.equal(graph.plan?.moves.length, 3);
    for (const { vm, from } of graph.plan?.moves ?? []) {
      assert.equal(from, undefined);
      assert.ok(hostsOf(graph).some(({ vms }) => vms.some((own) => own.id === vm && own.from === '')));
    }
  });

  test('an edit of any file of its design ends it; opening one again does not', () => {
    const { workspace, uri, proposal } = planned(CROWDED, EVEN);
    const project = workspace.projectOf(uri);
    assert.ok(project);
    workspace.replaceText(uri, `${workspace.text(uri)}`);
    assert.ok(proposalOf(workspace, project, proposal.id), 'the same text');
    workspace.edit(uri, [{ from: 0, to: 0, text: '# a remark\n' }]);
    assert.equal(proposalOf(workspace, project, proposal.id), undefined);
    assert.equal(proposalOf(workspace, project, 'plan-99'), undefined);
  });

  test('a host that a fix adds is drawn as new', () => {
    const world = editing(CROWDED);
    const project = world.workspace.projectOf(world.uri);
    assert.ok(project);
    const at = CROWDED.indexOf('  host esx-3 : h');
    const edits = [{ uri: world.uri, from: at, to: at, text: '  host esx-4 : h { runs a-8 }\n' }];
    const run = CROWDED.indexOf('a-[1..8] }');
    const all = [{ uri: world.uri, from: run, to: run + 8, text: 'a-[1..7]' }, ...edits];
    const proposal = propose(world.workspace, project, { ...EMPTY_PLAN, title: 'Add esx-4', edits: all });
    const graph = pictureAt(world, proposal, 1);
    assert.deepEqual(graph.plan?.added, ['host:prod/esx-4']);
    assert.equal(hostsOf(graph).find(({ name }) => name === 'esx-4')?.added, true);
    assert.deepEqual(graph.plan.moves, [
      { vm: 'vm:a-8', name: 'a-8', from: 'host:prod/esx-1', to: 'host:prod/esx-4', step: 1 },
    ]);
  });

  test('the fix of a finding is a plan with its moves where it is one', () => {
    const { workspace, uri } = editing(CROWDED);
    const note = topologyOf(workspace, uri)?.graph.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
    const made = finish(plannedFix(workspace, uri, note?.key ?? '', note?.fixes[0]?.id ?? ''));
    assert.ok(made.kind === 'plan' && made.moves.length > 0);
    assert.equal(finish(plannedFix(workspace, uri, 'nothing', 'plan')).kind, 'no-plan');
  });
});
