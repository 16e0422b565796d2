import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hyperV } from '../../server/src/importers/hyper-v/index.ts';
import type { ImportFile } from '../../server/src/importers/importer.ts';
import { recogniseImporter } from '../../server/src/importers/index.ts';
import { anyDamageIsRead, errorsIn, everyPrefixIsRead, importWith, textFile } from './importing.ts';

const GIB = 2 ** 30;
const CPU = 'Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz';

const host = (name: string) => ({ ComputerName: name, LogicalProcessorCount: 96, MemoryCapacity: 512 * GIB });
const socket = (name: string) => ({
  ...{ PSComputerName: name, Name: CPU, NumberOfCores: 24, NumberOfLogicalProcessors: 48, MaxClockSpeed: 2993 },
});
const vm = (name: string, on: string, more = {}) => ({
  ...{ Name: name, VMId: `id-${name}`, ComputerName: on, State: 'Running', CPUUsage: 3, ProcessorCount: 4 },
  ...{ MemoryAssigned: 8 * GIB, MemoryDemand: 0, MemoryStartup: 8 * GIB, MemoryMinimum: GIB / 2 },
  ...{ MemoryMaximum: 1024 * GIB, DynamicMemoryEnabled: false, IsClustered: true, Generation: 2, Notes: '', ...more },
});
const drive = (owner: string, at: number, path: string) => ({
  ...{ VMId: `id-${owner}`, VMName: owner, ComputerName: 'HV01' },
  ...{ ControllerType: 'SCSI', ControllerNumber: 0, ControllerLocation: at, Path: path },
});
const WEB = 'C:\\ClusterStorage\\Volume1\\web\\web.vhdx';
const LOGS = 'D:\\VMs\\logs.vhdx';

const ESTATE = {
  Taken: '2026-11-22',
  Cluster: 'HVC1',
  VMHost: [host('HV01'), host('HV02')],
  Processor: [socket('hv01.lab.net'), socket('hv01.lab.net'), socket('HV02'), socket('HV02')],
  ComputerSystem: [
    { PSComputerName: 'HV01', Manufacturer: 'Dell Inc.', Model: 'PowerEdge R640' },
    { PSComputerName: 'HV02', Manufacturer: 'Dell Inc.', Model: 'PowerEdge R640' },
  ],
  OperatingSystem: [
    { PSComputerName: 'HV01', Caption: 'Microsoft Windows Server 2022 Datacenter', BuildNumber: '20348' },
    { PSComputerName: 'HV02', Caption: 'Microsoft Windows Server 2022 Datacenter', BuildNumber: '20348' },
  ],
  VM: [
    vm('web', 'HV01', { Notes: 'front end' }),
    vm('SQL Server (old)', 'HV02', {
      ...{ DynamicMemoryEnabled: true, MemoryMaximum: 32 * GIB, MemoryMinimum: 4 * GIB, MemoryDemand: 6 * GIB },
      ...{ IsClustered: false, CPUUsage: 0 },
    }),
    vm('parked', 'HV02', { State: 3, DynamicMemoryEnabled: true, MemoryAssigned: 0, CPUUsage: 0 }),
  ],
  VMNetworkAdapter: [
    {
      ...{ VMId: 'id-web', VMName: 'web', ComputerName: 'HV01', SwitchName: 'Prod', MacAddress: '00155D010203' },
      ...{ IPAddresses: '10.0.110.5 fe80::1', OperationMode: 'Access', AccessVlanId: 110, IsLegacy: false },
    },
    {
      ...{ VMId: 'id-parked', VMName: 'parked', ComputerName: 'HV02', SwitchName: 'Prod', MacAddress: '000000000000' },
      ...{ IPAddresses: '', OperationMode: 'Untagged', AccessVlanId: 0, IsLegacy: true },
    },
  ],
  VMHardDiskDrive: [drive('web', 0, WEB), drive('web', 1, LOGS), drive('parked', 0, '\\\\fs1\\vms\\parked.vhd')],
  VHD: [
    { ComputerName: 'HV01', Path: WEB.toLowerCase(), VhdType: 3, Size: 100 * GIB, FileSize: 40 * GIB },
    { ComputerName: 'HV01', Path: LOGS, VhdType: 'Fixed', Size: 200 * GIB, FileSize: 200 * GIB },
    { ComputerName: 'HV02', Path: '\\\\fs1\\vms\\parked.vhd', VhdType: 2, Size: 20 * GIB, FileSize: 20 * GIB },
  ],
  VMSwitch: ['HV01', 'HV02'].map((name) => ({
    ...{ ComputerName: name, Name: 'Prod', SwitchType: 2, EmbeddedTeamingEnabled: true },
    ...{ NetAdapterInterfaceDescriptions: 'Intel E810 #1;Intel E810 #2' },
  })),
  NetAdapter: ['HV01', 'HV02'].flatMap((name) =>
    [1, 2].map((number) => ({
      ...{ PSComputerName: name, Name: `SLOT 3 Port ${number}`, InterfaceDescription: `Intel E810 #${number}` },
      ...{ Speed: 25_000_000_000 },
    })),
  ),
  ClusterSharedVolume: [
    { FriendlyVolumeName: 'C:\\ClusterStorage\\Volume1', Size: 10_240 * GIB, FreeSpace: 6144 * GIB },
    { FriendlyVolumeName: 'C:\\ClusterStorage\\Volume2', Size: 1024 * GIB, FreeSpace: 1024 * GIB },
  ],
};

