import type { Layer } from '../../../server/src/topology/layout/metrics.ts';
import { MEASURES, type MeasureId } from '../../../server/src/topology/loads.ts';
import type { Focus } from '../../../server/src/topology/scene/focus.ts';
import { h, lineIcon } from '../dom.ts';
import { LAYERS } from '../saved.ts';
import type { Mode, State } from '../state.ts';
import { createAbout } from './about.ts';
import { TOOL_ICONS, type ToolIcon } from './icons.ts';

const LAYER_LABELS: Readonly<Record<Layer, string>> = {
  all: 'All',
  compute: 'Compute',
  network: 'Network',
  storage: 'Storage',
};
const LAYER_LIST = LAYERS.map((id) => [id, LAYER_LABELS[id]] as const);

const LABELS: Readonly<Record<MeasureId, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  network: 'Network',
  storage: 'Storage',
  iops: 'IOPS',
  addresses: 'Addresses',
  findings: 'Findings',
  owner: 'Owner',
  app: 'Application',
  cost: 'Cost',
  exhaustion: 'Runs out',
};

const SEARCH_HELP = [
  'Words, or kind:host owner:network address:10.1. app:cart uses:gold-1 rule:host severity:error in:prod;',
  'all must fit, a minus before one excludes. Enter: next, Shift+Enter: previous, Escape: clear.',
].join('\n');

export interface ToolbarEvents {
  readonly layer: (layer: Layer) => void;
  readonly about: (about: Focus | undefined) => void;
  readonly measure: (measure: MeasureId) => void;
  readonly search: (query: string) => void;
  readonly nextMatch: (back: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  /** Opens the menu of fixed sizes below the button. */
  readonly zoomTo: (button: HTMLElement) => void;
  readonly mode: (mode: Mode) => void;
  /** Opens the menu of rarer things below the button. */
  readonly more: (button: HTMLElement) => void;
  readonly leave: () => void;
}

export interface Matches {
  readonly count: number;
  /** Place of the selected one, from 0; -1: none of them. */
  readonly at: number;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly update: (state: State, percent: number, matches: Matches) => void;
  readonly focusSearch: () => void;
}

const tool = (label: string, icon: ToolIcon, click: () => void, name = 'tool'): HTMLButtonElement =>
  h('button', { type: 'button', class: name, title: label, 'aria-label': label, click }, lineIcon(TOOL_ICONS[icon]));

/** Layers, colour, search, zoom, fit, table, and a menu of the rest. In a narrow panel the layers become a list, and zoom leaves. */
export function createToolbar(on: ToolbarEvents): Toolbar {
  const layers = layerButtons(on.layer);
  const layer = select('Layers', 'narrow', LAYER_LIST, on.layer);
  const measure = select(
    'Colour',
    '',
    MEASURES.map((id) => [id, LABELS[id]] as const),
    on.measure,
  );
  const about = createAbout(on.about);
  const search = createSearch(on);
  const percent = h('button', {
    type: 'button',
    class: 'percent',
    title: 'Zoom to … (Z)',
    'aria-haspopup': 'menu',
    click: () => on.zoomTo(percent),
  });
  const table = tool('Show as table (T)', 'table', () => on.mode(table.ariaPressed === 'true' ? 'picture' : 'table'));
  const more = tool('More', 'more', () => on.more(more), 'tool more-tools');
  more.setAttribute('aria-haspopup', 'menu');
  const element = h(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Topology' },
    layers.element,
    layer.element,
    h('span', { class: 'space' }),
    about.element,
    measure.element,
    h('span', { class: 'rule' }),
    search.element,
    tool('Zoom out (-)', 'minus', () => on.zoom(1 / 1.25), 'tool zoom'),
    percent,
    tool('Zoom in (+)', 'plus', () => on.zoom(1.25), 'tool zoom'),
    tool('Fit (0)', 'fit', on.fit, 'tool zoom'),
    table,
    more,
  );
  return {
    element,
    update: (state, zoom, matches) => {
      layers.update(state.layer);
      layer.update(state.layer);
      about.update(state.graph, state.about);
      measure.update(state.measure);
      search.update(state, matches);
      table.setAttribute('aria-pressed', String(state.mode === 'table'));
      element.classList.toggle('searching', state.query !== '');
      element.classList.toggle('as-table', state.mode === 'table');
      percent.textContent = `${zoom}\u202f%`;
      percent.setAttribute('aria-label', `Zoom: ${zoom} percent`);
    },
    focusSearch: search.focus,
  };
}

function layerButtons(choose: (layer: Layer) => void): { element: HTMLElement; update: (layer: Layer) => void } {
  const buttons = LAYER_LIST.map(([id, label]) =>
    h('button', { type: 'button', role: 'radio', 'data-layer': id, click: () => choose(id) }, label),
  );
  const element = h('div', { class: 'layers', role: 'radiogroup', 'aria-label': 'Layers' }, ...buttons);
  element.addEventListener('keydown', (event) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move === 0) return;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[(at + move + buttons.length) % buttons.length];
    next?.focus();
    next?.click();
    event.preventDefault();
  });
  return {
    element,
    update: (layer) => {
      for (const button of buttons) {
        const chosen = button.dataset.layer === layer;
        button.setAttribute('aria-checked', String(chosen));
        button.tabIndex = chosen ? 0 : -1;
      }
    },
  };
}

