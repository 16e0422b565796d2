import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { jsonDesign, vdcDesign } from '../../bench/designs.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('a quick run measures every row beside the server that does nothing', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'bench/run.ts'), '--quick'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  for (const row of [
    'edit, 500 VMs',
    'edit, 2,000 VMs',
    'edit, 500 VMs, 20 findings',
    'lone {, 500 VMs',
    'open, 2,000 VMs',
  ]) {
    const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${row} `)) ?? '';
    assert.match(line, /[\d.]+ ms +[\d.]+ ms .*[\d.]+ x do-nothing/, `${row}: ${line}`);
  }
  for (const asked of ['completion', 'hover']) {
    for (const row of [`${asked}, 500 VMs`, `${asked}, right after an edit`])
      assert.match(stdout, new RegExp(`^${row} +[\\d.]+ ms +[\\d.]+ ms`, 'm'));
    for (const row of [`${asked}, while a picture is made`, `${asked}, while a plan is made`])
      assert.match(stdout, new RegExp(`^${row} +[\\d.]+ ms +- `, 'm'));
  }
  assert.match(stdout, /^memory, 500 VMs +[\d.]+ MB +[\d.]+ MB/m);
  assert.match(stdout, /^start to first answer +[\d.]+ ms/m);
  for (const row of ['layout, 60 hosts, overview', 'layout, 60 hosts, cards with links'])
    assert.match(stdout, new RegExp(`^${row} \\(computing\\) +([\\d.]+ ms +){3}[\\d.]+ x +[\\d.]+ x`, 'm'), row);
  for (const row of ['a host more in a cluster, cards', 'pan over the estate, the worst frame'])
    assert.match(stdout, new RegExp(`^${row} +[\\d.]+ ms`, 'm'), row);
});

test('the designs write every VM out and say the same in both languages', () => {
  const options = { vms: 325, overloaded: 3 };
  const [vdc, json] = [vdcDesign(options), jsonDesign(options)];
  assert.equal(vdc.text.match(/^vm /gm)?.length, 325);
  const { clusters } = JSON.parse(json.text);
  const hosts = clusters.flatMap(
    (cluster: { hosts: readonly { cores: number; runs: readonly string[] }[] }) => cluster.hosts,
  );
  assert.deepEqual([clusters.length, hosts.length, hosts.at(-1).runs.length], [2, 33, 5]);
  assert.equal(vdc.text.match(/2 x 5 cores/g)?.length, 3);
  assert.ok(Math.abs(vdc.text.length / json.text.length - 1) < 0.2);
  for (const { text, edit, brace } of [vdc, json]) {
    const line = text.split('\n')[edit.line] ?? '';
    assert.deepEqual([line[edit.character], line[brace.character]], ['6', '{']);
  }
});
