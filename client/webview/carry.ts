import type { FigureChange, HostChange, TryMove } from '../../server/src/protocol/topology.ts';
import { boxesOf } from '../../server/src/topology/scene/hit.ts';
import { badgeIcon } from '../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from './dom.ts';
import type { ViewHost } from './host.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { placePopover } from './render/placement.ts';
import { nodeShowing, type State } from './state.ts';
import { thingsOf } from './things.ts';
import { type Direction, nearest } from './walk.ts';

/** Rows of figures that a trial shows of each host. */
const FIGURES = 4;

/** What carrying a VM to another host says and shows; who holds it, pointer or keyboard, is all the same. */
export function createCarrying(host: ViewHost): { readonly render: (state: State, was: State) => void } {
  let element: HTMLElement | undefined;

  async function attempt(vm: string, to: string): Promise<void> {
    const trial = await host.ask('vdc/tryMove', { vm, to }).then(
      (answer) => answer as TryMove | null,
      () => null,
    );
    const { carrying } = host.state();
    if (carrying?.vm !== vm || carrying.to !== to) return;
    host.dispatch({ type: 'carry', carrying: { vm, to, trial } });
    host.announce(trialWords(nameOf(to), trial));
  }

  const nameOf = (id: string): string => {
    const { graph } = host.state();
    return (graph && thingsOf(graph).get(id)?.name) ?? id;
  };

  function draw(vm: string, to: string | undefined, trial: TryMove | null | undefined): HTMLElement {
    const title = h(
      'div',
      { class: 'title' },
      lineIcon(TOOL_ICONS.move, 14),
      h('span', {}, to === undefined ? nameOf(vm) : `${nameOf(vm)} to ${nameOf(to)}`),
    );
    if (to === undefined) {
      const words = 'Over a host: what it would become. Released there, it moves; Escape leaves it.';
      return h('div', { class: 'trial', role: 'status' }, title, h('p', {}, words));
    }
    const why = barOf(trial);
    if (why !== undefined)
      return h(
        'div',
        { class: 'trial barred' },
        title,
        h('p', {}, picture(12, 12, badgeIcon('error', 0, 0, 12)), h('span', {}, why)),
      );
    if (!trial) return h('div', { class: 'trial' }, title, h('p', {}, '…'));
    return h(
      'div',
      { class: 'trial' },
      title,
      ...trial.hosts.map(hostRows),
      h('p', { class: 'found' }, ...foundWords(trial)),
    );
  }

  const hostRows = ({ name, figures }: HostChange): HTMLElement =>
    h('div', { class: 'change' }, h('strong', {}, name), ...figures.filter(isShare).slice(0, FIGURES).map(figureRow));

  const isShare = ({ before, after }: FigureChange): boolean => (before?.share ?? after?.share) !== undefined;

  function figureRow({ label, before, after }: FigureChange): HTMLElement {
    const fill = h('span', { class: `fill ${after?.class ?? 'calm2'}` });
    fill.style.width = `${(Math.min(after?.share ?? 0, 1.2) / 1.2) * 100}%`;
    const ring = h('span', { class: 'was' });
    ring.style.left = `${(Math.min(before?.share ?? 0, 1.2) / 1.2) * 100}%`;
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

  function foundWords({ findings: { added, gone } }: TryMove): readonly (Node | string)[] {
    const lines = [
      ...added
        .slice(0, 3)
        .map((f) => h('span', { class: 'new' }, picture(12, 12, badgeIcon(f.severity, 0, 0, 12)), `new: ${f.rule}`)),
      ...(added.length > 3 ? [`${added.length - 3} more`] : []),
      ...(gone.length > 0
        ? [
            h(
              'span',
              {},
              lineIcon(TOOL_ICONS.check, 12),
              `mends ${gone
                .map((f) => f.rule)
                .slice(0, 2)
                .join(', ')}`,
            ),
          ]
        : []),
    ];
    return lines.length > 0 ? lines : ['No new finding'];
  }

  return {
    render: (state, was) => {
      const { carrying } = state;
      if (carrying !== was.carrying) {
        element?.remove();
        element = carrying && draw(carrying.vm, carrying.to, carrying.trial);
        if (element) host.floor().append(element);
        host.stage.classList.toggle('carrying', carrying !== undefined);
        const isNew = carrying?.to !== was.carrying?.to || carrying?.vm !== was.carrying?.vm;
        if (carrying?.to !== undefined && isNew) void attempt(carrying.vm, carrying.to);
      }
      if (!element || !carrying) return;
      const area = host.areaOf(carrying.to ?? carrying.vm, true);
      const { clientWidth: w, clientHeight } = host.root;
      const at =
        area && placePopover({ w: element.offsetWidth, h: element.offsetHeight }, area, { w, h: clientHeight - 37 });
      element.style.left = `${at?.x ?? 12}px`;
      element.style.top = `${at?.y ?? 48}px`;
    },
  };
}

/** Why a VM may not go there; undefined while that is not known, and where it may. */
export const barOf = (trial: TryMove | null | undefined): string | undefined =>
  trial === null ? 'the text no longer has one of them' : (trial?.barred ?? trial?.refused);

const changeWords = (before: string | undefined, after: string | undefined): string =>
  before === after ? (after ?? '') : `${before ?? '–'} to ${after ?? '–'}`;

/** A trial for somebody who does not see it. */
export function trialWords(name: string, trial: TryMove | null): string {
  const why = barOf(trial);
  if (why !== undefined || !trial) return `${name}: not possible, ${why}`;
  const [target] = trial.hosts;
  const shares = (target?.figures ?? []).filter(({ after }) => after?.share !== undefined).slice(0, FIGURES);
  const figures = shares.map(({ label, before, after }) => `${label} ${changeWords(before?.text, after?.text)}`);
  const { added } = trial.findings;
  const found = added.length === 0 ? 'no new finding' : `${added.length} new: ${added.map((f) => f.rule).join(', ')}`;
  return [name, ...figures, found].join(', ').replaceAll('\u202f%', ' percent');
}

/** Picks up a VM with the keyboard. */
export function pickUp(host: ViewHost, vm: string): void {
  const { graph } = host.state();
  const thing = graph && thingsOf(graph).get(vm);
  if (!thing?.vm || host.state().mode === 'table') return;
  host.dispatch({ type: 'focus', node: vm });
  host.dispatch({ type: 'carry', carrying: { vm, to: undefined } });
  host.announce(`${thing.name} is picked up. Arrows choose a host, Enter moves it there, Escape leaves it.`);
  host.stage.focus();
}

/** Lets a VM down on the host that it is held over. */
export function drop(host: ViewHost): void {
  const { carrying } = host.state();
  if (carrying?.to === undefined) return;
  const { vm, to, trial } = carrying;
  const why = barOf(trial);
  host.dispatch({ type: 'carry', carrying: undefined });
  if (why === undefined) host.post({ type: 'move', vm, to });
  else host.announce(`It stays: ${why}`);
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Keys while a VM is carried: arrows from host to host, Enter, Escape. Everything else waits. */
export function carryKey(host: ViewHost, key: string): void {
  const { carrying, graph } = host.state();
  const layout = host.layout();
  if (!carrying || !graph || !layout) return;
  const direction = ARROWS[key];
  if (key === 'Escape') host.dispatch({ type: 'carry', carrying: undefined });
  else if (key === 'Enter' || key === ' ') drop(host);
  else if (direction) {
    const holder = nodeShowing(graph, carrying.vm);
    const here = boxesOf(layout).get(carrying.to ?? holder ?? '') ?? layout.boxes.find((b) => b.kind === 'host');
    const hosts = layout.boxes.filter((b) => b.kind === 'host' && b.id !== here?.id);
    const to = here && nearest(here, hosts, direction);
    if (to === undefined) return;
    host.dispatch({ type: 'carry', carrying: { vm: carrying.vm, to: to === holder ? undefined : to } });
    host.lookAt(to);
  }
}
