import type { PlanShown } from '../../server/src/protocol/messages.ts';
import { indexGraph, nameIn, type PlanNote, UNPLACED_ID } from '../../server/src/topology/graph.ts';
import { h, lineIcon } from './dom.ts';
import type { ViewHost } from './host.ts';
import { movesText, stepText } from './plan-words.ts';
import { changeRows } from './render/changes.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { findingLists, MOST, section, thingLine } from './render/outcome.ts';
import { type State, scenarioOf } from './state.ts';

const IN_THE_WAY = 'A plan is shown: accept or discard it first. Nothing is moved by hand or fails meanwhile.';

/** Hosts of which the list tells figures. */
const MOST_HOSTS = 24;

/** The strip that says what a plan does and takes, walks its steps, and accepts or discards it; the list behind it. */
export function createPlan(host: ViewHost): {
  readonly strip: HTMLElement;
  readonly render: (state: State, was: State) => void;
} {
  const title = h('strong', {});
  const summary = h('span', { class: 'summary', role: 'status' });
  const button = (words: string, kind: 'primary' | 'secondary', hint: string, click: () => void): HTMLButtonElement =>
    h('button', { type: 'button', class: kind, title: hint, click }, words);
  const details = button('Details', 'secondary', 'Moves, hosts and findings', () =>
    host.dispatch({ type: 'outcome', shown: !host.state().hasOutcome }),
  );
  const compare = button('Text', 'secondary', 'Compare the text before and after', () =>
    host.post({ type: 'plan', does: 'compare' }),
  );
  const accept = button('Accept', 'primary', 'Accept (Ctrl+Enter): an edit of the text that undo takes back', () =>
    acceptPlan(host),
  );
  const discard = button('Discard', 'secondary', 'Discard (Escape)', () => discardPlan(host));
  const range = h('input', { type: 'range', min: '0', step: '1', 'aria-label': 'Steps of the plan' });
  const tool = (icon: keyof typeof TOOL_ICONS, words: string, key: string, by: number): HTMLButtonElement =>
    h(
      'button',
      { type: 'button', class: 'tool', title: `${words} (${key})`, 'aria-label': words, click: () => stepBy(host, by) },
      lineIcon(TOOL_ICONS[icon], 14),
    );
  const back = tool('left', 'Step back', ',', -1);
  const forward = tool('right', 'Step forward', '.', 1);
  const where = h('span', { class: 'step' });
  const walk = h('div', { class: 'walk' }, back, range, forward, where);
  const what = h('div', { class: 'what' }, lineIcon(TOOL_ICONS.plan), title, details, compare, accept, discard);
  const inTheWay = h('span', { class: 'in-the-way' }, IN_THE_WAY);
  inTheWay.hidden = true;
  const how = h('div', { class: 'how' }, summary, inTheWay, walk);
  const strip = h('div', { class: 'strip plan', role: 'region', 'aria-label': 'Plan' }, what, how);
  strip.hidden = true;
  const late = h(
    'div',
    { class: 'strip late', role: 'status' },
    h('span', {}, 'The text has changed since the plan was made: it is no longer shown.'),
    button('Plan Anew', 'secondary', 'Make it for the text as it is now', () => {
      host.dispatch({ type: 'planRead' });
      host.post({ type: 'plan', does: 'anew' });
    }),
    button('Close', 'secondary', '', () => {
      host.dispatch({ type: 'planRead' });
      host.focus();
    }),
  );
  late.hidden = true;
  const strips = h('div', { class: 'plans' }, strip, late);
  let list: HTMLElement | undefined;

  range.addEventListener('input', () => host.dispatch({ type: 'step', step: Number(range.value) }));
  strip.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') discardPlan(host);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) acceptPlan(host);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function drawList(plan: PlanNote): HTMLElement {
    const { graph } = host.state();
    const nodes = graph && indexGraph(graph).nodes;
    const nameOf = (id: string | undefined): string =>
      id === undefined ? 'new' : id === UNPLACED_ID ? 'no place' : (nodes?.get(id)?.name ?? nameIn(id));
    const moves = plan.moves
      .slice(0, MOST)
      .map((move) =>
        thingLine(host, move.vm, move.name, [
          `${plan.steps > 1 ? `${move.step}: ` : ''}${nameOf(move.from)} to ${nameOf(move.to)}`,
        ]),
      );
    const hosts = plan.hosts.slice(0, MOST_HOSTS);
    const element = h(
      'div',
      { class: 'outcome', role: 'region', 'aria-label': 'What the plan does', tabindex: '0' },
      h('p', { class: 'whole' }, plan.title),
      ...section('Moves in their order', moves, plan.moves.length),
      ...(hosts.length > 0 ? [h('h2', {}, 'Hosts before and after'), ...changeRows(hosts, MOST_HOSTS)] : []),
      ...(plan.hosts.length > hosts.length
        ? [h('p', { class: 'more' }, `${plan.hosts.length - hosts.length} more hosts`)]
        : []),
      ...findingLists(plan.findings.added, plan.findings.gone),
    );
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      host.dispatch({ type: 'outcome', shown: false });
      details.focus();
    });
    return element;
  }

  function renderList(state: State, was: State, plan: PlanNote | undefined): void {
    const hadFocus = list?.contains(document.activeElement) === true;
    list?.remove();
    list = undefined;
    details.setAttribute('aria-expanded', String(state.hasOutcome && plan !== undefined));
    if (!state.hasOutcome || !plan) return;
    list = drawList(plan);
    strips.parentElement?.append(list);
    if (!was.hasOutcome || hadFocus) list.focus();
  }

  return {
    strip: strips,
    render: (state, was) => {
      const { plan: asked, graph, hasOutcome, isPlanLate } = state;
      late.hidden = !isPlanLate;
      if (isPlanLate && !was.isPlanLate && strip.contains(document.activeElement)) host.focus();
      if (asked === was.plan && graph === was.graph && hasOutcome === was.hasOutcome) return;
      const hadFocus = strip.contains(document.activeElement) || list?.contains(document.activeElement) === true;
      strip.hidden = !asked;
      if (!asked) {
        list?.remove();
        list = undefined;
        if (hadFocus && was.plan) host.focus();
        return;
      }
      const plan = graph?.plan?.id === asked.id ? graph.plan : undefined;
      const isShown = plan !== undefined && state.shownScenario === scenarioOf(state);
      title.textContent = plan?.title ?? 'A plan';
      title.title = plan?.title ?? '';
      const words = plan ? [movesText(plan), ...plan.costs].join(' · ') : '…';
      if (summary.textContent !== words) summary.textContent = words;
      inTheWay.hidden = asked.isInTheWay !== true;
      summary.hidden = asked.isInTheWay === true;
      details.disabled = !plan;
      accept.disabled = !plan || asked.isAccepted === true;
      const steps = plan?.steps ?? 1;
      walk.hidden = steps < 2;
      const step = asked.step ?? steps;
      range.max = String(steps);
      if (range.value !== String(step)) range.value = String(step);
      back.disabled = step <= 0;
      forward.disabled = step >= steps;
      const at = plan ? stepText(plan, step) : '';
      where.textContent = isShown ? at : `${at} …`;
      range.setAttribute('aria-valuetext', at);
      if (plan !== was.graph?.plan || hasOutcome !== was.hasOutcome) renderList(state, was, plan);
      if (plan && was.graph?.plan?.id !== plan.id)
        host.announce(`${plan.title}. ${words}. Control Enter accepts it, Escape discards it.`);
    },
  };
}

