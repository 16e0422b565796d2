import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { rvtools } from '../../server/src/importers/rvtools/index.ts';
import { formatText } from '../../server/src/language/format.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { readStatements } from '../../server/src/language/sentence.ts';
import { parse, type Statement } from '../../server/src/language/syntax/parser.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../shared/data/rvtools');
const skip = existsSync(SAMPLES) ? false : `the sample workbooks are not at ${path.relative(process.cwd(), SAMPLES)}`;

async function importSample(name: string) {
  const result = await rvtools.read([{ name, bytes: readFileSync(path.join(SAMPLES, name)) }]);
  const text = printStatements(result.statements);
  const { statements, problems } = parse(text);
  return { result, text, statements, problems: [...problems, ...readStatements(statements, 'file').problems] };
}

const UNITS: Readonly<Record<string, number>> = { MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

function property(of: Statement, word: string): Statement | undefined {
  return of.body?.statements.find((one) => one.word?.text === word);
}

function figure(of: Statement | undefined, word: string, at = 0): number {
  const args = (of && property(of, word)?.args) ?? [];
  return Number(args[at]?.text.replaceAll('_', '') ?? 0) * (UNITS[args[at + 1]?.text ?? ''] ?? 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Members of a list in which only the last number of a name may be a range. */
function members(list: Statement): readonly string[] {
  return list.args
    .filter((token) => token.kind !== ',')
    .flatMap(({ text }) => {
      const [, stem = '', inside, end = ''] = /^(.*)\[(.*)\](.*)$/.exec(text) ?? [];
      if (inside === undefined) return [text];
      return inside.split(',').flatMap((part) => {
        const [from = '', to = from] = part.split('..');
        return Array.from(
          { length: Number(to) - Number(from) + 1 },
          (_, n) => `${stem}${String(Number(from) + n).padStart(from.length, '0')}${end}`,
        );
      });
    });
}

test('the estate of 805 VMs comes out whole, from the text as from the summary', { skip }, async () => {
  const { result, text, statements, problems } = await importSample('SizingWorkshop-RVTools.xlsx');
  assert.deepEqual(problems, []);
  assert.equal(formatText(text), text);
  const { summary } = result;
  assert.deepEqual(
    [
      summary.vms,
      summary.vmsOn,
      summary.vmsOff,
      summary.vcpus,
      summary.hosts,
      summary.hostsUnknown,
      summary.clusters,
      summary.cores,
    ],
    [805, 763, 42, 2629, 34, 5, 4, 528],
  );
  assert.equal(Math.round(summary.vmMemory / 2 ** 30), 10_176);
  assert.equal((summary.provisioned / 2 ** 40).toFixed(1), '223.7');
  assert.equal(Math.round(summary.hostMemory / 2 ** 30), 14_655);

  const kind = (word: string): readonly Statement[] => statements.filter((one) => one.word?.text === word);
  const vms = kind('vm');
  const isOn = (vm: Statement): boolean => property(vm, 'state') === undefined;
  assert.equal(vms.length, 805);
  assert.equal(vms.filter(isOn).length, 763);
  assert.equal(sum(vms.filter(isOn).map((vm) => figure(vm, 'vcpu'))), 2629);
  assert.equal(sum(vms.filter(isOn).map((vm) => figure(vm, 'memory'))), summary.vmMemory);
  assert.equal((sum(vms.map((vm) => figure(vm, 'storage'))) / 2 ** 40).toFixed(1), '223.7');

  const classes = new Map(kind('class').map((one) => [one.args[1]?.text, one]));
  const hosts = kind('cluster').flatMap((cluster) =>
    (cluster.body?.statements ?? [])
      .filter((one) => one.word?.text === 'host')
      .map((host) => ({ cluster: cluster.args[0]?.text, host })),
  );
  const classOf = (host: Statement): Statement | undefined => classes.get(host.args[2]?.text);
  const cores = (host: Statement): number => figure(classOf(host), 'cpu') * figure(classOf(host), 'cpu', 2);
  const memory = sum(hosts.map(({ host }) => figure(classOf(host), 'memory')));
  assert.equal(sum(hosts.map(({ host }) => cores(host))), 528);
  assert.equal(Math.round(memory / 2 ** 30), 14_655);

  const byName = new Map(vms.map((vm) => [vm.args[0]?.text, vm]));
  const running = (host: Statement): readonly Statement[] =>
    (host.body?.statements ?? [])
      .filter((one) => one.word?.text === 'runs')
      .flatMap(members)
      .map((vm) => byName.get(vm) ?? assert.fail(`runs ${vm}`))
      .filter(isOn);
  const second = hosts.filter(({ cluster }) => cluster === 'Cluster2').map(({ host }) => host);
  assert.equal(second.length, 22);
  assert.equal(sum(second.map((host) => running(host).length)), 654);
  assert.equal(sum(second.map((host) => sum(running(host).map((vm) => figure(vm, 'vcpu'))))), 2160);
  assert.equal(sum(second.map(cores)), 352);
  const worst = second.find((host) => host.args[0]?.text === 'vmprod3-02') ?? assert.fail('vmprod3-02 is missing');
  assert.equal(sum(running(worst).map((vm) => figure(vm, 'vcpu'))) / cores(worst), 8.875);
  assert.equal(property(worst, 'alias')?.args[0]?.text, 'bovmprod3-02');

  assert.ok(result.notCarried.some(({ what, count }) => what === 'vPartition (whole tab)' && count === 1618));
  assert.ok(result.problems.every((problem) => problem.severity === 'info'));
});

test('the sample with seventeen tabs is read whole', { skip }, async () => {
  const { result, text, problems } = await importSample('rvtools-small-complete.xlsx');
  assert.deepEqual(problems, []);
  assert.equal(formatText(text), text);
  assert.deepEqual(
    [result.summary.vms, result.summary.vmsOn, result.summary.hosts, result.summary.clusters],
    [3, 2, 2, 1],
  );
  assert.match(text, /network sample-app-net at sample-dc \{ vlan 101 \}/);
  assert.match(text, /snapshot pre-maintenance 512 MiB/);
  assert.match(text, /measured cpu 2\.2 GHz ready 6\.1 % active 14 GiB consumed 15 GiB/);
  assert.deepEqual(result.problems, []);
});
