// A small cluster as Proxmox VE answers about it, and the design that is made of that.
import type { ImportFile } from '../../server/src/importers/importer.ts';
import { textFile } from './importing.ts';

type Answer = readonly [path: string, data: unknown];

/** As the loop of docs/import.md writes them: one answer on each line. */
export function answers(list: readonly Answer[]): ImportFile {
  const lines = list.map(([path, data]) => JSON.stringify({ path, data }));
  return textFile('proxmox.json', `${['{"taken":"2026-11-22"}', ...lines].join('\n')}\n`);
}

export const GIB = 2 ** 30;
const CPU = 'Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz';

export const node = (name: string, more = {}) => ({
  ...{ id: `node/${name}`, type: 'node', node: name, status: 'online', cpu: 0.2149, maxcpu: 64 },
  ...{ mem: 128 * GIB, maxmem: 256 * GIB, uptime: 99_999, level: '', ...more },
});
export const qemu = (vmid: number, name: string, on: string, more = {}) => ({
  ...{ id: `qemu/${vmid}`, type: 'qemu', vmid, name, node: on, status: 'running', maxcpu: 2, maxmem: 4 * GIB },
  ...{ maxdisk: 32 * GIB, template: 0, ...more },
});
const storage = (name: string, on: string, more = {}) => ({
  ...{ id: `storage/${on}/${name}`, type: 'storage', storage: name, node: on, status: 'available', shared: 0 },
  ...{ content: 'images,rootdir', ...more },
});
const status = {
  cpuinfo: { cores: 32, cpus: 64, sockets: 2, mhz: '3391.2', model: CPU },
  memory: { total: 256 * GIB },
};
export const interfaces = (address: string) => [
  { iface: 'eno1', type: 'eth', active: 1 },
  { iface: 'eno2', type: 'eth', active: 1 },
  { iface: 'bond0', type: 'bond', slaves: 'eno1 eno2', bond_mode: '802.3ad' },
  { iface: 'vmbr0', type: 'bridge', bridge_ports: 'bond0', cidr: `${address}/24`, address, gateway: '10.0.0.1' },
];

export const ESTATE: readonly Answer[] = [
  [
    '/cluster/resources',
    [
      node('pve1'),
      node('pve2', { hastate: 'maintenance' }),
      qemu(100, 'web-1', 'pve1', {
        ...{ cpu: 0.12345, mem: 3 * GIB, hastate: 'started', tags: 'prod;web;1st', uptime: 86_400 },
        ...{ netin: 86_400_000, netout: 864_000_000, diskread: 0, diskwrite: 86_400_000, pool: 'shop' },
      }),
      qemu(101, 'db 1', 'pve2', { status: 'stopped' }),
      qemu(900, 'golden', 'pve1', { status: 'stopped', template: 1 }),
      {
        ...{ id: 'lxc/102', type: 'lxc', vmid: '102', name: 'dns', node: 'pve2', status: 'running', cpu: 0 },
        ...{ maxcpu: 1, mem: 100 * 2 ** 20, maxmem: GIB / 2, maxdisk: 8 * GIB, uptime: 20 },
      },
      storage('local-lvm', 'pve1', { plugintype: 'lvmthin', maxdisk: 1000 * GIB, disk: 100 * GIB }),
      storage('local-lvm', 'pve2', { plugintype: 'lvmthin', maxdisk: 1000 * GIB, disk: 10 * GIB }),
      storage('ceph', 'pve1', { plugintype: 'rbd', shared: 1, maxdisk: 10_240 * GIB, disk: 1024 * GIB }),
      storage('ceph', 'pve2', { plugintype: 'rbd', shared: 1, maxdisk: 10_240 * GIB, disk: 1024 * GIB }),
      storage('backup', 'pve1', { plugintype: 'pbs', shared: 1, content: 'backup' }),
      { id: 'sdn/pve1/localnetwork', type: 'sdn', sdn: 'localnetwork', node: 'pve1', status: 'ok' },
    ],
  ],
  [
    '/cluster/status',
    [
      { type: 'cluster', id: 'cluster', name: 'lab', nodes: 2, quorate: 1 },
      { type: 'node', id: 'node/pve1', name: 'pve1', ip: '10.0.0.11', online: 1 },
      { type: 'node', id: 'node/pve2', name: 'pve2', ip: '10.0.0.12', online: 1 },
    ],
  ],
  ['/nodes/pve1/status', { ...status, pveversion: 'pve-manager/8.2.4/faa83925c9641325' }],
  ['/nodes/pve2/status', { ...status, pveversion: 'pve-manager/8.2.4/faa83925c9641325' }],
  ['/nodes/pve1/network', interfaces('10.0.0.11')],
  ['/nodes/pve2/network', interfaces('10.0.0.12')],
  [
    '/nodes/pve1/qemu/100/config',
    {
      ...{ name: 'web-1', cores: 2, sockets: 2, memory: '8192', balloon: 4096, ostype: 'l26', digest: 'abc' },
      ...{ scsi0: 'local-lvm:vm-100-disk-0,discard=on,size=32G', scsi1: 'ceph:vm-100-disk-1,size=100G' },
      ...{ scsi2: 'local:iso/debian.iso,media=cdrom,size=600M', hotplug: 'disk,network,usb,memory,cpu' },
      ...{
        net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=110,rate=125',
        ipconfig0: 'ip=10.0.110.5/24,gw=10.0.110.1',
      },
      ...{ description: 'front end\nof the "shop"', boot: 'order=scsi0' },
    },
  ],
  [
    '/nodes/pve2/qemu/101/config',
    {
      ...{ name: 'db 1', cores: 8, memory: 16_384, ostype: 'win10', virtio0: 'ceph:vm-101-disk-0,size=200G' },
      ...{ tpmstate0: 'ceph:vm-101-disk-2,size=4M', hostpci0: '0000:01:00', affinity: '0-7' },
      ...{ net0: 'e1000=BC:24:11:00:00:02,bridge=vmbr0', virtio1: '/dev/sdb,size=1T' },
    },
  ],
  [
    '/nodes/pve2/lxc/102/config',
    {
      ...{
        hostname: 'dns',
        cores: 1,
        memory: 512,
        swap: 512,
        ostype: 'debian',
        rootfs: 'local-lvm:vm-102-disk-0,size=8G',
      },
      ...{ net0: 'name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:03,ip=10.0.0.53/24,gw=10.0.0.1,type=veth' },
    },
  ],
];

