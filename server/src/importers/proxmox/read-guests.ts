import { isBareName } from '../../language/make/bare-name.ts';
import { type GuestOs, guestOsOf } from '../inventory/guest-os.ts';
import type { MeasuredVm, VirtualDisk, VirtualNic, Vm } from '../inventory/inventory.ts';
import { vlanIdOf } from '../inventory/switch-networks.ts';
import { addressOf, macOf, mib, noteOf, optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import { parseOptions, sizeOf } from './options.ts';
import type { Networks } from './read-networks.ts';
import type { Storage } from './read-storage.ts';

/** What guests are read with. */
export interface GuestContext {
  readonly networks: Networks;
  readonly storage: Storage;
  readonly report: ImportReport;
  /** Some guest of the cluster is managed by HA, so that one that is not stays down when its node fails. */
  readonly usesHa: boolean;
}

export function readGuest(resource: Fields, config: Fields | undefined, context: GuestContext): Vm | undefined {
  const { report, usesHa } = context;
  const isContainer = resource.value('type') === 'lxc';
  const id = resource.text('vmid');
  const name = resource.text('name') ?? config?.text(isContainer ? 'hostname' : 'name') ?? (id && `vm-${id}`);
  if (name === undefined) {
    report.drop('guests', 'they have neither a name nor a number');
    return undefined;
  }
  const state = stateOf(resource, report);
  const node = resource.text('node');
  const disks = config ? disksOf(config, node, context) : rootDiskOf(name, resource, report);
  const managed = resource.text('hastate');
  const os = config && osOf(config.text('ostype'), isContainer);
  return {
    name,
    ...optional('id', id),
    state,
    ...(isContainer && { container: true }),
    ...optional('os', os),
    ...sizesOf(resource, config),
    nics: config ? nicsOf(config, isContainer, context) : [],
    disks,
    snapshots: [],
    devices: config ? devicesOf(config) : [],
    pinned: config ? pinsOf(config) : [],
    hotAdd: config && !isContainer ? hotAddOf(config) : [],
    measured: state === 'on' ? measuredOf(resource) : {},
    ...(usesHa && state !== 'template' && (managed === undefined || managed === 'ignored') && { restart: 'never' }),
    tags: tagsOf(resource, report),
    ...optional('note', noteOf(config?.text('description'), 'descriptions', report)),
  };
}

/** Where the disks of a guest lie, as the configuration writes it. */
export function storagesOf(config: Fields): readonly string[] {
  return volumesOf(config).flatMap(({ storage }) => (storage === undefined ? [] : [storage]));
}

function stateOf(resource: Fields, report: ImportReport): Vm['state'] {
  if (resource.flag('template')) return 'template';
  const status = resource.text('status');
  if (status === 'stopped') return 'off';
  if (status === 'paused' || status === 'suspended') return 'suspended';
  if (status !== 'running') {
    report.problem(
      'warning',
      `no status that is known (${status ?? 'empty'}); taken as on`,
      resource.where,
      'guests without a status that is known, taken as on',
    );
  }
  return 'on';
}

/** The configuration says what is set up, the resources what runs, so the former counts. */
function sizesOf(resource: Fields, config: Fields | undefined): Pick<Vm, 'vcpus' | 'sockets' | 'memory' | 'dynamic'> {
  const isContainer = resource.value('type') === 'lxc';
  const running = resource.count('maxcpu');
  const sockets = isContainer ? undefined : config?.count('sockets');
  const cores = config?.count('cores');
  const configured = cores === undefined && sockets === undefined ? undefined : (cores ?? 1) * (sockets ?? 1);
  const memory = mib(config === undefined ? undefined : memoryOf(config)) ?? resource.positive('maxmem');
  const least = isContainer ? undefined : mib(config?.number('balloon'));
  return {
    ...optional('vcpus', config?.count('vcpus') ?? configured ?? running),
    ...optional('sockets', sockets !== undefined && sockets > 1 ? sockets : undefined),
    ...optional('memory', memory),
    ...(memory !== undefined && least !== undefined && least > 0 && least < memory && { dynamic: { least } }),
  };
}

/** `memory: 4096`, also as `current=4096`. */
function memoryOf(config: Fields): number | undefined {
  const value = config.value('memory');
  const current = typeof value === 'string' ? /^current=(\d{1,12})$/.exec(value)?.[1] : undefined;
  return current === undefined ? config.number('memory') || undefined : Number(current);
}

const DISK_SLOT = /^(?:ide|sata|scsi|virtio|mp)\d{1,3}$|^rootfs$/;

interface Volume {
  readonly slot: string;
  readonly volume: string;
  readonly storage: string | undefined;
  readonly keys: ReadonlyMap<string, string>;
}

/** Disks of a configuration, without drives for discs. */
function volumesOf(config: Fields): readonly Volume[] {
  return Object.keys(config.record).flatMap((slot) => {
    if (!DISK_SLOT.test(slot)) return [];
    const { first, keys } = parseOptions(config.text(slot) ?? '');
    const volume = first ?? keys.get('file') ?? keys.get('volume') ?? '';
    if (keys.get('media') === 'cdrom' || /cloudinit$/.test(volume) || volume === 'none') return [];
    const storage = volume.startsWith('/') ? undefined : /^([^:]+):/.exec(volume)?.[1];
    return [{ slot, volume, storage, keys }];
  });
}

function disksOf(config: Fields, node: string | undefined, { storage, report }: GuestContext): readonly VirtualDisk[] {
  return volumesOf(config).flatMap(({ slot, volume, storage: place, keys }): readonly VirtualDisk[] => {
    const size = sizeOf(keys.get('size'));
    if (size === undefined || size === 0) {
      report.drop('disks without a size', 'their configuration does not tell it');
      return [];
    }
    const isImage = /\.(?:qcow2|vmdk)$/.test(volume);
    const thin = place === undefined ? undefined : isImage ? true : storage.isThin(place);
    return [
      {
        name: slot,
        size,
        ...optional('thin', thin),
        ...optional('datastore', place === undefined ? undefined : storage.nameOf(place, node)),
        ...(place === undefined && { mode: 'rdm-physical' }),
        ...(keys.get('shared') === '1' && place !== undefined && { mode: 'shared' }),
      },
    ];
  });
}

/** Without the configuration only the disk that the guest starts from is known. */
function rootDiskOf(name: string, resource: Fields, report: ImportReport): readonly VirtualDisk[] {
  const size = resource.positive('maxdisk');
  if (size === undefined) return [];
  const used = resource.positive('disk');
  report.problem(
    'warning',
    `without the configuration of ${name} only the disk it starts from is known`,
    resource.where,
    'guests without their configuration, of which only the disk they start from is known',
  );
  return [{ size, ...optional('used', used) }];
}

const ADAPTERS: ReadonlySet<string> = new Set(['virtio', 'vmxnet3', 'e1000', 'e1000e']);

function nicsOf(config: Fields, isContainer: boolean, { networks, report }: GuestContext): readonly VirtualNic[] {
  const slots = Object.keys(config.record).filter((key) => /^net\d{1,3}$/.test(key));
  return slots
    .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)))
    .map((slot) => {
      const { keys } = parseOptions(config.text(slot) ?? '');
      const [model, mac] = isContainer ? [undefined, keys.get('hwaddr')] : ([...keys][0] ?? []);
      const bridge = keys.get('bridge');
      const tag = vlanIdOf(Number(keys.get('tag') ?? Number.NaN));
      const adapter = model?.toLowerCase();
      if (!isContainer && adapter !== undefined && !ADAPTERS.has(adapter))
        report.drop(`adapter ${adapter.slice(0, 20)} of network cards`, 'the language has no word for it');
      if (keys.has('trunks')) report.drop('trunks of network cards', 'a card is in one VLAN');
      const limit = Number(keys.get('rate') ?? Number.NaN);
      const ip = isContainer ? keys : parseOptions(config.text(`ipconfig${slot.slice(3)}`) ?? '').keys;
      const address = addressOf(withoutLength(ip.get('ip'))) ?? addressOf(withoutLength(ip.get('ip6')));
      return {
        ...optional('network', bridge === undefined ? undefined : networks.nameOf(bridge, tag)),
        ...optional('address', address),
        ...optional('mac', macOf(mac)),
        ...optional('adapter', adapter !== undefined && ADAPTERS.has(adapter) ? adapter : undefined),
        // Megabytes per second.
        ...optional('limit', limit > 0 && limit < 1e6 ? limit * 8e6 : undefined),
      };
    });
}

