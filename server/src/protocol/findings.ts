import type { WireLocation } from './requests.ts';

/** Request, client to server: what is wrong with all designs that the server knows, the most severe first. No params. */
export const findingsRequest = 'vdc/findings';

/** Notification, server to client: the answer may be another now. Sent once after each answer, and not before the first. */
export const findingsChanged = 'vdc/findingsChanged';

/** What a rule has found, or a mistake in the text. */
export interface WireFinding {
  /** Id of the rule, or the kind of mistake. */
  readonly rule: string;
  readonly title: string;
  /** Null for a mistake in the text. */
  readonly painPoint: string | null;
  /** Teams that have to act, as the rule says. */
  readonly teams: readonly string[];
  /** Teams that own the thing, as the design says. */
  readonly owners: readonly string[];
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** The thing that it is about: `host:prod/esx-01`. */
  readonly entity: string | null;
  readonly location: WireLocation;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
}

/** One design of those that the findings are of. */
export interface DesignFindings {
  /** Uris of its files, the one that imports the others first. */
  readonly files: readonly string[];
  readonly counts: FindingCounts;
}

export interface FindingsResult {
  readonly findings: readonly WireFinding[];
  /** How many there are, those that were cut off included. */
  readonly counts: FindingCounts;
  readonly isCut: boolean;
  readonly designs: readonly DesignFindings[];
}
