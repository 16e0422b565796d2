import type { ImportTotals } from '../importer.ts';
import type { Inventory } from './inventory.ts';

export function totalsOf({ vms, hosts, clusters }: Inventory): ImportTotals {
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const on = vms.filter((vm) => vm.state === 'on');
  return {
    vms: vms.length,
    vmsOn: on.length,
    vmsOff: vms.length - on.length,
    templates: vms.filter((vm) => vm.state === 'template').length,
    vcpus: sum(on.map((vm) => vm.vcpus)),
    vmMemory: sum(on.map((vm) => vm.memory)),
    provisioned: sum(vms.map((vm) => vm.provisioned ?? sum(vm.disks.map((disk) => disk.size)))),
    clusters: clusters.length,
    hosts: hosts.filter((host) => host.listed).length,
    hostsUnknown: hosts.filter((host) => !host.listed).length,
    cores: sum(hosts.map((host) => host.hardware.cores)),
    hostMemory: sum(hosts.map((host) => host.hardware.memory)),
  };
}
