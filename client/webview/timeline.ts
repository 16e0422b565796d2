import { h, lineIcon } from './dom.ts';
import type { ViewHost } from './host.ts';
import { dayWords, monthsAfter, monthsBetween } from './months.ts';
import { TOOL_ICONS } from './render/icons.ts';
import { type State, scenarioOf } from './state.ts';

/** A slider along the months that the design plans ahead: the picture is that of the day. */
export function createTimeline(host: ViewHost): {
  readonly strip: HTMLElement;
  readonly render: (state: State, was: State) => void;
} {
  const range = h('input', { type: 'range', min: '0', step: '1', 'aria-label': 'Months from today' });
  const words = h('span', { class: 'day' });
  const today = h('button', { type: 'button', class: 'secondary', click: () => go(0) }, 'Today');
  const close = h(
    'button',
    { type: 'button', class: 'tool close', title: 'Close', 'aria-label': 'Close the timeline', click: leave },
    lineIcon(TOOL_ICONS.close, 14),
  );
  const strip = h(
    'div',
    { class: 'strip timeline', role: 'group', 'aria-label': 'Growth' },
    lineIcon(TOOL_ICONS.clock),
    range,
    words,
    today,
    close,
  );
  strip.hidden = true;
  range.addEventListener('input', () => go(Number(range.value)));
  range.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
    else if (event.key === 'Backspace' || event.key === 'Delete') go(0);
  });

  function go(months: number): void {
    const { graph } = host.state();
    if (graph?.time) host.dispatch({ type: 'at', at: months === 0 ? undefined : monthsAfter(graph.time.asOf, months) });
  }

  function leave(): void {
    host.dispatch({ type: 'slider', shown: false });
    host.focus();
  }

  return {
    strip,
    render: (state, was) => {
      const { graph, at } = state;
      const time = graph?.time;
      const isShown = state.hasSlider && time !== undefined;
      strip.hidden = !isShown;
      if (!time || !isShown) return;
      const months = at === undefined ? 0 : monthsBetween(time.asOf, at);
      range.max = String(Math.max(1, time.horizon));
      if (range.value !== String(months)) range.value = String(months);
      const ahead = months === 0 ? 'today' : months === 1 ? 'in 1 month' : `in ${months} months`;
      const isLate = state.shownScenario !== scenarioOf(state);
      const day = `${dayWords(at ?? time.asOf)} · ${ahead}`;
      range.setAttribute('aria-valuetext', day);
      words.textContent = isLate ? `${day} …` : day;
      today.disabled = at === undefined;
      // Brought back by a reload, it does not take the keyboard.
      if (!was.hasSlider && was.graph) range.focus();
    },
  };
}
