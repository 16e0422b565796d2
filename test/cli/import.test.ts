import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { csvFile, workbook } from '../importers/workbooks.ts';
import { world } from './world.ts';

const VINFO = [
  ['VM', 'Powerstate', 'CPUs', 'Memory', 'Provisioned MiB', 'Cluster', 'Host'],
  ['web-1', 'poweredOn', 2, 4096, 40960, 'prod', 'esx-01'],
  ['web-2', 'poweredOff', 4, 8192, 40960, 'prod', 'esx-01'],
] as const;
const VHOST = [
  ['Host', 'Cluster', 'CPU Model', 'Speed', '# CPU', 'Cores per CPU', '# Cores', '# Memory', 'ESX Version'],
  ['esx-01', 'prod', 'Intel Xeon Gold 6130', 2100, 2, 16, 32, 262144, 'VMware ESXi 7.0.3'],
] as const;
const small = () => workbook({ vInfo: VINFO, vHost: VHOST });

test('a workbook becomes a design that is formatted, checked and content', async (t) => {
  const { vdc, folder } = world(t, { 'estate.xlsx': small() });
  const { code, out, err } = await vdc('import estate.xlsx -o estate.vdc');
  assert.deepEqual([code, out], [0, '']);
  assert.match(err, /2 VMs, 1 host, 1 cluster written to estate\.vdc\n/);
  assert.match(err, /\nChecked: /);
  assert.deepEqual(await vdc('fmt --check estate.vdc'), { code: 0, out: '', err: '' });
  const { summary } = JSON.parse((await vdc('check estate.vdc --format json')).out);
  const [{ vms, on, vcpus, memoryGiB, hosts, cores, hostMemoryGiB }] = summary.designs;
  assert.deepEqual([vms, on, vcpus, memoryGiB, hosts, cores, hostMemoryGiB], [2, 1, 2, 4, 1, 32, 256]);
  assert.match(readFileSync(path.join(folder, 'estate.vdc'), 'utf8'), /^source rvtools /m);
});

test('what is left behind is listed with its reason, apart from the design', async (t) => {
  const { vdc } = world(t, { 'estate.xlsx': small() });
  const { out, err } = await vdc('import estate.xlsx');
  assert.match(out, /^vm web-1/m);
  assert.ok(!out.includes('Not carried over'));
  assert.match(err, /Not carried over:\n( {2}.+ \(\d+\): .+\n)+/);
});

test('a folder of CSV files is one inventory', async (t) => {
  const files = [csvFile('RVTools_tabvInfo.csv', VINFO), csvFile('RVTools_tabvHost.csv', VHOST)];
  const { vdc } = world(t, Object.fromEntries(files.map(({ name, bytes }) => [`export/${name}`, bytes])));
  const { code, err } = await vdc('import export -o estate.vdc');
  assert.equal(code, 0, err);
  assert.match(err, /2 VMs, 1 host, /);
});

test('an import writes over an import, and over nothing else', async (t) => {
  const { vdc, folder } = world(t, { 'estate.xlsx': small(), 'mine.vdc': 'site berlin // by hand\n' });
  const refused = await vdc('import estate.xlsx -o mine.vdc');
  assert.equal(refused.code, 2);
  assert.match(refused.err, /mine\.vdc was not written by an import/);
  assert.equal(readFileSync(path.join(folder, 'mine.vdc'), 'utf8'), 'site berlin // by hand\n');
  assert.equal((await vdc('import estate.xlsx -o mine.vdc --force')).code, 0);
  assert.equal((await vdc('import estate.xlsx -o mine.vdc')).code, 0);
});

