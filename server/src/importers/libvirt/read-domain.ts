import { type GuestOs, guestOsOf } from '../inventory/guest-os.ts';
import type { MeasuredVm, VirtualDisk, VirtualNic, Vm } from '../inventory/inventory.ts';
import { vlanIdOf } from '../inventory/switch-networks.ts';
import { macOf, noteOf, optional, positive, times } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Attachments } from './networks.ts';
import type { Pools } from './read-storage.ts';
import type { HostSource } from './sources.ts';
import { bytesOf, countOf, wholeOf } from './values.ts';

export interface DomainContext {
  readonly source: HostSource;
  readonly pools: Pools;
  readonly attachments: Attachments;
  readonly report: ImportReport;
}

type Stats = ReadonlyMap<string, string>;
const NO_STATS: Stats = new Map();

export function readDomain(domain: XmlElement, context: DomainContext): Vm | undefined {
  const { source, report } = context;
  const name = domain.find('name')?.text;
  if (name === undefined) {
    report.drop('domains', 'they have no name');
    return undefined;
  }
  const stats = source.stats.get(name) ?? NO_STATS;
  const devices = domain.find('devices');
  const vcpu = domain.find('vcpu');
  const most = countOf(vcpu?.text);
  const current = countOf(vcpu?.attribute('current')) ?? most;
  const sockets = countOf(domain.find('cpu', 'topology')?.attribute('sockets'));
  const memory = positive(bytesOf(domain.find('memory'), 'KiB'));
  const least = positive(bytesOf(domain.find('currentMemory'), 'KiB'));
  const state = stateOf(domain, stats);
  const os = osOf(domain);
  return {
    name,
    ...optional('id', domain.find('uuid')?.text),
    state,
    ...(domain.attribute('type') === 'lxc' && { container: true }),
    ...optional('os', os),
    ...optional('vcpus', current),
    ...optional('sockets', sockets !== undefined && sockets > 1 ? sockets : undefined),
    ...optional('memory', memory ?? least),
    ...(memory !== undefined && least !== undefined && least < memory && { dynamic: { least } }),
    nics: (devices?.all('interface') ?? []).map((nic) => nicOf(nic, context)),
    disks: (devices?.all('disk') ?? []).flatMap((disk) => diskOf(disk, stats, context) ?? []),
    snapshots: [],
    devices: devicesOf(devices),
    pinned: pinsOf(domain),
    hotAdd: [
      ...(most !== undefined && current !== undefined && current < most ? ['cpu'] : []),
      ...(domain.find('maxMemory') ? ['memory'] : []),
    ],
    measured: state === 'on' ? measuredOf(stats) : {},
    ...optional('note', noteOf(domain.find('title')?.text ?? domain.find('description')?.text, 'descriptions', report)),
  };
}

/** States of `virDomainState`; without them a domain that has an id runs. */
const STATES: ReadonlyMap<string, Vm['state']> = new Map([
  ['1', 'on'],
  ['2', 'on'],
  ['3', 'suspended'],
  ['4', 'on'],
  ['5', 'off'],
  ['6', 'off'],
  ['7', 'suspended'],
]);

function stateOf(domain: XmlElement, stats: Stats): Vm['state'] {
  return STATES.get(stats.get('state.state') ?? '') ?? (domain.attribute('id') === undefined ? 'off' : 'on');
}

function diskOf(disk: XmlElement, stats: Stats, { source, pools, report }: DomainContext): VirtualDisk | undefined {
  const kind = disk.attribute('device') ?? 'disk';
  if (kind === 'cdrom' || kind === 'floppy') return undefined;
  const name = disk.find('target')?.attribute('dev');
  const block = blockOf(name, stats);
  const size = positive(wholeOf(block('capacity')));
  if (size === undefined) {
    report.drop('disks without a size', 'a definition does not tell it; virsh domstats does');
    return undefined;
  }
  const place = disk.find('source');
  const format = disk.find('driver')?.attribute('type');
  const volume = place?.attribute('name');
  const pool = place?.attribute('pool');
  const path = place?.attribute('file') ?? place?.attribute('dev');
  const isRbd = place?.attribute('protocol') === 'rbd';
  const datastore =
    pool !== undefined
      ? pools.byName(source.name, pool)
      : path !== undefined
        ? pools.byPath(source.name, path)
        : isRbd && volume !== undefined
          ? pools.byName(source.name, volume.replace(/\/.*$/, ''))
          : undefined;
  if (datastore === undefined && kind !== 'lun') report.drop('places of disks', 'no pool that is listed holds them');
  const thin = isRbd || (format !== undefined && /^(?:qcow2?|qed|vmdk|vdi)$/.test(format));
  const written = positive(wholeOf(block('physical')));
  return {
    ...optional('name', name),
    size,
    ...(format !== undefined && (thin || path?.startsWith('/dev/')) && { thin }),
    ...(thin && written !== undefined && written <= size && { used: written }),
    ...optional('datastore', datastore),
    ...(kind === 'lun' ? { mode: 'rdm-physical' } : disk.find('shareable') ? { mode: 'shared' } : {}),
  };
}

