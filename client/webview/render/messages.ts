import type { BrokenText } from '../../../server/src/protocol/topology.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from '../dom.ts';

const CLUSTER = 'M4.5 6.5h9v6h-9zM2.5 10.5v-6h9';

/** Nothing to draw: what is missing, and two ways on. */
export function emptyPage(name: string, run: (command: 'import' | 'sample') => void): HTMLElement {
  return h(
    'div',
    { class: 'empty' },
    lineIcon(CLUSTER, 24),
    h('h2', {}, `No hosts in ${name} yet`),
    h('p', {}, 'Write a cluster, or bring an inventory export.'),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'primary', click: () => run('import') }, 'Import inventory…'),
      h('button', { type: 'button', class: 'secondary', click: () => run('sample') }, 'Insert a sample'),
    ),
  );
}

export const failurePage = (message: string): HTMLElement =>
  h('div', { class: 'empty' }, h('h2', {}, 'There is no picture'), h('p', {}, message));

/** The strip under the toolbar: the text is broken, or links could not be routed in time. The picture keeps its full strength. */
export function stripOf(
  broken: BrokenText | undefined,
  late: boolean,
  show: (broken: BrokenText) => void,
): HTMLElement | undefined {
  if (!broken && !late) return undefined;
  const warning = picture(14, 14, badgeIcon('warning', 0, 0, 14));
  if (broken) {
    return h(
      'div',
      { class: 'strip', role: 'status' },
      warning,
      h('span', {}, `${broken.place} does not parse. Picture from before it.`),
      h('button', { type: 'button', class: 'link', click: () => show(broken) }, 'Show'),
    );
  }
  return h(
    'div',
    { class: 'strip', role: 'status' },
    warning,
    h('span', {}, 'Links could not be routed in time; they run in rails.'),
  );
}
