import { block, row, type SchemaPart } from '../define.ts';

/** Arrays, pools, datastores and images. */
export const storage: readonly SchemaPart[] = [
  block(
    'array',
    'NAMES · : →class+ · at →site,rack · on →cluster,host',
    ['file', 'site', 'cluster', 'host'],
    "storage; `on` a cluster: its hosts' disks (vSAN, Ceph, S2D), lost with them",
    [
      row(
        'protocol',
        '(fc iscsi nfs smb fcoe nvme-of sas local hci)',
        '–',
        'how hosts reach it; hci: over the hosts themselves',
      ),
      row(
        'disks+',
        'N x SIZE · media (hdd ssd nvme) · raid (0 1 5 6 10 50 60 z1 z2 z3 dp) · group N · spares N · replica N · iops N',
        '–',
        'group: disks per RAID group; replica: copies; iops: per disk',
      ),
      row('usable', 'SIZE', 'derived from disks', 'usable capacity, if the vendor states it'),
      row('iops', 'N', 'derived from disks', 'front-end limit, if the vendor states one'),
      row('cache', 'SIZE · hit PCT', 'hit 0 %', 'read hits'),
      row('ports+', 'N x RATE · to →switch', '–', 'front-end ports and their fabric'),
      row('queue', 'N', '2048, recalled', 'per port'),
      row('mtu', 'N', '1500', 'for NFS, SMB, iSCSI'),
      row('expansion', 'SIZE · cost MONEY', '–', 'next step of growth and its price'),
      row('replicates*', '· to →array · mode (sync async) · rpo TIME · change GROWTH · via →wan', '–', 'keyed by to'),
      row('power', 'WATT..WATT', '–', 'idle .. full'),
      row('height', 'N U', '–', 'rack units'),
    ],
  ),
  block('pool', 'NAMES', ['array'], 'a part of an array with its own disks', [
    row(
      'disks+',
      'N x SIZE · media (hdd ssd nvme) · raid (0 1 5 6 10 50 60 z1 z2 z3 dp) · group N · spares N · replica N · iops N',
      '–',
      "the pool's disks",
    ),
    row('usable', 'SIZE', 'derived from disks', 'usable capacity, if stated'),
    row('iops', 'N', 'derived from disks', 'front-end limit, if stated'),
  ]),
  block(
    'datastore',
    'NAMES · on →array,pool,host',
    ['file', 'array', 'pool', 'host'],
    '"storage", "CSV", "storage domain"',
    [
      row('type', '(vmfs nfs vsan smb csv lvm zfs ceph dir)', '–', 'file system or volume type'),
      row('capacity', 'SIZE', '–', 'size shown to the hypervisor'),
      row('thin', 'flag', 'thick', 'thin LUN on its array'),
      row('slack', 'PCT', '20 %, recalled', 'kept free for planning'),
      row('max-vms', 'N', "rule's limit", 'most VMs that should share it'),
      row('file*', 'TEXT · size SIZE · last-used DATE', '–', 'a disk no VM refers to'),
      row(
        'replicates*',
        '· to →array · mode (sync async) · rpo TIME · change GROWTH · via →wan',
        "array's",
        'a copy elsewhere',
      ),
    ],
  ),
  block('image', 'NAMES · of →image · on →datastore', ['file', 'datastore'], 'a stored disk image', [
    row('type', '(gold template clone parked)', 'gold; with of, clone', 'parked: kept, not used'),
    row('size', 'SIZE', '–', 'size on disk if not linked'),
    row('unique', 'SIZE', 'size', 'what differs from the image it was cloned from'),
    row('linked', 'flag', 'full', 'shares blocks with what it was cloned from'),
    row('os', 'WORD or TEXT', '–', 'guest system in it'),
    row('last-used', 'DATE', '–', 'last cloned or started'),
    row('superseded-by', '→image', '–', 'the newer version'),
  ]),
];
