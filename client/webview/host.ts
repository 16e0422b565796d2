import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import type { Camera, Spot } from './camera.ts';
import type { Action, State } from './state.ts';

/** What mouse and keyboard may do with the view. Positions are in pixels of the picture's grid, from the stage's corner. */
export interface ViewHost {
  readonly stage: HTMLElement;
  readonly state: () => State;
  readonly layout: () => Layout | undefined;
  /** CSS pixels of one pixel of the grid. */
  readonly unit: () => number;
  readonly dispatch: (action: Action) => void;
  readonly setCamera: (camera: Camera) => void;
  readonly zoom: (factor: number, spot?: Spot) => void;
  readonly fitAll: () => void;
  /** Selects a node and shows its text, or the text of the VM that was hit in it. */
  readonly select: (id: string | undefined, source?: string) => void;
  readonly lookAt: (id: string) => void;
  readonly reveal: (id: string) => void;
  readonly fix: (id: string) => void;
  /** Number of findings on a node. */
  readonly findings: (id: string) => number;
  readonly focusSearch: () => void;
  /** Words about what is under the pointer. */
  readonly say: (words: string) => void;
}