export const DESIGN = `network vmbr0 { vlan 0; subnet 10.0.0.0/24 gateway 10.0.0.1 }
network vmbr0-110 { vlan 110 }

datastore ceph { type ceph; capacity 10 TiB; measured used 1 TiB }
datastore local-lvm-pve1 on pve1 { type lvm; capacity 1000 GiB; measured used 100 GiB }
datastore local-lvm-pve2 on pve2 { type lvm; capacity 1000 GiB; measured used 10 GiB }

class host host-32c-256 {
  cpu 2 x 16 cores 2.9 GHz model "Intel Xeon Gold 6226R" vendor intel generation cascade-lake
  memory 256 GiB
  nic eno1, eno2
}

// lab: 2 hosts with 64 cores and 512 GiB; 2 VMs on with 5 vCPU and 9 GiB, 2 off
cluster lab {
  hypervisor proxmox 8.2.4
  features live-migration, storage-migration, ha
  mount ceph
  vswitch vmbr0 { type bridge; uplink eno1, eno2; teaming lacp; carries vmbr0, vmbr0-110 }
  service migration on vmbr0

  host pve1 : host-32c-256 {
    measured cpu 21 % memory 50 %
    service management on vmbr0 address 10.0.0.11
    runs golden, web-1
  }
  host pve2 : host-32c-256 {
    state maintenance
    measured cpu 21 % memory 50 %
    service management on vmbr0 address 10.0.0.12
    runs "db 1", dns
  }
}

vm "db 1" {
  os "Windows 10, Server 2016 or 2019"
  vcpu 8
  memory 16 GiB
  disk virtio0 200 GiB thin on ceph
  disk virtio1 1 TiB mode rdm-physical
  nic vmbr0 mac bc:24:11:00:00:02 adapter e1000
  state off
  devices passthrough, vtpm
  pinned cpu
  restart never
  id "101"
}
vm dns {
  container
  os debian
  vcpu 1
  memory 512 MiB
  disk rootfs 8 GiB thin on local-lvm-pve2
  nic vmbr0 address 10.0.0.53 mac bc:24:11:00:00:03
  measured memory 100 MiB
  restart never
  id "102"
}
vm golden { vcpu 2; memory 4 GiB; disk 32 GiB; state template; id "900" }
vm web-1 {
  os linux
  vcpu 4 sockets 2
  memory 4 GiB .. 8 GiB
  disk scsi0 32 GiB thin on local-lvm-pve1
  disk scsi1 100 GiB thin on ceph
  nic vmbr0-110 address 10.0.110.5 mac bc:24:11:00:00:01 limit 1 Gbps
  devices cd
  hot-add cpu, memory
  measured cpu 12.3 % memory 3 GiB tx 80 kbps rx 8 kbps throughput 8 kbps
  tags prod, web
  id "100"
  note "front end of the ""shop"""
}
`;
