import { type ImportResult, NO_TOTALS, type NotCarried } from './importer.ts';
import type { Inventory } from './inventory/inventory.ts';
import { totalsOf } from './inventory/totals.ts';
import { type SourceFacts, writeDesign } from './inventory/write-design.ts';
import { countUsualAdapters } from './inventory/write-vms.ts';
import type { ImportReport } from './report.ts';

/** Nothing could be read; the report says why. */
export function emptyResult(report: ImportReport): ImportResult {
  return { statements: [], notCarried: report.notCarried, problems: report.problems, summary: NO_TOTALS };
}

/** The inventory as a design. @param more what is not carried over besides what the report has */
export function resultOf(
  inventory: Inventory,
  source: SourceFacts,
  report: ImportReport,
  more: readonly NotCarried[] = [],
): ImportResult {
  const { usualAdapter } = source;
  const adapters = usualAdapter === undefined ? 0 : countUsualAdapters(inventory.vms, usualAdapter);
  if (adapters > 0)
    report.drop(`adapter ${usualAdapter} of network cards`, 'the usual one; only others are written', adapters);
  const summary = totalsOf(inventory);
  return {
    statements: writeDesign(inventory, source, summary),
    notCarried: [...report.notCarried, ...more],
    problems: report.problems,
    summary,
  };
}