function select<T extends string>(
  label: string,
  name: string,
  options: readonly (readonly [T, string])[],
  choose: (value: T) => void,
): { element: HTMLElement; update: (value: T) => void } {
  const list = h('select', { 'aria-label': label }, ...options.map(([id, words]) => h('option', { value: id }, words)));
  list.addEventListener('change', () => choose(list.value as T));
  const caption = h('span', { 'aria-hidden': 'true' }, label);
  return {
    element: h('label', { class: `colour ${name}` }, caption, list, lineIcon(TOOL_ICONS.chevron, 12)),
    update: (value) => {
      if (list.value !== value) list.value = value;
    },
  };
}

function createSearch(on: ToolbarEvents): {
  readonly element: HTMLElement;
  readonly update: (state: State, matches: Matches) => void;
  readonly focus: () => void;
} {
  const input = h('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search',
    title: SEARCH_HELP,
    spellcheck: 'false',
    autocomplete: 'off',
  });
  input.addEventListener('input', () => on.search(input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === 'F3') on.nextMatch(event.shiftKey);
    else if (event.key === 'ArrowDown') on.leave();
    else if (event.key === 'Escape') {
      input.value = '';
      on.search('');
      on.leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const count = h('span', { class: 'count', 'aria-live': 'polite' });
  const step = (label: string, icon: ToolIcon, back: boolean): HTMLButtonElement =>
    tool(label, icon, () => on.nextMatch(back), 'tool match');
  const buttons = [step('Previous match (Shift+F3)', 'up', true), step('Next match (F3)', 'down', false)];
  const icon = h('button', {
    type: 'button',
    class: 'tool',
    tabindex: '-1',
    title: 'Search (/)',
    'aria-label': 'Go to search',
    click: () => input.focus(),
    // The field grows as soon as it has the keyboard: the button would be gone before the click ends.
    mousedown: (event) => {
      event.preventDefault();
      input.focus();
    },
  });
  icon.append(lineIcon(TOOL_ICONS.search));
  return {
    element: h('div', { class: 'search', role: 'search' }, icon, input, count, ...buttons),
    update: (state, { count: found, at }) => {
      if (input.value !== state.query && document.activeElement !== input) input.value = state.query;
      const text = found === 0 ? 'none' : at >= 0 ? `${at + 1}/${found}` : String(found);
      const words = state.query.trim() ? text : '';
      if (count.textContent !== words) count.textContent = words;
      for (const button of buttons) button.disabled = found === 0;
    },
    focus: () => {
      input.focus();
      input.select();
    },
  };
}
