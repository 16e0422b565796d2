import type { LinkKind, Side } from '../graph.ts';
import type { Layer, Level } from './metrics.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type BoxKind =
  | 'site'
  | 'cluster'
  | 'host'
  | 'switch'
  | 'fabric'
  | 'outside'
  | 'array'
  | 'pool'
  | 'datastore'
  | 'rack'
  /** All switches, or all fabrics, of a site in the overview. */
  | 'tier'
  /** VLANs of a row of hosts, between their rails and them. */
  | 'lanes'
  | 'vm'
  | 'vm-pool'
  | 'tray';

/** Boxes that stand for no node: they group what does. */
export const isGrouping = (kind: BoxKind): boolean => kind === 'rack' || kind === 'lanes' || kind === 'tier';

/** Where a node stands, in whole pixels of the picture. */
export interface Box {
  readonly id: string;
  readonly kind: BoxKind;
  /** The box this one stands in; none for sites. */
  readonly parent?: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** The level it is drawn at, where that is not the layout's: it was expanded. */
  readonly level?: Level;
  /** Drawn without what it contains. */
  readonly collapsed?: boolean;
}

export interface Spoke {
  /** The node at this end; the group of clusters on the way to it where the wire ends at a group's edge. */
  readonly id: string;
  readonly links: readonly string[];
  /** From the hub to the spoke; horizontal and vertical pieces only. */
  readonly path: readonly Point[];
}

/** One net: everything of one kind and side that leaves a hub (a switch, fabric, array or site) in one place. */
export interface Wire {
  readonly key: string;
  readonly kind: LinkKind;
  readonly side: Side;
  readonly hub: string;
  /** Set on wiring inside a cluster: the cluster's id. */
  readonly inside?: string;
  readonly spokes: readonly Spoke[];
  readonly joints: readonly Point[];
}

/** Room for the words of a bundle: count, speed and load of `links`. */
export interface LabelSlot {
  readonly links: readonly string[];
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly width: number;
  /** Lines to spread over; 1 when absent. */
  readonly lines?: 2 | 3;
}

export interface Layout {
  readonly level: Level;
  readonly layer: Layer;
  readonly width: number;
  readonly height: number;
  /** Containers before what they contain. */
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
  /** The chain of group ids a cluster's wires pass on their way out, by cluster id. */
  readonly groups: ReadonlyMap<string, string>;
}

export const moveWire = (wire: Wire, dx: number, dy: number): Wire => ({
  ...wire,
  spokes: wire.spokes.map((s) => ({ ...s, path: s.path.map((p) => ({ x: p.x + dx, y: p.y + dy })) })),
  joints: wire.joints.map((p) => ({ x: p.x + dx, y: p.y + dy })),
});

export const moveLabel = (slot: LabelSlot, dx: number, dy: number): LabelSlot => ({
  ...slot,
  x: slot.x + dx,
  y: slot.y + dy,
});

export const moveBox = (box: Box, dx: number, dy: number): Box => ({ ...box, x: box.x + dx, y: box.y + dy });
