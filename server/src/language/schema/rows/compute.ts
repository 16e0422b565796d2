import { block, group, row, type SchemaPart } from '../define.ts';

/** Hosts, clusters, placement and affinity. */
export const compute: readonly SchemaPart[] = [
  block(
    'host',
    'NAMES · : →class+ · in →cluster · at →site,rack',
    ['file', 'cluster'],
    'physical server with a hypervisor; "node"',
    [
      row(
        'cpu',
        '[N x] N cores [FREQ] · model TEXT · vendor (intel amd arm) · generation WORD · numa N',
        'numa 1',
        'sockets x cores; without x sockets are unknown; numa: nodes per socket',
      ),
      row('memory', 'SIZE', '–', 'installed RAM'),
      row(
        'nic*',
        '[NAMES] [N x] [RATE] · card WORD · sriov',
        'nic1, nic2, …',
        'nic 4 x 10 Gbps or nic vmnic[0..1] 25 Gbps card 2',
      ),
      row(
        'hba*',
        '[NAMES] [N x] [RATE] · card WORD · queue N',
        'hba1, …; queue 32, recalled',
        '16GFC is written 16 Gbps and counts 1600 MB/s',
      ),
      row('power', 'WATT..WATT', '–', 'idle .. full'),
      row('height', 'N U', '–', 'rack units'),
      row('state', '(on maintenance off)', 'on', 'only on carries load'),
      row('failover-host', 'flag', 'no', 'kept empty for HA'),
      row('reserved-cores', 'N', '0, ours', 'for the hypervisor or a controller VM'),
      row('system-memory', 'SIZE', '4 GiB, ours', 'used by the hypervisor itself'),
      row('cpu-overhead', 'PCT', '5 %; 10 % for io-heavy; ours', 'of VM demand'),
      row('ht-factor', 'DEC', '1', 'a thread is not a core'),
      row('tls-rate', 'PER_S', '–', 'handshakes per core'),
    ],
  ),
  block(
    'cluster',
    'NAMES · at →site+',
    ['file', 'site'],
    'hosts sharing HA and migration; also takes `hypervisor` `licences` `mount` `path` `service` for its hosts',
    [
      row(
        'features+',
        '(live-migration storage-migration shared-nothing ha ft vds nioc sioc sdrs dpm encryption linked-clones sriov)+',
        '–',
        'switched on; drs and evc have their own words',
      ),
      row('drs', '(off manual partial full) · level N', '–', 'level 3 if only the mode is stated'),
      row('evc', 'WORD', '–', 'CPU baseline'),
      row(
        'failover',
        'N (host hosts rack racks site sites) or PCT or none · by (demand percent slots dedicated) · slot-cpu FREQ · slot-memory SIZE',
        '–: hint',
        'what may fail at once, and what keeps room for it: the demand of the VMs, HA by a share or by slots of reservations, or hosts kept empty',
      ),
      row('workload', '(critical server dev vdi)', 'server', 'chooses ratio limits'),
      row(
        'boot*',
        '→vm+ · within TIME · iops N · reads PCT · data SIZE',
        'iops 150, reads 65 %',
        'who starts together',
      ),
    ],
  ),
  group(['host', 'cluster'], 'what a cluster states holds for its hosts', [
    row(
      'hypervisor',
      '(esxi hyper-v kvm proxmox xen xcp-ng ahv bhyve) [VERSION] · edition WORD · build N · support-until DATE',
      '–',
      'selects platform facts and maxima; support-until: where the end of support that is known of it is not yours',
    ),
    row('licences+', '→licence+', '–', 'licences assigned to the hosts'),
    row('mount+', '→datastore+ · queue N', '–', 'datastores the hosts reach; queue 32, recalled'),
    row('path*', 'WORD+ · to →switch,array', '–', 'HBA or NIC to fabric'),
    row(
      'service*',
      '(management migration storage cluster ft backup replication) · on →network · mtu N · limit RATE · address ADDR',
      '–',
      'VMkernel adapter, host vNIC',
    ),
  ]),
  group(['file', 'host', 'cluster', 'app'], 'placement of VMs', [
    row('runs+', '→vm+ · on →host,cluster', '–', 'in a host or cluster on is implied'),
  ]),
  group(['file', 'cluster', 'app'], 'affinity rules', [
    row(
      'apart+',
      '→vm+ · by (host rack cluster site datastore array switch) · should',
      'by host, must',
      'anti-affinity',
    ),
    row('together+', '→vm+ · by (host rack cluster site datastore array switch) · should', 'by host, must', 'affinity'),
    row('keep+', '→vm+ · on →host+ · off →host+ · should', 'must', 'VM-to-host rule'),
  ]),
];
