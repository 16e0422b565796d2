import type { MeasureId } from '../../../server/src/topology/graph.ts';
import type { Layer } from '../../../server/src/topology/layout/metrics.ts';
import { TOOL_ICONS } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon } from '../dom.ts';
import type { State } from '../state.ts';

const LAYERS: readonly (readonly [Layer, string])[] = [
  ['all', 'All'],
  ['compute', 'Compute'],
  ['network', 'Network'],
  ['storage', 'Storage'],
];

const MEASURES: readonly (readonly [MeasureId, string])[] = [
  ['cpu', 'CPU'],
  ['memory', 'Memory'],
  ['network', 'Network'],
  ['storage', 'Storage'],
  ['findings', 'Findings'],
  ['owner', 'Owner'],
];

export interface ToolbarEvents {
  readonly layer: (layer: Layer) => void;
  readonly measure: (measure: MeasureId) => void;
  readonly search: (query: string) => void;
  /** Enter in the search field. */
  readonly nextMatch: (back: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly leave: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly update: (state: State, percent: number, matches: { readonly count: number; readonly at: number }) => void;
  readonly focusSearch: () => void;
}

/** Layers, colour, search, zoom, fit. */
export function createToolbar(on: ToolbarEvents): Toolbar {
  const layers = LAYERS.map(([id, label]) =>
    h('button', { type: 'button', role: 'radio', 'data-layer': id, click: () => on.layer(id) }, label),
  );
  const group = h('div', { class: 'layers', role: 'radiogroup', 'aria-label': 'Layers' }, ...layers);
  group.addEventListener('keydown', (event) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move === 0) return;
    const at = layers.indexOf(document.activeElement as HTMLButtonElement);
    const next = layers[(at + move + layers.length) % layers.length];
    next?.focus();
    next?.click();
    event.preventDefault();
  });
  const measure = h(
    'select',
    { 'aria-label': 'Colour', class: 'measure' },
    ...MEASURES.map(([id, label]) => h('option', { value: id }, label)),
  );
  measure.addEventListener('change', () => on.measure(measure.value as MeasureId));
  const search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search', spellcheck: 'false' });
  search.addEventListener('input', () => on.search(search.value));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') on.nextMatch(event.shiftKey);
    else if (event.key === 'Escape') {
      search.value = '';
      on.search('');
      on.leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const count = h('span', { class: 'count', 'aria-live': 'polite' });
  const percent = h('span', { class: 'percent', 'aria-label': 'Zoom' });
  const tool = (label: string, icon: keyof typeof TOOL_ICONS, click: () => void, name = 'tool'): HTMLElement =>
    h('button', { type: 'button', class: name, title: label, 'aria-label': label, click }, lineIcon(TOOL_ICONS[icon]));
  const element = h(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Topology' },
    group,
    h('span', { class: 'space' }),
    h('label', { class: 'colour' }, h('span', {}, 'Colour'), measure, lineIcon(TOOL_ICONS.chevron, 12)),
    h('span', { class: 'rule' }),
    h('label', { class: 'search' }, lineIcon(TOOL_ICONS.search), search, count),
    tool('Zoom out (-)', 'minus', () => on.zoom(1 / 1.25), 'tool zoom'),
    percent,
    tool('Zoom in (+)', 'plus', () => on.zoom(1.25), 'tool zoom'),
    tool('Fit (0)', 'fit', on.fit),
  );
  return {
    element,
    update: (state, zoom, matches) => {
      for (const button of layers) {
        const chosen = button.dataset.layer === state.layer;
        button.setAttribute('aria-checked', String(chosen));
        button.tabIndex = chosen ? 0 : -1;
      }
      if (measure.value !== state.measure) measure.value = state.measure;
      if (search.value !== state.query && document.activeElement !== search) search.value = state.query;
      count.textContent = state.query
        ? matches.count === 0
          ? 'none'
          : matches.at >= 0
            ? `${matches.at + 1}/${matches.count}`
            : String(matches.count)
        : '';
      element.classList.toggle('searching', state.query !== '');
      percent.textContent = `${zoom}\u202f%`;
    },
    focusSearch: () => {
      search.focus();
      search.select();
    },
  };
}
