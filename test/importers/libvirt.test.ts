import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportFile } from '../../server/src/importers/importer.ts';
import { recogniseImporter } from '../../server/src/importers/index.ts';
import { libvirt } from '../../server/src/importers/libvirt/index.ts';
import { anyDamageIsRead, errorsIn, everyPrefixIsRead, importWith, textFile } from './importing.ts';

const NODEINFO = `CPU model:           x86_64
CPU(s):              96
CPU frequency:       3391 MHz
CPU socket(s):       1
Core(s) per socket:  24
Thread(s) per core:  2
NUMA cell(s):        2
Memory size:         268435456 KiB
`;

const SYSINFO = `<sysinfo type='smbios'>
  <system>
    <entry name='manufacturer'>Supermicro</entry>
    <entry name='product'>SYS-6029</entry>
  </system>
  <processor>
    <entry name='version'>Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz</entry>
  </processor>
</sysinfo>
`;

const STATS = `Domain: 'web-1'
  state.state=1
  state.reason=1
  balloon.current=8388608
  balloon.available=8000000
  balloon.usable=5902848
  balloon.rss=7340032
  block.count=2
  block.0.name=vda
  block.0.capacity=107374182400
  block.0.physical=42949672960
  block.1.name=vdb
  block.1.capacity=1099511627776

Domain: 'old "x"'
  state.state=5
  block.count=1
  block.0.name=sda
  block.0.capacity=8589934592

`;

const NETWORK = `<network>
  <name>lan</name>
  <forward mode='bridge'/>
  <bridge name='br0'/>
  <portgroup name='web'><vlan><tag id='110'/></vlan></portgroup>
</network>
`;

const POOLS = `<pool type='dir'>
  <name>default</name>
  <capacity unit='bytes'>1099511627776</capacity>
  <allocation unit='bytes'>549755813888</allocation>
  <target><path>/var/lib/libvirt/images</path></target>
</pool>
<pool type='rbd'>
  <name>vms</name>
  <capacity unit='bytes'>10995116277760</capacity>
  <source><name>vms</name></source>
</pool>
`;

const WEB = `<domain type='kvm' id='3'>
  <name>web-1</name>
  <uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://ubuntu.com/ubuntu/22.04"/>
    </libosinfo:libosinfo>
  </metadata>
  <title>front end &amp; more</title>
  <memory unit='GiB'>8</memory>
  <currentMemory unit='KiB'>4194304</currentMemory>
  <vcpu placement='static' current='4'>8</vcpu>
  <cputune><vcpupin vcpu='0' cpuset='2'/></cputune>
  <cpu mode='host-model'><topology sockets='2' dies='1' cores='4' threads='1'/></cpu>
  <on_reboot>restart</on_reboot>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/web-1.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <source protocol='rbd' name='vms/web-1-data'><host name='mon1' port='6789'/></source>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><source file='/iso/x.iso'/><target dev='sdc'/></disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/>
      <source network='lan' portgroup='web'/>
      <model type='virtio'/>
    </interface>
    <interface type='bridge'>
      <mac address='52:54:00:00:00:02'/>
      <source bridge='br0'/>
      <vlan><tag id='120'/></vlan>
      <model type='e1000'/>
    </interface>
    <tpm model='tpm-crb'><backend type='emulator'/></tpm>
  </devices>
</domain>
`;

const OLD = `<domain type='qemu'>
  <name>old "x"</name>
  <memory>1048576</memory>
  <vcpu>1</vcpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='/srv/old.img'/>
      <target dev='sda'/>
    </disk>
    <interface type='network'><source network='nat'/></interface>
  </devices>
</domain>
`;

const HOST = `Taken: 2026-11-22\nHostname: kvm1.lab\n${NODEINFO}${SYSINFO}${STATS}${NETWORK}${POOLS}${WEB}${OLD}`;

const DESIGN = `network br0-110 { vlan 110 }
network br0-120 { vlan 120 }
network nat

datastore default on kvm1.lab { type dir; capacity 1 TiB; measured used 512 GiB }
datastore vms { type ceph; capacity 10 TiB }

class host sys-6029-256 {
  model "Supermicro SYS-6029"
  cpu 2 x 24 cores 3 GHz model "Intel Xeon Gold 6248R" vendor intel generation cascade-lake
  memory 256 GiB
}

host kvm1.lab : sys-6029-256 {
  hypervisor kvm
  mount vms
  runs "old ""x""", web-1
}

vm "old ""x""" { vcpu 1; memory 1 GiB; disk sda 8 GiB; nic nat; state off }
vm web-1 {
  os ubuntu-22.04
  vcpu 4 sockets 2
  memory 4 GiB .. 8 GiB
  disk vda 100 GiB thin on default used 40 GiB
  disk vdb 1 TiB thin on vms
  nic br0-110 mac 52:54:00:00:00:01
  nic br0-120 mac 52:54:00:00:00:02 adapter e1000
  devices cd, vtpm
  pinned cpu
  hot-add cpu
  measured memory 2 GiB consumed 7 GiB
  id "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"
  note "front end & more"
}
`;

test('one host in one file, whole', async () => {
  const { design, text, result, problems, dropped } = await importWith(libvirt, [textFile('kvm1.xml', HOST)]);
  assert.equal(design, DESIGN);
  assert.deepEqual(errorsIn(text), []);
  assert.match(text, /^source libvirt file "kvm1.xml" taken 2026-11-22$/m);
  const { vms, vmsOn, hosts, cores, hostMemory } = result.summary;
  assert.deepEqual([vms, vmsOn, hosts, cores, hostMemory / 2 ** 30], [2, 1, 1, 48, 256]);
  assert.deepEqual(problems, []);
  for (const one of [
    'places of disks: no pool that is listed holds them',
    'domain: on_reboot: what happens to a guest that stops has no place in a design',
    'domain: cpu, emulator: how the machine is emulated changes no figure of a design',
  ])
    assert.ok(dropped.includes(one), dropped.join('\n'));
});

