import { dayOf } from '../cells.ts';
import type { Parts } from '../inventory/assemble.ts';
import { type GuestOs, guestOsOf } from '../inventory/guest-os.ts';
import type { MeasuredVm, Server, VirtualNic } from '../inventory/inventory.ts';
import { UniqueNames } from '../inventory/unique-names.ts';
import { addressOf, macOf, mib, optional, splitAddresses, times } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import { diskColumnOf } from './columns.ts';

export interface ReadServers {
  readonly vms: Parts['vms'];
  readonly servers: readonly Server[];
}

/** Rows say whether they are virtual; those that say nothing are, as most are. */
export function readServers(rows: readonly Fields[], report: ImportReport): ReadServers {
  const vms: Parts['vms'][number][] = [];
  const servers: Server[] = [];
  const unique = new UniqueNames();
  for (const fields of rows) {
    const name = fields.text('server name');
    if (name === undefined) {
      report.drop('rows', 'they name no server');
      continue;
    }
    const shared = {
      ...optional('id', fields.text('virtual machine id')),
      ...optional('os', osOf(fields)),
      ...optional('memory', mib(fields.positive('memory'))),
      measured: measuredOf(fields),
      ...optional('used', gib(fields.positive('storage in use'))),
    };
    const disks = disksOf(fields);
    const cores = fields.count('cores');
    if (/^physical$/i.test(fields.text('server type') ?? '')) {
      const until = dayOf(fields.text('server decommission date'));
      servers.push({
        name: unique.take(name),
        ...optional('site', fields.text('location')),
        ...shared,
        ...optional('cores', cores),
        disks,
        ...optional('until', until),
      });
      if (fields.text('ip addresses') !== undefined)
        report.drop('addresses of physical servers', 'a server to be converted has none in a design');
      continue;
    }
    vms.push({
      vm: {
        name,
        ...shared,
        state: 'on',
        ...optional('vcpus', cores),
        nics: nicsOf(fields, report),
        disks,
        snapshots: [],
        devices: [],
        hotAdd: [],
      },
    });
  }
  return { vms, servers };
}

/** The GB of the template are those of hypervisors, which count in powers of two. */
function gib(value: number | undefined): number | undefined {
  return times(value, 2 ** 30);
}

function osOf(fields: Fields): GuestOs | undefined {
  const name = fields.text('os name');
  if (name === undefined) return undefined;
  const version = fields.text('os version');
  const known = guestOsOf(version === undefined ? name : `${name} ${version}`);
  return known.word === undefined ? guestOsOf(name) : { ...known, text: name };
}

/** Figures of a row by disk, and what they are. */
function diskFigures(fields: Fields, what: string): ReadonlyMap<number, number> {
  const figures = new Map<number, number>();
  for (const column of Object.keys(fields.record)) {
    const at = diskColumnOf(column);
    const value = at?.what === what ? fields.number(column) : undefined;
    if (at && value !== undefined) figures.set(at.disk, value);
  }
  return figures;
}

function disksOf(fields: Fields): readonly { readonly size: number }[] {
  return [...diskFigures(fields, 'size')]
    .sort(([a], [b]) => a - b)
    .flatMap(([, size]) => (size > 0 ? [{ size: size * 2 ** 30 }] : []));
}

/** Of all disks together, from the column for that or else from those of the disks. */
function total(fields: Fields, what: string): number | undefined {
  const stated = fields.number(`total disks ${what}`);
  const single = [...diskFigures(fields, what).values()];
  if (stated !== undefined || single.length === 0) return stated;
  return single.reduce((sum, value) => sum + value, 0);
}

function measuredOf(fields: Fields): MeasuredVm {
  const [readOps, writeOps] = [total(fields, 'read ops'), total(fields, 'write ops')];
  const iops = readOps === undefined && writeOps === undefined ? undefined : (readOps ?? 0) + (writeOps ?? 0);
  const [read, written] = [total(fields, 'read throughput'), total(fields, 'write throughput')];
  const throughput = read === undefined && written === undefined ? undefined : (read ?? 0) + (written ?? 0);
  return {
    ...optional('cpuShare', shareOf(fields.positive('cpu utilization percentage'))),
    ...optional('memoryShare', shareOf(fields.positive('memory utilization percentage'))),
    ...optional('sent', megabytes(fields.positive('network out throughput'))),
    ...optional('received', megabytes(fields.positive('network in throughput'))),
    ...optional('iops', iops === undefined ? undefined : Math.round(iops) || undefined),
    ...(iops !== undefined &&
      iops > 0 &&
      readOps !== undefined &&
      writeOps !== undefined && {
        reads: Math.round((readOps / iops) * 100) / 100,
      }),
    ...optional('throughput', megabytes(throughput || undefined)),
  };
}

function shareOf(percent: number | undefined): number | undefined {
  return percent === undefined || percent > 100 ? undefined : percent / 100;
}

/** Megabytes per second as bit/s. */
function megabytes(value: number | undefined): number | undefined {
  return times(value, 8e6);
}

/** More cards than this are a misread column. */
const MOST_CARDS = 64;

function nicsOf(fields: Fields, report: ImportReport): readonly VirtualNic[] {
  const addresses = splitAddresses(fields.text('ip addresses'))
    .map(addressOf)
    .filter((one) => one !== undefined);
  const count = Math.min(fields.count('network adapters') ?? (addresses.length > 0 ? 1 : 0), MOST_CARDS);
  if (addresses.length > count)
    report.drop('further addresses of network cards', 'a card has one address in a design', addresses.length - count);
  const mac = count === 1 ? macOf(fields.text('mac address')) : undefined;
  return Array.from({ length: count }, (_, at) => ({
    ...optional('address', addresses[at]),
    ...optional('mac', mac),
  }));
}
