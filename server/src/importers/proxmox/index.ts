import type { Importer, ImportFile, ImportOptions, ImportResult } from '../importer.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ImportReport } from '../report.ts';
import { emptyResult, resultOf } from '../result.ts';
import { startOf } from '../sniff.ts';
import { sourceName } from '../source-name.ts';
import { type Answers, readAnswers } from './answers.ts';
import { whyNotCarried } from './not-carried.ts';
import { readInventory } from './read-inventory.ts';

/** Proxmox VE: what `pvesh get` answers, as JSON, of one path or of many with their paths. */
export const proxmox: Importer = {
  id: 'proxmox',
  title: 'Proxmox VE (answers of pvesh, as JSON)',
  accepts,
  read: async (files, options) => read(files, options),
};

function accepts(file: ImportFile): number {
  const start = startOf(file);
  if (/"path"\s*:\s*"\/(?:cluster|nodes|storage)\b/.test(start)) return 1;
  return /"id"\s*:\s*"(?:node|qemu|lxc|storage)\/[^"]/.test(start) ? 1 : 0;
}

function read(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const report = new ImportReport();
  const answers = readAnswers(files, { ...DEFAULT_LIMITS, ...options.limits }, report);
  const file = sourceName(files);
  if (answers.resources === undefined) {
    if (report.problems.every((problem) => problem.severity !== 'error'))
      report.problem(
        'error',
        'the answer of /cluster/resources is missing: without it there are no guests to import',
        file,
      );
    return emptyResult(report);
  }
  const inventory = readInventory(answers, report);
  answers.ledger.reportTo(report, whyNotCarried);
  if (inventory.vms.length === 0 && inventory.hosts.length === 0) {
    report.problem('error', 'the answer of /cluster/resources names neither nodes nor guests', file);
    return emptyResult(report);
  }
  return resultOf(
    inventory,
    {
      importer: proxmox.id,
      title: 'Proxmox VE',
      file,
      parts: answers.parts,
      ...(answers.taken !== undefined && { taken: answers.taken }),
      notes: notesOf(answers),
      usualAdapter: 'virtio',
    },
    report,
  );
}

function notesOf(answers: Answers): readonly string[] {
  const missing = [
    ...(answers.nodeStatus.size === 0 ? ['cores and processors (/nodes/…/status)'] : []),
    ...(answers.networks.size === 0 ? ['cards, bridges and VLANs of nodes (/nodes/…/network)'] : []),
    ...(answers.configs.size === 0 ? ['all disks and network cards of guests (/nodes/…/qemu/…/config)'] : []),
  ];
  return [
    'CPU and memory of guests were measured in the moment of asking; network and disk traffic are averages since each guest started.',
    ...(missing.length > 0 ? [`Not among the answers: ${missing.join(', ')}.`] : []),
    'In no answer: speeds of cards, physical switches, arrays and IOPS, expected load, cost, owners, and the base clock of processors whose name does not say it.',
  ];
}
