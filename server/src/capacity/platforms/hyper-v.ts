import type { PlatformFacts } from './facts.ts';

const EDITION = ['live-migration', 'storage-migration', 'shared-nothing', 'ha', 'sriov'];

const LIFECYCLE = {
  source: 'end of extended support as endoflife.date listed it in August 2026; paid security updates may run longer',
  evidence: 'recalled',
} as const;

export const hyperV: PlatformFacts = {
  hypervisor: 'hyper-v',
  name: 'Hyper-V',
  product: 'windows-server',
  licence: 'required',
  source: 'editions of Windows Server 2016 to 2025; Hyper-V Server, which was free, ended with 2019',
  evidence: 'recalled',
  editions: [
    { names: ['standard'], grants: EDITION },
    { names: ['datacenter'], grants: EDITION },
  ],
  features: [
    { feature: 'storage-migration', since: '2012', source: 'new in Windows Server 2012', evidence: 'recalled' },
    { feature: 'shared-nothing', since: '2012', source: 'new in Windows Server 2012', evidence: 'recalled' },
    {
      feature: 'drs',
      since: '2016',
      needs: ['live-migration'],
      source: 'node fairness of failover clusters',
      evidence: 'recalled',
    },
  ],
  affinity: { by: 'ha', source: 'affinity rules belong to the failover cluster', evidence: 'recalled' },
  balancing: [
    {
      seesNetwork: false,
      source: 'node fairness of failover clusters looks at CPU and memory',
      evidence: 'recalled',
    },
  ],
  slowsWriters: [
    { slows: false, source: 'after ten rounds the VM is stopped and the rest is copied', evidence: 'recalled' },
  ],
  maxima: [
    {
      versions: { from: '2012', before: '2016' },
      hostsPerCluster: 64,
      vmsPerCluster: 8_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 64,
      memoryPerVm: 2 ** 40,
      source:
        'Hyper-V scalability in Windows Server 2012 and 2012 R2; counts per host and cluster from a book of that time',
      evidence: 'recalled',
    },
    {
      versions: { from: '2016', before: '2022' },
      hostsPerCluster: 64,
      vmsPerCluster: 8_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 240,
      memoryPerVm: 12 * 2 ** 40,
      disksPerVm: 256,
      nicsPerVm: 68,
      source:
        'Plan for Hyper-V scalability in Windows Server 2016 and 2019, VMs of generation 2; 12 adapters before 2019',
      evidence: 'verified',
    },
    {
      versions: { from: '2022', before: '2025' },
      hostsPerCluster: 64,
      vmsPerCluster: 8_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 1_024,
      memoryPerVm: 240 * 2 ** 40,
      disksPerVm: 256,
      nicsPerVm: 68,
      source: 'published limits of Windows Server 2022 as a secondary source gives them',
      evidence: 'recalled',
    },
    {
      versions: { from: '2025' },
      hostsPerCluster: 64,
      vmsPerCluster: 8_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 2_048,
      memoryPerVm: 240 * 2 ** 40,
      disksPerVm: 256,
      nicsPerVm: 68,
      source: 'published limits of Windows Server 2025 as a secondary source gives them',
      evidence: 'recalled',
    },
  ],
  support: [
    { version: '2025', until: '2034-11-14', ...LIFECYCLE },
    { version: '2022', until: '2031-10-14', ...LIFECYCLE },
    { version: '2019', until: '2029-01-09', ...LIFECYCLE },
    { version: '2016', until: '2027-01-12', ...LIFECYCLE },
    { version: '2012', until: '2023-10-10', ...LIFECYCLE },
    { version: '2008', until: '2020-01-14', ...LIFECYCLE },
  ],
};
