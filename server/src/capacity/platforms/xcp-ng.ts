import type { PlatformFacts } from './facts.ts';

const LIFECYCLE = {
  source: 'end of support as endoflife.date listed it in August 2026',
  evidence: 'recalled',
} as const;

export const xcpNg: PlatformFacts = {
  hypervisor: 'xcp-ng',
  name: 'XCP-ng',
  product: 'xcp-ng',
  licence: 'optional',
  editions: [],
  source: 'XCP-ng is free software; support is sold',
  evidence: 'recalled',
  features: [],
  affinity: { by: 'drs', source: 'the load balancer of Xen Orchestra keeps VMs apart', evidence: 'recalled' },
  balancing: [
    { seesNetwork: false, source: 'the load balancer of Xen Orchestra looks at CPU and memory', evidence: 'recalled' },
  ],
  slowsWriters: [{ slows: false, source: 'Xen stops the VM after its last round', evidence: 'recalled' }],
  maxima: [
    {
      hostsPerCluster: 64,
      vcpusPerVm: 64,
      source: 'configuration limits of XenServer 8, from whose stack it comes; hosts of a pool are recalled',
      evidence: 'recalled',
    },
  ],
  support: [
    { version: '8.3', until: '2028-11-30', ...LIFECYCLE },
    { version: '8.2', until: '2025-06-25', ...LIFECYCLE },
    { version: '8.1', until: '2021-03-31', ...LIFECYCLE },
    { version: '8.0', until: '2020-11-13', ...LIFECYCLE },
    { version: '7.6', until: '2020-03-30', ...LIFECYCLE },
  ],
};
