const LIMITS = 'the language has reservations and no limits or shares';
const MACHINE = 'how the guest is emulated changes no figure of a design';
const START = 'when and in which order guests start has no place in a design';
const CONFIGURED = 'the configuration of the guest says it more exactly';
const COUNTERS = 'counters and states of the moment';

/** Why keys of the answers are not in the design, by the kind of record they stand in; `*` is any. */
const REASONS: readonly (readonly [kind: string, reason: string, keys: readonly string[]])[] = [
  ['qemu', CONFIGURED, ['maxcpu', 'maxmem', 'maxdisk', 'disk']],
  ['lxc', CONFIGURED, ['maxcpu', 'maxmem', 'maxdisk', 'disk']],
  ['node status cpuinfo', 'a design counts cores; state ht-factor where threads should count', ['cpus']],
  ['node status cpuinfo', 'the clock of the moment; the base clock is read from the name of the processor', ['mhz']],
  ['node status cpuinfo', 'about the kernel of the node, not about its hardware', ['flags', 'hvm', 'user_hz']],
  ['node status memory', COUNTERS, ['used', 'free', 'available']],
  ['node', COUNTERS, ['level', 'uptime', 'cgroup-mode', 'disk', 'maxdisk']],
  ['*', COUNTERS, ['uptime', 'lock', 'pressurecpufull', 'pressurecpusome', 'memhost', 'status']],
  ['*', 'pools of guests: no check reads them', ['pool']],
  ['*', LIMITS, ['cpulimit', 'cpuunits', 'shares', 'swap']],
  ['*', START, ['onboot', 'startup', 'boot', 'bootdisk', 'autostart', 'startdate']],
  [
    '*',
    MACHINE,
    ['scsihw', 'machine', 'bios', 'efidisk', 'vga', 'smbios', 'vmgenid', 'meta', 'args', 'tablet', 'acpi', 'kvm', 'rng']
      .concat(['audio', 'watchdog', 'localtime', 'keyboard', 'agent', 'arch', 'unprivileged', 'features', 'cmode'])
      .concat(['console', 'tty', 'cpu', 'numa', 'freeze', 'hugepages']),
  ],
  [
    '*',
    'how the guest is set up inside',
    ['nameserver', 'searchdomain', 'ciuser', 'cipassword', 'citype', 'cicustom', 'ciupgrade', 'sshkeys', 'timezone'],
  ],
  ['*', 'a snapshot has no size there', ['parent', 'snaptime', 'vmstate', 'runningmachine', 'runningcpu']],
  ['*', 'whether a volume that no guest uses may go has to be decided by its owner', ['unused']],
  ['*', 'it says how the file is protected, not what the guest is', ['protection', 'hookscript']],
  ['node status', COUNTERS, ['loadavg', 'wait', 'idle', 'ksm', 'swap', 'rootfs', 'cpu']],
  ['node status', 'about the kernel of the node, not about its hardware', ['kversion', 'current-kernel', 'boot-info']],
  [
    'cluster status',
    'about the nodes as they were found',
    ['quorate', 'version', 'nodes', 'local', 'nodeid', 'online', 'level'],
  ],
  [
    'interface',
    'settings of the interface that no figure depends on',
    ['active', 'exists', 'families', 'method', 'priority', 'comments', 'bridge_stp', 'bridge_fd', 'bridge_vlan_aware']
      .concat([
        'bridge_vids',
        'altnames',
        'bond_miimon',
        'bond-primary',
        'options',
        'netmask',
        'ovs_type',
        'ovs_options',
      ])
      .concat(['link-type', 'uplink-id', 'hwaddr', 'ovs_bridge']),
  ],
  ['interface', 'a second address of the same interface', ['address6', 'netmask6', 'cidr6', 'gateway6']],
  [
    'storage configuration',
    'how the nodes reach the storage',
    [
      'path',
      'server',
      'export',
      'pool',
      'vgname',
      'thinpool',
      'monhost',
      'username',
      'krbd',
      'nodes',
      'content',
      'shared',
      'mountpoint',
      'fs-name',
      'datastore',
      'fingerprint',
      'prune-backups',
    ],
  ],
];

/** Keys that name what their record is about. */
const NAMES: ReadonlySet<string> = new Set(['id', 'digest', 'node', 'type', 'vmid', 'name', 'hostname', 'storage']);

/** Why a key is not carried over, where it is not that the language has no word for it; `null` if other keys say the same. */
export function whyNotCarried(kind: string, key: string): string | null | undefined {
  if (NAMES.has(key)) return null;
  if (kind === 'cluster options') return 'settings of the cluster that no figure depends on';
  const exact = REASONS.find(([of, , keys]) => of === kind && keys.includes(key));
  const any = REASONS.find(([of, , keys]) => of === '*' && keys.includes(key));
  return (exact ?? any)?.[1];
}
