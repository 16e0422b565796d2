import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8 } from 'fflate';
import type { ImportFile } from '../../server/src/importers/importer.ts';
import { importerOf, recogniseImporter } from '../../server/src/importers/index.ts';
import { proxmox } from '../../server/src/importers/proxmox/index.ts';
import { anyDamageIsRead, errorsIn, everyPrefixIsRead, importWith, textFile } from './importing.ts';
import { answers, DESIGN, ESTATE, GIB, interfaces, node, qemu } from './proxmox-answers.ts';

test('a small cluster, whole', async () => {
  const { design, text, result, problems, dropped } = await importWith(proxmox, [answers(ESTATE)]);
  assert.equal(design, DESIGN);
  assert.deepEqual(errorsIn(text), []);
  assert.match(text, /^source proxmox file "proxmox.json" taken 2026-11-22$/m);
  const { vms, vmsOn, templates, vcpus, vmMemory, hosts, cores, hostMemory, clusters } = result.summary;
  assert.deepEqual([vms, vmsOn, templates, vcpus, vmMemory / GIB], [4, 2, 1, 5, 8.5]);
  assert.deepEqual([hosts, cores, hostMemory / GIB, clusters], [2, 64, 512, 1]);
  assert.deepEqual(problems, [
    'warning: proxmox.json line 2: without the configuration of golden only the disk it starts from is known',
  ]);
  for (const one of [
    'resources of type sdn: no check reads them',
    'storages for backups, images and templates alone: no disk of a VM lies there',
    'qemu: pool: pools of guests: no check reads them',
    'node status cpuinfo: mhz: the clock of the moment; the base clock is read from the name of the processor',
    'lxc configuration: swap: the language has reservations and no limits or shares',
    'tags: they are no words of letters and digits',
  ])
    assert.ok(dropped.includes(one), `${one} is not among\n${dropped.join('\n')}`);
});

