import type { Datastore, VirtualDisk } from '../inventory/inventory.ts';
import { UniqueNames } from '../inventory/unique-names.ts';
import { cleanText, optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import type { Records } from './records.ts';

/** Volumes that disks lie on, found while those are read. */
export class Volumes {
  readonly #unique = new UniqueNames();
  readonly #datastores = new Map<string, Datastore>();
  readonly #files = new Map<string, Fields>();
  readonly #report: ImportReport;

  constructor(records: Records, report: ImportReport) {
    this.#report = report;
    for (const fields of records.of('VHD')) {
      const path = fields.text('Path');
      if (path !== undefined) this.#files.set(path.toLowerCase(), fields);
    }
    for (const fields of records.of('ClusterSharedVolume')) {
      const path = fields.text('FriendlyVolumeName') ?? '';
      const at = clusterVolumeOf(`${path}\\`);
      if (at === undefined) continue;
      const capacity = fields.positive('Size');
      const free = fields.number('FreeSpace');
      this.#datastores.set(at.toLowerCase(), {
        name: this.#unique.take(at),
        type: 'csv',
        ...optional('capacity', capacity),
        ...optional(
          'used',
          capacity === undefined || free === undefined || free > capacity ? undefined : capacity - free,
        ),
      });
    }
  }

  /** A virtual disk by the drive that holds it; one that is passed through has no file. */
  diskOf(drive: Fields, host: string | undefined): VirtualDisk | undefined {
    const path = drive.text('Path');
    if (path === undefined || !/\.(?:a?vhdx?|vhds|vhdset)$/i.test(path)) {
      this.#report.drop('drives without a file', 'disks that are passed through, of which the size is not said');
      return undefined;
    }
    const file = this.#files.get(path.toLowerCase());
    const size = file?.positive('Size');
    if (size === undefined) {
      this.#report.drop('disks without a size', 'Get-VHD does not list their file');
      return undefined;
    }
    const type = file?.text('VhdType')?.toLowerCase();
    const thin = type === 'dynamic' || type === 'differencing' || type === '3' || type === '4';
    const controller = drive.text('ControllerType')?.toLowerCase();
    const place = `${CONTROLLERS.get(controller ?? '') ?? controller}${drive.number('ControllerNumber') ?? 0}`;
    if (/\.avhdx?$/i.test(path))
      this.#report.drop('checkpoints', 'their disks are counted at the size of the whole disk');
    const used = file?.positive('FileSize');
    return {
      ...(/^(?:scsi|ide)\d+$/.test(place) && { name: `${place}-${drive.number('ControllerLocation') ?? 0}` }),
      size,
      ...(type !== undefined && { thin }),
      ...(thin && used !== undefined && used <= size && { used }),
      datastore: this.#datastoreOf(path, host),
      ...(drive.flag('SupportPersistentReservations') || /\.vhds$/i.test(path) ? { mode: 'shared' } : {}),
    };
  }

  #datastoreOf(path: string, host: string | undefined): string {
    const cluster = clusterVolumeOf(path);
    const share = /^\\\\([^\\]+)\\([^\\]+)\\/.exec(path);
    const drive = /^([A-Za-z]):/.exec(path)?.[1]?.toUpperCase();
    const key = cluster ?? (share ? `${share[1]}\\${share[2]}` : `${host ?? ''}\n${drive ?? ''}`);
    const known = this.#datastores.get(key.toLowerCase());
    if (known) return known.name;
    const name =
      cluster ?? (share ? `${share[1]}-${share[2]}` : [host, drive ?? 'disk'].filter((part) => part).join('-'));
    const datastore: Datastore = {
      name: this.#unique.take(cleanText(name) ?? 'disk'),
      ...(cluster !== undefined && { type: 'csv' }),
      ...(share && { type: 'smb' }),
      ...(cluster === undefined && !share && optional('host', host)),
    };
    this.#datastores.set(key.toLowerCase(), datastore);
    return datastore.name;
  }

  all(): readonly Datastore[] {
    return [...this.#datastores.values()];
  }
}

/** `ControllerType` of the cmdlets, as a number in JSON. */
const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  ['0', 'ide'],
  ['1', 'scsi'],
]);

/** The volume in `C:\ClusterStorage\Volume1\web\web.vhdx`. */
function clusterVolumeOf(path: string): string | undefined {
  return /^[A-Z]:\\ClusterStorage\\([^\\]+)\\/i.exec(path)?.[1];
}
