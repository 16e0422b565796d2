import type { Change } from '../topology/changes.ts';
import type { FindingChanges, GaugeState, HostChange, LoadClass, TopologyGraph } from '../topology/graph.ts';
import type { RoutedBlock } from '../topology/layout/block.ts';
import type { WireFileEdits, WireLocation } from './requests.ts';

/** Params of `vdc/topology`, beside the uri that the extension fills in. */
export interface TopologyParams {
  readonly uri: string;
  /**
   * The version of the picture that the view shows, whatever day or failure it is of: the answer is then what changes in it, if the server
   * still knows it. Without, or after a restart of the server, the answer is the whole picture.
   */
  readonly shown?: number;
  /** The day or month that the picture is of, `2027-04-30` or `2027-04`: the design as it will have grown by then. */
  readonly at?: string;
  /**
   * Ids of what is supposed to have failed: hosts, clusters, switches, arrays, datastores, sites, WAN links, and links. The graph is
   * then that of the design after it, with `graph.failure` to tell what became of it. Asking without is the undo.
   */
  readonly failed?: readonly string[];
  /**
   * A plan that is looked at: its id, as `vdc/plan` answers it, and after how many of its steps the picture is; after all of them without.
   * Nothing has failed then. Once a text is another than the one that it was made for, the picture is that of the design as it is, and
   * has no `graph.plan`.
   */
  readonly plan?: { readonly id: string; readonly step?: number };
}

/** Where the text is broken so that the picture may lack something. */
export interface BrokenText {
  /** File name and line for people: `Line 41`, `storage.vdc:12`. */
  readonly place: string;
  /** Zero-based line in the file of `uri`. */
  readonly uri: string;
  readonly line: number;
}

/** A picture. The layout follows from it by a pure function, so it does not travel. */
export interface Picture {
  readonly graph: TopologyGraph;
  /** What was placed and routed beforehand, by site id. */
  readonly routes: readonly (readonly [site: string, block: RoutedBlock])[];
}

interface PictureAnswer {
  /** What to ask with next time. No two pictures have the same. */
  readonly version: number;
  /** Set when links could not be routed in time: rails stand in. */
  readonly late?: boolean;
  readonly broken?: BrokenText;
}

/** Answer to `vdc/topology`. */
export type TopologyAnswer =
  | ({ readonly type: 'graph' } & Picture & PictureAnswer)
  /** What makes the picture of the one that was said to be shown, whose version is `of`. See `applyChange`. */
  | ({ readonly type: 'changes'; readonly of: number; readonly change: Change } & PictureAnswer)
  | ({ readonly type: 'same' } & PictureAnswer)
  /** The text is too broken for a picture: the last one stays. */
  | { readonly type: 'broken'; readonly broken: BrokenText };

/** Request, client to server: what is known of a node, figure by figure, with the arithmetic that a hover shows. Null if the text no longer has it. */
export const cardRequest = 'vdc/card';

export interface CardParams extends Pick<TopologyParams, 'at' | 'failed' | 'plan'> {
  readonly uri: string;
  readonly node: string;
}

export interface Card {
  /** `host esx-01`. */
  readonly title: string;
  /** Where it stands and whose it is: `cluster prod · at seattle · owner server`. */
  readonly caption: string;
  readonly rows: readonly CardRow[];
}

export interface CardRow {
  readonly label: string;
  /** `86 %`, `32.1 of 44.7 GHz`, or words. */
  readonly value: string;
  /** What the share is of, and remarks: `32.1 of 44.7 GHz`. */
  readonly detail?: string;
  /** Of a load: the share of what carries it, and the class that it is drawn in. */
  readonly share?: number;
  readonly class?: LoadClass;
  readonly state: CardState;
  /** The formula, or who states it, in words. */
  readonly how?: string;
  /** What the formula was fed with, the largest first. */
  readonly inputs?: readonly CardInput[];
  /** Where it is stated. */
  readonly place?: WireLocation;
}

export type CardState = 'stated' | 'assumed' | 'derived' | 'unknown' | Extract<GaugeState, 'atLeast'>;

export interface CardInput {
  readonly label: string;
  readonly value: string;
  readonly how: string;
  /** How many there are of this label and value. */
  readonly times?: number;
}

/** Request, client to server: what would become of a VM, its host and another one if it moved there. Null if the text no longer has them. */
export const tryMoveRequest = 'vdc/tryMove';

export interface TryMoveParams {
  readonly uri: string;
  /** Ids of nodes. */
  readonly vm: string;
  readonly to: string;
}

export interface TryMove {
  /** Why it may not run there, or not leave, whatever room there is: `esx-09 does not reach datastore gold-1`. */
  readonly barred?: string;
  /** The host that it goes to, then the one that it leaves. */
  readonly hosts: readonly HostChange[];
  readonly findings: FindingChanges;
  /** The edits that move it; null if the text cannot say it, with the reason in `refused`. */
  readonly edits: readonly WireFileEdits[] | null;
  readonly refused?: string;
}

/** Request, client to server: what a fix of a finding would bring about. Null if there is no such fix any more, or no way. */
export const tryFixRequest = 'vdc/tryFix';

export interface TryFixParams {
  readonly uri: string;
  /** Ids as the topology names them. */
  readonly finding: string;
  readonly fix: string;
}

export interface TryFix {
  /** What it does, in words: of a plan, its moves. */
  readonly title: string;
  /** Hosts around the finding whose figures change, the one that it is about first. */
  readonly hosts: readonly HostChange[];
  readonly findings: FindingChanges;
}

export type { ChangedFigure, FigureChange, HostChange } from '../topology/graph.ts';

/** What the view asks the editor to do, beside what `messages.ts` declares. */
export type DiagramAction =
  /** Apply this fix of this finding (ids from `TopologyGraph.findings`). */
  | {
      readonly type: 'applyFix';
      readonly node: string;
      readonly finding: string;
      readonly fix: string;
      /** Of the fix `silence`. */
      readonly reason?: string;
    }
  /** Show what this fix does, a plan or not, before it is applied. */
  | { readonly type: 'previewFix'; readonly finding: string; readonly fix: string }
  /** Accept the plan that is shown, discard it, compare the texts before and after, or make it anew for the text as it is now. */
  | { readonly type: 'plan'; readonly does: 'accept' | 'discard' | 'compare' | 'anew' }
  /** The two ways out of an empty picture. */
  | { readonly type: 'run'; readonly command: 'import' | 'sample' }
  /** Show the place where the text is broken. */
  | { readonly type: 'showBroken'; readonly broken: BrokenText };