const refused: readonly (readonly [what: string, line: string, says: RegExp])[] = [
  ['nothing named', 'import', /name an inventory export/],
  ['a file that is not there', 'import gone.xlsx', /gone\.xlsx: there is no such file or folder/],
  ['an unknown kind', 'import estate.xlsx --from excel', /--from is .*rvtools.*, not "excel"/],
  ['a file of no kind that is known', 'import letter.txt', /letter\.txt: no inventory that is known/],
  ['a file with nothing in it', 'import empty.json', /empty\.json: it is empty$/m],
  ['a design', 'import mine.vdc', /mine\.vdc: this is a design already; vdc check says/],
  [
    'a workbook of another kind than is said',
    'import estate.xlsx --from proxmox',
    /^vdc: estate\.xlsx: it is a workbook or another archive, and exports of this kind are text\n$/,
  ],
  ['a workbook that is damaged', 'import damaged.xlsx --from rvtools', /damaged\.xlsx/],
  [
    'a place that cannot be written',
    'import estate.xlsx -o no/such/folder.vdc',
    /folder\.vdc: there is no folder no\/such to write it into/,
  ],
];
for (const [what, line, says] of refused) {
  test(`${what} is said in words, with exit code 2`, async (t) => {
    const bytes = small();
    const { vdc } = world(t, {
      'estate.xlsx': bytes,
      'damaged.xlsx': bytes.slice(0, 200),
      'letter.txt': 'Dear all,\n',
      'empty.json': '',
      'mine.vdc': 'site berlin\n',
    });
    const { code, out, err } = await vdc(line);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, says);
    assert.ok(!/\n\s+at /.test(err), err);
  });
}

const sample = path.resolve(import.meta.dirname, '../../../shared/data/rvtools/SizingWorkshop-RVTools.xlsx');
const skip = existsSync(sample) ? false : 'the sample workbook is not there';

test('the estate of 805 VMs: every total, and the host that is oversubscribed most', { skip }, async (t) => {
  const { vdc, folder } = world(t);
  writeFileSync(path.join(folder, 'estate.xlsx'), readFileSync(sample));
  assert.equal((await vdc('import estate.xlsx -o estate.vdc')).code, 0);
  assert.deepEqual(await vdc('fmt --check estate.vdc'), { code: 0, out: '', err: '' });
  const { findings, summary } = JSON.parse((await vdc('check estate.vdc --format json')).out);
  const [totals] = summary.designs;
  assert.deepEqual(
    [totals.vms, totals.on, totals.off, totals.vcpus, totals.hosts, totals.cores],
    [805, 763, 42, 2629, 34, 528],
  );
  assert.deepEqual([Math.round(totals.memoryGiB), Math.round(totals.hostMemoryGiB)], [10_176, 14_655]);
  assert.equal(totals.provisionedTiB.toFixed(1), '223.7');
  const { hosts, vmsOn, vcpus, cores, ratio, worstHost } = totals.clusters.find(
    ({ name }: { name: string }) => name === 'Cluster2',
  );
  assert.deepEqual([hosts, vmsOn, vcpus, cores, ratio.toFixed(2)], [22, 654, 2160, 352, '6.14']);
  assert.deepEqual(worstHost, { name: 'vmprod3-02', vcpus: 142, cores: 16, ratio: 8.875 });
  // Hosts that say nothing of themselves count on neither side.
  assert.deepEqual(
    totals.clusters.map((one: { name: string; vcpus: number; cores: number }) => [
      one.name,
      (one.vcpus / one.cores).toFixed(2),
    ]),
    [
      ['Cluster1', '3.21'],
      ['Cluster2', '6.14'],
      ['DMZ', '2.83'],
      ['Mgmt', '1.58'],
    ],
  );
  // What all hosts of a cluster share is said once, with the one that is worst.
  const found = findings.filter(({ rule }: { rule: string }) => rule === 'cluster-vcpu-ratio-high');
  assert.deepEqual(
    found.map(({ entity }: { entity: string }) => entity),
    ['cluster:Cluster2'],
  );
  assert.match(found[0].message, /6\.136 .* vmprod3-02 has most, 8\.875/);
  assert.equal(findings.length, 7);
});
