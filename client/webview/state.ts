import type {
  BrokenText,
  Picture,
  TopologyAnswer,
  TopologyParams,
  TryMove,
} from '../../server/src/protocol/topology.ts';
import { linkNamed } from '../../server/src/topology/bundles.ts';
import { applyChange } from '../../server/src/topology/changes.ts';
import { indexGraph, type MeasureId, type TopologyGraph } from '../../server/src/topology/graph.ts';
import type { RoutedBlock } from '../../server/src/topology/layout/block.ts';
import { type Layer, NO_OVERRIDES, type Overrides } from '../../server/src/topology/layout/metrics.ts';
import { mostChanged, usualMeasure } from '../../server/src/topology/measures.ts';
import type { Focus } from '../../server/src/topology/scene/focus.ts';
import type { Camera } from './camera.ts';
import type { LinkedView, Spotted } from './link.ts';
import { resumed, type ShownPlan, stepped } from './plan-state.ts';
import { isThing } from './things.ts';

/** A picture, or the same graph as a table. */
export type Mode = 'picture' | 'table';

export const COLUMNS = ['name', 'kind', 'cpu', 'memory', 'network', 'storage', 'owner', 'findings'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** A VM in somebody's hand, and the host it is held over. */
export interface Carrying {
  readonly vm: string;
  readonly to: string | undefined;
  /** What it would bring about there; absent until that is known, null where the text has changed from under it. */
  readonly trial?: TryMove | null;
}

/** Everything the view knows. The picture is a function of it. Ids of nodes may be those of VMs. */
export interface State {
  readonly uri: string;
  /** What the picture is asked for with again. */
  readonly version: number | undefined;
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
  /** What the picture is about; the rest is faded. */
  readonly about: Focus | undefined;
  readonly mode: Mode;
  /** Unset until there is a picture to look at. */
  readonly camera: Camera | undefined;
  readonly selected: string | undefined;
  readonly focused: string | undefined;
  /** The node that the keyboard came from to a link. */
  readonly cameFrom: string | undefined;
  readonly hovered: string | undefined;
  readonly caret: string | undefined;
  /** Node to select and to bring to the middle once there is a picture. */
  readonly wanted: string | undefined;
  /** Where a link says to look, once there is a picture. */
  readonly wantedLook: Spotted | undefined;
  readonly query: string;
  /** Node whose findings are open. */
  readonly open: string | undefined;
  /** Nodes that a person collapsed or expanded in the picture. */
  readonly overrides: Overrides;
  /** Table: containers that a person has opened or closed, beside those that are open by themselves. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly sort: Sort | undefined;
  /** Ids of what is supposed to have failed, in the order in which it did. */
  readonly failed: readonly string[];
  readonly plan: ShownPlan | undefined;
  /** A plan was shown that is for a text that is another by now; said until somebody has read it. */
  readonly isPlanLate: boolean;
  /** The day that is looked at, `2027-04-22`; today where it is not set. */
  readonly at: string | undefined;
  /** The slider of months is shown. */
  readonly hasSlider: boolean;
  /** What `graph` is the picture of: day and failures, see `scenarioOf`. */
  readonly shownScenario: string;
  /** The list of what becomes of VMs after a failure is open. */
  readonly hasOutcome: boolean;
  /** Node whose figures are shown; with the keyboard or pinned it stays, else it goes with the pointer. */
  readonly card: { readonly node: string; readonly stays: boolean } | undefined;
  /** The small map is shown where the picture is larger than the view. */
  readonly minimap: boolean;
  readonly carrying: Carrying | undefined;
  /** The panel stays with its design, whichever is being edited. */
  readonly isLocked: boolean;
}

export const INITIAL: State = {
  uri: '',
  version: undefined,
  graph: undefined,
  routes: new Map(),
  broken: undefined,
  late: false,
  failure: undefined,
  measure: 'cpu',
  isPicked: false,
  layer: 'all',
  about: undefined,
  mode: 'picture',
  camera: undefined,
  selected: undefined,
  focused: undefined,
  cameFrom: undefined,
  hovered: undefined,
  caret: undefined,
  wanted: undefined,
  wantedLook: undefined,
  query: '',
  open: undefined,
  overrides: NO_OVERRIDES,
  folds: new Map(),
  sort: undefined,
  failed: [],
  plan: undefined,
  isPlanLate: false,
  at: undefined,
  hasSlider: false,
  shownScenario: '',
  hasOutcome: false,
  card: undefined,
  minimap: true,
  carrying: undefined,
  isLocked: false,
};

export type Action =
  | { readonly type: 'design'; readonly uri: string }
  /** `scenario`: what was asked for, see `scenarioOf`. */
  | { readonly type: 'answer'; readonly answer: TopologyAnswer; readonly scenario?: string }
  | { readonly type: 'failure'; readonly message: string }
  | { readonly type: 'caret'; readonly node: string | null }
  | { readonly type: 'want'; readonly node: string }
  | { readonly type: 'camera'; readonly camera: Camera | undefined }
  | { readonly type: 'measure'; readonly measure: MeasureId }
  | { readonly type: 'layer'; readonly layer: Layer }
  | { readonly type: 'about'; readonly about: Focus | undefined }
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'select'; readonly node: string | undefined }
  /** Selected in another panel. */
  | { readonly type: 'share'; readonly node: string | undefined }
  /** `from`: the node that a link is gone to from. */
  | { readonly type: 'focus'; readonly node: string | undefined; readonly from?: string }
  | { readonly type: 'hover'; readonly node: string | undefined }
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'open'; readonly node: string | undefined }
  | { readonly type: 'fold'; readonly node: string; readonly isOpen: boolean }
  | { readonly type: 'override'; readonly node: string; readonly how: 'collapsed' | 'expanded' | undefined }
  | { readonly type: 'link'; readonly view: LinkedView }
  | { readonly type: 'sort'; readonly column: Column }
  /** Fails what has not failed, and brings back what has; `undefined`: brings all back. */
  | { readonly type: 'fail'; readonly node: string | undefined }
  /** Shows a plan after all of its steps, or none any more. */
  | { readonly type: 'plan'; readonly plan: ShownPlan | undefined }
  | { readonly type: 'step'; readonly step: number }
  /** Somebody tries what has to wait until the plan is accepted or discarded. */
  | { readonly type: 'wait' }
  | { readonly type: 'planRead' }
  | { readonly type: 'at'; readonly at: string | undefined }
  | { readonly type: 'slider'; readonly shown: boolean }
  | { readonly type: 'outcome'; readonly shown: boolean }
  | { readonly type: 'card'; readonly card: State['card'] }
  | { readonly type: 'minimap'; readonly shown: boolean }
  | { readonly type: 'carry'; readonly carrying: Carrying | undefined }
  | { readonly type: 'lock'; readonly isLocked: boolean };

