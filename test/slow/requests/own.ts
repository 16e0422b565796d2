/** Requests of our own, that the topology view and other clients may use. */
import assert from 'node:assert/strict';
import type { Location } from 'vscode-languageserver-protocol';
import type { FindingsResult } from '../../../server/src/protocol/findings.ts';
import type { PlanAnswer, PlanChoices } from '../../../server/src/protocol/plans.ts';
import type { ExportResult, ReportResult } from '../../../server/src/protocol/report.ts';
import type { FixResult, ImportResult, ReadFileParams } from '../../../server/src/protocol/requests.ts';
import type { Card, TopologyAnswer, TryFix, TryMove } from '../../../server/src/protocol/topology.ts';
import { applyChange } from '../../../server/src/topology/changes.ts';
import { startSession } from '../../support/language-session.ts';
import { type Proof, proof } from './proof.ts';

const inventory = ['VM,Powerstate,CPUs,Memory,Host', 'web-1,poweredOn,2,4096,esx-01'].join('\n');

export const OWN: readonly Proof[] = [
  {
    method: 'vdc/topology',
    from: 'client',
    prove: async ({ uri, ask }) => {
      const answer = await ask<TopologyAnswer>('vdc/topology', { uri });
      assert.ok(answer.type === 'graph');
      const clusters = answer.graph.sites.flatMap((site) => site.clusters);
      assert.deepEqual(
        clusters.map(({ id, hosts }) => [id, hosts.length]),
        [
          ['cluster:prod', 2],
          ['cluster:small', 2],
        ],
      );
      const failed = ['host:prod/esx-01'];
      const after = await ask<TopologyAnswer>('vdc/topology', { uri, failed });
      assert.ok(after.type === 'graph' && after.graph.failure);
      const told = await ask<TopologyAnswer>('vdc/topology', { uri, failed, shown: answer.version });
      assert.ok(told.type === 'changes' && told.of === answer.version);
      const { graph, routes } = answer;
      assert.deepEqual(applyChange({ graph, routes }, told.change), { graph: after.graph, routes: after.routes });
      assert.equal((await ask<TopologyAnswer>('vdc/topology', { uri, shown: 1 })).type, 'graph');
      const host = after.graph.sites.flatMap((site) => site.clusters)[0]?.hosts[0];
      assert.ok(host?.failed && host.vms.length === 0 && (host.left?.length ?? 0) > 0);
      const { moves, stranded } = after.graph.failure;
      assert.equal(moves.length + stranded.length, host.left?.length);
      await assert.rejects(ask('vdc/topology', { uri, at: 'soon' }));
      const note = answer.graph.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
      const wish = { kind: 'fix', finding: note?.key, fix: note?.fixes[0]?.id };
      const { id } = await ask<PlanAnswer>('vdc/plan', { uri, wish });
      const planned = await ask<TopologyAnswer>('vdc/topology', { uri, plan: { id } });
      assert.ok(planned.type === 'graph' && planned.graph.plan);
      const [move] = planned.graph.plan.moves;
      assert.deepEqual([move?.from, move?.to], ['host:small/s-01', 'host:small/s-02']);
      assert.ok(planned.graph.plan.findings.gone.some(({ rule }) => rule === 'host-cpu-overloaded'));
      const forgotten = await ask<TopologyAnswer>('vdc/topology', { uri, plan: { id: 'plan-99' } });
      assert.ok(forgotten.type === 'graph' && !forgotten.graph.plan);
    },
  },
  proof<Card>(
    'vdc/card',
    ({ uri }) => ({ uri, node: 'host:small/s-01' }),
    ({ title, rows }) => {
      assert.equal(title, 'host s-01');
      const cpu = rows.find(({ label }) => label === 'CPU');
      assert.ok(cpu?.share !== undefined && cpu.how && cpu.inputs?.length === 2);
    },
  ),
  proof<TryMove>(
    'vdc/tryMove',
    async ({ uri, ask }) => {
      const answer = await ask<TopologyAnswer>('vdc/topology', { uri });
      assert.ok(answer.type === 'graph');
      const [from] = answer.graph.sites.flatMap(({ clusters }) => clusters)[0]?.hosts ?? [];
      return { uri, vm: from?.vms[0]?.id, to: 'host:prod/esx-02' };
    },
    ({ hosts, edits }, { uri }) => {
      assert.deepEqual(
        hosts.map(({ host }) => host),
        ['host:prod/esx-02', 'host:prod/esx-01'],
      );
      assert.deepEqual(
        edits?.map((file) => file.uri),
        [uri],
      );
    },
  ),
  proof<Location>(
    'vdc/reveal',
    ({ uri }) => ({ uri, node: 'host:prod/esx-02' }),
    ({ range }, sample) => assert.deepEqual(range, sample.range('esx-02')),
  ),
  proof<string>(
    'vdc/nodeAt',
    ({ uri, at }) => ({ uri, position: at('esx-02').position }),
    (node) => assert.equal(node, 'host:prod/esx-02'),
  ),
  proof<TryFix>(
    'vdc/tryFix',
    async ({ uri, ask }) => {
      const answer = await ask<TopologyAnswer>('vdc/topology', { uri });
      assert.ok(answer.type === 'graph');
      const note = answer.graph.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
      return { uri, finding: note?.key, fix: note?.fixes[0]?.id };
    },
    ({ title, hosts, findings }) => {
      assert.match(title, /^Move /);
      const cpu = hosts[0]?.figures.find(({ label }) => label === 'CPU');
      assert.ok((cpu?.before?.share ?? 0) > 1 && (cpu?.after?.share ?? 2) < 1, JSON.stringify(cpu));
      assert.ok(findings.gone.some(({ rule }) => rule === 'host-cpu-overloaded'));
      assert.deepEqual(findings.added, []);
    },
  ),
  proof<FixResult>(
    'vdc/fix',
    async ({ uri, ask }) => {
      const answer = await ask<TopologyAnswer>('vdc/topology', { uri });
      assert.ok(answer.type === 'graph');
      const note = answer.graph.findings.find(({ rule }) => rule === 'host-cpu-overloaded');
      return { uri, finding: note?.key, fix: note?.fixes[0]?.id };
    },
    (files, { uri }) =>
      assert.deepEqual(
        files?.map((file) => [file.uri, file.edits.length > 0]),
        [[uri, true]],
      ),
  ),
  proof<PlanAnswer>(
    'vdc/plan',
    ({ uri }) => ({ uri, wish: { kind: 'evacuate', host: 'host:small/s-01' } }),
    ({ outcome, title, page, edits }, { uri }) => {
      assert.deepEqual(
        [outcome, title],
        [
          'no-plan',
          'No moves can empty s-01. Together they lack 4.08 GHz of CPU. One more host like s-01 would make room.',
        ],
        page,
      );
      assert.match(page, /^# No plan\n/);
      assert.deepEqual(edits, [], uri);
    },
  ),
  proof<PlanChoices>(
    'vdc/planChoices',
    ({ uri }) => ({ uri }),
    ({ clusters }) =>
      assert.deepEqual(
        clusters.map(({ id, hosts, unplaced }) => [id, hosts.map(({ name, vms }) => `${name} ${vms}`), unplaced]),
        [
          ['cluster:prod', ['esx-01 2', 'esx-02 0'], 0],
          ['cluster:small', ['s-01 2', 's-02 0'], 0],
        ],
      ),
  ),
  proof<ImportResult>(
    'vdc/import',
    () => ({ files: [{ name: 'RVTools_tabvInfo.csv', bytes: Buffer.from(inventory).toString('base64') }] }),
    ({ text }) => assert.match(text, /vm web-1/),
  ),
  {
    method: 'vdc/topologyChanged',
    from: 'server',
    prove: async ({ session }) => {
      const uri = 'file:///plan/changed.vdc';
      const changed = new Promise((heard) => session.connection.onNotification('vdc/topologyChanged', heard));
      await session.open(uri, 'site s\n');
      await session.connection.sendRequest('vdc/topology', { uri });
      const start = { line: 0, character: 6 };
      await session.edit(uri, [{ range: { start, end: start }, newText: '1' }]);
      assert.deepEqual(await changed, { uri });
    },
  },
  proof<ReportResult>(
    'vdc/report',
    ({ uri }) => ({ uri }),
    ({ style, body, places }, { uri }) => {
      assert.match(body, /<h2>Findings<\/h2>[\s\S]*host-cpu-overloaded/);
      assert.match(style, /@media print/);
      const [at] = /data-at="(\d+):\d+"/.exec(body)?.slice(1) ?? [];
      assert.equal(places[Number(at)], uri);
    },
  ),
  {
    method: 'vdc/reportChanged',
    from: 'server',
    prove: async ({ session }) => {
      const uri = 'file:///plan/report.vdc';
      const changed = new Promise((heard) => session.connection.onNotification('vdc/reportChanged', () => heard(true)));
      await session.open(uri, 'site s\n');
      await session.connection.sendRequest('vdc/report', { uri });
      const start = { line: 0, character: 6 };
      await session.edit(uri, [{ range: { start, end: start }, newText: '1' }]);
      assert.ok(await changed);
    },
  },
  proof<ExportResult>(
    'vdc/export',
    ({ uri }) => ({ uri, format: 'csv', table: 'hosts' }),
    ({ text }) => assert.match(text, /^\ufeffhost,cluster[\s\S]*\r\nesx-01,prod/),
  ),
  proof<FindingsResult>(
    'vdc/findings',
    () => ({}),
    ({ findings, counts, isCut }, { uri, range }) => {
      assert.ok(!isCut && counts.error > 0);
      const found = findings.find(({ rule, location }) => rule === 'name-unresolved' && location.uri === uri);
      assert.deepEqual(found?.location.range, range('sevrer'));
    },
  ),
  {
    method: 'vdc/findingsChanged',
    from: 'server',
    prove: async ({ session, ask }) => {
      const changed = new Promise((heard) =>
        session.connection.onNotification('vdc/findingsChanged', () => heard(true)),
      );
      await ask('vdc/findings', {});
      await session.open('file:///plan/findings.vdc', 'host a { memroy 4 GiB }\n');
      assert.ok(await changed);
    },
  },
  {
    method: 'vdc/findFiles',
    from: 'server',
    prove: async () => {
      const uri = 'virtual:/plan/found.vdc';
      const session = await startSession(undefined, {
        folders: ['virtual:/plan'],
        initializationOptions: { readsFiles: true },
        answers: { 'vdc/findFiles': () => [uri], 'vdc/readFile': () => 'host a { memroy 4 GiB }\n' },
      });
      await session.settled(uri, (diagnostics) => diagnostics.some(({ code }) => code === 'word-unknown'));
      assert.equal(await session.close(), 0);
    },
  },
  {
    method: 'vdc/readFile',
    from: 'server',
    prove: async () => {
      const session = await startSession(undefined, {
        initializationOptions: { readsFiles: true },
        answers: {
          'vdc/readFile': (params) => ((params as ReadFileParams).uri === 'virtual:/teams.vdc' ? 'team ops\n' : null),
        },
      });
      const uri = 'virtual:/main.vdc';
      await session.open(uri, 'import "teams.vdc"\nsite s { owner ops }\n');
      await session.settled(uri, (diagnostics) => diagnostics.length === 0);
      assert.equal(await session.close(), 0);
    },
  },
];