test('a folder of definitions is one host if it tells of it, and none if it does not', async () => {
  const files = [textFile('kvm7/a.xml', WEB), textFile('kvm7/b.xml', OLD), textFile('kvm7/nodeinfo.txt', NODEINFO)];
  const { design } = await importWith(libvirt, files);
  assert.match(
    design,
    /^host kvm7 \{\n {2}cpu 2 x 24 cores\n {2}memory 256 GiB\n {2}hypervisor kvm\n {2}runs "old ""x""", web-1\n\}/m,
  );
  const alone = await importWith(libvirt, files.slice(0, 2));
  assert.ok(!/^host /m.test(alone.design));
  assert.match(alone.design, /^\/\/ VMs without a host/m);
  assert.match(alone.text, /Not in the export: the host of some domains/);
});

test('several hosts: pools of one name are one only where they are shared', async () => {
  const second = HOST.replaceAll('kvm1.lab', 'kvm2').replaceAll('web-1', 'web-2');
  const { design, problems } = await importWith(libvirt, [textFile('h/1.xml', HOST), textFile('h/2.xml', second)]);
  assert.match(design, /^datastore default-kvm1\.lab on kvm1\.lab /m);
  assert.match(design, /^datastore default-kvm2 on kvm2 /m);
  assert.equal(design.match(/^datastore vms /gm)?.length, 1);
  assert.match(design, /disk vda 100 GiB thin on default-kvm2 used 40 GiB/);
  assert.match(problems.join('\n'), /2 VMs are called old "x"/);
});

test('cores are counted in capabilities where threads name their siblings', async () => {
  const cpus = [0, 1, 2, 3].map(
    (id) => `<cpu id='${id}' socket_id='0' core_id='${id % 2}' siblings='${id % 2},${(id % 2) + 2}'/>`,
  );
  const capabilities = `<capabilities>
  <host><topology><cells num='1'><cell id='0'><memory unit='KiB'>16777216</memory><cpus num='4'>${cpus.join('')}</cpus></cell></cells></topology></host>
</capabilities>`;
  const { design } = await importWith(libvirt, [textFile('k.xml', capabilities + OLD)]);
  assert.match(design, /^host k \{\n {2}cpu 1 x 2 cores\n {2}memory 16 GiB\n/m);
});

test('names that look like statements stay names; figures that cannot be are left out', async () => {
  const hostile = `<domain type='kvm'><name>x }&#10;"y" // z</name><memory unit='furlong'>9</memory><vcpu>-2</vcpu>
    <devices><interface type='bridge'><source bridge='a; b'/><vlan><tag id='9999'/></vlan></interface></devices></domain>
    <domain type='kvm'><name>__proto__</name><memory>99999999999999999999</memory></domain>`;
  const { design } = await importWith(libvirt, [textFile('a.xml', hostile)]);
  assert.match(design, /^vm "x \} ""y"" \/\/ z" \{ nic "a; b"; state off \}$/m);
});

const unreadable: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['an empty file', '', /it is empty/],
  ['a text without XML', 'Dear all,\n', /it defines no domain/],
  ['XML of something else', '<html><body/></html>', /it defines no domain/],
  ['XML that is cut off', "<domain type='kvm'><name>a</name>", /cut off inside <domain>/],
  ['a tag that is cut off', "<domain type='kvm'><name", /ends in the middle of a tag/],
  ['elements that do not match', "<domain type='kvm'></network>", /closes <network>, which is not open/],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><domain type="kvm"/>', /document type/],
  ['nesting without end', '<domain type="kvm">'.repeat(1000), /nested more than 100 deep/],
];
for (const [what, text, says] of unreadable) {
  test(`${what} is said in words`, async () => {
    const imported = await importWith(libvirt, [textFile('a.xml', text)]);
    assert.equal(imported.text, '');
    assert.match(imported.problems.join('\n'), says);
    assert.match(imported.problems.join('\n'), /^error: /m);
  });
}

test('a file larger than the limit names the limit; what is whole before a damage is kept', async () => {
  const large = await importWith(libvirt, [textFile('a.xml', HOST)], { limits: { documentLength: 1000 } });
  assert.match(large.problems.join('\n'), /limit: documentLength/);
  const { design, problems } = await importWith(libvirt, [textFile('a.xml', `${WEB}<domain type='kvm'><name>cut`)]);
  assert.match(design, /^vm web-1 \{/m);
  assert.match(problems.join('\n'), /error: a\.xml: its XML is cut off inside <domain>/);
});

test('whatever is damaged in it, the file gives a design without a mistake, or an error', async () => {
  await anyDamageIsRead(libvirt, textFile('kvm1.xml', HOST));
});

test('whatever is missing at its end, the file gives a design or an error', async () => {
  await everyPrefixIsRead(libvirt, textFile('kvm1.xml', HOST));
});

test('definitions are known by their content', () => {
  const known = (file: ImportFile) => assert.equal(recogniseImporter([file]), libvirt);
  known(textFile('export', HOST));
  known(textFile('x.txt', OLD));
  known(textFile('nodeinfo', NODEINFO));
});
