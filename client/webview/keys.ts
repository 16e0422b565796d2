import type { ViewHost } from './host.ts';
import { caretNode } from './state.ts';
import { type Direction, into, nextFinding, outOf, step } from './walk.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PAN = 60;

/**
 * Arrows to the nearest node, Enter in (or the findings, or the text), Escape out, F8 next finding, `/` search, `+ - 0` zoom, Ctrl+. fixes,
 * Space selects; Shift with an arrow pans.
 */
export function listenKeys(host: ViewHost): void {
  host.stage.addEventListener('keydown', (event) => {
    if (handle(host, event)) event.preventDefault();
  });
}

function handle(host: ViewHost, event: KeyboardEvent): boolean {
  const state = host.state();
  const layout = host.layout();
  const { graph, camera } = state;
  if (!graph || !layout || !camera) return false;
  const from = state.focused ?? caretNode(state) ?? layout.boxes[0]?.id;
  const go = (id: string | undefined): boolean => {
    if (id === undefined) return true;
    host.dispatch({ type: 'focus', node: id });
    host.lookAt(id);
    return true;
  };
  const direction = ARROWS[event.key];
  if (direction && event.shiftKey) {
    const dx = direction === 'left' ? PAN : direction === 'right' ? -PAN : 0;
    const dy = direction === 'up' ? PAN : direction === 'down' ? -PAN : 0;
    host.setCamera({ ...camera, x: camera.x + dx, y: camera.y + dy });
    return true;
  }
  if (direction)
    return go(
      state.focused === undefined ? from : from === undefined ? undefined : step(graph, layout, from, direction),
    );
  if (event.key === '.' && (event.ctrlKey || event.metaKey)) {
    if (state.focused !== undefined) host.fix(state.focused);
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'Enter': {
      if (from === undefined) return true;
      const child = into(graph, layout, from);
      if (child !== undefined) return go(child);
      host.select(from);
      if (host.findings(from) > 0) host.dispatch({ type: 'open', node: from });
      else host.reveal(from);
      return true;
    }
    case ' ':
      if (from !== undefined) {
        host.select(from);
        if (host.findings(from) > 0) host.dispatch({ type: 'open', node: from });
      }
      return true;
    case 'Escape':
      if (state.open !== undefined) host.dispatch({ type: 'open', node: undefined });
      else if (state.query) host.dispatch({ type: 'search', query: '' });
      else if (state.focused !== undefined) {
        const up = outOf(graph, layout, state.focused);
        if (up !== undefined) return go(up);
        host.dispatch({ type: 'select', node: undefined });
        host.dispatch({ type: 'focus', node: undefined });
      } else if (state.selected !== undefined) host.dispatch({ type: 'select', node: undefined });
      return true;
    case 'F8': {
      const next = nextFinding(graph, layout, state.focused, event.shiftKey);
      if (next === undefined) return true;
      host.dispatch({ type: 'select', node: next });
      go(next);
      host.dispatch({ type: 'open', node: next });
      return true;
    }
    case '/':
      host.focusSearch();
      return true;
    case '+':
    case '=':
      host.zoom(1.25);
      return true;
    case '-':
      host.zoom(1 / 1.25);
      return true;
    case '0':
      host.fitAll();
      return true;
    default:
      return false;
  }
}
