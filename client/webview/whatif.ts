import type { Failure, FailureMove } from '../../server/src/topology/graph.ts';
import { plural } from '../../server/src/topology/scene/context.ts';
import { nameOfFailed } from './cables.ts';
import { h, lineIcon } from './dom.ts';
import type { ViewHost } from './host.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { findingLists, MOST, section, thingLine } from './render/outcome.ts';
import { type State, scenarioOf } from './state.ts';

/** The strip that says what has failed and what becomes of it, and the list behind it. */
export function createWhatIf(host: ViewHost): {
  readonly strip: HTMLElement;
  readonly render: (state: State, was: State) => void;
} {
  const title = h('strong', {});
  const summary = h('span', { class: 'summary', role: 'status' });
  const details = h(
    'button',
    {
      type: 'button',
      class: 'secondary',
      'aria-expanded': 'false',
      click: () => host.dispatch({ type: 'outcome', shown: !host.state().hasOutcome }),
    },
    'Details',
  );
  const restore = h('button', { type: 'button', class: 'secondary', click: () => bringBack(undefined) }, 'Restore');
  const strip = h(
    'div',
    { class: 'strip whatif', role: 'region', 'aria-label': 'What if it fails' },
    lineIcon(TOOL_ICONS.power),
    title,
    summary,
    details,
    restore,
  );
  strip.hidden = true;
  let list: HTMLElement | undefined;

  function bringBack(id: string | undefined): void {
    host.dispatch({ type: 'fail', node: id });
    host.focus();
  }

  const nameOf = (id: string): string => nameOfFailed(host.state().graph, id);

  const moved = (move: FailureMove): HTMLElement =>
    thingLine(host, move.vm, nameOf(move.vm), [`${nameOf(move.from)} to ${nameOf(move.to)}`]);

  function drawList(failure: Failure): HTMLElement {
    const { failed } = host.state();
    const { stranded, lost, moves, shifts, findings } = failure;
    const back = failed.map((id) =>
      h(
        'li',
        {},
        h('span', {}, nameOf(id)),
        h('button', { type: 'button', class: 'link', click: () => bringBack(id) }, 'Bring back'),
      ),
    );
    return h(
      'div',
      { class: 'outcome', role: 'region', 'aria-label': 'What becomes of it', tabindex: '0' },
      ...section('Failed', back),
      ...section(
        `${plural(stranded.length, 'VM')} without a place`,
        stranded
          .slice(0, MOST)
          .map((s) =>
            thingLine(host, s.vm, s.name, [
              [s.needs, s.why, s.remedy ?? (s.shortBy && `short by ${s.shortBy}`)].filter(Boolean).join(' · '),
            ]),
          ),
        stranded.length,
      ),
      ...(failure.remedies ?? []).map((words) => h('p', { class: 'remedy' }, words)),
      ...section(
        'Cut off, or stopped',
        lost.map((l) => h('li', {}, h('span', { class: 'more' }, l.why))),
      ),
      ...section('Restart elsewhere', moves.slice(0, MOST).map(moved), moves.length),
      ...section('Move to make room', shifts.slice(0, MOST).map(moved), shifts.length),
      ...findingLists(findings.added, findings.gone),
    );
  }

  return {
    strip,
    render: (state, was) => {
      const { failed, graph, hasOutcome } = state;
      if (failed === was.failed && graph === was.graph && hasOutcome === was.hasOutcome) return;
      strip.hidden = failed.length === 0;
      const hadFocus = list?.contains(document.activeElement) === true;
      list?.remove();
      list = undefined;
      if (failed.length === 0) {
        if (hadFocus) host.focus();
        return;
      }
      const isShown = state.shownScenario === scenarioOf(state);
      const names = failed.map(nameOf);
      title.textContent = `What if ${names.length > 2 ? `${names.length} things` : names.join(' and ')} ${names.length > 1 ? 'fail' : 'fails'}`;
      const words = isShown ? (graph?.failure?.summary ?? 'nothing changes') : '…';
      if (summary.textContent !== words) summary.textContent = words;
      restore.textContent = failed.length > 1 ? 'Restore all' : 'Restore';
      const failure = isShown ? graph?.failure : undefined;
      details.disabled = !failure;
      details.setAttribute('aria-expanded', String(hasOutcome && failure !== undefined));
      if (!hasOutcome || !failure) return;
      list = drawList(failure);
      strip.parentElement?.append(list);
      list.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        host.dispatch({ type: 'outcome', shown: false });
        details.focus();
      });
      if (!was.hasOutcome || hadFocus) list.focus();
    },
  };
}
