import type { TryMove } from '../../server/src/protocol/topology.ts';
import { boxesOf, looseBox } from '../../server/src/topology/scene/hit.ts';
import { badgeIcon } from '../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from './dom.ts';
import type { ViewHost } from './host.ts';
import { isPlanning } from './plan.ts';
import { changeRows, changeWords, FIGURES, foundLine } from './render/changes.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { placePopover } from './render/placement.ts';
import { nodeShowing, type State } from './state.ts';
import { thingsOf } from './things.ts';
import { type Direction, nearest } from './walk.ts';

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
    return h('div', { class: 'trial' }, title, ...changeRows(trial.hosts), foundLine(trial.findings));
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

/** A trial for somebody who does not see it. */
function trialWords(name: string, trial: TryMove | null): string {
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
  if (!thing?.vm || host.state().mode === 'table' || isPlanning(host)) return;
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
    const holder = nodeShowing(graph, carrying.vm) ?? '';
    // A VM of a cluster as a whole, or without a place, starts where it is drawn, and may come back there.
    const pool = looseBox(layout, holder);
    const boxes = boxesOf(layout);
    const here =
      boxes.get(carrying.to ?? '') ?? pool ?? boxes.get(holder) ?? layout.boxes.find((b) => b.kind === 'host');
    const others = layout.boxes.filter((b) => (b.kind === 'host' || b === pool) && b.id !== here?.id);
    if (!here) return;
    // From there hosts may lie on one side only: any arrow finds one.
    const any = here === pool ? nearest(here, others, 'up') : undefined;
    const to = nearest(here, others, direction) ?? any;
    if (to === undefined) return;
    const isHome = to === holder || to === pool?.id;
    host.dispatch({ type: 'carry', carrying: { vm: carrying.vm, to: isHome ? undefined : to } });
    host.lookAt(isHome ? carrying.vm : to);
  }
}