/** The next state. Nothing is lost that a person has set: an answer never touches camera, layer, measure or search. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'design':
      return action.uri === state.uri ? state : { ...INITIAL, ...kept(state), uri: action.uri };
    case 'answer':
      return answered(state, action.answer, action.scenario ?? '');
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
    case 'about':
      return { ...state, about: action.about };
    case 'mode':
      return state.mode === action.mode
        ? state
        : { ...state, mode: action.mode, open: undefined, hovered: undefined, card: undefined };
    case 'select':
      return {
        ...state,
        plan: resumed(state.plan),
        selected: action.node,
        focused: action.node ?? state.focused,
        ...NOTHING_OPEN,
      };
    case 'share':
      return shared(state, action.node);
    case 'focus':
      return { ...state, focused: action.node, cameFrom: action.from };
    case 'hover':
      return state.hovered === action.node ? state : { ...state, hovered: action.node };
    case 'search':
      return { ...state, query: action.query };
    case 'open':
      return { ...state, open: action.node, card: action.node === undefined ? state.card : undefined };
    case 'fold':
      return { ...state, folds: new Map(state.folds).set(action.node, action.isOpen) };
    case 'override':
      return { ...state, overrides: overridden(state.overrides, action.node, action.how) };
    case 'link':
      return linked(state, action.view);
    case 'sort':
      return { ...state, sort: nextSort(state.sort, action.column) };
    case 'fail':
      return failing(state, action.node);
    case 'plan':
      return planShown(state, action.plan);
    case 'step':
      return state.plan ? { ...state, plan: stepped(state.plan, action.step, state.graph?.plan?.steps ?? 1) } : state;
    case 'wait':
      return state.plan ? { ...state, plan: { ...state.plan, isInTheWay: true } } : state;
    case 'planRead':
      return { ...state, isPlanLate: false };
    case 'at':
      return { ...state, at: action.at };
    case 'slider':
      return { ...state, hasSlider: action.shown, at: action.shown ? state.at : undefined };
    case 'outcome':
      return { ...state, hasOutcome: action.shown };
    case 'card':
      return { ...state, card: action.card };
    case 'minimap':
      return { ...state, minimap: action.shown };
    case 'carry':
      return { ...state, carrying: action.carrying, open: undefined, card: undefined };
    case 'lock':
      return { ...state, isLocked: action.isLocked };
  }
}

/** Nothing fails while a plan is looked at, and nothing is carried. */
function planShown(state: State, plan: ShownPlan | undefined): State {
  if (!plan) return { ...state, plan: undefined, hasOutcome: false, isPlanLate: false };
  if (plan.id === state.plan?.id) return { ...state, plan: { ...state.plan, ...plan } };
  const hasOutcome = state.plan !== undefined && state.hasOutcome;
  return { ...state, ...NOTHING_OPEN, plan, hasOutcome, failed: [], carrying: undefined, isPlanLate: false };
}

function failing(state: State, node: string | undefined): State {
  if (state.plan) return state;
  if (node === undefined) return { ...state, failed: [], hasOutcome: false };
  const isFailed = state.failed.includes(node);
  const failed = isFailed ? state.failed.filter((id) => id !== node) : [...state.failed, node];
  return { ...state, failed, hasOutcome: state.hasOutcome && failed.length > 0, open: undefined };
}

