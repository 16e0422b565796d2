/**
 * Columns of the CSV template of Azure Migrate. Templates of different years write the same column in different ways, so
 * they are compared without the asterisk of mandatory ones, the unit in brackets, case and blanks.
 */
export function columnOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
    .replace(/[*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^ip address$/, 'ip addresses')
    .replace(/^firmware type$/, 'boot type')
    .replace(/througput/, 'throughput');
}

/** What every template has. */
export const MANDATORY = ['server name', 'cores', 'memory'] as const;

/** The number of a disk, and what the column says of it: `disk 2 read ops`. */
export function diskColumnOf(column: string): { readonly disk: number; readonly what: string } | undefined {
  const match = /^disk (\d{1,3}) (size|read ops|write ops|read throughput|write throughput)$/.exec(column);
  return match ? { disk: Number(match[1]), what: match[2] ?? '' } : undefined;
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(?:os architecture|boot type|bios id|hypervisor version number)$/, 'it changes no figure of a design'],
  [/^hypervisor$/, 'which host runs the VM is not said'],
  [/^(?:custom server id|virtual machine manager id)$/, 'a second key; the design keeps the id of the VM'],
  [/^application \d/, 'the name of a workload without its sessions or service level; write apps beside the import'],
  [/^business/, 'owners are teams; write them beside the import'],
  [/^(?:groups|os license)$/, 'about the migration, not about the server'],
  [/^number of disks$/, 'a count; disks are written where their sizes are known'],
  [/^location$/, 'a VM is where its host is'],
  [/^server decommission date$/, 'of a VM it tells when an unknown host goes'],
];

/** Why a column is not carried over. */
export function whyNotCarried(column: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(column))?.[1];
}
