import { type Camera, centre, clamp, type LayoutAt, type Size } from './camera.ts';
import { nodeShowing, type State } from './state.ts';
import { isThing } from './things.ts';

/** The state with the node that somebody asked for selected and in the middle, as soon as there is a picture. */
export function showWanted(state: State, layoutAt: LayoutAt, view: Size): State {
  const { camera, graph, wanted } = state;
  if (!camera || !graph || wanted === undefined) return state;
  const node = nodeShowing(graph, wanted);
  if (node === undefined) return { ...state, wanted: undefined };
  const moved: Camera = centre(camera, layoutAt, node, view);
  const at = clamp(moved, layoutAt(moved.level), view);
  const id = isThing(graph, wanted) ? wanted : node;
  return { ...state, wanted: undefined, selected: id, focused: id, camera: at };
}