/** Figures of `virsh domstats` number the disks and name them by their target. */
function blockOf(target: string | undefined, stats: Stats): (what: string) => string | undefined {
  const count = Math.min(wholeOf(stats.get('block.count')) ?? 0, 1000);
  for (let at = 0; at < count; at++)
    if (target !== undefined && stats.get(`block.${at}.name`) === target)
      return (what) => stats.get(`block.${at}.${what}`);
  return () => undefined;
}

const ADAPTERS: ReadonlyMap<string, string> = new Map([
  ['virtio', 'virtio'],
  ['e1000', 'e1000'],
  ['e1000e', 'e1000e'],
  ['vmxnet3', 'vmxnet3'],
]);

function nicOf(nic: XmlElement, { source, attachments, report }: DomainContext): VirtualNic {
  const tags = nic.find('vlan')?.all('tag') ?? [];
  if (tags.length > 1) report.drop('network cards with several VLANs', 'a card is in one VLAN');
  const own = tags.length === 1 ? vlanIdOf(wholeOf(tags[0]?.attribute('id'))) : undefined;
  const model = nic.find('model')?.attribute('type');
  const adapter = ADAPTERS.get(model ?? '');
  if (model !== undefined && adapter === undefined)
    report.drop(`adapter ${model.slice(0, 20)} of network cards`, 'the language has no word for it');
  return {
    ...optional('network', attachments.networkOf(nic, own, source)),
    ...optional('mac', macOf(nic.find('mac')?.attribute('address'))),
    ...optional('adapter', nic.attribute('type') === 'hostdev' ? 'sriov' : adapter),
  };
}

function devicesOf(devices: XmlElement | undefined): readonly string[] {
  const hostdevs = devices?.all('hostdev') ?? [];
  const disc = (devices?.all('disk') ?? []).some((disk) => {
    const source = disk.find('source');
    return (
      disk.attribute('device') === 'cdrom' && (source?.attribute('file') ?? source?.attribute('dev')) !== undefined
    );
  });
  return [
    ...(disc ? ['cd'] : []),
    ...(hostdevs.some((one) => one.attribute('type') === 'usb') ? ['usb'] : []),
    ...(hostdevs.some((one) => one.attribute('type') !== 'usb') ? ['passthrough'] : []),
    ...(devices?.find('tpm') ? ['vtpm'] : []),
  ];
}

function pinsOf(domain: XmlElement): readonly string[] {
  const isBound = domain.find('numatune', 'memory')?.attribute('mode') === 'strict';
  const isPinned = domain.find('cputune', 'vcpupin') ?? domain.find('vcpu')?.attribute('cpuset');
  return [...(isPinned === undefined ? [] : ['cpu']), ...(isBound ? ['numa'] : [])];
}

/** Memory that the guest uses by its own account, and what the process holds of the host. */
function measuredOf(stats: Stats): MeasuredVm {
  const kib = (key: string): number | undefined => times(wholeOf(stats.get(`balloon.${key}`)), 1024);
  const [all, free] = [kib('available'), kib('usable') ?? kib('unused')];
  return {
    ...optional('memory', positive(all === undefined || free === undefined ? undefined : all - free)),
    ...optional('consumed', positive(kib('rss'))),
  };
}

/** Ids of libosinfo, `http://ubuntu.com/ubuntu/22.04`: the last parts, and the name of the system. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\/win\/2k(\d)r2$/, 'Windows Server 200$1 R2'],
  [/\/win\/2k(\d\d)r2$/, 'Windows Server 20$1 R2'],
  [/\/win\/2k(\d\d)$/, 'Windows Server 20$1'],
  [/\/win\/2k(\d)$/, 'Windows Server 200$1'],
  [/\/win\/(\d+(?:\.\d)?)$/, 'Windows $1'],
  [/\/ubuntu\/([\d.]+)$/, 'Ubuntu $1'],
  [/\/rhel\/([\d.]+)$/, 'Red Hat Enterprise Linux $1'],
  [/\/sles\/([\d.]+)/, 'SUSE Linux Enterprise $1'],
  [/\/opensuse\//, 'openSUSE'],
  [/\/debian\/([\d.]+)$/, 'Debian GNU/Linux $1'],
  [/\/centos(?:-stream)?\/([\d.]+)$/, 'CentOS $1'],
  [/\/rocky\//, 'Rocky Linux'],
  [/\/almalinux\//, 'AlmaLinux'],
  [/\/ol\/([\d.]+)$/, 'Oracle Linux $1'],
  [/\/freebsd\/([\d.]+)$/, 'FreeBSD $1'],
  [/\/libosinfo\.org\/linux\//, 'Linux'],
];

function osOf(domain: XmlElement): GuestOs | undefined {
  const id = domain.find('metadata', 'libosinfo', 'os')?.attribute('id');
  if (id === undefined) return undefined;
  for (const [pattern, name] of SYSTEMS) {
    const match = pattern.exec(id);
    if (match) return guestOsOf(name.replace('$1', match[1] ?? ''));
  }
  const short = id.replace(/^https?:\/\/[^/]*\//, '').replaceAll('/', ' ');
  return { className: '', text: short };
}
