import type { PlatformFacts } from './facts.ts';

const LIFECYCLE = {
  source: 'end of support life of AOS, which AHV comes with, as endoflife.date listed it in September 2026',
  evidence: 'recalled',
} as const;

export const ahv: PlatformFacts = {
  hypervisor: 'ahv',
  name: 'AHV',
  product: 'ahv',
  licence: 'required',
  editions: [],
  source: 'AHV is part of the licence of the cluster software',
  evidence: 'recalled',
  features: [],
  affinity: { by: 'drs', source: 'Acropolis Dynamic Scheduling carries affinity out', evidence: 'recalled' },
  balancing: [
    {
      seesNetwork: false,
      source: 'Acropolis Dynamic Scheduling looks at CPU, memory and the storage controllers',
      evidence: 'recalled',
    },
  ],
  slowsWriters: [],
  maxima: [{ hostsPerCluster: 32, source: 'nodes of one AHV cluster', evidence: 'recalled' }],
  support: [
    { version: '7.6', until: '2028-07-31', ...LIFECYCLE },
    { version: '7.5', until: '2027-12-31', ...LIFECYCLE },
    { version: '7.3', until: '2027-06-30', ...LIFECYCLE },
    { version: '7.0', until: '2026-12-31', ...LIFECYCLE },
    { version: '6.10', until: '2026-10-31', ...LIFECYCLE },
    { version: '6.8', until: '2025-08-31', ...LIFECYCLE },
    { version: '6.7', until: '2024-08-31', ...LIFECYCLE },
    { version: '6.6', until: '2023-11-30', ...LIFECYCLE },
    { version: '6.5', until: '2025-06-30', ...LIFECYCLE },
    { version: '5.20', until: '2023-07-31', ...LIFECYCLE },
  ],
};
