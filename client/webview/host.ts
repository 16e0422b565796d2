import type { ForwardedMethod, FromWebview } from '../../server/src/protocol/messages.ts';
import type { DiagramAction } from '../../server/src/protocol/topology.ts';
import type { FindingNote } from '../../server/src/topology/graph.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import type { Camera, LayoutAt, Size, Spot } from './camera.ts';
import type { PageLook } from './render/look.ts';
import type { Action, State } from './state.ts';

/** A rectangle of the page, in CSS pixels from its upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What the parts of the view may ask of it, and do with it. Spots are in pixels of the picture's grid, from the stage's corner. */
export interface ViewHost {
  /** Everything, toolbar included: where menus and popovers stand. */
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  /** What floats above the picture stands in here. */
  readonly floor: () => HTMLElement;
  readonly state: () => State;
  readonly layout: () => Layout | undefined;
  readonly layoutAt: LayoutAt;
  /** The picture is being panned or zoomed: whatever can wait until it stands still, does. */
  readonly isMoving: () => boolean;
  readonly look: () => PageLook;
  /** Size of the stage in pixels of the grid. */
  readonly view: () => Size;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: FromWebview | DiagramAction) => void;
  /** A question to the language server. Fails with words for a person. */
  readonly ask: (method: ForwardedMethod, params: object) => Promise<unknown>;
  readonly setCamera: (camera: Camera) => void;
  readonly zoom: (factor: number, spot?: Spot) => void;
  readonly fitAll: () => void;
  /** Lays all out afresh, as the design opens elsewhere: over edits, things stay where they stand. */
  readonly tidy: () => void;
  /** Shows a node as large as it is good to look at. */
  readonly fitTo: (id: string) => void;
  /** Selects a node or VM and shows its text beside, the keyboard staying here. */
  readonly select: (id: string | undefined) => void;
  readonly lookAt: (id: string) => void;
  /** Goes to the text of a node or VM. */
  readonly reveal: (id: string) => void;
  readonly fix: (id: string) => void;
  readonly findings: (id: string) => readonly FindingNote[];
  /** Where a node or VM, or its line in the table, is on the page: of a node the end of its header, or all of it. */
  readonly areaOf: (id: string, isWhole?: boolean) => Area | undefined;
  /** The keyboard to the picture, or to the table. */
  readonly focus: () => void;
  readonly focusSearch: () => void;
  readonly nextMatch: (back: boolean) => void;
  /** Words about what is under the pointer. */
  readonly say: (words: string) => void;
  /** Words for somebody who does not see what has happened. */
  readonly announce: (words: string) => void;
  /** The menu of a node, at a spot of the page; without a spot, at the node. */
  readonly openNodeMenu: (id: string, at?: Spot) => void;
}
