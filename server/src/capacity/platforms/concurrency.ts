import { concurrentMigrations } from '../models/live-migration.ts';

/** How many moves a platform makes at once by default, and how that is known. Platforms that are not listed have no known limit. */
export interface ConcurrencyFacts {
  readonly hypervisor: string;
  /** Live migrations at once from or to one host, by the rate of its migration link. */
  readonly live: (rate: number | undefined) => number | undefined;
  /** Moves of disks at once, for one host. */
  readonly storagePerHost: number | undefined;
  /** Moves of disks at once, for one datastore. */
  readonly storagePerDatastore: number | undefined;
  readonly source: string;
  readonly evidence: 'verified' | 'recalled';
}

const CONCURRENCY: readonly ConcurrencyFacts[] = [
  {
    hypervisor: 'esxi',
    live: concurrentMigrations,
    storagePerHost: 2,
    storagePerDatastore: 8,
    source:
      'vSphere 6.5 and 6.7: 4 on 1 Gbps and 8 from 10 Gbps on, 8 storage migrations per datastore; 2 per host is recalled',
    evidence: 'verified',
  },
  {
    hypervisor: 'hyper-v',
    live: () => 2,
    storagePerHost: 2,
    storagePerDatastore: undefined,
    source: 'defaults of the settings of a Hyper-V host',
    evidence: 'recalled',
  },
];

export function concurrencyOf(hypervisor: string | undefined): ConcurrencyFacts | undefined {
  return CONCURRENCY.find((facts) => facts.hypervisor === hypervisor);
}