/** Goes through the steps of the plan that is shown. */
export function stepBy(host: ViewHost, by: number): void {
  const { plan: asked, graph } = host.state();
  const plan = graph?.plan;
  if (!asked || !plan || plan.steps < 2) return;
  const step = Math.max(0, Math.min(plan.steps, (asked.step ?? plan.steps) + by));
  host.dispatch({ type: 'step', step });
  host.announce(stepText(plan, step));
}

/** Accepts the plan that is shown: the picture stays until the text says so. */
export function acceptPlan(host: ViewHost): void {
  const { plan, graph } = host.state();
  if (!plan || plan.isAccepted || graph?.plan?.id !== plan.id) return;
  host.dispatch({ type: 'plan', plan: { id: plan.id, isAccepted: true } });
  host.post({ type: 'plan', does: 'accept' });
  host.announce('Accepted');
}

export function discardPlan(host: ViewHost): void {
  if (!host.state().plan) return;
  host.dispatch({ type: 'plan', plan: undefined });
  host.post({ type: 'plan', does: 'discard' });
  host.announce('Discarded');
  host.focus();
}

/** A plan that the editor shows, or none any more; one that is accepted is shown until the text says so. */
export function takePlan(host: ViewHost, { id, isAccepted = false }: PlanShown): void {
  const { plan } = host.state();
  if (id === null) host.dispatch({ type: 'plan', plan: undefined });
  else if (!isAccepted) host.dispatch({ type: 'plan', plan: { id } });
  else if (plan?.id === id) host.dispatch({ type: 'plan', plan: { id, isAccepted } });
}

/** Says why something has to wait; answers whether a plan is shown. */
export function isPlanning(host: ViewHost): boolean {
  if (!host.state().plan) return false;
  host.announce(IN_THE_WAY);
  host.dispatch({ type: 'wait' });
  return true;
}

/** The item of a menu for what has to wait for a plan that is shown: it says so. */
export const waiting = (host: ViewHost, label: string): { readonly label: string; readonly disabled?: boolean } =>
  host.state().plan ? { label: `${label}: not while a plan is shown`, disabled: true } : { label };

/** Asks for the picture of what would mend the findings of a node: its plan, or its first fix. False where nothing would. */
export function previewPlanOf(host: ViewHost, id: string): boolean {
  for (const finding of host.findings(id)) {
    const fix = finding.fixes.find((one) => one.id === 'plan');
    if (!fix) continue;
    host.post({ type: 'previewFix', finding: finding.key, fix: fix.id });
    host.dispatch({ type: 'open', node: undefined });
    return true;
  }
  return false;
}