test('the resources alone give guests, nodes and storages, and say what is unknown', async () => {
  const [resources] = ESTATE;
  const alone = textFile('resources.json', JSON.stringify(resources?.[1]));
  const { design, text, problems } = await importWith(proxmox, [alone]);
  assert.match(design, /^cluster proxmox \{\n {2}hypervisor proxmox\n {2}features ha\n {2}mount ceph\n/m);
  assert.match(design, /^vm web-1 \{\n {2}vcpu 2\n {2}memory 4 GiB\n {2}disk 32 GiB\n/m);
  assert.ok(!design.includes('cores'), 'threads are taken for cores');
  assert.match(text, /^\/\/ Not among the answers: cores and processors/m);
  assert.ok(problems.some((one) => /pve1 has 64 threads; how many cores/.test(one)));
  // The same through the interface over HTTP, which wraps every answer.
  const wrapped = textFile('resources.json', JSON.stringify({ data: resources?.[1] }));
  assert.equal((await importWith(proxmox, [wrapped])).design, design);
});

test('answers may lie in several files, in any order and over several lines', async () => {
  const files = [...ESTATE].reverse().map(([path, data], at) => ({
    ...textFile(`pve/${at}.json`, JSON.stringify({ path, data }, null, 2)),
  }));
  const { design, text } = await importWith(proxmox, files);
  assert.equal(design, DESIGN);
  assert.match(text, /^source proxmox file pve$|^source proxmox file "pve"$/m);
});

const bridges: readonly (readonly [what: string, list: unknown, says: RegExp])[] = [
  [
    'a bridge on a VLAN interface is in that VLAN',
    [
      { iface: 'eno1', type: 'eth' },
      { iface: 'eno1.20', type: 'vlan', 'vlan-raw-device': 'eno1', 'vlan-id': '20' },
      { iface: 'vmbr0', type: 'bridge', bridge_ports: 'eno1.20' },
    ],
    /network vmbr0 \{ vlan 20 \}[\s\S]*vswitch vmbr0 \{ type bridge; uplink eno1; carries vmbr0 \}/,
  ],
  [
    'a bridge of Open vSwitch over its bond',
    [
      { iface: 'eno1', type: 'eth' },
      { iface: 'eno2', type: 'eth' },
      { iface: 'bond0', type: 'OVSBond', ovs_bonds: 'eno1 eno2', bond_mode: 'active-backup', ovs_bridge: 'vmbr0' },
      { iface: 'vmbr0', type: 'OVSBridge', ovs_ports: 'bond0' },
    ],
    /vswitch vmbr0 \{ type bridge; uplink eno1, eno2; teaming failover; carries vmbr0 \}/,
  ],
  [
    'ports that name each other in a circle end somewhere',
    [
      { iface: 'bond0', type: 'bond', slaves: 'bond1' },
      { iface: 'bond1', type: 'bond', slaves: 'bond0' },
      { iface: 'vmbr0', type: 'bridge', bridge_ports: 'bond0' },
    ],
    /vswitch vmbr0 \{ type bridge; carries vmbr0 \}/,
  ],
];
for (const [what, list, says] of bridges) {
  test(what, async () => {
    const { design } = await importWith(proxmox, [
      answers([
        ['/cluster/resources', [node('pve1'), qemu(1, 'a', 'pve1')]],
        ['/nodes/pve1/network', list],
        ['/nodes/pve1/qemu/1/config', { net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0' }],
      ]),
    ]);
    assert.match(design, says);
  });
}

test('vnets of a zone of VLANs lie on the bridge of the zone', async () => {
  const { design } = await importWith(proxmox, [
    answers([
      ['/cluster/resources', [node('pve1'), qemu(1, 'a', 'pve1')]],
      ['/nodes/pve1/network', [{ iface: 'vmbr1', type: 'bridge', bridge_ports: '' }]],
      ['/cluster/sdn/vnets', [{ vnet: 'shop', zone: 'blue', tag: 330, type: 'vnet' }]],
      ['/cluster/sdn/zones', [{ zone: 'blue', type: 'vlan', bridge: 'vmbr1' }]],
      ['/nodes/pve1/qemu/1/config', { net0: 'virtio=BC:24:11:00:00:01,bridge=shop' }],
    ]),
  ]);
  assert.match(design, /network shop \{ vlan 330 \}/);
  assert.match(design, /vswitch vmbr1 \{ type bridge; carries shop \}/);
});

test('a vnet on no bridge of its node carries the VLANs of its guests, too', async () => {
  const { design } = await importWith(proxmox, [
    answers([
      ['/cluster/resources', [node('pve1'), qemu(1, 'a', 'pve1')]],
      ['/nodes/pve1/network', [{ iface: 'vmbr1', type: 'bridge', bridge_ports: '' }]],
      ['/cluster/sdn/vnets', [{ vnet: 'shop', zone: 'blue', type: 'vnet' }]],
      ['/cluster/sdn/zones', [{ zone: 'blue', type: 'simple' }]],
      ['/nodes/pve1/qemu/1/config', { net0: 'virtio=BC:24:11:00:00:01,bridge=shop,tag=20' }],
    ]),
  ]);
  assert.match(design, /network shop-20 \{ vlan 20 \}/);
  assert.match(design, /vswitch shop \{ type bridge; carries shop-20 \}/);
});

test('guests move over the network that the options of the cluster name', async () => {
  const list = [
    ...interfaces('10.0.0.11'),
    { iface: 'vmbr9', type: 'bridge', cidr: '10.9.0.11/24', address: '10.9.0.11' },
  ];
  for (const migration of [{ type: 'secure', network: '10.9.0.0/24' }, 'secure,network=10.9.0.0/24']) {
    const { design } = await importWith(proxmox, [
      answers([
        ['/cluster/resources', [node('pve1')]],
        ['/cluster/options', { migration }],
        ['/nodes/pve1/network', list],
      ]),
    ]);
    assert.match(
      design,
      /service management on vmbr0 address 10\.0\.0\.11\n {2}service migration on vmbr9 address 10\.9\.0\.11/,
    );
  }
});

test('names that look like statements, and figures that cannot be, stay values or are left out', async () => {
  const name = 'x { runs * }; "y" // z\n<b>=cmd|1</b>';
  const { design, problems } = await importWith(proxmox, [
    answers([
      [
        '/cluster/resources',
        [
          node('pve 1"', { maxmem: -5, maxcpu: 1.5 }),
          qemu(1, name, 'pve 1"', { maxmem: 1e300, maxcpu: 'many', tags: '};*' }),
          qemu(2, name, 'pve 1"'),
          qemu(3, '__proto__', 'nowhere'),
        ],
      ],
      [
        '/nodes/pve 1"/qemu/1/config',
        { net0: 'virtio=x,bridge=a b; vm c,tag=99999', scsi0: 'a b:c,size=1e9G', __proto__: 1 },
      ],
    ]),
  ]);
  assert.match(design, /^vm "x \{ runs \* \}; ""y"" \/\/ z <b>=cmd\|1<\/b>" \{/m);
  assert.match(design, /nic "a b; vm c"/);
  assert.match(design, /host nowhere \{/);
  assert.ok(problems.some((one) => /2 VMs are called x/.test(one)));
  assert.ok(problems.some((one) => /maxmem is no number that can be: 1e\+300/.test(one)));
});

const unreadable: readonly (readonly [what: string, file: ImportFile, says: RegExp])[] = [
  ['an empty file', textFile('a.json', ' \n'), /it is empty/],
  ['a text that is no JSON', textFile('a.json', 'Dear all,\n'), /this is no JSON: Dear all,/],
  ['JSON of something else', textFile('a.json', '{"a":1}'), /\/cluster\/resources is missing/],
  [
    'resources without anything',
    textFile('a.json', '{"path":"/cluster/resources","data":[]}'),
    /neither nodes nor guests/,
  ],
  ['a path that was not answered', textFile('a.json', '{"path":"/cluster/resources","data":}'), /this is no JSON/],
  ['brackets a million deep', textFile('a.json', '['.repeat(1e6)), /cut off/],
  [
    'bytes that are no text',
    { name: 'a.json', bytes: Uint8Array.from({ length: 999 }, (_, at) => (at * 37) % 256) },
    /no JSON|cut off/,
  ],
];
for (const [what, file, says] of unreadable) {
  test(`${what} is said in words`, async () => {
    const { text, problems } = await importWith(proxmox, [file]);
    assert.equal(text, '');
    assert.match(problems.join('\n'), says);
    assert.match(problems.join('\n'), /^error: /m);
  });
}

test('a file larger than the limit names the limit', async () => {
  const { text, problems } = await importWith(proxmox, [answers(ESTATE)], { limits: { documentLength: 1000 } });
  assert.equal(text, '');
  assert.match(problems.join('\n'), /more than 1000 characters.*\(limit: documentLength\)/);
});

test('the redirection of PowerShell, UTF-16, is read like UTF-8', async () => {
  const { bytes } = answers(ESTATE);
  const wide = new Uint8Array(Buffer.from(`\ufeff${new TextDecoder().decode(bytes)}`, 'utf16le'));
  assert.equal((await importWith(proxmox, [{ name: 'proxmox.json', bytes: wide }])).design, DESIGN);
});

test('an answer that is cut off costs itself', async () => {
  const { bytes } = answers(ESTATE);
  const { design, problems } = await importWith(proxmox, [{ name: 'a.json', bytes: bytes.slice(0, -40) }]);
  assert.match(problems.join('\n'), /error: a\.json line 10: the JSON is cut off/);
  assert.match(design, /^vm dns \{\n {2}container\n {2}vcpu 1\n/m);
});

test('whatever is damaged in it, the file gives a design without a mistake, or an error', async () => {
  await anyDamageIsRead(proxmox, answers(ESTATE));
});

test('whatever is missing at its end, the file gives a design or an error', async () => {
  await everyPrefixIsRead(proxmox, answers(ESTATE));
});

test('the same answers give the same text, and are known for what they are', async () => {
  const file = answers(ESTATE);
  assert.equal((await importWith(proxmox, [file])).text, (await importWith(proxmox, [file])).text);
  assert.equal(recogniseImporter([{ ...file, name: 'export.txt' }]), proxmox);
  assert.equal(recogniseImporter([textFile('x', JSON.stringify(ESTATE[0]?.[1], null, 4))]), proxmox);
  assert.equal(recogniseImporter([{ name: 'x.json', bytes: strToU8('{"id":"node"}') }]), undefined);
  assert.equal(importerOf('proxmox'), proxmox);
});
