/** What is said in a picture beside its nodes: findings, and what becomes of a design when things fail. */

import type { LoadClass } from './loads.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One finding. It stands once in the graph; every node that shows it refers to it by key. */
export interface FindingNote {
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where in the text, for people: `storefront.vdc:34`. */
  readonly place?: string;
  readonly fixes: readonly FixNote[];
}

/** A remedy that can be applied, identified for the one who applies it. */
export interface FixNote {
  readonly id: string;
  readonly title: string;
  readonly preferred?: boolean;
}

/** A move that a failure brings about, by ids. */
export interface FailureMove {
  readonly vm: string;
  readonly from: string;
  readonly to: string;
}

/** A VM that runs nowhere after a failure. */
export interface StrandedVm {
  readonly vm: string;
  readonly name: string;
  /** `16 vCPU · 208 GiB`; empty where nothing is stated. */
  readonly needs: string;
  readonly why: string;
  /** What the host with most room lacks: `16 GiB on esx-04`. */
  readonly shortBy?: string;
  /** The least that would mend it: `16 GiB more usable memory on esx-04 would hold it`. */
  readonly remedy?: string;
  /** What is short, in Hz, bytes or bit/s, and what hosts have of it, those with most first. */
  readonly room?: {
    readonly measure: 'cpu' | 'memory' | 'network';
    readonly needed: number;
    readonly hosts: readonly { readonly host: string; readonly name: string; readonly free: number }[];
  };
}

/** What goes on and is of no use, or does not go on: VMs whose network is gone, copies that stop, what stretched over sites. */
export interface LostNote {
  /** `network`: VMs are cut off; `split`: what stretches over sites falls apart; `job`: a backup or a wave. */
  readonly kind: 'network' | 'replication' | 'split' | 'job';
  /** Ids of hosts; of arrays and datastores, clusters, networks or applications. */
  readonly what: readonly string[];
  /** VMs that are cut off. */
  readonly vms: number;
  /** Arrays and datastores that are no longer copied. */
  readonly copies?: number;
  readonly why: string;
}

/** What becomes of the design when things fail. The graph is that of the design afterwards. */
export interface Failure {
  /** Ids that were asked about and that the design has. */
  readonly failed: readonly string[];
  /** `4 VMs restart on 3 hosts, 1 has no place`. */
  readonly summary: string;
  /** VMs that restart on other hosts. */
  readonly moves: readonly FailureMove[];
  /** VMs of the hosts left that move to make room. */
  readonly shifts: readonly FailureMove[];
  readonly stranded: readonly StrandedVm[];
  /** What would mend that several have no room, cluster by cluster: `24 GiB more usable memory on esx-04 would hold all of them`. */
  readonly remedies?: readonly string[];
  readonly lost: readonly LostNote[];
  readonly findings: FindingChanges;
}

/** A VM that a plan puts elsewhere, by ids and by names for people. */
export interface PlanMove {
  readonly vm: string;
  readonly name: string;
  /** What it stands in before: a host, a cluster as a whole, or `unplaced`; absent for a VM that is new. */
  readonly from?: string;
  readonly to: string;
  /** From 1 on, in an order in which each step keeps every limit. */
  readonly step: number;
}

/** A plan that is looked at before it is accepted. The graph is that of the design after some of its steps. */
export interface PlanNote {
  readonly id: string;
  /** `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %` */
  readonly title: string;
  readonly moves: readonly PlanMove[];
  /** How many steps it has, and after how many of them the picture is. It has one that moves nothing in an order. */
  readonly steps: number;
  readonly step: number;
  /** What it takes, as far as that is known, in words: `38 s`, `112 GiB copied`, `240 sessions`. */
  readonly costs: readonly string[];
  /** Hosts that are new in it. */
  readonly added: readonly string[];
  /** Hosts whose figures it changes. */
  readonly hosts: readonly HostChange[];
  readonly findings: FindingChanges;
}

/** A host before and after what is supposed. */
export interface HostChange {
  readonly host: string;
  readonly name: string;
  readonly figures: readonly FigureChange[];
}

export interface FigureChange {
  readonly label: string;
  /** Null where nothing runs on the host, or nothing is stated. */
  readonly before: ChangedFigure | null;
  readonly after: ChangedFigure | null;
}

export interface ChangedFigure {
  /** `86 %`, with `≥ ` before it where it is a lower bound. */
  readonly text: string;
  readonly share?: number;
  readonly class?: LoadClass;
}

/** What a supposition would bring and take away. */
export interface FindingChanges {
  readonly added: readonly FindingNote[];
  readonly gone: readonly FindingNote[];
}
