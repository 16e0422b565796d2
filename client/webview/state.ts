import type { BrokenText, TopologyAnswer } from '../../server/src/protocol/topology.ts';
import {
  GAUGE_MEASURES,
  indexGraph,
  type MeasureId,
  type TopologyGraph,
  UNPLACED_ID,
} from '../../server/src/topology/graph.ts';
import type { RoutedBlock } from '../../server/src/topology/layout/block.ts';
import { type Layer, LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { usualMeasure } from '../../server/src/topology/measures.ts';
import type { Camera } from './camera.ts';

/** Everything the view knows. The picture is a function of it. */
export interface State {
  readonly uri: string;
  readonly revision: number | undefined;
  readonly graph: TopologyGraph | undefined;
  readonly routes: ReadonlyMap<string, RoutedBlock>;
  readonly broken: BrokenText | undefined;
  readonly late: boolean;
  /** Why there is no picture at all. */
  readonly failure: string | undefined;
  readonly measure: MeasureId;
  /** The measure was chosen by a person, not by us. */
  readonly isPicked: boolean;
  readonly layer: Layer;
  /** Unset until there is a picture to look at. */
  readonly camera: Camera | undefined;
  readonly selected: string | undefined;
  readonly focused: string | undefined;
  readonly hovered: string | undefined;
  readonly caret: string | undefined;
  /** Node to select and to bring to the middle once there is a picture. */
  readonly wanted: string | undefined;
  readonly query: string;
  /** Node whose findings are open. */
  readonly open: string | undefined;
}

export const INITIAL: State = {
  uri: '',
  revision: undefined,
  graph: undefined,
  routes: new Map(),
  broken: undefined,
  late: false,
  failure: undefined,
  measure: 'cpu',
  isPicked: false,
  layer: 'all',
  camera: undefined,
  selected: undefined,
  focused: undefined,
  hovered: undefined,
  caret: undefined,
  wanted: undefined,
  query: '',
  open: undefined,
};

export type Action =
  | { readonly type: 'design'; readonly uri: string }
  | { readonly type: 'answer'; readonly answer: TopologyAnswer }
  | { readonly type: 'failure'; readonly message: string }
  | { readonly type: 'caret'; readonly node: string | null }
  | { readonly type: 'want'; readonly node: string }
  | { readonly type: 'camera'; readonly camera: Camera }
  | { readonly type: 'measure'; readonly measure: MeasureId }
  | { readonly type: 'layer'; readonly layer: Layer }
  | { readonly type: 'select'; readonly node: string | undefined }
  | { readonly type: 'focus'; readonly node: string | undefined }
  | { readonly type: 'hover'; readonly node: string | undefined }
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'open'; readonly node: string | undefined };

/** The next state. Nothing is lost that a person has set: an answer never touches camera, layer, measure or search. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'design':
      return action.uri === state.uri
        ? state
        : { ...INITIAL, uri: action.uri, measure: state.measure, isPicked: state.isPicked, layer: state.layer };
    case 'answer':
      return answered(state, action.answer);
    case 'failure':
      return { ...state, failure: action.message };
    case 'caret':
      return { ...state, caret: action.node ?? undefined };
    case 'want':
      return { ...state, wanted: action.node, open: undefined };
    case 'camera':
      return { ...state, camera: action.camera };
    case 'measure':
      return { ...state, measure: action.measure, isPicked: true };
    case 'layer':
      return { ...state, layer: action.layer };
    case 'select':
      return { ...state, selected: action.node, focused: action.node ?? state.focused, open: undefined };
    case 'focus':
      return { ...state, focused: action.node };
    case 'hover':
      return state.hovered === action.node ? state : { ...state, hovered: action.node };
    case 'search':
      return { ...state, query: action.query };
    case 'open':
      return { ...state, open: action.node };
  }
}

function answered(state: State, answer: TopologyAnswer): State {
  const { revision } = answer;
  // An answer that was overtaken changes nothing.
  if (state.revision !== undefined && revision < state.revision) return state;
  if (answer.type === 'same') return { ...state, revision, broken: answer.broken, failure: undefined };
  if (answer.type === 'broken') return { ...state, revision, broken: answer.broken, failure: undefined };
  const { graph } = answer;
  const exists = (id: string | undefined): string | undefined =>
    id !== undefined && shown(graph, id) ? id : undefined;
  return {
    ...state,
    revision,
    graph,
    measure: state.isPicked ? state.measure : usualMeasure(graph),
    routes: new Map(answer.routes),
    late: answer.late === true,
    broken: answer.broken,
    failure: undefined,
    selected: exists(state.selected),
    focused: exists(state.focused),
    hovered: exists(state.hovered),
    open: exists(state.open),
  };
}

const shown = (graph: TopologyGraph, id: string): boolean => id === UNPLACED_ID || indexGraph(graph).nodes.has(id);

/** The node that shows what the text cursor is in. */
export function caretNode({ graph, caret }: State): string | undefined {
  return graph && caret !== undefined ? nodeShowing(graph, caret) : undefined;
}

/** The node that shows a thing: its own, or the host of a VM. */
export function nodeShowing(graph: TopologyGraph, id: string): string | undefined {
  const index = indexGraph(graph);
  return index.nodes.has(id) ? id : index.vmHolder.get(id);
}

export const isEmpty = (graph: TopologyGraph): boolean =>
  graph.sites.every((s) => s.clusters.length === 0 && s.switches.length === 0 && s.arrays.length === 0) &&
  graph.unplaced.length === 0;

/** What outlives a reload of the view. */
export interface Saved {
  readonly uri: string;
  readonly measure?: MeasureId;
  readonly layer?: Layer;
  readonly camera?: Camera;
  readonly selected?: string;
  readonly query?: string;
}

export const save = ({ uri, measure, isPicked, layer, camera, selected, query }: State): Saved => ({
  uri,
  ...(isPicked ? { measure } : {}),
  layer,
  ...(camera ? { camera } : {}),
  ...(selected === undefined ? {} : { selected }),
  ...(query ? { query } : {}),
});

const MEASURES: readonly MeasureId[] = [...GAUGE_MEASURES, 'findings', 'owner'];
const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];

/** Takes up what was saved, as far as it still makes sense: it may be of an older version, or not ours. */
export function restore(saved: unknown): State {
  if (typeof saved !== 'object' || saved === null) return INITIAL;
  const from = saved as Partial<Record<keyof Saved, unknown>>;
  const camera = from.camera as Partial<Camera> | undefined;
  const numbers = [camera?.scale, camera?.x, camera?.y];
  return {
    ...INITIAL,
    uri: typeof from.uri === 'string' ? from.uri : '',
    measure: MEASURES.find((m) => m === from.measure) ?? 'cpu',
    isPicked: MEASURES.some((m) => m === from.measure),
    layer: LAYERS.find((l) => l === from.layer) ?? 'all',
    camera: numbers.every((n) => Number.isFinite(n)) && isLevel(camera?.level) ? (camera as Camera) : undefined,
    selected: typeof from.selected === 'string' ? from.selected : undefined,
    query: typeof from.query === 'string' ? from.query : '',
  };
}

const isLevel = (level: unknown): boolean => LEVELS.some((l) => l === level);
