const MANAGEMENT = 'how the VM is managed changes no figure of a design';
const MOMENT = 'states and counters of the moment';

const REASONS: readonly (readonly [reason: string, keys: readonly string[]])[] = [
  [
    MOMENT,
    [
      'Status',
      'Uptime',
      'OperationalStatus',
      'Heartbeat',
      'IntegrationServicesState',
      'MemoryStatus',
      'PrimaryOperationalStatus',
      'SecondaryOperationalStatus',
      'PrimaryStatusDescription',
      'SecondaryStatusDescription',
      'StatusDescription',
      'Connected',
      'Attached',
    ],
  ],
  [
    MANAGEMENT,
    [
      'Generation',
      'Version',
      'Path',
      'ConfigurationLocation',
      'CheckpointFileLocation',
      'SnapshotFileLocation',
      'CreationTime',
    ]
      .concat([
        'AutomaticStartAction',
        'AutomaticStartDelay',
        'AutomaticStopAction',
        'CheckpointType',
        'ParentSnapshotId',
      ])
      .concat(['ParentSnapshotName', 'ParentCheckpointId', 'ParentCheckpointName', 'SmartPagingFilePath', 'IsDeleted'])
      .concat([
        'SizeOfSystemFiles',
        'Groups',
        'GuestControlledCacheTypes',
        'LowMemoryMappedIoSpace',
        'HighMemoryMappedIoSpace',
      ]),
  ],
  [
    'replicas of VMs: write where they go beside the import',
    ['ReplicationState', 'ReplicationHealth', 'ReplicationMode'],
  ],
  [
    'a design counts cores; state ht-factor where threads should count',
    ['LogicalProcessorCount', 'NumberOfLogicalProcessors'],
  ],
  [
    'how the file is laid out inside',
    [
      'VhdFormat',
      'MinimumSize',
      'LogicalSectorSize',
      'PhysicalSectorSize',
      'BlockSize',
      'ParentPath',
      'DiskIdentifier',
      'FragmentationPercentage',
      'Alignment',
      'DiskNumber',
      'IsPMEMCompatible',
      'AddressAbstractionType',
      'Number',
    ],
  ],
];

/** Keys that name what their record is about, or repeat another. */
const NAMES: ReadonlySet<string> = new Set([
  'Id',
  'VMId',
  'VMName',
  'ComputerName',
  'PSComputerName',
  'CimSession',
  'Key',
  'Name',
]);

/** Why a key is not carried over; `null` if other keys say the same. */
export function whyNotCarried(kind: string, key: string): string | null | undefined {
  if (NAMES.has(key)) return null;
  if (kind === 'VM' && (key === 'NetworkAdapters' || key === 'HardDrives')) return null;
  return REASONS.find(([, keys]) => keys.includes(key))?.[0];
}
