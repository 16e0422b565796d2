/**
 * What people and other tools call things, by the kind of block that the word would stand in, with what the language says
 * for it. Read by messages and by completion. In any case, with `_` for `-`.
 */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  file: {
    'host-model': 'class host',
    'host-class': 'class host',
    'vm-class': 'class vm',
    node: 'host',
    hypervisor: 'host',
    'esxi-host': 'host',
    esxi: 'host',
    guest: 'vm',
    instance: 'vm',
    machine: 'vm',
    'virtual-machine': 'vm',
    domain: 'vm',
    'port-group': 'network',
    portgroup: 'network',
    vlan: 'network',
    subnet: 'network',
    vnet: 'network',
    'load-balancer': 'adc',
    loadbalancer: 'adc',
    lb: 'adc',
    storage: 'array',
    san: 'array',
    nas: 'array',
    lun: 'datastore',
    volume: 'datastore',
    csv: 'datastore',
    datacenter: 'site',
    datacentre: 'site',
    dc: 'site',
    location: 'site',
    region: 'site',
    link: 'wan',
    mpls: 'wan',
    vpn: 'wan',
    application: 'app',
    service: 'app',
    group: 'team',
    department: 'team',
    license: 'licence',
    include: 'import',
    template: 'class vm',
    limits: 'policy',
    thresholds: 'policy',
  },
  design: { date: 'as-of', today: 'as-of', money: 'currency' },
  team: { members: 'staff', people: 'staff', headcount: 'staff', email: 'contact', mail: 'contact', phone: 'contact' },
  site: { power: 'tariff', electricity: 'tariff', kwh: 'tariff', latency: 'rtt' },
  wan: { bandwidth: 'speed', rate: 'speed', latency: 'rtt', delay: 'rtt', ping: 'rtt' },
  network: { 'vlan-id': 'vlan', tag: 'vlan', cidr: 'subnet', prefix: 'subnet', range: 'subnet', ip: 'subnet' },
  switch: { vlans: 'trunk', networks: 'trunk', allowed: 'trunk', 'port-channel': 'lacp', lag: 'lacp' },
  vswitch: {
    nic: 'uplink',
    pnic: 'uplink',
    vmnic: 'uplink',
    adapter: 'uplink',
    network: 'carries',
    networks: 'carries',
    vlan: 'carries',
    vlans: 'carries',
    portgroup: 'carries',
    portgroups: 'carries',
    'load-balancing': 'teaming',
    bond: 'teaming',
  },
  array: { capacity: 'usable', size: 'usable', disk: 'disks', drives: 'disks', shelf: 'disks', pool: 'disks' },
  datastore: { size: 'capacity', provisioned: 'capacity', used: 'measured used', latency: 'measured latency' },
  cluster: {
    ha: 'features ha',
    vmotion: 'features live-migration',
    'live-migration': 'features live-migration',
    'storage-vmotion': 'features storage-migration',
    datastore: 'mount',
    datastores: 'mount',
    storage: 'mount',
    vms: 'runs',
    'n+1': 'failover 1 host',
    'n+2': 'failover 2 hosts',
    tolerates: 'failover',
    redundancy: 'failover',
    'anti-affinity': 'apart',
    affinity: 'together',
    dvswitch: 'vswitch',
    vds: 'vswitch',
  },
  vm: {
    network: 'nic',
    vnic: 'nic',
    'network-adapter': 'nic',
    portgroup: 'nic',
    'port-group': 'nic',
    ip: 'nic address',
    address: 'nic address',
    'ip-address': 'nic address',
    ram: 'memory',
    mem: 'memory',
    cpus: 'vcpu',
    cores: 'vcpu',
    vcpus: 'vcpu',
    'num-cpu': 'vcpu',
    hdd: 'disk',
    drive: 'disk',
    vmdk: 'disk',
    vhdx: 'disk',
    vdisk: 'disk',
    volume: 'disk',
    'hard-disk': 'disk',
    guest: 'os',
    'guest-os': 'os',
    checkpoint: 'snapshot',
    net: 'demand net',
    bandwidth: 'demand net',
    iops: 'demand iops',
    tx: 'demand tx',
    rx: 'demand rx',
    reads: 'demand reads',
    active: 'demand active',
    dirty: 'demand dirty',
    throughput: 'demand throughput',
    reservation: 'reserve',
    'powered-off': 'state off',
    poweredoff: 'state off',
    'powered-on': 'state on',
    gpu: 'devices passthrough',
    priority: 'tier',
    criticality: 'tier',
    license: 'licences',
    licence: 'licences',
  },
  app: {
    downtime: 'slo downtime',
    latency: 'slo latency',
    availability: 'slo availability',
    sla: 'slo',
    uptime: 'slo availability',
    users: 'sessions',
    'depends-on-app': 'depends-on',
    depends: 'depends-on',
    requires: 'depends-on',
    needs: 'depends-on',
    vms: 'members',
    priority: 'tier',
    criticality: 'tier',
    rps: 'requests',
    'anti-affinity': 'apart',
    affinity: 'together',
    license: 'licences',
    licence: 'licences',
  },
  host: {
    ram: 'memory',
    mem: 'memory',
    processor: 'cpu',
    processors: 'cpu',
    network: 'nic',
    pnic: 'nic',
    vmnic: 'nic',
    'network-adapter': 'nic',
    fc: 'hba',
    os: 'hypervisor',
    datastores: 'mount',
    vms: 'runs',
    vmk: 'service',
    vmkernel: 'service',
    ip: 'service management address',
    address: 'service management address',
    management: 'service management address',
    maintenance: 'state maintenance',
    'powered-off': 'state off',
    u: 'height',
    units: 'height',
    license: 'licences',
    licence: 'licences',
  },
  server: { ram: 'memory', mem: 'memory', processor: 'cpu', network: 'nic', fc: 'hba' },
  licence: { price: 'cost', type: 'product', owns: 'owned', free: 'owned' },
  backup: { repository: 'to', target: 'to', schedule: 'window', retention: 'retain', keep: 'retain' },
};