function json(value: unknown, name = 'hyper-v.json'): ImportFile {
  return textFile(name, JSON.stringify(value, null, 2));
}

const DESIGN = `network Prod { vlan 0 }
network Prod-110 { vlan 110 }

datastore fs1-vms { type smb }
datastore HV01-D on HV01
datastore Volume1 { type csv; capacity 10 TiB; measured used 4 TiB }
datastore Volume2 { type csv; capacity 1 TiB; measured used 0 GiB }

class host r640-512 {
  model "Dell Inc. PowerEdge R640"
  cpu 2 x 24 cores 3 GHz model "Intel Xeon Gold 6248R" vendor intel generation cascade-lake
  memory 512 GiB
  nic SLOT-3-Port-1, SLOT-3-Port-2 25 Gbps
}

// HVC1: 2 hosts with 96 cores and 1024 GiB; 2 VMs on with 8 vCPU and 40 GiB, 1 off
cluster HVC1 {
  hypervisor hyper-v 2022 edition datacenter build 20348
  features ha
  mount Volume1, Volume2, fs1-vms
  vswitch Prod { uplink SLOT-3-Port-1, SLOT-3-Port-2; teaming set; carries Prod, Prod-110 }

  host HV01 : r640-512 { runs web }
  host HV02 : r640-512 { runs parked, "SQL Server (old)" }
}

vm parked {
  vcpu 4
  memory 512 MiB .. 8 GiB startup 8 GiB
  disk scsi0-0 20 GiB thick on fs1-vms
  nic Prod adapter legacy
  state off
  id "id-parked"
}
vm "SQL Server (old)" {
  vcpu 4
  memory 4 GiB .. 32 GiB startup 8 GiB
  measured active 6 GiB consumed 8 GiB
  restart never
  id "id-SQL Server (old)"
}
vm web {
  vcpu 4
  memory 8 GiB
  disk scsi0-0 100 GiB thin on Volume1 used 40 GiB
  disk scsi0-1 200 GiB thick on HV01-D
  nic Prod-110 address 10.0.110.5 mac 00:15:5d:01:02:03
  measured cpu 4.32 GHz consumed 8 GiB
  id "id-web"
  note "front end"
}
`;

test('a failover cluster, whole', async () => {
  const { design, text, result, problems, dropped } = await importWith(hyperV, [json(ESTATE)]);
  assert.equal(design, DESIGN);
  assert.deepEqual(errorsIn(text), []);
  assert.match(text, /^source hyper-v file "hyper-v.json" taken 2026-11-22$/m);
  const { vms, vmsOn, hosts, cores, clusters } = result.summary;
  assert.deepEqual([vms, vmsOn, hosts, cores, clusters], [3, 2, 2, 96, 1]);
  assert.deepEqual(problems, []);
  assert.ok(
    dropped.includes(
      'Processor: NumberOfLogicalProcessors: a design counts cores; state ht-factor where threads should count',
    ),
  );
  assert.ok(dropped.some((one) => /largest dynamic memory of 1 TiB/.test(one)));
});

/** As `Export-Csv` of Windows PowerShell writes it. */
function csv(name: string, records: readonly object[]): ImportFile {
  const keys = Object.keys(records[0] ?? {});
  const cell = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const lines = records.map((record) => keys.map((key) => cell(Reflect.get(record, key))).join(','));
  return textFile(name, ['#TYPE Selected.Thing', keys.map(cell).join(','), ...lines, ''].join('\r\n'));
}

