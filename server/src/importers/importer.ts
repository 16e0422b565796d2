import type { NewItem } from '../language/make.ts';
import type { ImportLimits } from './limits.ts';

/** A file as the user named it. Importers never open files themselves. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ImportOptions {
  /** What a file may cost to read; see `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ImportLimits>;
}

/** Facts of the source that the design does not hold, and why. */
export interface NotCarried {
  readonly what: string;
  /** How many rows, cells or objects of the source this concerns. */
  readonly count: number;
  readonly reason: string;
}

export interface ImportProblem {
  /** `error`: the result is missing something that the source has. `warning`: something was decided. `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** File, sheet, row: as near as is known. */
  readonly where: string;
}

/** What the source holds in all, in base units; to be compared with the design that was made of it. */
export interface ImportTotals {
  readonly vms: number;
  readonly vmsOn: number;
  /** Every VM that is not running, templates included. */
  readonly vmsOff: number;
  readonly templates: number;
  /** Virtual CPUs of the VMs that are on. */
  readonly vcpus: number;
  /** Configured memory of the VMs that are on, bytes. */
  readonly vmMemory: number;
  /** Storage provisioned to all VMs, on or off, bytes. */
  readonly provisioned: number;
  readonly clusters: number;
  /** Hosts whose hardware is known. */
  readonly hosts: number;
  /** Hosts that VMs name and no host list describes. */
  readonly hostsUnknown: number;
  readonly cores: number;
  /** Installed memory of the hosts, bytes. */
  readonly hostMemory: number;
}

export interface ImportResult {
  /** The design; empty if nothing could be read. */
  readonly statements: readonly NewItem[];
  readonly notCarried: readonly NotCarried[];
  readonly problems: readonly ImportProblem[];
  readonly summary: ImportTotals;
}

/** Reads one kind of inventory. Pure: bytes in, data out; a file that cannot be read is a problem of the result, not an exception. */
export interface Importer {
  /** As in `vdc import --from`, and in the `source` statement. */
  readonly id: string;
  readonly title: string;
  /** How likely the file is one of this kind, 0 to 1. */
  readonly accepts: (file: ImportFile) => number;
  readonly read: (files: readonly ImportFile[], options?: ImportOptions) => Promise<ImportResult>;
}

export const NO_TOTALS: ImportTotals = {
  vms: 0,
  vmsOn: 0,
  vmsOff: 0,
  templates: 0,
  vcpus: 0,
  vmMemory: 0,
  provisioned: 0,
  clusters: 0,
  hosts: 0,
  hostsUnknown: 0,
  cores: 0,
  hostMemory: 0,
};