/** What a picture is asked for beside its design; empty for the design as it is. */
export const scenarioOf = ({ at, failed, plan }: Pick<State, 'at' | 'failed' | 'plan'>): string =>
  at === undefined && failed.length === 0 && !plan ? '' : JSON.stringify([at, failed, plan?.id, plan?.step]);

/** The same as the language server is asked for it. */
export const suppositionOf = ({ at, failed, plan }: State): Pick<TopologyParams, 'at' | 'failed' | 'plan'> => ({
  ...(at === undefined ? {} : { at }),
  ...(failed.length === 0 ? {} : { failed }),
  ...(plan ? { plan: { id: plan.id, ...(plan.step === undefined ? {} : { step: plan.step }) } } : {}),
});

const NOTHING_OPEN = { open: undefined, card: undefined };

/** What a person has set for whatever design is shown. */
const kept = ({ measure, isPicked, layer, mode, minimap, isLocked }: State): Partial<State> => ({
  measure,
  isPicked,
  layer,
  mode,
  minimap,
  isLocked,
});

const shared = (state: State, node: string | undefined): State =>
  node === undefined || (state.graph && isThing(state.graph, node))
    ? { ...state, selected: node, focused: node ?? state.focused }
    : state;

function overridden(overrides: Overrides, node: string, how: 'collapsed' | 'expanded' | undefined): Overrides {
  const next = new Map(overrides);
  if (how) next.set(node, how);
  else next.delete(node);
  return next;
}

function linked(state: State, { look, selected, measure, ...view }: LinkedView): State {
  return {
    ...state,
    ...view,
    ...(measure ? { measure, isPicked: true } : {}),
    selected: selected ?? state.selected,
    wantedLook: look,
  };
}

/** Figures start with the largest, words with the first; a third time there is the order of the text again. */
function nextSort(sort: Sort | undefined, column: Column): Sort | undefined {
  const first = !['name', 'kind', 'owner'].includes(column);
  if (sort?.column !== column) return { column, descending: first };
  return sort.descending === first ? { column, descending: !first } : undefined;
}

function answered(state: State, answer: TopologyAnswer, scenario: string): State {
  if (answer.type === 'broken') return { ...state, broken: answer.broken, failure: undefined };
  const { version, broken, late = false } = answer;
  if (answer.type === 'same') return { ...state, version, broken, late, shownScenario: scenario, failure: undefined };
  const picture = answer.type === 'graph' ? answer : changed(state, answer);
  // What changes in another picture is of no use: the next question is for the whole.
  if (!picture) return { ...state, version: undefined };
  const { graph, routes } = picture;
  if (state.plan && !graph.plan && scenario === scenarioOf(state)) {
    // The text is another by now: as it was to become, or not.
    const ended = { ...state, plan: undefined, hasOutcome: false, isPlanLate: state.plan.isAccepted !== true };
    return answered(ended, answer, scenarioOf(ended));
  }
  const exists = (id: string | undefined): string | undefined =>
    id !== undefined && isThing(graph, id) ? id : undefined;
  const { carrying } = state;
  return {
    ...state,
    version,
    graph,
    shownScenario: scenario,
    // The first measure is the design's, not the failure's.
    measure: state.isPicked ? state.measure : measureFor(graph, state, scenario),
    routes: new Map(routes),
    late,
    broken,
    failure: undefined,
    selected: exists(state.selected),
    focused: exists(state.focused),
    cameFrom: exists(state.cameFrom),
    hovered: exists(state.hovered),
    open: exists(state.open),
    card: state.card && exists(state.card.node) ? state.card : undefined,
    carrying: carrying && exists(carrying.vm) ? { vm: carrying.vm, to: exists(carrying.to) } : undefined,
  };
}

function changed(
  { graph, routes, version }: State,
  { of, change }: Extract<TopologyAnswer, { type: 'changes' }>,
): Picture | undefined {
  if (!graph || version !== of) return undefined;
  try {
    return applyChange({ graph, routes: [...routes] }, change) as Picture;
  } catch {
    return undefined;
  }
}

/** What a picture is coloured by where nobody has picked it: of a plan what it changes most, if it does not change what is shown. */
function measureFor(graph: TopologyGraph, state: State, scenario: string): MeasureId {
  const known = state.graph && scenario ? state.measure : usualMeasure(graph);
  const isNew = graph.plan && state.graph?.plan?.id !== graph.plan.id;
  return isNew ? (mostChanged(graph, known) ?? known) : known;
}

/** The node that shows what the text cursor is in. */
export function caretNode({ graph, caret }: State): string | undefined {
  return graph && caret !== undefined ? nodeShowing(graph, caret) : undefined;
}

/** What shows a thing: its own node, the host of a VM, a link or a bundle of links. */
export function nodeShowing(graph: TopologyGraph, id: string): string | undefined {
  const index = indexGraph(graph);
  return index.nodes.has(id) ? id : (index.vmHolder.get(id) ?? linkNamed(graph, id));
}

export const isEmpty = (graph: TopologyGraph): boolean =>
  graph.sites.every((s) => s.clusters.length === 0 && s.switches.length === 0 && s.arrays.length === 0) &&
  graph.unplaced.length === 0;
