import type { PlatformFacts } from './facts.ts';

const LIFECYCLE = {
  source: 'end of support as endoflife.date listed it in August 2026',
  evidence: 'recalled',
} as const;

export const proxmox: PlatformFacts = {
  hypervisor: 'proxmox',
  name: 'Proxmox VE',
  product: 'proxmox',
  licence: 'optional',
  editions: [],
  source: 'Proxmox VE is free software; a subscription per socket opens the tested package repository',
  evidence: 'recalled',
  features: [
    { feature: 'shared-nothing', since: '5.0', source: 'live migration with local disks', evidence: 'recalled' },
    {
      feature: 'drs',
      needs: ['ha'],
      source: 'the resource scheduler places services of the HA manager only',
      evidence: 'recalled',
    },
  ],
  affinity: { by: 'ha', source: 'rules of the HA manager hold for the guests that it manages', evidence: 'recalled' },
  balancing: [
    {
      seesNetwork: false,
      source: 'the cluster resource scheduler counts services, or their CPU and memory',
      evidence: 'verified',
    },
  ],
  slowsWriters: [{ slows: true, source: 'auto-converge of QEMU is switched on for migrations', evidence: 'recalled' }],
  maxima: [
    {
      nicsPerVm: 32,
      source:
        'devices net0 to net31; the manual of pvecm names no limit for the nodes of a cluster and tells of more than 50',
      evidence: 'recalled',
    },
  ],
  support: [
    { version: '8', until: '2026-08-31', ...LIFECYCLE },
    { version: '7', until: '2024-07-31', ...LIFECYCLE },
    { version: '6', until: '2022-09-30', ...LIFECYCLE },
    { version: '5', until: '2020-07-31', ...LIFECYCLE },
    { version: '4', until: '2018-06-30', ...LIFECYCLE },
  ],
};

/** QEMU and KVM of a Linux distribution, with whatever manages them. */
export const kvm: PlatformFacts = {
  hypervisor: 'kvm',
  name: 'KVM',
  product: 'kvm',
  licence: 'none',
  editions: [],
  source: 'part of the Linux kernel; support comes with the distribution',
  evidence: 'recalled',
  features: [],
  balancing: [],
  slowsWriters: [{ slows: false, source: 'auto-converge of QEMU is off unless it is asked for', evidence: 'recalled' }],
  maxima: [],
  support: [],
};
