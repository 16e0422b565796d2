import { GAUGE_MEASURES, type TopologyGraph, UNPLACED_ID, worst } from '../../../server/src/topology/graph.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from '../dom.ts';
import type { Area, ViewHost } from '../host.ts';
import { closedAround, type Entry, type Figure, type Outline, outlineOf, type Row, rowOf } from '../outline.ts';
import { COLUMNS, type Column, caretNode, type State } from '../state.ts';
import { TOOL_ICONS } from './icons.ts';

const TITLES: Readonly<Record<Column, string>> = {
  name: 'Name',
  kind: 'Kind',
  cpu: 'CPU',
  memory: 'Memory',
  network: 'Network',
  storage: 'Storage',
  owner: 'Owner',
  findings: 'Findings',
};
const FIGURES: ReadonlySet<Column> = new Set(GAUGE_MEASURES);
/** Height of a line at a font size of 13. */
const LINE = 24;
/** Lines kept above and below what is in sight. */
const SPARE = 6;

export interface Table {
  readonly element: HTMLElement;
  readonly render: (state: State, was: State) => void;
  readonly areaOf: (id: string) => Area | undefined;
  readonly focus: () => void;
}

/** The graph as a tree of lines: only those in sight are in the document. */
export function createTable(host: ViewHost): Table {
  const heads = COLUMNS.map((column, i) =>
    h(
      'button',
      { type: 'button', tabindex: i === 0 ? '0' : '-1', click: () => host.dispatch({ type: 'sort', column }) },
      TITLES[column],
    ),
  );
  const headCells = heads.map((button, i) =>
    h('div', { role: 'columnheader', class: cellClass(COLUMNS[i] ?? 'name') }, button),
  );
  const head = h('div', { class: 'line head', role: 'row', 'aria-rowindex': '1' }, ...headCells);
  head.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'ArrowDown') grid.focus();
    else if (by !== 0)
      heads.at((heads.indexOf(document.activeElement as HTMLButtonElement) + by) % heads.length)?.focus();
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  });
  const body = h('div', { class: 'lines', role: 'rowgroup' });
  const grid = h(
    'div',
    {
      class: 'grid',
      role: 'treegrid',
      tabindex: '0',
      'aria-label': 'Outline',
      'aria-colcount': String(COLUMNS.length),
    },
    h('div', { role: 'rowgroup', class: 'heads' }, head),
    body,
  );
  const empty = h('p', { class: 'nothing', role: 'status' });
  const element = h('div', { class: 'outline' }, grid, empty);
  let outline: Outline = { entries: [], isList: false };
  let places = new Map<string, number>();
  let state: State | undefined;

  const unit = (): number => host.look().unit;
  const line = (): number => Math.round(LINE * unit());
  const active = (): number => {
    const id = state?.focused ?? state?.selected;
    return Math.max(0, (id === undefined ? undefined : places.get(id)) ?? 0);
  };

  /** Fills the lines in sight. */
  function fill(): void {
    const graph = state?.graph;
    if (!state || !graph) return;
    const height = line();
    const { entries } = outline;
    const from = Math.max(0, Math.floor(grid.scrollTop / height) - SPARE);
    const to = Math.min(entries.length, Math.ceil((grid.scrollTop + grid.clientHeight) / height) + SPARE);
    const at = active();
    const shown = [...Array(Math.max(0, to - from)).keys()].map((i) => from + i);
    if (entries.length > 0 && !shown.includes(at)) shown.push(at);
    body.style.height = `${entries.length * height}px`;
    body.replaceChildren(
      ...shown.flatMap((i) => {
        const entry = entries[i];
        return entry ? [drawLine(graph, entry, i, height)] : [];
      }),
    );
    if (entries.length > 0) grid.setAttribute('aria-activedescendant', `line-${at}`);
    else grid.removeAttribute('aria-activedescendant');
  }

  function drawLine(graph: TopologyGraph, entry: Entry, index: number, height: number): HTMLElement {
    const row = rowOf(graph, entry.id);
    const isSelected = state?.selected === entry.id;
    const names = ['line'];
    if (isSelected) names.push('selected');
    if (index === active()) names.push('active');
    if (state && caretNode(state) === entry.id) names.push('caret');
    const element = h(
      'div',
      {
        id: `line-${index}`,
        class: names.join(' '),
        role: 'row',
        'data-row': entry.id,
        'aria-level': String(entry.level),
        'aria-posinset': String(entry.place),
        'aria-setsize': String(entry.siblings),
        'aria-rowindex': String(index + 2),
        'aria-selected': String(isSelected),
        ...(entry.isOpen === undefined ? {} : { 'aria-expanded': String(entry.isOpen) }),
      },
      ...COLUMNS.map((column) => drawCell(entry, row, column)),
    );
    element.style.transform = `translateY(${index * height}px)`;
    element.style.height = `${height}px`;
    return element;
  }

  function drawCell(entry: Entry, row: Row, column: Column): HTMLElement {
    const cell = (...children: readonly (Node | string)[]): HTMLElement =>
      h('div', { role: column === 'name' ? 'rowheader' : 'gridcell', class: cellClass(column) }, ...children);
    switch (column) {
      case 'name': {
        const fold = h('span', { class: `fold${entry.isOpen ? ' open' : ''}`, 'aria-hidden': 'true' });
        if (entry.isOpen !== undefined) fold.append(lineIcon(TOOL_ICONS.right, 12));
        const name = h('span', { class: 'what' }, row.name);
        const path = outline.isList && row.path ? [h('span', { class: 'path' }, row.path)] : [];
        const element = cell(fold, name, ...path);
        element.style.paddingLeft = `${(entry.level - 1) * 14 * unit() + 4}px`;
        return element;
      }
      case 'kind':
        return cell(row.kind);
      case 'owner':
        return cell(row.owner);
      case 'findings':
        return cell(...drawBadges(entry, row));
      default:
        return cell(...drawFigure(row.figures[column]));
    }
  }

  function drawFigure(figure: Figure | undefined): readonly Node[] {
    if (!figure) return [];
    const severity = figure.class === undefined ? undefined : figure.class === 'warning' ? 'warning' : 'error';
    const words = h('span', severity ? { class: `figure ${severity}` } : { class: 'figure' }, figure.text);
    return severity ? [picture(10, 10, badgeIcon(severity, 0, 0, 10)), words] : [words];
  }

  function drawBadges(entry: Entry, row: Row): readonly Node[] {
    const { badge } = row;
    if (!badge || !worst(badge) || entry.id === UNPLACED_ID) return [];
    const counts = [
      ['error', badge.errors],
      ['warning', badge.warnings],
      ['info', badge.infos],
    ] as const;
    const some = counts.filter(([, n]) => n > 0);
    const words = some.map(([severity, n]) => `${n} ${severity === 'info' ? 'note' : severity}${n === 1 ? '' : 's'}`);
    const button = h(
      'button',
      { type: 'button', tabindex: '-1', class: 'badges', 'aria-label': `${words.join(', ')} on ${row.name}` },
      ...some.flatMap(([severity, n]) => [
        picture(12, 12, badgeIcon(severity, 0, 0, 12)),
        ...(n > 1 ? [String(n)] : []),
      ]),
    );
    button.disabled = host.findings(entry.id).length === 0;
    return [button];
  }

  function scrollTo(index: number): void {
    const height = line();
    const heads = head.offsetHeight;
    const top = index * height;
    const room = grid.clientHeight - heads;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + height > grid.scrollTop + room) grid.scrollTop = top + height - room;
  }

  function go(index: number): void {
    const entry = outline.entries[Math.max(0, Math.min(outline.entries.length - 1, index))];
    if (entry) host.dispatch({ type: 'focus', node: entry.id });
  }

  const entryOf = (event: Event): Entry | undefined => {
    const id =
      event.target instanceof Element ? event.target.closest('[data-row]')?.getAttribute('data-row') : undefined;
    const place = id == null ? undefined : places.get(id);
    return place === undefined ? undefined : outline.entries[place];
  };

  grid.addEventListener('scroll', fill, { passive: true });
  grid.addEventListener('click', (event) => {
    const entry = entryOf(event);
    if (!entry || !(event.target instanceof Element)) return;
    if (event.target.closest('.fold') && entry.isOpen !== undefined) {
      host.dispatch({ type: 'fold', node: entry.id, isOpen: !entry.isOpen });
      return;
    }
    host.select(entry.id);
    if (event.target.closest('.badges')) host.dispatch({ type: 'open', node: entry.id });
  });
  grid.addEventListener('dblclick', (event) => {
    const entry = entryOf(event);
    if (entry) host.reveal(entry.id);
  });
  grid.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    const entry = entryOf(event);
    if (!entry || event.button !== 2) return;
    host.dispatch({ type: 'select', node: entry.id });
    host.openNodeMenu(entry.id, { x: event.clientX, y: event.clientY });
  });
  grid.addEventListener('keydown', (event) => {
    if (event.target !== grid || event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event.key)) event.preventDefault();
  });

  function press(key: string): boolean {
    const { entries } = outline;
    const at = active();
    const entry = entries[at];
    if (!entry) return false;
    const page = Math.max(1, Math.floor(grid.clientHeight / line()) - 2);
    switch (key) {
      case 'ArrowDown':
        go(at + 1);
        return true;
      case 'ArrowUp':
        go(at - 1);
        return true;
      case 'PageDown':
        go(at + page);
        return true;
      case 'PageUp':
        go(at - page);
        return true;
      case 'Home':
        go(0);
        return true;
      case 'End':
        go(entries.length - 1);
        return true;
      case 'ArrowRight':
        if (entry.isOpen === false) host.dispatch({ type: 'fold', node: entry.id, isOpen: true });
        else if (entry.isOpen) go(at + 1);
        return true;
      case 'ArrowLeft':
        if (entry.isOpen) host.dispatch({ type: 'fold', node: entry.id, isOpen: false });
        else go(entries.findLastIndex((e, i) => i < at && e.level < entry.level));
        return true;
      case 'Enter':
        host.select(entry.id);
        host.reveal(entry.id);
        return true;
      case 'Escape':
        if (state?.card) host.dispatch({ type: 'card', card: undefined });
        else if (state?.open !== undefined) host.dispatch({ type: 'open', node: undefined });
        else if (state?.query) host.dispatch({ type: 'search', query: '' });
        else host.dispatch({ type: 'select', node: undefined });
        return true;
      default:
        return false;
    }
  }

  return {
    element,
    render: (next, was) => {
      const before = state;
      state = next;
      const { graph } = next;
      element.hidden = next.mode !== 'table';
      if (next.mode !== 'table' || !graph) return;
      const opened = was.mode !== 'table';
      const wanted = next.focused ?? next.selected;
      // What is selected elsewhere has to be seen here.
      if (wanted !== undefined && !next.query && (opened || wanted !== (before?.focused ?? before?.selected))) {
        const closed = closedAround(graph, next.folds, wanted);
        if (closed.length > 0) {
          for (const node of closed) host.dispatch({ type: 'fold', node, isOpen: true });
          return;
        }
      }
      const isSame =
        before?.graph === graph &&
        before.folds === next.folds &&
        before.query === next.query &&
        before.sort === next.sort;
      if (!isSame || opened) {
        outline = outlineOf(graph, next);
        places = new Map(outline.entries.map((e, i) => [e.id, i]));
        grid.setAttribute('aria-rowcount', String(outline.entries.length + 1));
        headCells.forEach((cell, i) => {
          const isSorted = next.sort?.column === COLUMNS[i];
          cell.setAttribute('aria-sort', isSorted ? (next.sort?.descending ? 'descending' : 'ascending') : 'none');
        });
        empty.textContent = outline.entries.length === 0 && next.query ? 'Nothing fits the search.' : '';
      }
      const turned = wanted !== undefined && (opened || wanted !== (before?.focused ?? before?.selected));
      if (turned) scrollTo(active());
      fill();
    },
    areaOf: (id) => {
      const place = places.get(id);
      const element = place === undefined ? null : body.querySelector(`#line-${place}`);
      if (!element) return undefined;
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width - 90, y, w: 80, h: height };
    },
    focus: () => grid.focus(),
  };
}

const cellClass = (column: Column): string => `cell ${FIGURES.has(column) ? 'number' : ''} ${column}`;
