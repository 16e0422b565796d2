import { formatQuantity } from '../base/units.ts';
import { carriesLoad } from '../capacity/host.ts';
import { runningOn } from '../capacity/load.ts';
import { servicesOf } from '../capacity/migration.ts';
import { fastestUplink } from '../capacity/models/network-uplinks.ts';
import { isOverIp } from '../capacity/san.ts';
import { storageWire } from '../capacity/shared-wire.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf, type Stated } from '../design/props.ts';
import { referenceText, viewpointOf } from '../design/reference-text.ts';
import { datastoresOf, referred } from '../design/things.ts';
import { hostsUnder } from './fixes/port-edits.ts';
import { defineRule, gradeBelow, type Limits } from './rule.ts';
import { clauseIn } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Undedicated {
  readonly network: Entity;
  readonly by: Stated;
  /** What else is on the network: `3 VMs`, `management`. */
  readonly others: readonly string[];
  /** Rate of its uplink, where that is low. */
  readonly rate: number | undefined;
  readonly virtualSwitch: VirtualSwitch;
}

export const ipStorageUndedicated = defineRule<Undedicated>({
  id: 'ip-storage-undedicated',
  title: 'Storage over IP has no network of its own, or a slow one',
  painPoint: 'congested-storage-network',
  owners: ['network', 'storage'],
  benefit: 'Disks over the network are as steady as disks over Fibre Channel',
  why: 'NFS, SMB and iSCSI are as good as the network that they run on: measured side by side, all of them fill the wire. What makes them worse in practice is company. A network that VMs or management use as well brings their broadcasts and bursts to the disks, and their users to the array; one gigabit is less than a single disk reads. That NFS suffers more than others, as an older paper says, was not seen in measurements.',
  formula: 'network of the storage service has NICs of VMs or other services; or its uplink < 2.5 Gbps',
  inputs: ['array.protocol', 'host.service', 'host.mount', 'vm.nic', 'vswitch.uplink', 'vswitch.carries', 'host.nic'],
  limitOf: 'least rate of the uplink that carries storage',
  limitUnit: 'rate',
  limits: { info: 2.5e9 },
  source: {
    text: 'VMware, Comparison of Storage Protocol Performance, 2008, for what is measured; that 1 Gbps is too little today is ours',
    evidence: 'verified',
  },
  covers: ['CS11'],
  of: 'host',
  examples: {
    fires: {
      text: `network lan
array filer { protocol nfs; usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan }
  service storage on lan
  mount gold
  runs web
}
vm web { nic lan }`,
    },
    silent: {
      text: `network lan
network nfs
array filer { protocol nfs; usable 20 TiB; datastore gold { capacity 10 TiB } }
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan, nfs }
  service storage on nfs
  mount gold
  runs web
}
vm web { nic lan }`,
    },
  },
  find: (host, limits) => {
    const wire = carriesLoad(host) ? storageWire(host) : undefined;
    if (!wire || !datastoresOf(host).some(isOverIp)) return [];
    const { by, network, virtualSwitch } = wire;
    const others = othersOn(host, network);
    const fastest = fastestUplink(virtualSwitch.uplinks, virtualSwitch.teaming);
    const rate = fastest && gradeBelow(fastest, limits) ? fastest : undefined;
    return others.length > 0 || rate !== undefined ? [{ network, by, others, rate, virtualSwitch }] : [];
  },
  say: ({ network, by, others, rate }, limits: Limits, host) => {
    const shared = others.length > 0 ? `shares ${network.name} with ${listed(others)}` : '';
    const slow = rate === undefined ? '' : `goes over ${formatQuantity(rate, 'rate')}`;
    const way = others.length > 0 ? 'Give it a network of its own' : 'Use faster uplinks for it';
    return {
      severity: rate === undefined ? 'info' : (gradeBelow(rate, limits) ?? 'info'),
      message: `Storage of ${host.name} ${[shared, slow].filter((part) => part !== '').join(' and ')}: what happens there is felt as slow disks by every VM of the host. ${way}${others.length > 0 && rate !== undefined ? ', and faster uplinks' : ''}.`,
      ...clauseIn(by, 'on'),
    };
  },
  fix: ({ by, others, rate, virtualSwitch }, host) => {
    const hosts = hostsUnder(host, by);
    if (others.length === 0 || rate !== undefined || !hosts) return [];
    const free = virtualSwitch.networks.find((network) => hosts.every((one) => isUnused(one, network)));
    const part = by.sentence.clauses.get('on')?.value?.parts[0];
    const text = free && referenceText(free, viewpointOf(by));
    if (!free || !part || text === undefined || by.sentence.clauses.get('on')?.value?.each) return [];
    return [{ title: `Put it on ${free.name}, which nothing else uses`, edits: replaceAt(by.place, part, text) }];
  },
});

/** Whether a host carries a network that neither its VMs nor its services use. */
function isUnused(host: Entity, network: Entity): boolean {
  return (
    switchesOf(host).some(({ networks }) => networks.includes(network)) &&
    servicesOf(host).every((service) => !referred(service, ['network'], 'on').includes(network)) &&
    othersOn(host, network).length === 0
  );
}

/** Services that keep storage bad company; migration takes bandwidth, which storage-shares-uplinks reckons. */
const COMPANY: ReadonlySet<string> = new Set(['management', 'ft', 'backup']);

/** What else of a host uses a network. */
function othersOn(host: Entity, network: Entity): string[] {
  const vms = runningOn(host).filter((vm) => vmFacts(vm).nics.some((nic) => nic.network === network));
  const services = servicesOf(host).flatMap((service) => {
    const name = partOf(service.sentence.subject, 0, service.index);
    const isOther = name?.type === 'word' && COMPANY.has(name.text);
    return isOther && referred(service, ['network'], 'on').includes(network) ? [name.text] : [];
  });
  return [...(vms.length > 0 ? [counted(vms.length, 'VM')] : []), ...services];
}
