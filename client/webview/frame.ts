import { indexGraph } from '../../server/src/topology/graph.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { plural } from '../../server/src/topology/scene/context.ts';
import { drawLegend, endOf, LEGEND_HEIGHT } from '../../server/src/topology/scene/legend.ts';
import { defs, itemsToSvg } from '../../server/src/topology/scene/svg.ts';
import { pageTheme } from '../../server/src/topology/scene/themes.ts';
import { h, svgElement } from './dom.ts';
import type { ViewHost } from './host.ts';
import { rectOf } from './measured.ts';
import { createMinimap } from './minimap.ts';
import { createPlan } from './plan.ts';
import { emptyPage, failurePage, stripOf } from './render/messages.ts';
import { isEmpty, type State } from './state.ts';
import { createTimeline } from './timeline.ts';
import { createWhatIf } from './whatif.ts';

export interface Frame {
  readonly middle: HTMLElement;
  readonly render: (state: State, was: State, isNewPicture: boolean) => void;
  readonly say: (words: string) => void;
  readonly announce: (words: string) => void;
}

/** What stands around the picture: strips above it, pages in its place, legend and totals below it. */
export function createFrame(host: ViewHost, table: HTMLElement, toolbar: HTMLElement): Frame {
  const minimap = createMinimap(host);
  const { root, stage } = host;
  const legend = svgElement('svg');
  // Until there is a legend it takes no room: the first picture is fitted to what is left.
  legend.setAttribute('height', '0');
  legend.setAttribute('role', 'img');
  legend.setAttribute('aria-label', 'Legend');
  const status = h('span', { class: 'status' });
  const broken = h('div', { class: 'broken' });
  const whatIf = createWhatIf(host);
  const timeline = createTimeline(host);
  const plan = createPlan(host);
  const strips = h('div', { class: 'strips' }, broken, whatIf.strip, plan.strip, timeline.strip);
  const pages = h('div', { class: 'pages' });
  const middle = h('main', { class: 'middle' }, stage, pages, table, minimap.element);
  const live = h('div', { class: 'unseen', 'aria-live': 'polite' });
  const patterns = svgElement('svg');
  patterns.setAttribute('class', 'patterns');
  patterns.setAttribute('aria-hidden', 'true');
  root.append(
    h('header', {}, h('div', { class: 'unseen', role: 'heading', 'aria-level': '1' }, 'Topology'), toolbar, strips),
    middle,
    h('footer', { class: 'legend' }, legend, status),
    live,
    patterns,
  );
  let hoverWords = '';
  let isStale = true;
  let shownLegend = '';
  let shownPatterns = '';

  function renderLegend(layout: Layout): void {
    const { graph, measure } = host.state();
    const look = host.look();
    if (!graph) return;
    const items = drawLegend(graph, layout, measure, look, Math.max(0, rectOf(root).width / look.unit - 170));
    // What it leaves is for the words about what is under the pointer.
    const width = endOf(items, look);
    const theme = pageTheme(look.contrast);
    legend.setAttribute('width', String(width * look.unit));
    legend.setAttribute('height', String(LEGEND_HEIGHT * look.unit));
    legend.setAttribute('viewBox', `0 0 ${width} ${LEGEND_HEIGHT}`);
    const marks = itemsToSvg(items, theme);
    if (marks !== shownLegend) legend.innerHTML = marks;
    shownLegend = marks;
    const filled = defs(theme);
    if (filled !== shownPatterns) patterns.innerHTML = filled;
    shownPatterns = filled;
  }

  function renderPages(state: State, was: State): void {
    const { graph, failure } = state;
    const blank = !graph ? failure !== undefined : isEmpty(graph);
    if (blank !== pages.childElementCount > 0 || failure !== was.failure) {
      const name = graph?.name ?? 'this file';
      const page = graph
        ? emptyPage(name, (command) => host.post({ type: 'run', command }))
        : failurePage(failure ?? '');
      pages.replaceChildren(...(blank ? [page] : []));
    }
    stage.classList.toggle('blank', blank || state.mode === 'table');
    if (state.broken === was.broken && state.late === was.late) return;
    const strip = stripOf(state.broken, state.late, (place) => host.post({ type: 'showBroken', broken: place }));
    broken.replaceChildren(...(strip ? [strip] : []));
  }

  function renderStatus(): void {
    const { graph } = host.state();
    if (!graph) return;
    const hosts = graph.sites.reduce((n, s) => n + s.clusters.reduce((m, c) => m + c.hosts.length, 0), 0);
    const vms = indexGraph(graph).vmHolder.size;
    const words = hoverWords || `${plural(hosts, 'host')} · ${plural(vms, 'VM')}`;
    if (status.textContent !== words) status.textContent = words;
  }

  return {
    middle,
    render: (state, was, isNewPicture) => {
      const layout = host.layout();
      isStale ||= isNewPicture || state.measure !== was.measure;
      if (layout && isStale && !host.isMoving()) {
        isStale = false;
        renderLegend(layout);
      }
      if (state.uri !== was.uri) hoverWords = '';
      renderPages(state, was);
      minimap.render(state, layout, isNewPicture || state.measure !== was.measure);
      renderStatus();
      whatIf.render(state, was);
      plan.render(state, was);
      timeline.render(state, was);
    },
    say: (words) => {
      hoverWords = words;
      renderStatus();
    },
    announce: (words) => {
      live.textContent = words;
    },
  };
}
