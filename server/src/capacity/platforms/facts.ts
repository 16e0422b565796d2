/**
 * What is known of hypervisors, as data: facts of products change with their versions, so each says for which it holds,
 * where it comes from and how it is known. What is not listed is unknown, and checks say nothing of it. Each platform has
 * a file of its own beside this one; a wrong fact is corrected there, on its line.
 */
export interface Sourced {
  readonly source: string;
  readonly evidence: 'verified' | 'recalled';
}

/** Versions for which a fact holds, such as `7.0` or `2019`; absent for all. */
export interface VersionSpan {
  /** The first one. */
  readonly from?: string;
  /** The first one for which it holds no more. */
  readonly before?: string;
}

export interface PlatformFacts extends Sourced {
  /** The word of `hypervisor`. */
  readonly hypervisor: string;
  readonly name: string;
  /** The word of `licence product`. */
  readonly product: string;
  /** `optional`: it runs without, and updates or support are sold. */
  readonly licence: 'required' | 'optional' | 'none';
  /** Editions from the plainest to the fullest. */
  readonly editions: readonly EditionFacts[];
  readonly features: readonly FeatureFacts[];
  /** What carries out `apart`, `together` and `keep` while VMs run; absent where that is not known. */
  readonly affinity?: Sourced & { readonly by: 'drs' | 'ha' };
  /** What automatic balancing looks at when it chooses a host. */
  readonly balancing: readonly (Sourced & { readonly versions?: VersionSpan; readonly seesNetwork: boolean })[];
  /** Whether a VM that writes faster than its memory is copied is slowed down until the copy catches up. */
  readonly slowsWriters: readonly (Sourced & { readonly versions?: VersionSpan; readonly slows: boolean })[];
  /** The most that is supported, by version. */
  readonly maxima: readonly MaximaFacts[];
  /** When support by the vendor ends. */
  readonly support: readonly SupportFacts[];
}

export interface EditionFacts {
  /** Words of `edition` that mean it. */
  readonly names: readonly string[];
  readonly versions?: VersionSpan;
  /** Not sold any more, so not to be recommended. */
  readonly isRetired?: true;
  /** Words of `features`, and `drs` and `evc`. */
  readonly grants: readonly string[];
}

/** What a feature needs beside hosts, network and storage. */
export interface FeatureFacts extends Sourced {
  /** A word of `features`, or `drs` or `evc`. */
  readonly feature: string;
  /** The first version that has it. */
  readonly since?: string;
  /** Features without which it does nothing. */
  readonly needs?: readonly string[];
}

export interface MaximaFacts extends Sourced, Readonly<Partial<Record<Maximum, number>>> {
  readonly versions?: VersionSpan;
}

/** What a maximum is of; memory in bytes. */
export type Maximum =
  | 'hostsPerCluster'
  | 'vmsPerCluster'
  | 'vmsPerHost'
  | 'vcpusPerVm'
  | 'memoryPerVm'
  | 'disksPerVm'
  | 'nicsPerVm';

export interface SupportFacts extends Sourced {
  /** The version that it is of, with all that are counted under it: `8.0` also means 8.0.2. */
  readonly version: string;
  /** The last day, year-month-day. */
  readonly until: string;
}

/** Whether a version lies in a span; undefined if the span has bounds and the version is unknown. */
export function liesIn(version: string | undefined, span: VersionSpan | undefined): boolean | undefined {
  if (!span || (span.from === undefined && span.before === undefined)) return true;
  const own = version === undefined ? undefined : numbersOf(version);
  if (!own) return undefined;
  return (
    (span.from === undefined || compareNumbers(own, numbersOf(span.from) ?? []) >= 0) &&
    (span.before === undefined || compareNumbers(own, numbersOf(span.before) ?? []) < 0)
  );
}

/** Whether a version is the one named or counted under it: 8.0.2 under 8.0, 8.2.1 under 8. */
export function isUnder(version: string, named: string): boolean {
  const [own, wanted] = [numbersOf(version), numbersOf(named)];
  return !!own && !!wanted && wanted.every((number, index) => (own[index] ?? 0) === number);
}

/** `2012-r2` is 2012.2, so that it comes after 2012, and `8.0U3` is 8.0; undefined for what does not begin with a number. */
function numbersOf(version: string): readonly number[] | undefined {
  const parts = version.split(/[.\-\s]+/).map((part) => Number.parseInt(part.replace(/^[ru]/i, ''), 10));
  const end = parts.findIndex((part) => Number.isNaN(part));
  const numbers = end < 0 ? parts : parts.slice(0, end);
  return numbers.length > 0 ? numbers : undefined;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