function withoutLength(text: string | undefined): string | undefined {
  return text?.replace(/\/\d+$/, '');
}

function devicesOf(config: Fields): readonly string[] {
  const has = (pattern: RegExp): boolean =>
    Object.keys(config.record).some((key) => pattern.test(key) && config.text(key) !== undefined);
  const disc = Object.keys(config.record).some((key) => {
    if (!/^(?:ide|sata|scsi)\d{1,3}$/.test(key)) return false;
    const { first, keys } = parseOptions(config.text(key) ?? '');
    return keys.get('media') === 'cdrom' && first !== 'none' && !/cloudinit$/.test(first ?? '');
  });
  return [
    ...(disc ? ['cd'] : []),
    ...(has(/^usb\d+$/) ? ['usb'] : []),
    ...(has(/^(?:hostpci|dev)\d+$/) ? ['passthrough'] : []),
    ...(has(/^tpmstate\d+$/) ? ['vtpm'] : []),
    ...(has(/^serial\d+$/) &&
    Object.keys(config.record).some((key) => /^serial/.test(key) && isDevice(config.text(key)))
      ? ['serial']
      : []),
  ];
}

/** A serial port that ends in a socket moves with its guest. */
function isDevice(text: string | undefined): boolean {
  return text?.startsWith('/') ?? false;
}

