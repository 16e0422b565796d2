import type { PlatformFacts } from './facts.ts';

const BASE = ['live-migration', 'ha', 'evc'];
const STANDARD = [...BASE, 'storage-migration', 'shared-nothing', 'ft'];
const FULL = [...STANDARD, 'drs', 'vds', 'nioc', 'sioc', 'sdrs', 'dpm', 'encryption', 'sriov'];

const MAXIMUMS = { source: 'configuration maximums of vSphere', evidence: 'recalled' } as const;
const LIFECYCLE = {
  source: 'end of general support as endoflife.date listed it in August 2026',
  evidence: 'recalled',
} as const;
const NEEDS = { source: 'documentation of vSphere', evidence: 'recalled' } as const;

export const esxi: PlatformFacts = {
  hypervisor: 'esxi',
  name: 'ESXi',
  product: 'esxi',
  licence: 'required',
  source: 'editions of vSphere 6 to 9 as the vendor compares them',
  evidence: 'recalled',
  editions: [
    { names: ['essentials'], versions: { before: '9' }, isRetired: true, grants: [] },
    { names: ['essentials-plus'], versions: { before: '9' }, isRetired: true, grants: BASE },
    { names: ['standard'], grants: STANDARD },
    { names: ['enterprise-plus'], grants: FULL },
    { names: ['foundation', 'vvf'], versions: { from: '7' }, grants: FULL },
    { names: ['cloud-foundation', 'vcf'], versions: { from: '7' }, grants: FULL },
    { names: ['vdi', 'desktop'], grants: FULL },
  ],
  features: [
    {
      feature: 'shared-nothing',
      since: '5.1',
      source: 'documentation of vSphere: live migration without shared storage came with 5.1',
      evidence: 'verified',
    },
    { feature: 'drs', needs: ['live-migration'], ...NEEDS },
    { feature: 'dpm', needs: ['drs'], ...NEEDS },
    { feature: 'sdrs', since: '5.0', needs: ['storage-migration'], ...NEEDS },
    { feature: 'nioc', needs: ['vds'], ...NEEDS },
    { feature: 'ft', needs: ['ha'], ...NEEDS },
    { feature: 'encryption', since: '6.5', ...NEEDS },
  ],
  affinity: { by: 'drs', source: 'rules of VMs and hosts are rules of DRS', evidence: 'recalled' },
  balancing: [
    {
      versions: { before: '6.5' },
      seesNetwork: false,
      source: 'DRS chose hosts by CPU and memory before 6.5, as the paper says too',
      evidence: 'recalled',
    },
    {
      versions: { from: '6.5' },
      seesNetwork: true,
      source:
        'since 6.5 DRS avoids hosts whose uplinks are more than 80 % used when it places a VM, as a secondary source gives it',
      evidence: 'recalled',
    },
  ],
  slowsWriters: [
    {
      versions: { from: '5.0' },
      slows: true,
      source: 'since 5.0 vMotion slows down a VM that changes memory faster than it is sent',
      evidence: 'recalled',
    },
  ],
  maxima: [
    {
      versions: { from: '6.0', before: '7.0' },
      hostsPerCluster: 64,
      vmsPerCluster: 8_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 256,
      memoryPerVm: 6_128 * 2 ** 30,
      nicsPerVm: 10,
      ...MAXIMUMS,
    },
    {
      versions: { from: '7.0', before: '9.0' },
      hostsPerCluster: 96,
      vmsPerCluster: 10_000,
      vmsPerHost: 1_024,
      vcpusPerVm: 768,
      memoryPerVm: 24 * 2 ** 40,
      nicsPerVm: 10,
      ...MAXIMUMS,
    },
    {
      versions: { from: '9.0' },
      hostsPerCluster: 96,
      vmsPerCluster: 10_000,
      vcpusPerVm: 960,
      memoryPerVm: 24 * 2 ** 40,
      nicsPerVm: 10,
      ...MAXIMUMS,
    },
  ],
  support: [
    { version: '9.1', until: '2028-08-12', ...LIFECYCLE },
    { version: '9.0', until: '2027-09-17', ...LIFECYCLE },
    { version: '8.0', until: '2027-10-11', ...LIFECYCLE },
    { version: '7.0', until: '2025-10-02', ...LIFECYCLE },
    { version: '6.7', until: '2022-10-15', ...LIFECYCLE },
    { version: '6.5', until: '2022-10-15', ...LIFECYCLE },
    { version: '6.0', until: '2020-03-12', ...LIFECYCLE },
    { version: '5.5', until: '2018-09-19', ...LIFECYCLE },
    { version: '5.1', until: '2016-08-24', ...LIFECYCLE },
    { version: '5.0', until: '2016-08-24', ...LIFECYCLE },
  ],
};
