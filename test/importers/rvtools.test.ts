import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportFile, ImportOptions } from '../../server/src/importers/importer.ts';
import { importerOf, recogniseImporter } from '../../server/src/importers/index.ts';
import { rvtools } from '../../server/src/importers/rvtools/index.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import { type Imported, importWith } from './importing.ts';
import { ESTATE } from './rvtools-estate.ts';
import { csvFile, type TestSheets, workbook, zip } from './workbooks.ts';

function read(files: readonly ImportFile[], options?: ImportOptions): Promise<Imported> {
  return importWith(rvtools, files, options);
}

function readSheets(sheets: TestSheets, options?: ImportOptions): Promise<Imported> {
  return read([{ name: 'export.xlsx', bytes: workbook(sheets) }], options);
}

test('a small estate, whole', async () => {
  const { design, text, result } = await readSheets(ESTATE);
  assert.match(text, /^\/\/ Imported from RVTools: export\.xlsx \(vInfo, /);
  assert.match(text, /\nsource rvtools file "export\.xlsx" taken 2025-02-26\n/);
  assert.equal(
    design,
    `site Fra

network 10-dmz at Fra { vlan 4095 }
network servers at Fra { vlan 101 }
network vMotion at Fra

datastore gold-1 { type vmfs; capacity 4 TiB; measured used 2 TiB }
datastore gold-2

class host r640-512 {
  model "Dell Inc. PowerEdge R640"
  cpu 2 x 24 cores 3 GHz model "Intel Xeon Gold 6248R" vendor intel generation cascade-lake
  memory 511.966 GiB
  nic vmnic0, vmnic1 10 Gbps card 1
}

class vm ubuntu { os ubuntu }

// Prod: 2 hosts with 96 cores and 1024 GiB; 2 VMs on with 4 vCPU and 8 GiB, 3 off
cluster Prod at Fra {
  hypervisor esxi 8.0.2 edition enterprise-plus build 22380479
  features live-migration, ha
  drs full level 4
  evc intel-cascadelake
  failover 1 host
  mount gold-1
  vswitch vSwitch0 { uplink vmnic0, vmnic1; teaming port-id; mtu 9000; carries 10-dmz, servers }

  host esx-01 : r640-512 {
    alias esx-01.lab.net
    hba hba[1..2]
    measured cpu 38 % memory 61 %
    service migration on vMotion mtu 9000 address 10.9.0.1
    runs web-[1..3]
  }
  host esx-02 : r640-512 {
    alias esx-02.lab.net
    state maintenance
    hba hba[1..3]
    measured cpu 2 % memory 4 %
    service migration on vMotion mtu 9000 address 10.9.0.2
    runs base
  }
  runs lost
}

vm base { os "BeOS"; vcpu 1; memory 1 GiB; storage 20 GiB used 20 GiB; state template; id "vm-4" }
vm lost {
  vcpu 1
  memory 512 MiB
  storage 1 GiB used 1 GiB
  nic
  nic
  state suspended
  id "vm-5"
}
vm web-1 : ubuntu {
  vcpu 2 sockets 1
  memory 4 GiB
  disk disk1 80 GiB thin
  disk disk2 1000 MiB thick on gold-2 mode independent
  datastore gold-1
  nic servers address 10.0.1.5 mac 00:50:56:aa:00:01
  snapshot "before ""patch""" 2 GiB taken 2025-02-26
  snapshot "before ""patch""-2" 1 MiB taken 2025-02-28
  devices cd
  hot-add cpu
  reserve cpu 500 MHz memory 1 GiB
  measured cpu 700 MHz active 2 GiB used 1 GiB
  restart high
  id "vm-1"
}
vm web-2 : ubuntu { vcpu 2; memory 4 GiB; storage 84.181 GiB; nic "10-dmz" address 2001:db8::2 adapter e1000; id "vm-2" }
vm web-3 : ubuntu { vcpu 2 sockets 1; memory 4 GiB; storage 2 GiB used 0 GiB; state off; id "vm-3"; note "asked for ""by"" Ann" }
`,
  );
  const { summary } = result;
  assert.deepEqual(
    [summary.vms, summary.vmsOn, summary.vmsOff, summary.templates, summary.vcpus, summary.hosts, summary.hostsUnknown],
    [5, 2, 3, 1, 4, 2, 0],
  );
});

test('what is not carried over is named with its reason', async () => {
  const { result } = await readSheets(ESTATE);
  const lost = result.notCarried.map(({ what, count }) => `${what}: ${count}`);
  for (const expected of [
    'vInfo: Heartbeat: 1',
    'vCPU: Limit: 2',
    'vTools (whole tab): 1',
    'rows of vNetwork: 1',
    'further addresses of network cards: 1',
    'measured figures of VMs that are off: 1',
    'adapter vmxnet3 of network cards: 1',
  ]) {
    assert.ok(lost.includes(expected), `${expected} is not among ${lost.join(' | ')}`);
  }
  for (const { reason, count } of result.notCarried) assert.ok(reason !== '' && count > 0);
});

test('the headings of RVTools 3 and of merged exports are understood', async () => {
  const values = ['a', 'poweredOn', 2, 2048, 4096, 1024] as const;
  const dialects = [
    ['VM', 'Powerstate', 'CPUs', 'Memory', 'Provisioned MB', 'In Use MB'],
    ['VM', 'Powerstate', 'CPUs', 'Memory', 'Provisioned MiB', 'In Use MiB'],
    ['vInfoVMName', 'vInfoPowerstate', 'vInfoCPUs', 'vInfoMemory', 'vInfoProvisioned', 'vInfoInUse'],
  ];
  for (const headings of dialects) {
    const { design, result } = await readSheets({ vInfo: [headings, values] });
    assert.match(design, /vm a \{ vcpu 2; memory 2 GiB; storage 4 GiB used 1 GiB \}/);
    assert.deepEqual(result.notCarried, []);
  }
});

test('CSV files of one folder are read like a workbook', async () => {
  const files = Object.entries(ESTATE).map(([tab, rows]) =>
    csvFile(`C:\\exports\\monday\\RVTools_tab${tab}.csv`, rows),
  );
  const { design, text } = await read(files);
  assert.equal(design, (await readSheets(ESTATE)).design);
  assert.match(text, /source rvtools file "monday"/);
});

test('numbers written as text are read, also those of other countries', async () => {
  const rows = [
    ['VM', 'Powerstate', 'CPUs', 'Memory', 'Provisioned MiB'],
    ['a', 'poweredOn', '2', '4,096', '1.048.576,0'],
    ['b', 'poweredOn', 'two', '', '-5'],
  ];
  const { design, result } = await read([csvFile('RVTools_tabvInfo.csv', rows)]);
  assert.match(design, /vm a \{ vcpu 2; memory 4 GiB; storage 1 TiB \}\nvm b\n/);
  assert.deepEqual(
    result.problems.map(({ message }) => message),
    ['cpus is no number: two'],
  );
});

test('VMs of one name are told apart by vCenter and VM ID', async () => {
  const { design, result } = await readSheets({
    vInfo: [
      ['VM', 'Powerstate', 'CPUs', 'VM ID', 'VI SDK Server'],
      ['dc', 'poweredOn', 2, 'vm-9', 'vc-b'],
      ['dc', 'poweredOn', 1, 'vm-9', 'vc-a'],
      ['dc-2', 'poweredOn', 4, 'vm-1', 'vc-a'],
    ],
    vDisk: [
      ['VM', 'Disk', 'Capacity MiB', 'VM ID', 'VI SDK Server'],
      ['dc', 'Hard disk 1', 2048, 'vm-9', 'vc-b'],
      ['dc', 'Hard disk 1', 1024, 'vm-9', 'vc-a'],
      ['dc', 'Hard disk 2', 1024, null, null],
    ],
  });
  assert.match(design, /vm dc \{ vcpu 1; disk disk1 1 GiB; id "vm-9"; note "one of several VMs called dc" \}/);
  assert.match(design, /vm dc-2 \{ vcpu 4; id "vm-1" \}/);
  assert.match(design, /vm dc-3 \{ vcpu 2; disk disk1 2 GiB; /);
  assert.ok(result.problems.some(({ message }) => message === '2 VMs are called dc; in the design they are dc, dc-3'));
  assert.ok(result.notCarried.some(({ what, reason }) => what === 'rows of vDisk' && /no VM ID/.test(reason)));
});

test('hosts that only VMs name are kept, without hardware', async () => {
  const { design, text } = await readSheets({
    vInfo: [
      ['VM', 'Powerstate', 'Host', 'Cluster'],
      ['a', 'poweredOn', 'bo-esx-1.lab', 'C'],
      ['b', 'poweredOn', 'ghost', 'C'],
      ['c', 'poweredOn', 'alone', null],
    ],
    vHost: [
      ['Host', '# Cores', 'Speed'],
      ['esx-1', 8, 2400],
    ],
  });
  assert.match(text, /One host goes by two names: vHost says "esx-1", other tabs "bo-esx-1\.lab"/);
  assert.match(design, /host esx-1 \{\n {4}alias bo-esx-1\.lab\n {4}cpu 8 cores 2\.4 GHz\n {4}runs a\n/);
  assert.match(design, /host ghost \{\n {4}note "hardware unknown: [^"]+"\n {4}runs b\n/);
  assert.match(design, /\nhost alone \{\n {2}note/);
});

test('networks of one name at two sites are two networks', async () => {
  const { design } = await readSheets({
    vInfo: [
      ['VM', 'Powerstate', 'Datacenter'],
      ['a', 'poweredOn', 'Fra'],
      ['b', 'poweredOn', 'Ber'],
    ],
    vNetwork: [
      ['VM', 'Network'],
      ['a', 'web'],
      ['b', 'web'],
    ],
  });
  assert.match(design, /network web-Ber at Ber\nnetwork web-Fra at Fra\n/);
  assert.match(design, /vm a \{ nic web-Fra \}\nvm b \{ nic web-Ber \}/);
});

test('cells that look like markup, formulas or statements stay values', async () => {
  const evil = [
    '=cmd|"/c calc"!A1',
    '<script>alert(1)</script>',
    'a"; vm evil { }',
    'b }\nvm evil',
    '// c',
    '# d',
    '“e”',
    '{',
    'x',
    'each',
    '\u202egpj.exe',
    '@SUM(1)',
    '8GiB',
    'at',
  ];
  const vInfo = [
    [
      'VM',
      'Powerstate',
      'Host',
      'Cluster',
      'Datacenter',
      'OS according to the VMware Tools',
      'Annotation',
      'VM ID',
      'Network #1',
      'Path',
    ],
    ...evil.map((one) => [one, 'poweredOn', one, one, one, one, one, one, one, `[${one}] x.vmx`]),
  ];
  const { result, text } = await readSheets({ vInfo, [evil[1] ?? '']: [['a']] });
  assert.equal(result.summary.vms, evil.length);
  const words = new Set(parse(text).statements.map((one) => one.word?.text));
  assert.deepEqual([...words].sort(), ['cluster', 'datastore', 'network', 'site', 'source', 'vm']);
  const vms = parse(text).statements.filter((one) => one.word?.text === 'vm');
  assert.equal(vms.length, evil.length);
  assert.ok(vms.every((one) => one.args[0]?.text !== 'evil'));
});

test('what cannot be read is a problem, not an exception', async () => {
  const good = workbook(ESTATE);
  const cases: readonly [ImportFile, RegExp][] = [
    [{ name: 'a.xlsx', bytes: new Uint8Array() }, /no \.xlsx file/],
    [{ name: 'a.xlsx', bytes: good.slice(0, good.length / 2) }, /cut short/],
    [{ name: 'a.xlsx', bytes: zip({ 'x.txt': 'x' }) }, /no \.xlsx workbook/],
    [{ name: 'a.xlsx', bytes: workbook({ Sheet1: [['a']] }) }, /none of the tabs of RVTools/],
    [{ name: 'a.xlsx', bytes: workbook({ vHost: [['Host'], ['a']] }) }, /vInfo is missing/],
    [{ name: 'a.xlsx', bytes: workbook({ vInfo: [['Name'], ['a']] }) }, /no column VM/],
    [csvFile('RVTools_tabvHost.csv', [['Host'], ['a']]), /vInfo is missing/],
  ];
  for (const [file, message] of cases) {
    const { result } = await read([file]);
    assert.deepEqual(result.statements, []);
    assert.match(result.problems.map((one) => `${one.severity} ${one.message}`).join('\n'), message);
  }
  assert.deepEqual((await read([])).result.statements, []);
});

test('limits stop the reading, name themselves, and keep what was read', async () => {
  const vInfo = [['VM', 'Powerstate'], ...Array.from({ length: 50 }, (_, n) => [`vm-${n}`, 'poweredOn'])];
  const rows = await readSheets({ vInfo }, { limits: { rows: 10 } });
  assert.equal(rows.result.summary.vms, 10);
  assert.match(rows.result.problems[0]?.message ?? '', /only its first 10 rows were read \(limit: rows\)/);
  const cells = await readSheets({ vInfo }, { limits: { cells: 20 } });
  assert.match(cells.result.problems[0]?.message ?? '', /limit: cells/);
});

test('the same workbook gives the same text, whatever the order of its tabs', async () => {
  const turned = Object.fromEntries(Object.entries(ESTATE).reverse());
  assert.equal((await readSheets(turned)).design, (await readSheets(ESTATE)).design);
});

test('the kind of a file is recognised', () => {
  const cases: readonly [ImportFile, string | undefined][] = [
    [{ name: 'estate.xlsx', bytes: workbook(ESTATE) }, 'rvtools'],
    [csvFile('RVTools_tabvInfo.csv', [['VM']]), 'rvtools'],
    [csvFile('prices.csv', [['VM']]), undefined],
    [{ name: 'a.json', bytes: Uint8Array.of(0x7b, 0x7d) }, undefined],
  ];
  for (const [file, id] of cases) assert.equal(recogniseImporter([file])?.id, id, file.name);
  assert.equal(importerOf('rvtools'), rvtools);
});