function pinsOf(config: Fields): readonly string[] {
  const nodes = Object.keys(config.record).some(
    (key) => /^numa\d+$/.test(key) && parseOptions(config.text(key) ?? '').keys.has('hostnodes'),
  );
  return [...(config.text('affinity') === undefined ? [] : ['cpu']), ...(nodes ? ['numa'] : [])];
}

function hotAddOf(config: Fields): readonly string[] {
  const kinds = (config.text('hotplug') ?? '').split(/[,;\s]+/);
  return ['cpu', 'memory'].filter((kind) => kinds.includes(kind));
}

/** CPU and memory are those of the moment; traffic is counted since the guest started. */
function measuredOf(resource: Fields): MeasuredVm {
  const cpu = resource.positive('cpu');
  const uptime = resource.positive('uptime');
  const perSecond = (bytes: number | undefined): number | undefined =>
    bytes === undefined || uptime === undefined || uptime < AN_HOUR
      ? undefined
      : Math.round((bytes * 8) / uptime / 1000) * 1000;
  const read = resource.number('diskread');
  const written = resource.number('diskwrite');
  const throughput = perSecond(read === undefined && written === undefined ? undefined : (read ?? 0) + (written ?? 0));
  return {
    ...optional('cpuShare', cpu === undefined || cpu > 1 ? undefined : Math.round(cpu * 1000) / 1000 || undefined),
    ...optional('memory', resource.positive('mem')),
    ...optional('sent', perSecond(resource.number('netout')) || undefined),
    ...optional('received', perSecond(resource.number('netin')) || undefined),
    ...optional('throughput', throughput || undefined),
  };
}

/** An average over less says little. */
const AN_HOUR = 3600;

/** Types of guest systems; some stand for several versions, which then are a text and no word. */
const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['l24', 'Linux 2.4'],
  ['l26', 'Linux'],
  ['w2k', 'Windows 2000'],
  ['wxp', 'Windows XP'],
  ['w2k3', 'Windows Server 2003'],
  ['solaris', 'Solaris'],
]);

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['wvista', 'Windows Vista or Server 2008'],
  ['w2k8', 'Windows Vista or Server 2008'],
  ['win7', 'Windows 7 or Server 2008 R2'],
  ['win8', 'Windows 8, Server 2012 or 2012 R2'],
  ['win10', 'Windows 10, Server 2016 or 2019'],
  ['win11', 'Windows 11, Server 2022 or 2025'],
]);

function osOf(type: string | undefined, isContainer: boolean): GuestOs | undefined {
  if (type === undefined || type === 'other' || type === 'unmanaged') return undefined;
  const family = FAMILIES.get(type);
  if (family !== undefined) return { className: type, text: family };
  const system = SYSTEMS.get(type);
  if (system !== undefined) return guestOsOf(system);
  return isContainer && isBareName(type) ? { word: type, className: type, text: type } : { className: '', text: type };
}

function tagsOf(resource: Fields, report: ImportReport): readonly string[] {
  const tags = (resource.text('tags') ?? '').split(/[;,\s]+/).filter((tag) => tag !== '');
  const words = tags.filter((tag) => isBareName(tag) && /^[\p{L}_]/u.test(tag));
  if (words.length < tags.length)
    report.drop('tags', 'they are no words of letters and digits', tags.length - words.length);
  return [...new Set(words)];
}
