import type { FigureChange, HostChange } from '../../../server/src/protocol/topology.ts';
import type { FindingChanges } from '../../../server/src/topology/graph.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from '../dom.ts';
import { TOOL_ICONS } from './icons.ts';

/** Figures of each host that a trial shows. */
export const FIGURES = 4;
/** Hosts that a trial shows; of more, their number. */
const HOSTS = 6;
/** Findings that it names. */
const FINDINGS = 3;

/** What would become of hosts: their loads afterwards as bars, with a ring where each was. */
export function changeRows(hosts: readonly HostChange[], most = HOSTS): readonly HTMLElement[] {
  const rows = hosts
    .slice(0, most)
    .map(({ name, figures }) =>
      h('div', { class: 'change' }, h('strong', {}, name), ...chosen(figures).map(figureRow)),
    );
  const rest = hosts.length - rows.length;
  return rest > 0 ? [...rows, h('p', {}, `${rest} more hosts`)] : rows;
}

/** Shares that change come first; those that stay are left out where there are any. */
function chosen(figures: readonly FigureChange[]): readonly FigureChange[] {
  const shares = figures.filter(({ before, after }) => (before?.share ?? after?.share) !== undefined);
  const changed = shares.filter(({ before, after }) => before?.text !== after?.text);
  return (changed.length > 0 ? changed : shares).slice(0, FIGURES);
}

function figureRow({ label, before, after }: FigureChange): HTMLElement {
  const at = (share = 0): string => `${(Math.min(share, 1.2) / 1.2) * 100}%`;
  const fill = h('span', { class: `fill ${after?.class ?? 'calm2'}` });
  fill.style.width = at(after?.share);
  const ring = h('span', { class: 'was' });
  ring.style.left = at(before?.share);
  const kind =
    after?.class === 'warning' ? ' warning' : after?.class === 'critical' || after?.class === 'over' ? ' error' : '';
  return h(
    'div',
    { class: 'figures' },
    h('span', { class: 'label' }, label),
    h('span', { class: 'gauge', 'aria-hidden': 'true' }, fill, ...(before ? [ring] : [])),
    h('span', { class: `value${kind}` }, changeWords(before?.text, after?.text)),
  );
}

/** `47 % to 70 %`. */
export const changeWords = (before: string | undefined, after: string | undefined): string =>
  before === after ? (after ?? '') : `${before ?? '–'} to ${after ?? '–'}`;

/** Which findings would come and go. */
export function foundLine({ added, gone }: FindingChanges): HTMLElement {
  const come = added
    .slice(0, FINDINGS)
    .map(({ severity, rule }) => h('span', {}, picture(12, 12, badgeIcon(severity, 0, 0, 12)), `new: ${rule}`));
  const names = [...new Set(gone.map(({ rule }) => rule))].slice(0, FINDINGS).join(', ');
  const lines = [
    ...(come.length > 0 ? come : ['No new finding']),
    ...(added.length > FINDINGS ? [h('span', {}, `${added.length - FINDINGS} more`)] : []),
    ...(names ? [h('span', {}, lineIcon(TOOL_ICONS.check, 12), `mends ${names}`)] : []),
  ];
  return h('p', { class: 'found' }, ...lines);
}
