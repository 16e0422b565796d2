/** Least size of the system disk of a guest system, bytes, as its vendor asks for it. Systems that are not listed are unknown. */
export interface GuestDisk {
  /** What the word or text of `os` looks like, in lower case with dashes. */
  readonly pattern: RegExp;
  readonly name: string;
  readonly least: number;
  readonly source: string;
  readonly evidence: 'verified' | 'recalled';
}

const GB = 1e9;
const REQUIREMENTS = "the vendor's system requirements";

/** The first that fits counts. */
const GUEST_DISKS: readonly GuestDisk[] = [
  {
    pattern: /windows-server-(?:2008-r2|2012|2016|2019|2022|2025)/,
    name: 'Windows Server',
    least: 32 * GB,
    source: REQUIREMENTS,
    evidence: 'recalled',
  },
  {
    pattern: /windows-server-2008/,
    name: 'Windows Server 2008',
    least: 10 * GB,
    source: REQUIREMENTS,
    evidence: 'recalled',
  },
  { pattern: /windows-11/, name: 'Windows 11', least: 64 * GB, source: REQUIREMENTS, evidence: 'recalled' },
  { pattern: /windows-10/, name: 'Windows 10', least: 32 * GB, source: REQUIREMENTS, evidence: 'recalled' },
  { pattern: /windows-(?:7|8)/, name: 'Windows 7 and 8', least: 20 * GB, source: REQUIREMENTS, evidence: 'recalled' },
  {
    pattern: /windows-vista/,
    name: 'Windows Vista',
    least: 15 * GB,
    source: 'F5, Keeping Your Head Above the Cloud: about 15 GB for the system alone',
    evidence: 'verified',
  },
  {
    pattern: /rhel-[789]|red-hat-enterprise-linux-[789]/,
    name: 'RHEL',
    least: 10 * GB,
    source: REQUIREMENTS,
    evidence: 'recalled',
  },
];

export function guestDiskOf(os: string | undefined): GuestDisk | undefined {
  const text = os?.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return text === undefined ? undefined : GUEST_DISKS.find(({ pattern }) => pattern.test(text));
}