/** The same in every block. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  price: 'cost',
  capex: 'cost',
  opex: 'cost',
  description: 'note',
  comment: 'note',
  remark: 'note',
  label: 'tags',
  labels: 'tags',
  tag: 'tags',
  admin: 'owner',
  responsible: 'owner',
  expires: 'until',
  'end-of-life': 'until',
  vendor: 'model',
  manufacturer: 'model',
};

/** Hypervisors that stand alone where their statement is meant: `esxi 8.0`. */
const HYPERVISORS: ReadonlySet<string> = new Set([
  'esxi',
  'hyper-v',
  'kvm',
  'proxmox',
  'xen',
  'xcp-ng',
  'ahv',
  'bhyve',
]);

const LOCAL_DISKS =
  'disks in a host are an array in it, with a datastore on it: array local { protocol local; disks 4 x 1.8 TB }';

/** What a word is about that has no word of the language in its place; `…` is what follows it. */
const SAID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vm: {
    vlan: 'a VLAN belongs to its network; a VM names that: nic web',
    ha: 'HA is a feature of the cluster; restart says when a VM comes back: restart high',
    backup: 'a backup is a block at the top level, which says what it covers: backup nightly { covers vm * }',
    class: 'a class stands behind the name: vm a : …',
    template: 'a template is a class, and stands behind the name: vm a : …',
    apart: 'rules between VMs stand in their app, their cluster or at the top level',
    'anti-affinity':
      'rules between VMs stand in their app, their cluster or at the top level: apart web-[1..4] by host',
  },
  host: {
    disk: LOCAL_DISKS,
    disks: LOCAL_DISKS,
    drives: LOCAL_DISKS,
    storage: LOCAL_DISKS,
    ssd: LOCAL_DISKS,
    gpu: 'GPUs are not reckoned with: write a note; a VM that is bound to one has devices passthrough',
    class: 'a class stands behind the name: host a : …',
  },
};

/** What the language says for a word of the trade; undefined where it has a word of that kind itself, or none. */
export function writtenFor(kind: string, word: string): string | undefined {
  const key = keyOf(word);
  if (HYPERVISORS.has(key) && (kind === 'host' || kind === 'cluster')) return `hypervisor ${key}`;
  return own(WRITTEN[kind], key) ?? (kind === 'file' || kind === 'policy' ? undefined : own(EVERYWHERE, key));
}

/** What there is to say about a word of the trade that nothing can be written for in its place. */
export function saidOf(kind: string, word: string, value: string): string | undefined {
  return own(SAID[kind], keyOf(word))?.replace('…', value || '…');
}

/** Words of the trade that begin with some letters, with what the language says for them. */
export function jargonFrom(kind: string, letters: string): readonly (readonly [word: string, written: string])[] {
  const start = keyOf(letters);
  const all = [...Object.entries(WRITTEN[kind] ?? {}), ...(kind === 'file' ? [] : Object.entries(EVERYWHERE))];
  return all.filter(([word]) => word.startsWith(start));
}

function own(words: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return words && Object.hasOwn(words, key) ? words[key] : undefined;
}

function keyOf(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
