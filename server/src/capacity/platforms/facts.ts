/**
 * What is known of hypervisors and their editions, as data: facts of products change with their versions, so each says
 * from when it holds and how it is known. An edition or version that is not listed is unknown, and checks say nothing.
 */
export interface PlatformFacts {
  /** The word of `hypervisor`. */
  readonly hypervisor: string;
  readonly name: string;
  /** The word of `licence product`. */
  readonly product: string;
  /** `optional`: it runs without, and updates or support are sold. */
  readonly licence: 'required' | 'optional' | 'none';
  /** Editions from the plainest to the fullest. */
  readonly editions: readonly EditionFacts[];
  readonly source: string;
  readonly evidence: 'verified' | 'recalled';
}

export interface EditionFacts {
  /** Words of `edition` that mean it. */
  readonly names: readonly string[];
  /** Major versions that it is sold for; absent for all. */
  readonly versions?: { readonly from?: number; readonly before?: number };
  /** Not sold any more, so not to be recommended. */
  readonly isRetired?: true;
  /** Words of `features`, and `drs` and `evc`. */
  readonly grants: readonly string[];
}

const VSPHERE_BASE = ['live-migration', 'ha', 'evc'];
const VSPHERE_STANDARD = [...VSPHERE_BASE, 'storage-migration', 'shared-nothing', 'ft'];
const VSPHERE_FULL = [...VSPHERE_STANDARD, 'drs', 'vds', 'nioc', 'sioc', 'sdrs', 'dpm', 'encryption', 'sriov'];
const WINDOWS = ['live-migration', 'storage-migration', 'shared-nothing', 'ha', 'sriov'];

export const PLATFORMS: readonly PlatformFacts[] = [
  {
    hypervisor: 'esxi',
    name: 'ESXi',
    product: 'esxi',
    licence: 'required',
    editions: [
      { names: ['essentials'], versions: { before: 9 }, isRetired: true, grants: [] },
      { names: ['essentials-plus'], versions: { before: 9 }, isRetired: true, grants: VSPHERE_BASE },
      { names: ['standard'], grants: VSPHERE_STANDARD },
      { names: ['enterprise-plus'], grants: VSPHERE_FULL },
      { names: ['foundation', 'vvf'], versions: { from: 7 }, grants: VSPHERE_FULL },
      { names: ['cloud-foundation', 'vcf'], versions: { from: 7 }, grants: VSPHERE_FULL },
      { names: ['vdi', 'desktop'], grants: VSPHERE_FULL },
    ],
    source: 'editions of vSphere 6 to 9 as the vendor compares them',
    evidence: 'recalled',
  },
  {
    hypervisor: 'hyper-v',
    name: 'Hyper-V',
    product: 'windows-server',
    licence: 'required',
    editions: [
      { names: ['standard'], grants: WINDOWS },
      { names: ['datacenter'], grants: WINDOWS },
    ],
    source: 'editions of Windows Server 2016 to 2025; Hyper-V Server, which was free, ended with 2019',
    evidence: 'recalled',
  },
  {
    hypervisor: 'proxmox',
    name: 'Proxmox VE',
    product: 'proxmox',
    licence: 'optional',
    editions: [],
    source: 'Proxmox VE is free software; a subscription per socket opens the tested package repository',
    evidence: 'recalled',
  },
  {
    hypervisor: 'ahv',
    name: 'AHV',
    product: 'ahv',
    licence: 'required',
    editions: [],
    source: 'AHV is part of the licence of the cluster software',
    evidence: 'recalled',
  },
];

export function platformOf(hypervisor: string | undefined): PlatformFacts | undefined {
  return PLATFORMS.find((platform) => platform.hypervisor === hypervisor);
}

/** Facts of an edition; undefined if the edition is not known, or not for this version. */
export function editionOf(
  hypervisor: string | undefined,
  edition: string | undefined,
  version: string | undefined,
): EditionFacts | undefined {
  if (edition === undefined) return undefined;
  const major = version === undefined ? undefined : Number.parseInt(version, 10);
  return platformOf(hypervisor)?.editions.find(({ names, versions }) => {
    if (!names.includes(edition)) return false;
    if (!versions || major === undefined || Number.isNaN(major)) return true;
    return major >= (versions.from ?? 0) && major < (versions.before ?? Number.POSITIVE_INFINITY);
  });
}
