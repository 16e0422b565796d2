import type { ToWebview } from '../../server/src/protocol/messages.ts';
import type { TopologyAnswer } from '../../server/src/protocol/topology.ts';
import { type FindingNote, indexGraph, UNPLACED_ID } from '../../server/src/topology/graph.ts';
import { type LayoutCache, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { count, plural } from '../../server/src/topology/scene/context.ts';
import { describe } from '../../server/src/topology/scene/describe.ts';
import { sceneParts } from '../../server/src/topology/scene/draw.ts';
import { search } from '../../server/src/topology/scene/hit.ts';
import { drawLegend, LEGEND_HEIGHT } from '../../server/src/topology/scene/legend.ts';
import { drawOverlay } from '../../server/src/topology/scene/overlay.ts';
import { defs, itemsToSvg } from '../../server/src/topology/scene/svg.ts';
import { pageTheme } from '../../server/src/topology/scene/themes.ts';
import { type Camera, clamp, fit, follow, reveal, type Size, type Spot, zoomAt, zoomPercent } from './camera.ts';
import { asker, type Channel, oneAtATime } from './channel.ts';
import { h, svgElement } from './dom.ts';
import { listenKeys } from './keys.ts';
import { listenPointer } from './pointer.ts';
import { Canvas, focusItem } from './render/canvas.ts';
import { type PageLook, readLook, watchLook } from './render/look.ts';
import { emptyPage, failurePage, stripOf } from './render/messages.ts';
import { placePopover } from './render/placement.ts';
import { createPopover } from './render/popover.ts';
import { createToolbar } from './render/toolbar.ts';
import { type Action, caretNode, INITIAL, isEmpty, reduce, restore, type State, save } from './state.ts';
import { showWanted } from './wanted.ts';

/** Runs the view in an element: mail in, pictures out. */
export function startView(root: HTMLElement, channel: Channel): void {
  let state: State = restore(channel.getState());
  let look: PageLook = readLook();
  let layouts = new Map<Level, Layout>();
  const cache: LayoutCache = new Map();
  let shown: { state: State; layout: Layout | undefined; look: PageLook } = { state: INITIAL, layout: undefined, look };
  let popover: HTMLElement | undefined;
  let hoverWords = '';
  let focusTurn = false;
  const questions = asker(channel);
  let saving = false;
  let thinking = 0;
  const canvas = new Canvas();

  const stage = h('div', { class: 'stage', tabindex: '0', role: 'tree', 'aria-label': 'Topology' }, canvas.svg);
  const legend = svgElement('svg');
  const status = h('span', { class: 'status' });
  const strips = h('div', { class: 'strips' });
  const pages = h('div', { class: 'pages' });
  const toolbar = createToolbar({
    layer: (layer) => dispatch({ type: 'layer', layer }),
    measure: (measure) => dispatch({ type: 'measure', measure }),
    search: (query) => dispatch({ type: 'search', query }),
    nextMatch,
    zoom: (factor) => zoom(factor),
    fit: fitAll,
    leave: () => stage.focus(),
  });
  root.append(
    toolbar.element,
    strips,
    h('div', { class: 'middle' }, stage, pages),
    h('div', { class: 'legend' }, legend, status),
  );

  const view = (): Size => ({ w: stage.clientWidth / look.unit, h: stage.clientHeight / look.unit });

  function layoutAt(level: Level): Layout {
    const known = layouts.get(level);
    if (known) return known;
    const { graph, layer, routes } = state;
    if (!graph) return { level, layer, width: 1, height: 1, boxes: [], wires: [], labels: [], groups: new Map() };
    const layout = layoutGraph(graph, { level, layer, routes, cache });
    layouts.set(level, layout);
    return layout;
  }

  function dispatch(action: Action): void {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    if (state.graph !== before.graph || state.layer !== before.layer) {
      const old = before.camera && before.graph ? layoutAt(before.camera.level) : undefined;
      layouts = new Map();
      if (state.graph && !isEmpty(state.graph) && view().w > 0) {
        const camera = state.camera;
        const next = !camera
          ? fit(layoutAt, view(), 2)
          : old
            ? follow(camera, old, layoutAt(camera.level), view())
            : camera;
        state = { ...state, camera: clamp(next, layoutAt(next.level), view()) };
      }
    }
    if (action.type === 'caret') lookAt(caretNode(state));
    render();
  }

  /** Pans to a node only if it is out of sight. */
  function lookAt(id: string | undefined): void {
    const { camera } = state;
    const box = id === undefined ? undefined : boxOf(id);
    if (camera && box) state = { ...state, camera: reveal(camera, box, view()) };
  }

  const boxOf = (id: string): Box | undefined =>
    state.camera ? layoutAt(state.camera.level).boxes.find((b) => b.id === id) : undefined;

  function setCamera(camera: Camera): void {
    dispatch({ type: 'camera', camera: clamp(camera, layoutAt(camera.level), view()) });
  }

  function zoom(factor: number, spot?: Spot): void {
    const { camera, focused } = state;
    if (!camera) return;
    const box = !spot && focused !== undefined ? boxOf(focused) : undefined;
    const middle = box
      ? { x: (box.x + box.w / 2) * camera.scale + camera.x, y: (box.y + box.h / 2) * camera.scale + camera.y }
      : { x: view().w / 2, y: view().h / 2 };
    setCamera(zoomAt(camera, layoutAt, spot ?? middle, factor));
  }

  function fitAll(): void {
    if (state.graph) setCamera(fit(layoutAt, view()));
  }

  function render(): void {
    state = showWanted(state, layoutAt, view());
    const { camera, graph } = state;
    const layout = camera && graph ? layoutAt(camera.level) : undefined;
    const was = shown;
    const fresh = was.layout?.level !== layout?.level || was.look.key !== look.key;
    if (was.look.contrast !== look.contrast) canvas.setContrast(look.contrast);
    if (camera && layout && graph) {
      canvas.setCamera(camera, view(), look.unit);
      canvas.svg.dataset.level = camera.level;
      if (layout !== was.layout || fresh || was.state.measure !== state.measure) {
        const parts = sceneParts(graph, layout, { measure: state.measure, look });
        canvas.setParts(parts, { w: layout.width, h: layout.height }, fresh);
        renderLegend(layout);
      }
      renderOverlay(layout, camera);
    }
    const found = graph ? search(graph, state.query).matches : [];
    toolbar.update(state, camera ? zoomPercent(camera) : 100, {
      count: found.length,
      at: found.findIndex((m) => m.id === state.selected || m.shownBy === state.selected),
    });
    renderPages();
    renderPopover(was.state, layout);
    renderStatus();
    saveSoon();
    shown = { state, layout, look };
    thinkAhead();
  }

  /** The editor is told of each state, but not of each frame. */
  function saveSoon(): void {
    if (saving) return;
    saving = true;
    setTimeout(() => {
      saving = false;
      channel.setState(save(state));
    }, 150);
  }

  /** Lays out the neighbouring levels while nothing else is to do, so that zooming finds them ready. */
  function thinkAhead(): void {
    const { graph, camera } = state;
    if (!graph || !camera || thinking !== 0) return;
    const at = LEVELS.indexOf(camera.level);
    const next = [LEVELS[at + 1], LEVELS[at - 1]].find((l) => l !== undefined && !layouts.has(l));
    if (!next) return;
    thinking = requestIdleCallback(() => {
      thinking = 0;
      if (state.graph === graph) layoutAt(next);
      thinkAhead();
    });
  }

  function renderOverlay(layout: Layout, camera: Camera): void {
    const { graph } = state;
    if (!graph) return;
    const keyboard = document.activeElement === stage && stage.matches(':focus-visible');
    const focused = keyboard ? state.focused : undefined;
    const marks = {
      selected: state.selected,
      hovered: state.hovered,
      focused,
      caret: caretNode(state),
      found: state.query ? search(graph, state.query).shown : undefined,
    };
    const node = state.focused === undefined ? undefined : indexGraph(graph).nodes.get(state.focused);
    if (node && shown.state.focused !== state.focused) focusTurn = !focusTurn;
    const id = focusTurn ? 'focus-a' : 'focus-b';
    canvas.setOverlay(
      drawOverlay(graph, layout, marks, camera.scale),
      node ? { id, html: focusItem(id, describe(node)) } : undefined,
    );
    if (node) stage.setAttribute('aria-activedescendant', id);
    else stage.removeAttribute('aria-activedescendant');
  }

  function renderLegend(layout: Layout): void {
    const { graph } = state;
    if (!graph) return;
    const width = Math.max(0, root.clientWidth / look.unit - 170);
    const theme = pageTheme(look.contrast);
    legend.setAttribute('width', String(width * look.unit));
    legend.setAttribute('height', String(LEGEND_HEIGHT * look.unit));
    legend.setAttribute('viewBox', `0 0 ${width} ${LEGEND_HEIGHT}`);
    legend.setAttribute('role', 'img');
    legend.setAttribute('aria-label', 'Legend');
    legend.innerHTML = itemsToSvg(drawLegend(graph, layout, state.measure, look, width), theme);
  }

  function renderPages(): void {
    const { graph, failure } = state;
    const blank = !graph ? failure !== undefined : isEmpty(graph);
    if (blank !== pages.childElementCount > 0 || failure !== shown.state.failure) {
      const name = graph?.name ?? 'this file';
      const page = graph
        ? emptyPage(name, (command) => channel.post({ type: 'run', command }))
        : failurePage(failure ?? '');
      pages.replaceChildren(...(blank ? [page] : []));
    }
    stage.classList.toggle('blank', blank);
    if (state.broken !== shown.state.broken || state.late !== shown.state.late) {
      const strip = stripOf(state.broken, state.late, (broken) => channel.post({ type: 'showBroken', broken }));
      strips.replaceChildren(...(strip ? [strip] : []));
    }
  }

  function renderStatus(): void {
    const { graph } = state;
    if (!graph) return;
    const hosts = graph.sites.reduce((n, s) => n + s.clusters.reduce((m, c) => m + c.hosts.length, 0), 0);
    const vms = indexGraph(graph).vmHolder.size;
    status.textContent = hoverWords || `${plural(hosts, 'host')} · ${count(vms)} VMs`;
  }

  function findingsOf(id: string): readonly FindingNote[] {
    const { graph } = state;
    const index = graph ? indexGraph(graph) : undefined;
    const keys = index?.nodes.get(id)?.badge?.findings ?? [];
    return keys.flatMap((key) => index?.findings.get(key) ?? []);
  }

  function renderPopover(was: State, layout: Layout | undefined): void {
    const { open, camera } = state;
    if (open !== was.open || state.graph !== was.graph) {
      const hadFocus = popover?.contains(document.activeElement) === true;
      popover?.remove();
      popover = undefined;
      const node = open !== undefined && state.graph ? indexGraph(state.graph).nodes.get(open) : undefined;
      const findings = node ? findingsOf(node.id) : [];
      if (node && findings.length > 0) {
        popover = createPopover(node.name, findings, {
          apply: (finding, fix) => channel.post({ type: 'applyFix', node: node.id, finding: finding.key, fix: fix.id }),
          reveal: () => channel.post({ type: 'reveal', node: node.id, focus: true }),
          close: () => {
            dispatch({ type: 'open', node: undefined });
            stage.focus();
          },
        });
        root.append(popover);
        if (open !== was.open || hadFocus) popover.focus();
      } else if (hadFocus) stage.focus();
    }
    const box = open === undefined ? undefined : layout?.boxes.find((b) => b.id === open);
    if (!popover || !box || !camera) return;
    const u = look.unit;
    const top = stage.getBoundingClientRect().top;
    const right = (box.x + box.w) * camera.scale + camera.x;
    const headerY = box.y * camera.scale + camera.y;
    const badge = {
      x: (right - 70 * camera.scale) * u,
      y: headerY * u,
      w: 66 * camera.scale * u,
      h: Math.min(box.h, 26) * camera.scale * u,
    };
    const size = { w: popover.offsetWidth, h: popover.offsetHeight };
    const at = placePopover(size, badge, { w: stage.clientWidth, h: stage.clientHeight });
    popover.style.left = `${at.x}px`;
    popover.style.top = `${at.y + top}px`;
  }

  function nextMatch(back: boolean): void {
    const { graph } = state;
    const found = graph ? search(graph, state.query).matches : [];
    if (found.length === 0) return;
    const at = found.findIndex((m) => m.shownBy === state.selected);
    const next = found[back ? (at <= 0 ? found.length - 1 : at - 1) : (at + 1) % found.length];
    if (!next) return;
    dispatch({ type: 'select', node: next.shownBy });
    lookAt(next.shownBy);
    render();
  }

  function select(id: string | undefined, source?: string): void {
    dispatch({ type: 'select', node: id });
    if (id !== undefined && id !== UNPLACED_ID) channel.post({ type: 'reveal', node: source ?? id, focus: false });
  }

  const host = {
    stage,
    state: () => state,
    layout: () => (state.camera ? layoutAt(state.camera.level) : undefined),
    unit: () => look.unit,
    dispatch,
    setCamera,
    zoom,
    fitAll,
    select,
    lookAt: (id: string) => {
      lookAt(id);
      render();
    },
    reveal: (id: string) => channel.post({ type: 'reveal', node: id, focus: true }),
    fix: (id: string) => channel.post({ type: 'fix', node: id }),
    findings: (id: string) => findingsOf(id).length,
    focusSearch: () => toolbar.focusSearch(),
    say: (words: string) => {
      hoverWords = words;
      renderStatus();
    },
  };
  listenPointer(host);
  listenKeys(host);
  stage.addEventListener('focus', render);
  stage.addEventListener('blur', render);

  const pull = oneAtATime(async () => {
    const { uri, revision } = state;
    try {
      const answer = (await questions.ask({ uri, ...(revision === undefined ? {} : { revision }) })) as TopologyAnswer;
      if (state.uri === uri) dispatch({ type: 'answer', answer });
    } catch (error) {
      dispatch({ type: 'failure', message: error instanceof Error ? error.message : String(error) });
    }
  });

  function receive(message: ToWebview): void {
    questions.receive(message);
    if (message.type === 'design') {
      dispatch({ type: 'design', uri: message.uri });
      void pull();
    } else if (message.type === 'changed') void pull();
    else if (message.type === 'caret') dispatch({ type: 'caret', node: message.node });
    else if (message.type === 'select') dispatch({ type: 'want', node: message.node });
  }
  channel.onMessage((message) => {
    try {
      receive(message);
    } catch (error) {
      channel.post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });

  const redraw = (): void => {
    look = readLook();
    legendDefs();
    const layout = state.camera ? layoutAt(state.camera.level) : undefined;
    if (layout) renderLegend(layout);
    render();
  };
  // The first size may come after the first picture.
  new ResizeObserver(() => {
    if (state.graph && !state.camera && !isEmpty(state.graph) && view().w > 0)
      state = { ...state, camera: fit(layoutAt, view(), 2) };
    redraw();
  }).observe(stage);
  watchLook(redraw);
  const patterns = svgElement('svg');
  patterns.setAttribute('class', 'patterns');
  patterns.setAttribute('aria-hidden', 'true');
  root.append(patterns);
  function legendDefs(): void {
    patterns.innerHTML = defs(pageTheme(look.contrast));
  }
  legendDefs();
  canvas.setContrast(look.contrast);
  render();
  channel.post({ type: 'ready' });
}