test('a CSV file for each cmdlet says the same', async () => {
  const { Taken, Cluster, ...sections } = ESTATE;
  const files = Object.entries(sections).map(([name, records]) => csv(`hv/${name}.csv`, records));
  const { design, problems } = await importWith(hyperV, files);
  assert.deepEqual(problems, []);
  // No file names the cluster, so hosts stand alone; what they are is the same.
  assert.match(design, /^host HV01 : r640-512 \{\n {2}hypervisor hyper-v 2022 edition datacenter build 20348\n/m);
  const web = (text: string): string => /^vm web \{\n[\s\S]*?\n\}\n/m.exec(text)?.[0] ?? '';
  assert.equal(web(design), web(DESIGN));
});

test('Get-VM alone, one VM as a bare object, in UTF-16 as a redirection of PowerShell writes it', async () => {
  const alone = { Name: 'solo', State: 2, ProcessorCount: 2, MemoryStartup: 2 * GIB, CPUUsage: 8, VMId: 'a' };
  const bytes = new Uint8Array(Buffer.from(`\ufeff${JSON.stringify(alone)}`, 'utf16le'));
  const { design, text, dropped } = await importWith(hyperV, [{ name: 'vm.json', bytes }]);
  assert.match(design, /^vm solo \{ vcpu 2; memory 2 GiB; id "a" \}$/m);
  assert.match(text, /Not in the export: hosts \(Get-VMHost\)/);
  assert.ok(dropped.includes('CPU use of VMs: it is a share of the host, whose cores or clock are not known'));
});

test('what hangs on a VM is its own', async () => {
  const nested = {
    ...vm('web', 'HV01'),
    HardDrives: [{ Path: WEB, ControllerType: 1, ControllerNumber: 0, ControllerLocation: 0 }],
    NetworkAdapters: [{ SwitchName: 'Prod', MacAddress: '00155D010203', IPAddresses: ['10.0.110.5', 'fe80::1'] }],
  };
  const { design } = await importWith(hyperV, [json([nested, ESTATE.VHD])]);
  assert.match(
    design,
    / {2}disk scsi0-0 100 GiB thin on Volume1 used 40 GiB\n {2}nic Prod address 10\.0\.110\.5 mac 00:15:5d:01:02:03\n/,
  );
  assert.match(design, /^network Prod$/m);
});

test('names that look like statements stay names, figures that cannot be are left out', async () => {
  const hostile = vm('x }\n"y" // z', 'a; b', {
    ProcessorCount: -3,
    MemoryStartup: 1e99,
    State: 'Odd',
    CPUUsage: 'NaN',
  });
  const { design, problems } = await importWith(hyperV, [json([hostile, vm('__proto__', 'constructor')])]);
  assert.match(design, /^vm "x \} ""y"" \/\/ z" \{ restart never|^vm "x \} ""y"" \/\/ z" \{/m);
  assert.match(design, /^host "a; b" \{/m);
  assert.ok(problems.some((one) => /no state that is known \(Odd\); taken as on/.test(one)));
  assert.ok(problems.some((one) => /ProcessorCount is no number that can be: -3/.test(one)));
});

const unreadable: readonly (readonly [what: string, file: ImportFile, says: RegExp])[] = [
  ['an empty file', textFile('a.json', ''), /it is empty/],
  ['columns of something else', textFile('a.csv', 'a,b\n1,2\n'), /columns are those of no cmdlet/],
  ['hosts without VMs', json({ VMHost: ESTATE.VMHost }), /no answer of Get-VM/],
  ['JSON that is cut off', textFile('a.json', '{"VM":[{"Name":"a"'), /cut off/],
];
for (const [what, file, says] of unreadable) {
  test(`${what} is said in words`, async () => {
    const { text, problems } = await importWith(hyperV, [file]);
    assert.equal(text, '');
    assert.match(problems.join('\n'), says);
  });
}

test('a file larger than the limits names the limit', async () => {
  const large = await importWith(hyperV, [json(ESTATE)], { limits: { documentLength: 100 } });
  assert.match(large.problems.join('\n'), /limit: documentLength/);
  const long = await importWith(hyperV, [csv('VM.csv', ESTATE.VM)], { limits: { rows: 2 } });
  assert.match(long.problems.join('\n'), /more than 2 rows \(limit: rows\)/);
});

test('whatever is damaged in it, the file gives a design without a mistake, or an error', async () => {
  await anyDamageIsRead(hyperV, json(ESTATE));
});

test('whatever is missing at its end, a file gives a design or an error', async () => {
  await everyPrefixIsRead(hyperV, json(ESTATE));
  await everyPrefixIsRead(hyperV, csv('VM.csv', ESTATE.VM));
});

test('files are known by their content', () => {
  assert.equal(recogniseImporter([json(ESTATE, 'export.txt')]), hyperV);
  assert.equal(recogniseImporter([json(ESTATE.VM)]), hyperV);
  assert.equal(recogniseImporter([csv('list.csv', ESTATE.VM)]), hyperV);
  assert.equal(recogniseImporter([json(ESTATE.VHD)]), hyperV);
});
