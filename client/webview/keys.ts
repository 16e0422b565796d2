import { linksBehind } from '../../server/src/topology/bundles.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { carryKey, pickUp } from './carry.ts';
import { openLinksOf, toggleFailed } from './failing.ts';
import type { ViewHost } from './host.ts';
import { foldByKey, toggleTable, toggleTimeline } from './menus.ts';
import { acceptPlan, discardPlan, previewPlanOf, stepBy } from './plan.ts';
import { caretNode } from './state.ts';
import { type Direction, into, nextFinding, outOf, step } from './walk.ts';
import { walkAlong, walkLinks } from './walk-links.ts';
import { openZoomMenu } from './zoom-menu.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PAN = 60;

/** What the picture and the table have in common, and what the picture alone has. */
export function listenKeys(host: ViewHost, middle: HTMLElement): void {
  host.stage.addEventListener('keydown', (event) => {
    if (host.state().carrying && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== 'Tab') {
      carryKey(host, event.key);
      event.preventDefault();
    }
    if (!event.defaultPrevented && inPicture(host, event)) event.preventDefault();
  });
  middle.addEventListener('keydown', (event) => {
    if (!event.defaultPrevented && anywhere(host, event)) event.preventDefault();
  });
  host.root.addEventListener('keydown', (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && !(event.target instanceof HTMLInputElement);
    if (isUndo && ['z', 'y'].includes(event.key.toLowerCase())) {
      host.post({ type: event.key.toLowerCase() === 'y' || event.shiftKey ? 'redo' : 'undo' });
      event.preventDefault();
      return;
    }
    const isFind = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isFind) return;
    host.focusSearch();
    event.preventDefault();
  });
}

/** Where the keyboard is: what has the focus, else what is selected, else what the text cursor is in. */
export const present = (host: ViewHost): string | undefined => {
  const state = host.state();
  return state.focused ?? state.selected ?? caretNode(state);
};

/** Arrows to the nearest node, Enter in, Escape out, L to links and along them, `+ - 0 Z` zoom; Shift with an arrow pans. */
function inPicture(host: ViewHost, event: KeyboardEvent): boolean {
  const state = host.state();
  const layout = host.layout();
  const { graph, camera } = state;
  if (!graph || !layout || !camera || state.carrying) return false;
  const walk = { graph, layout, measure: state.measure };
  const from = present(host) ?? layout.boxes[0]?.id;
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
  const isLink = from !== undefined && linksBehind(graph, from).length > 0;
  if (direction && isLink && from !== undefined) {
    walkLinks(host, from, direction === 'left' || direction === 'up');
    return true;
  }
  if (direction) {
    if (state.focused === undefined || from === undefined) return go(from);
    return go(step(walk, from, direction));
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'Enter': {
      if (from === undefined) return true;
      if (isLink) return walkAlong(host, from);
      const child = into(walk, from);
      if (child !== undefined) return go(child);
      host.select(from);
      if (host.findings(from).length > 0) host.dispatch({ type: 'open', node: from });
      else host.reveal(from);
      return true;
    }
    case 'Escape':
      return leave(host, walk);
    case 'Home':
      return go(layout.boxes[0]?.id);
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
    case 'r':
      host.tidy();
      return true;
    case 'f':
      if (from !== undefined) host.fitTo(from);
      return true;
    case 'l':
    case 'L':
      if (from !== undefined) walkLinks(host, from, event.shiftKey);
      return true;
    case 'z':
      openZoomMenu(host);
      return true;
    case 'c':
    case 'e':
      if (from !== undefined) foldByKey(host, from, event.key.toUpperCase());
      return true;
    default:
      return false;
  }
}

/** One step out: of a popover, of a search, of a node. */
function leave(host: ViewHost, walk: { graph: Parameters<typeof outOf>[0]['graph']; layout: Layout }): boolean {
  const state = host.state();
  if (state.card) host.dispatch({ type: 'card', card: undefined });
  else if (state.open !== undefined) host.dispatch({ type: 'open', node: undefined });
  else if (state.query) host.dispatch({ type: 'search', query: '' });
  else if (state.plan) discardPlan(host);
  else if (state.focused !== undefined) {
    if (walkAlong(host, state.focused, true)) return true;
    const up = outOf({ ...walk, measure: state.measure }, state.focused);
    host.dispatch({ type: 'focus', node: up });
    if (up === undefined) host.dispatch({ type: 'select', node: undefined });
    else host.lookAt(up);
  } else if (state.selected !== undefined) host.dispatch({ type: 'select', node: undefined });
  return true;
}

/** F8 next finding, `/` search, F3 next match, F12 text, Ctrl+. fixes, Space selects and opens the findings, Shift+F10 the menu. */
function anywhere(host: ViewHost, event: KeyboardEvent): boolean {
  const state = host.state();
  const layout = host.layout();
  const { graph } = state;
  if (!graph || state.carrying) return false;
  const from = present(host);
  if (event.key === '.' && (event.ctrlKey || event.metaKey)) {
    if (from !== undefined) host.fix(from);
    return true;
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && state.plan) {
    acceptPlan(host);
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case ',':
    case '.':
      stepBy(host, event.key === '.' ? 1 : -1);
      return true;
    case 'p':
      if (from !== undefined && !previewPlanOf(host, from)) host.announce('It has no finding that moves would mend');
      return true;
    case ' ':
      if (from === undefined) return true;
      host.select(from);
      if (host.findings(from).length > 0) host.dispatch({ type: 'open', node: from });
      return true;
    case 'F8': {
      const next = layout && nextFinding(graph, layout, state.focused, event.shiftKey);
      if (next === undefined) return true;
      host.dispatch({ type: 'select', node: next });
      host.lookAt(next);
      host.dispatch({ type: 'open', node: next });
      return true;
    }
    case 'F12':
      if (from !== undefined) host.reveal(from);
      return true;
    case 'F3':
      host.nextMatch(event.shiftKey);
      return true;
    case '/':
      host.focusSearch();
      return true;
    case 't':
      toggleTable(host);
      return true;
    case 'i':
      if (from !== undefined) host.dispatch({ type: 'card', card: { node: from, stays: true } });
      return true;
    case 'm':
      if (from !== undefined) pickUp(host, from);
      return true;
    case 'x':
      if (from !== undefined) toggleFailed(host, from);
      return true;
    case 'X':
      if (from !== undefined) openLinksOf(host, from);
      return true;
    case 'g':
      toggleTimeline(host);
      return true;
    case 'ContextMenu':
      if (from !== undefined) host.openNodeMenu(from);
      return true;
    case 'F10':
      if (!event.shiftKey) return false;
      if (from !== undefined) host.openNodeMenu(from);
      return true;
    default:
      return false;
  }
}
