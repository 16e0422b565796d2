import { placeOf } from '../../server/src/topology/scene/hit.ts';
import { endsOfLink } from '../../server/src/topology/scene/ways.ts';
import { type Camera, centre, clamp, fitBox, type LayoutAt, reveal, type Size } from './camera.ts';
import { cameraAt } from './link.ts';
import { nodeShowing, type State } from './state.ts';
import { isThing } from './things.ts';

/**
 * The state as somebody asked for it, as soon as there is a picture: a node selected and in the middle, or the place that a link says.
 */
export function showWanted(state: State, layoutAt: LayoutAt, view: Size): State {
  const { camera, graph, wanted, wantedLook } = state;
  if (!camera || !graph) return state;
  if (wantedLook) {
    const there = cameraAt(wantedLook, layoutAt, view) ?? camera;
    const at = clamp(there, layoutAt(there.level), view);
    return showWanted({ ...state, wantedLook: undefined, camera: at }, layoutAt, view);
  }
  if (wanted === undefined) return state;
  const node = nodeShowing(graph, wanted);
  if (node === undefined) return { ...state, wanted: undefined };
  const shown = endsOfLink(graph, node)?.[0] ?? node;
  const moved: Camera = centre(camera, layoutAt, shown, view);
  const at = clamp(moved, layoutAt(moved.level), view);
  const id = isThing(graph, wanted) ? wanted : node;
  return { ...state, wanted: undefined, selected: id, focused: id, camera: at };
}

/** Where to look so that all hosts of a plan that is shown anew are in sight; undefined where they are, or there is none. */
export function cameraForPlan(state: State, was: State, layoutAt: LayoutAt, view: Size): Camera | undefined {
  const { camera, graph, measure, mode } = state;
  if (!camera || !graph?.plan || mode === 'table' || was.graph?.plan?.id === graph.plan.id) return undefined;
  const { hosts, moves } = graph.plan;
  const ids = new Set([...hosts.map(({ host }) => host), ...moves.map(({ to }) => to)]);
  const layout = layoutAt(camera.level);
  const isInSight = (id: string): boolean => {
    const box = placeOf(graph, layout, measure, id);
    return !box || reveal(camera, box, view) === camera;
  };
  if ([...ids].every(isInSight)) return undefined;
  return fitBox(camera, layoutAt, [...ids], view);
}
