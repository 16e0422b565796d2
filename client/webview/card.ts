import type { Card, CardRow } from '../../server/src/protocol/topology.ts';
import { plural } from '../../server/src/topology/scene/context.ts';
import { h, lineIcon } from './dom.ts';
import type { ViewHost } from './host.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { placePopover } from './render/placement.ts';
import { type State, scenarioOf, suppositionOf } from './state.ts';
import { thingCalled } from './things.ts';

/** How long the pointer rests on a node before its figures show, milliseconds. */
const REST = 450;
/** Inputs of a figure that are listed. */
const INPUTS = 7;
/** Figures under the pointer: a host with many datastores has more than fit a screen. */
const GLANCED = 8;
const MOST_GLANCED = 11;

const isBad = ({ class: c }: CardRow): boolean => c === 'warning' || c === 'critical' || c === 'over';

/**
 * The figures of a node with their arithmetic. Under the pointer it goes as it came and cannot be touched; asked for by key or menu it stays, a
 * dialog with the inputs of each figure and their places.
 */
export function createCards(host: ViewHost): { readonly render: (state: State, was: State) => void } {
  const answers = new Map<string, Promise<Card | null>>();
  let answersOf: State['graph'];
  let element: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cardOf(state: State, node: string): Promise<Card | null> {
    if (answersOf !== state.graph) answers.clear();
    answersOf = state.graph;
    const key = `${node} ${scenarioOf(state)}`;
    const known = answers.get(key);
    if (known) return known;
    const answer = host.ask('vdc/card', { node, ...suppositionOf(state) }).then(
      (card) => card as Card | null,
      () => null,
    );
    answers.set(key, answer);
    return answer;
  }

  function remove(): void {
    const hadFocus = element?.contains(document.activeElement) === true;
    element?.remove();
    element = undefined;
    if (hadFocus) host.focus();
  }

  async function show(state: State, focus: boolean): Promise<void> {
    const { card: wanted } = state;
    if (!wanted) return;
    const card = await cardOf(state, wanted.node);
    if (host.state().card !== wanted) return;
    if (!card || card.rows.length === 0) {
      if (wanted.stays) host.announce('Nothing is known of it');
      host.dispatch({ type: 'card', card: undefined });
      return;
    }
    const hadFocus = element?.contains(document.activeElement) === true;
    element?.remove();
    element = wanted.stays ? dialog(card) : glance(card);
    host.floor().append(element);
    place();
    if (wanted.stays && (focus || hadFocus)) element.focus();
  }

  function place(): void {
    const { card } = host.state();
    const area = card && host.areaOf(card.node, true);
    if (!element || !area) return;
    const { clientWidth: w, clientHeight } = host.root;
    const at = placePopover({ w: element.offsetWidth, h: element.offsetHeight }, area, { w, h: clientHeight - 37 });
    element.style.left = `${at.x}px`;
    element.style.top = `${at.y}px`;
  }

  function dialog(card: Card): HTMLElement {
    const box = h(
      'div',
      { class: 'card', role: 'dialog', 'aria-label': card.title, tabindex: '-1' },
      h(
        'button',
        {
          type: 'button',
          class: 'tool close',
          title: 'Close (Esc)',
          'aria-label': 'Close',
          click: () => host.dispatch({ type: 'card', card: undefined }),
        },
        lineIcon(TOOL_ICONS.close, 14),
      ),
      ...head(card),
      ...card.rows.map((row) => drawRow(row, true)),
    );
    box.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key !== 'Escape') return;
      host.dispatch({ type: 'card', card: undefined });
      event.preventDefault();
    });
    return box;
  }

  /** The first figures, and of the rest those that are in trouble. */
  function glance(card: Card): HTMLElement {
    const shown = card.rows.filter((row, i) => i < GLANCED || isBad(row)).slice(0, MOST_GLANCED);
    const more = card.rows.length - shown.length;
    return h(
      'div',
      { class: 'card glance', role: 'tooltip' },
      ...head(card),
      ...shown.map((row) => drawRow(row, false)),
      ...(more > 0 ? [h('p', { class: 'more' }, `${plural(more, 'more figure')}: I shows all`)] : []),
    );
  }

  function drawRow(row: CardRow, isWhole: boolean): HTMLElement {
    const { place: where, inputs = [] } = row;
    const state = row.state === 'assumed' ? ' assumed' : row.state === 'unknown' ? ' unknown' : '';
    const kind = !isBad(row) ? '' : row.class === 'warning' ? ' warning' : ' error';
    const facts = [row.detail, row.how].filter((text) => text !== undefined && text !== row.value).join(' · ');
    const rest = inputs.slice(INPUTS).reduce((n, { times = 1 }) => n + times, 0);
    return h(
      'div',
      { class: `row${state}` },
      h('span', { class: 'label' }, row.label),
      ...(row.share === undefined ? [] : [bar(row)]),
      h('span', { class: `value${kind}` }, row.value),
      ...(facts ? [h('span', { class: 'how' }, facts)] : []),
      ...(isWhole && inputs.length > 0
        ? [
            h(
              'ul',
              {},
              ...inputs
                .slice(0, INPUTS)
                .map(({ label, value, how, times }) =>
                  h(
                    'li',
                    {},
                    `${times && times > 1 ? `${times} × ` : ''}${label}: ${value}`,
                    h('span', {}, ` · ${how}`),
                  ),
                ),
              ...(rest > 0 ? [h('li', {}, `${rest} more`)] : []),
            ),
          ]
        : []),
      ...(isWhole && where
        ? [
            h(
              'button',
              { type: 'button', class: 'link', click: () => host.post({ type: 'showPlace', location: where }) },
              'Show where it is stated',
            ),
          ]
        : []),
    );
  }

  /** On the scale of every gauge: 100 % at five sixths. */
  function bar(row: CardRow): HTMLElement {
    const fill = h('span', { class: `fill ${row.class ?? 'calm2'}` });
    fill.style.width = `${(Math.min(row.share ?? 0, 1.2) / 1.2) * 100}%`;
    return h('span', { class: 'gauge', 'aria-hidden': 'true' }, fill);
  }

  const head = (card: Card): HTMLElement[] => [
    h('div', { class: 'title' }, card.title),
    ...(card.caption ? [h('p', { class: 'caption' }, card.caption)] : []),
  ];

  function hoverChanged(state: State): void {
    clearTimeout(timer);
    if (state.card && !state.card.stays && state.card.node !== state.hovered)
      host.dispatch({ type: 'card', card: undefined });
    const { hovered, graph } = state;
    if (hovered === undefined || !graph || !thingCalled(graph, hovered)) return;
    timer = setTimeout(() => {
      const now = host.state();
      const isBusy = now.open !== undefined || now.carrying || now.card || host.root.querySelector('.menu, .dragging');
      const area = host.areaOf(hovered, true);
      // What fills the view would be covered by its own figures.
      const isSmall = area && area.w < host.root.clientWidth * 0.6 && area.h < host.root.clientHeight * 0.6;
      if (now.hovered === hovered && isSmall && !isBusy)
        host.dispatch({ type: 'card', card: { node: hovered, stays: false } });
    }, REST);
  }

  return {
    render: (state, was) => {
      if (state.hovered !== was.hovered) hoverChanged(state);
      const { card } = state;
      if (!card) remove();
      else if (card !== was.card || state.graph !== was.graph) void show(state, card !== was.card);
      else place();
    },
  };
}
