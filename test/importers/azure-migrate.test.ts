import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureMigrate } from '../../server/src/importers/azure-migrate/index.ts';
import type { ImportFile } from '../../server/src/importers/importer.ts';
import { recogniseImporter } from '../../server/src/importers/index.ts';
import { anyDamageIsRead, errorsIn, everyPrefixIsRead, importWith, textFile } from './importing.ts';

const HEADINGS = [
  ...['*Server name', 'IP addresses', '*Cores', '*Memory (In MB)', '*OS name', 'OS version', 'OS architecture'],
  ...['Server type', 'Hypervisor', 'CPU utilization percentage', 'Memory utilization percentage', 'Network adapters'],
  ...['Network In throughput', 'Network Out throughput', 'Boot type', 'Number of disks', 'Storage in use (In GB)'],
  ...['Disk 1 size (In GB)', 'Disk 1 read throughput (MB per second)', 'Disk 1 write throughput (MB per second)'],
  ...['Disk 1 read ops (operations per second)', 'Disk 1 write ops (operations per second)', 'Disk 2 size (In GB)'],
  ...['Disk 2 read ops (operations per second)', 'Disk 2 write ops (operations per second)', 'Location'],
];

function template(rows: readonly Readonly<Record<string, string | number>>[], headings = HEADINGS): ImportFile {
  const cell = (value: unknown) => (/[",;\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value);
  const lines = rows.map((row) => headings.map((heading) => cell(row[heading] ?? '')).join(','));
  return textFile('servers.csv', `${[headings.join(','), ...lines].join('\r\n')}\r\n`);
}

const WEB = {
  ...{ '*Server name': 'web.corp.example', 'IP addresses': '10.0.1.5;10.0.1.6;fe80::1', '*Cores': 4 },
  ...{ '*Memory (In MB)': 8192, '*OS name': 'Windows Server 2016 Datacenter', 'Server type': 'Virtual' },
  ...{ Hypervisor: 'VMware', 'CPU utilization percentage': 25, 'Memory utilization percentage': '60,5' },
  ...{ 'Network adapters': 2, 'Network In throughput': 1.5, 'Network Out throughput': 3, 'Storage in use (In GB)': 55 },
  ...{ 'Disk 1 size (In GB)': 100, 'Disk 1 read ops (operations per second)': 90, 'Disk 2 size (In GB)': '1,024' },
  ...{ 'Disk 1 write ops (operations per second)': 20, 'Disk 2 write ops (operations per second)': 10 },
  ...{ 'Disk 1 read throughput (MB per second)': 2, 'Disk 1 write throughput (MB per second)': 0.5 },
};
const DB = {
  ...{ '*Server name': 'db 1', '*Cores': 16, '*Memory (In MB)': 65_536, '*OS name': 'Red Hat Enterprise Linux' },
  ...{ 'OS version': 7.9, 'Server type': 'Physical', Location: 'Fra', 'Disk 1 size (In GB)': 500 },
  ...{ 'CPU utilization percentage': 10, 'Storage in use (In GB)': 200, 'IP addresses': '10.0.2.9' },
};
const MAIL = {
  '*Server name': 'mail',
  '*Cores': 2,
  '*Memory (In MB)': 4096,
  '*OS name': 'BeOS',
  'Storage in use (In GB)': 10,
};

const DESIGN = `site Fra

// VMs without a host: they count for addresses and space, not for hosts.

vm mail { os "BeOS"; vcpu 2; memory 4 GiB; measured used 10 GiB }
vm web.corp.example {
  os windows-server-2016
  vcpu 4
  memory 8 GiB
  disk 100 GiB
  disk 1 TiB
  nic address 10.0.1.5
  nic address 10.0.1.6
  measured cpu 25 % memory 60.5 % used 55 GiB tx 24 Mbps rx 12 Mbps iops 120 reads 75 % throughput 20 Mbps
}

server "db 1" at Fra { os rhel-7; cpu 16 cores; memory 64 GiB; disk 500 GiB; measured cpu 10 % used 200 GiB }
`;

test('virtual servers become VMs, physical ones servers', async () => {
  const { design, text, result, problems, dropped } = await importWith(azureMigrate, [template([WEB, DB, MAIL])]);
  assert.equal(design, DESIGN);
  assert.deepEqual(errorsIn(text), []);
  assert.match(text, /^source azure-migrate file "servers.csv"$/m);
  assert.match(text, /^\/\/ One server is physical\.$/m);
  assert.deepEqual([result.summary.vms, result.summary.vcpus, problems], [2, 6, []]);
  for (const one of [
    'server: hypervisor: which host runs the VM is not said',
    'addresses of physical servers: a server to be converted has none in a design',
  ])
    assert.ok(dropped.includes(one), dropped.join('\n'));
});

test('a template of other years, with semicolons, in another encoding', async () => {
  const rows =
    'Server name;IP address;Cores;Memory (in MB);OS name;Total disks read ops;Total disks write ops\nMünchen;10.0.0.1;2;2048;CentOS 4/5;30;10\n';
  const bytes = Uint8Array.from(rows, (letter) => letter.charCodeAt(0));
  const { design, problems } = await importWith(azureMigrate, [{ name: 'a.csv', bytes }]);
  assert.match(
    design,
    /^vm München \{ os centos; vcpu 2; memory 2 GiB; nic address 10\.0\.0\.1; measured iops 40 reads 75 % \}$/m,
  );
  assert.deepEqual(problems, ['warning: a.csv: it is not written in UTF-8; read as windows-1252']);
});

test('cells that look like formulas or statements stay values, and figures that cannot be are left out', async () => {
  const { design, problems } = await importWith(azureMigrate, [
    template([
      { ...MAIL, '*Server name': '=cmd|"x"!A1 }; vm y', '*Cores': -1, '*OS name': '"; runs *' },
      { ...MAIL, '*Cores': 1.5, '*Memory (In MB)': 'lots', 'Network adapters': 1e9 },
      { ...MAIL, '*Memory (In MB)': '9'.repeat(40) },
      { ...MAIL, '*Server name': '' },
    ]),
  ]);
  assert.match(design, /^vm "=cmd\|""x""!A1 \}; vm y" \{ os """; runs \*"; memory 4 GiB;/m);
  assert.match(design, /^vm mail-2 \{/m);
  assert.match(problems.join('\n'), /memory is no number that can be: lots/);
  assert.match(problems.join('\n'), /2 VMs are called mail/);
});

const unreadable: readonly (readonly [what: string, file: ImportFile, says: RegExp])[] = [
  ['an empty file', textFile('a.csv', ''), /it is empty/],
  ['a table of something else', textFile('a.csv', 'a,b\n1,2\n'), /no column "Server name"/],
  ['headings alone', template([]), /it names no server/],
];
for (const [what, file, says] of unreadable) {
  test(`${what} is said in words`, async () => {
    const { text, problems } = await importWith(azureMigrate, [file]);
    assert.equal(text, '');
    assert.match(problems.join('\n'), says);
  });
}

test('more rows than the limit allows are refused, and a million cells are read', async () => {
  const { problems } = await importWith(azureMigrate, [template([WEB, DB, MAIL])], { limits: { rows: 2 } });
  assert.match(problems.join('\n'), /more than 2 rows \(limit: rows\)/);
  const many = Array.from({ length: 40_000 }, (_, at) => ({ ...MAIL, '*Server name': `m${at}` }));
  assert.equal((await azureMigrate.read([template(many)])).summary.vms, 40_000);
});

test('whatever is damaged in it, the file gives a design without a mistake, or an error', async () => {
  await anyDamageIsRead(azureMigrate, template([WEB, DB, MAIL]));
});

test('whatever is missing at its end, the file gives a design or an error', async () => {
  await everyPrefixIsRead(azureMigrate, template([WEB, DB, MAIL]));
});

test('the template is known by its headings', () => {
  assert.equal(recogniseImporter([{ ...template([WEB]), name: 'list.txt' }]), azureMigrate);
});
