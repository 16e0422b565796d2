import type { TopologyGraph } from '../topology/graph.ts';
import type { RoutedBlock } from '../topology/layout/block.ts';

/** Params of `vdc/topology`, beside the uri that the extension fills in. */
export interface TopologyParams {
  readonly uri: string;
  /** The revision the view shows: equal to the present one, the answer is `same`. */
  readonly revision?: number;
}

/** Where the text is broken so that the picture may lack something. */
export interface BrokenText {
  /** File name and line for people: `Line 41`, `storage.vdc:12`. */
  readonly place: string;
  /** Zero-based line in the file of `uri`. */
  readonly uri: string;
  readonly line: number;
}

/** Answer to `vdc/topology`. The layout follows from graph and routes by a pure function, so it does not travel. */
export type TopologyAnswer =
  | {
      readonly type: 'graph';
      readonly revision: number;
      readonly graph: TopologyGraph;
      /** What was placed and routed beforehand, by site id. */
      readonly routes: readonly (readonly [site: string, block: RoutedBlock])[];
      /** Set when links could not be routed in time: rails stand in. */
      readonly late?: boolean;
      readonly broken?: BrokenText;
    }
  | { readonly type: 'same'; readonly revision: number; readonly broken?: BrokenText }
  /** The text is too broken for a picture: the last one stays. */
  | { readonly type: 'broken'; readonly revision: number; readonly broken: BrokenText };

/** What the view asks the editor to do, beside what `messages.ts` declares. */
export type DiagramAction =
  /** Apply this fix of this finding (ids from `TopologyGraph.findings`). */
  | { readonly type: 'applyFix'; readonly node: string; readonly finding: string; readonly fix: string }
  /** The two ways out of an empty picture. */
  | { readonly type: 'run'; readonly command: 'import' | 'sample' }
  /** Show the place where the text is broken. */
  | { readonly type: 'showBroken'; readonly broken: BrokenText };
