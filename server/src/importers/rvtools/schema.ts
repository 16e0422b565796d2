/**
 * The columns that are read from each tab of an RVTools export, under every heading they have gone by: RVTools 3 wrote
 * MB, RVTools 4 writes MiB for the same binary unit, and a merged export prefixes each heading with its tab.
 */

export const TABS = {
  vInfo: {
    vm: ['VM', 'vInfoVMName'],
    powerstate: ['Powerstate', 'vInfoPowerstate'],
    template: ['Template', 'vInfoTemplate'],
    placeholder: ['SRM Placeholder', 'vInfoSRMPlaceHolder'],
    cpus: ['CPUs', 'vInfoCPUs'],
    memory: ['Memory', 'Memory MiB', 'vInfoMemory'],
    ready: ['Overall Cpu Readiness'],
    cpuUsage: ['CPU Usage %'],
    active: ['Active Memory'],
    nics: ['NICs', 'vInfoNICs'],
    ip: ['Primary IP Address', 'vInfoPrimaryIPAddress'],
    network1: ['Network #1'],
    network2: ['Network #2'],
    network3: ['Network #3'],
    network4: ['Network #4'],
    network5: ['Network #5'],
    network6: ['Network #6'],
    network7: ['Network #7'],
    network8: ['Network #8'],
    provisioned: ['Provisioned MiB', 'Provisioned', 'vInfoProvisioned', 'vInfoProvisionedMiB'],
    used: ['In Use MiB', 'In Use', 'vInfoInUse', 'vInfoInUseMiB'],
    restart: ['HA Restart Priority'],
    faultTolerance: ['FT State'],
    path: ['Path', 'vInfoPath'],
    annotation: ['Annotation'],
    datacenter: ['Datacenter', 'vInfoDataCenter'],
    cluster: ['Cluster', 'vInfoCluster'],
    host: ['Host', 'vInfoHost'],
    osTools: ['OS according to the VMware Tools', 'vInfoOSTools'],
    osConfig: ['OS according to the configuration file', 'OS', 'vInfoOS'],
    id: ['VM ID', 'vInfoVMId'],
    uuid: ['VM UUID', 'vInfoVMUUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID', 'vInfoVISDKServer'],
  },
  vCPU: {
    vm: ['VM', 'vCPUVMName'],
    cpus: ['CPUs', 'vCPUCPUs'],
    sockets: ['Sockets', 'vCPUSockets'],
    overall: ['Overall', 'vCPUOverall'],
    ready: ['CPU ready %'],
    reservation: ['Reservation', 'vCPUReservation'],
    hotAdd: ['Hot Add', 'vCPUHotAdd'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vMemory: {
    vm: ['VM', 'vMemoryVMName'],
    size: ['Size MiB', 'Size', 'vMemorySizeMiB'],
    consumed: ['Consumed'],
    swapped: ['Swapped'],
    ballooned: ['Ballooned'],
    active: ['Active'],
    reservation: ['Reservation', 'vMemoryReservation'],
    hotAdd: ['Hot Add'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vDisk: {
    vm: ['VM', 'vDiskVMName'],
    disk: ['Disk', 'vDiskDisk', 'Label'],
    capacity: ['Capacity MiB', 'Capacity', 'vDiskCapacityMiB'],
    raw: ['Raw'],
    rawMode: ['Raw Comp. Mode'],
    mode: ['Disk Mode'],
    sharing: ['Sharing mode'],
    thin: ['Thin', 'vDiskThin'],
    path: ['Disk Path', 'Path'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vNetwork: {
    vm: ['VM', 'vNetworkVMName'],
    adapter: ['Adapter', 'vNetworkAdapter'],
    network: ['Network', 'vNetworkNetwork'],
    mac: ['Mac Address', 'vNetworkMacAddress'],
    ipv4: ['IPv4 Address', 'IP Address', 'vNetworkIPAddress'],
    ipv6: ['IPv6 Address'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vSnapshot: {
    vm: ['VM'],
    name: ['Name', 'Snapshot'],
    date: ['Date / time', 'Date'],
    size: ['Size MiB (total)', 'Size MiB', 'Size MiB (vmsn)'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vCD: {
    vm: ['VM'],
    connected: ['Connected'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vUSB: {
    vm: ['VM'],
    connected: ['Connected'],
    id: ['VM ID'],
    uuid: ['VM UUID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vHost: {
    host: ['Host', 'vHostName'],
    datacenter: ['Datacenter', 'vHostDatacenter'],
    cluster: ['Cluster', 'vHostCluster'],
    maintenance: ['in Maintenance Mode'],
    cpuModel: ['CPU Model', 'vHostCpuModel'],
    speed: ['Speed', 'Speed (MHz)', 'vHostCpuMhz'],
    sockets: ['# CPU', '# CPU (sockets)', 'vHostNumCPU'],
    coresPerSocket: ['Cores per CPU', 'vHostCoresPerCPU'],
    cores: ['# Cores', 'vHostNumCpuCores'],
    cpuUsage: ['CPU usage %'],
    cpuUsageMhz: ['vHostOverallCpuUsage'],
    memory: ['# Memory', '# Memory (MiB)', 'Memory', 'vHostMemorySize'],
    memoryUsage: ['Memory usage %'],
    memoryUsageMib: ['vHostOverallMemoryUsage'],
    nics: ['# NICs'],
    hbas: ['# HBAs'],
    vmotion: ['VMotion support'],
    storageVmotion: ['Storage VMotion support'],
    evc: ['Current EVC'],
    licences: ['Assigned License(s)'],
    version: ['ESX Version', 'vHostEsxVersion'],
    vendor: ['Vendor', 'vHostVendor'],
    model: ['Model', 'vHostModel'],
    id: ['Object ID'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vCluster: {
    cluster: ['Name', 'Cluster', 'vClusterName'],
    ha: ['HA enabled'],
    failoverLevel: ['Failover Level'],
    admissionControl: ['AdmissionControlEnabled'],
    drs: ['DRS enabled'],
    drsMode: ['DRS default VM behavior'],
    drsRate: ['DRS vmotion rate'],
    dpm: ['DPM enabled'],
    server: ['VI SDK Server', 'vCenter UUID', 'VI SDK UUID'],
  },
  vDatastore: {
    datastore: ['Name', 'Datastore', 'vDatastoreName'],
    type: ['Type'],
    capacity: ['Capacity MiB', 'Capacity'],
    used: ['In Use MiB', 'In Use'],
    hosts: ['Hosts'],
    id: ['Object ID'],
  },
  vSwitch: {
    host: ['Host'],
    vswitch: ['Switch'],
    portGroup: ['Port Group'],
    vlan: ['VLAN'],
    policy: ['Policy'],
    mtu: ['MTU'],
    uplinks: ['Uplinks'],
    datacenter: ['Datacenter'],
    cluster: ['Cluster'],
  },
  vPort: {
    host: ['Host'],
    vswitch: ['Switch'],
    portGroup: ['Port Group', 'Network'],
    vlan: ['VLAN'],
    datacenter: ['Datacenter'],
    cluster: ['Cluster'],
  },
  vNIC: {
    host: ['Host'],
    device: ['Network Device'],
    speed: ['Speed (Mbps)', 'Speed'],
    vswitch: ['Switch'],
    pci: ['PCI'],
    datacenter: ['Datacenter'],
    cluster: ['Cluster'],
  },
  vHBA: {
    host: ['Host'],
    device: ['Device'],
    type: ['Type'],
    datacenter: ['Datacenter'],
    cluster: ['Cluster'],
  },
  vSC_VMK: {
    host: ['Host'],
    portGroup: ['Port Group'],
    ip: ['IP Address'],
    mtu: ['MTU'],
    services: ['Services'],
    datacenter: ['Datacenter'],
    cluster: ['Cluster'],
  },
  dvSwitch: {
    vswitch: ['Name', 'Switch'],
    portGroup: ['Port Group'],
    vlan: ['VLAN'],
    mtu: ['Max MTU'],
    hosts: ['Host members'],
    datacenter: ['Datacenter'],
  },
  dvPort: {
    portGroup: ['Port', 'Port Group', 'Network'],
    vswitch: ['Switch'],
    vlan: ['VLAN'],
    policy: ['Policy'],
    type: ['Type'],
  },
  vMetaData: {
    created: ['xlsx creation datetime'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type TabName = keyof typeof TABS;
export type Column<T extends TabName> = keyof (typeof TABS)[T] & string;

/** Tabs that are not read, and why nothing of them is in the design. */
export const TABS_NOT_CARRIED: Readonly<Record<string, string>> = {
  vPartition: 'a design holds disks, not the partitions of the guest',
  vTools: 'guest tools have no place in a design',
  vHealth: 'messages of another tool; vdc check makes its own findings',
  vRP: 'resource pools and shares: no check reads them',
  vLicense: 'keys and counts without prices; write a licence with its price beside the import',
  vMultiPath: 'the tab does not say which switch a path runs through',
  vFileInfo: 'whether a file is an orphan has to be decided by its owner',
  vSource: 'about the vCenter that was asked, not about the estate',
};

/** Columns that repeat what other columns or tabs say. */
const REPEATED: ReadonlySet<string> = new Set(
  [
    ...['powerstate', 'template', 'srm placeholder', 'datacenter', 'cluster', 'host', 'folder', 'annotation', 'vm'],
    ...['os according to the vmware tools', 'os according to the configuration file', 'os', 'vm id', 'vm uuid'],
    ...['vi sdk server', 'vi sdk uuid', 'vi sdk server type', 'vi sdk api version', 'internal sort column', 'network'],
    ...['# vms', '# vms total', 'vms per core', '# vcpus', 'vcpus per core', 'vram', 'vm used memory', 'free mib'],
    ...['vhostvcpus', 'vhostvcpuspercore', '# hosts', 'free %', 'cores p/s', 'numhosts', 'numcpucores', 'totalcpu'],
    ...['totalmemory', 'effective cpu', 'effective memory', 'total disk capacity mib', 'numeffectivehosts', 'disk key'],
    ...['numcputhreads', 'nic label', 'unit #'],
  ].map(headingKey),
);

const NO_LIMITS = 'the language has reservations and no limits or shares';
const REASONS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['Limit', NO_LIMITS],
      ['Shares', NO_LIMITS],
      ['Level', NO_LIMITS],
      ['Disks', 'a count without sizes; the disks themselves are in vDisk'],
      ['Resource pool', 'resource pools and shares: no check reads them'],
      ['Cluster rule(s)', 'the export names affinity rules without saying what they hold'],
      ['Cluster rule name(s)', 'the export names affinity rules without saying what they hold'],
      ['HT Active', 'a design counts cores; state ht-factor where threads should count'],
      ['HT Available', 'a design counts cores; state ht-factor where threads should count'],
    ] as const
  ).map(([heading, reason]) => [headingKey(heading), reason]),
);

/** Why a column that is not in `TABS` is not carried over. */
export function whyNotCarried(heading: string): string {
  const key = headingKey(heading);
  if (REPEATED.has(key)) return 'repeats what is stated elsewhere';
  return REASONS.get(key) ?? 'the language has no word for it';
}

/** Headings are compared without case, blanks and the old name of the binary unit. */
export function headingKey(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\bmb\b/g, 'mib')
    .replace(/\s+/g, '');
}
