import type { TopologyGraph } from '../../../server/src/topology/graph.ts';
import { indexGraph } from '../../../server/src/topology/graph.ts';
import { type Focus, litBy } from '../../../server/src/topology/scene/focus.ts';
import { aboutText, readAbout } from '../about.ts';
import { h, lineIcon } from '../dom.ts';
import { TOOL_ICONS } from './icons.ts';

/** Of more networks than this a list is no help; search finds them. */
const MOST_NETWORKS = 60;

type Options = readonly (readonly [group: string, things: readonly (readonly [value: string, words: string])[]])[];

/** A list of what the picture may be about: everything, one application, one team's share, one network. Hidden where there is no choice. */
export function createAbout(choose: (about: Focus | undefined) => void): {
  readonly element: HTMLElement;
  readonly update: (graph: TopologyGraph | undefined, about: Focus | undefined) => void;
} {
  const list = h('select', { 'aria-label': 'About' });
  list.addEventListener('change', () => choose(readAbout(list.value)));
  const caption = h('span', { 'aria-hidden': 'true' }, 'About');
  const element = h('label', { class: 'colour about' }, caption, list, lineIcon(TOOL_ICONS.chevron, 12));
  let shown = '';
  let last: { readonly graph: TopologyGraph | undefined; readonly about: Focus | undefined } | undefined;
  return {
    element,
    update: (graph, about) => {
      // Asked in every frame.
      if (last?.graph === graph && last?.about === about) return;
      last = { graph, about };
      const options = graph ? optionsOf(graph) : [];
      const key = JSON.stringify(options);
      if (key !== shown) {
        shown = key;
        list.replaceChildren(
          h('option', { value: '' }, 'Everything'),
          ...options.map(([group, things]) =>
            h('optgroup', { label: group }, ...things.map(([value, words]) => h('option', { value }, words))),
          ),
        );
      }
      element.hidden = options.length === 0;
      // What the design no longer has fades nothing.
      const isKnown =
        graph !== undefined && about !== undefined && litBy(graph, indexGraph(graph), about) !== undefined;
      const value = isKnown ? aboutText(about) : '';
      if (list.value !== value) list.value = value;
    },
  };
}

function optionsOf(graph: TopologyGraph): Options {
  const of = (kind: Focus['kind'], things: readonly { readonly id: string; readonly name: string }[]) =>
    things.map(({ id, name }) => [aboutText({ kind, id }), name] as const);
  const groups: Options = [
    ['Application', of('app', graph.apps)],
    [
      'Team',
      of(
        'team',
        graph.owners.map((name) => ({ id: `team:${name}`, name })),
      ),
    ],
    ['Network', of('network', graph.networks.slice(0, MOST_NETWORKS))],
  ];
  return groups.filter(([, things]) => things.length > 0);
}
