import type { ImportReport } from '../report.ts';
import type { Row, Tab } from './tabs.ts';

/** The tabs that say more about a VM. */
export type VmTabName = 'vInfo' | 'vCPU' | 'vMemory' | 'vDisk' | 'vNetwork' | 'vSnapshot' | 'vCD' | 'vUSB';

/** A VM of the export: its row in vInfo, and what the design calls it. */
export interface VmEntry {
  readonly row: Row;
  readonly name: string;
  readonly sharedName?: string;
}

/**
 * The VM that a row of another tab belongs to: by VM ID, else by UUID, else by name, each within its vCenter where the
 * row tells one. Two VMs of one name cannot be told apart without a key; such rows are left out and reported.
 */
export class VmIndex {
  readonly #byKey = new Map<string, VmEntry | 'several'>();
  readonly #report: ImportReport;

  constructor(entries: readonly VmEntry[], vInfo: Tab<'vInfo'>, report: ImportReport) {
    this.#report = report;
    for (const entry of entries) {
      for (const key of keysOf(vInfo, entry.row)) this.#byKey.set(key, this.#byKey.has(key) ? 'several' : entry);
    }
  }

  /** Rows of the tab by VM. */
  rowsOf<T extends VmTabName>(tab: Tab<T>): ReadonlyMap<VmEntry, readonly Row[]> {
    const found = new Map<VmEntry, Row[]>();
    for (const row of tab.rows) {
      const entry = this.#find(tab, row);
      if (entry) {
        const rows = found.get(entry);
        if (rows) rows.push(row);
        else found.set(entry, [row]);
      }
    }
    return found;
  }

  #find<T extends VmTabName>(tab: Tab<T>, row: Row): VmEntry | undefined {
    let several = false;
    for (const key of keysOf(tab, row)) {
      const entry = this.#byKey.get(key);
      if (entry === 'several') several = true;
      else if (entry) return entry;
    }
    if (several) this.#report.drop(`rows of ${tab.name}`, 'several VMs have this name and the row has no VM ID');
    else this.#report.drop(`rows of ${tab.name}`, 'they name a VM that vInfo does not have');
    return undefined;
  }
}

function* keysOf<T extends VmTabName>(tab: Tab<T>, row: Row): Generator<string> {
  const server = tab.text(row, 'server');
  const pairs = [
    ['id', tab.text(row, 'id')],
    ['uuid', tab.text(row, 'uuid')],
    ['name', tab.text(row, 'vm')],
  ] as const;
  for (const [kind, value] of pairs) {
    if (value === undefined) continue;
    if (server !== undefined) yield `${kind}\n${server}\n${value}`;
    yield `${kind}\n\n${value}`;
  }
}
