import type { FindingNote } from '../../../server/src/topology/graph.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, picture } from '../dom.ts';
import type { ViewHost } from '../host.ts';

/** Lines of a list; of more, their number. */
export const MOST = 60;

/** A list under a heading; nothing without lines. `total`: how many there would be. */
export const section = (
  heading: string,
  lines: readonly HTMLElement[],
  total = lines.length,
): readonly HTMLElement[] =>
  lines.length === 0
    ? []
    : [
        h('h2', {}, heading),
        h(
          'ul',
          {},
          ...lines,
          ...(total > lines.length ? [h('li', { class: 'more' }, `${total - lines.length} more`)] : []),
        ),
      ];

/** A line about a thing: a press selects it. */
export const thingLine = (host: ViewHost, id: string, words: string, more: readonly (Node | string)[]): HTMLElement => {
  const show = (): void => {
    host.select(id);
    host.lookAt(id);
  };
  return h(
    'li',
    {},
    h('button', { type: 'button', class: 'link', click: show }, words),
    h('span', { class: 'more' }, ...more),
  );
};

const noteLine = ({ severity, rule, message }: FindingNote): HTMLElement =>
  h('li', { class: 'note' }, picture(12, 12, badgeIcon(severity, 0, 0, 12)), h('code', {}, rule), h('p', {}, message));

/** Findings that come and go, as two lists. */
export const findingLists = (added: readonly FindingNote[], gone: readonly FindingNote[]): readonly HTMLElement[] => [
  ...section('New findings', added.slice(0, MOST).map(noteLine), added.length),
  ...section('Findings that go with it', gone.slice(0, MOST).map(noteLine), gone.length),
];
