import type { ImportReport } from '../report.ts';
import type { XmlElement } from '../xml/tree.ts';

const READ: ReadonlySet<string> = new Set([
  ...['name', 'uuid', 'title', 'description', 'metadata', 'memory', 'currentMemory', 'maxMemory', 'vcpu', 'devices'],
  ...['disk', 'interface', 'hostdev', 'tpm', 'numatune'],
]);

const MACHINE = 'how the machine is emulated changes no figure of a design';

/** Why elements of a domain are not in the design, where it is not how it is emulated. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['cputune', 'beside pinning: the language has reservations and no limits or shares'],
  ['memtune', 'the language has reservations and no limits or shares'],
  ['blkiotune', 'the language has reservations and no limits or shares'],
  ['on_poweroff', 'what happens to a guest that stops has no place in a design'],
  ['on_reboot', 'what happens to a guest that stops has no place in a design'],
  ['on_crash', 'what happens to a guest that stops has no place in a design'],
  ['seclabel', 'how the process is confined'],
]);

/** Counts the elements of domains that nothing was read from. */
export function reportUnread(domains: readonly XmlElement[], report: ImportReport): void {
  const byReason = new Map<string, Map<string, number>>();
  for (const domain of domains) {
    for (const { name } of [...domain.children, ...(domain.find('devices')?.children ?? [])]) {
      if (READ.has(name)) continue;
      const reason = REASONS.get(name) ?? MACHINE;
      const counts = byReason.get(reason) ?? new Map<string, number>();
      byReason.set(reason, counts);
      const short = name.slice(0, 40);
      counts.set(short, (counts.get(short) ?? 0) + 1);
    }
  }
  for (const [reason, counts] of byReason) {
    const names = [...counts.keys()].sort();
    const more = names.length > 40 ? ` and ${names.length - 40} more` : '';
    const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
    report.drop(`domain: ${names.slice(0, 40).join(', ')}${more}`, reason, count);
  }
}
