import type { ToWebview } from '../../server/src/protocol/messages.ts';
import type { TopologyAnswer } from '../../server/src/protocol/topology.ts';
import { indexGraph } from '../../server/src/topology/graph.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { levelFor } from '../../server/src/topology/layout/metrics.ts';
import { placeOf } from '../../server/src/topology/scene/hit.ts';
import { drawOverlay } from '../../server/src/topology/scene/overlay.ts';
import { endsOfLink } from '../../server/src/topology/scene/ways.ts';
import {
  type Camera,
  centre,
  clamp,
  fit,
  fitBox,
  follow,
  hostPx,
  reveal,
  type Size,
  type Spot,
  zoomAt,
  zoomPercent,
} from './camera.ts';
import { createCards } from './card.ts';
import { barOf, createCarrying } from './carry.ts';
import { asker, type Channel, oneAtATime } from './channel.ts';
import { h } from './dom.ts';
import { createFindings } from './findings.ts';
import { createFrame } from './frame.ts';
import type { Area, ViewHost } from './host.ts';
import { listenKeys } from './keys.ts';
import { createLayouts } from './layouts.ts';
import { readLink } from './link.ts';
import { rectOf } from './measured.ts';
import { openNodeMenu, openViewMenu, runCommand } from './menus.ts';
import { takePlan } from './plan.ts';
import { listenPointer } from './pointer.ts';
import { Canvas, focusItem } from './render/canvas.ts';
import { type PageLook, readLook, watchLook } from './render/look.ts';
import { createTable } from './render/table.ts';
import { createToolbar } from './render/toolbar.ts';
import { restore, save } from './saved.ts';
import { find } from './search.ts';
import { type Action, caretNode, INITIAL, isEmpty, reduce, type State, scenarioOf, suppositionOf } from './state.ts';
import { thingCalled } from './things.ts';
import { cameraForPlan, showWanted } from './wanted.ts';
import { wordsOf } from './words.ts';
import { openZoomMenu } from './zoom-menu.ts';

/** Runs the view in an element: mail in, pictures out. */
export function startView(root: HTMLElement, channel: Channel): void {
  let state: State = restore(channel.getState());
  let look: PageLook = readLook();
  let shown: { state: State; layout: Layout | undefined; look: PageLook } = { state: INITIAL, layout: undefined, look };
  /** Nobody has chosen where to look yet: the picture is fitted whenever the panel is resized. */
  let isFitted = state.camera === undefined;
  /** What the marks over the picture were drawn from. */
  let marked: readonly unknown[] = [];
  let focusTurn = false;
  const questions = asker(channel);
  let saving = false;
  /** Where somebody zoomed to a level that was not ready. */
  let awaited: Spot | undefined;
  const canvas = new Canvas(() => render());
  const stage = h('div', { class: 'stage', tabindex: '0', role: 'tree', 'aria-label': 'Topology' }, canvas.element);

  const view = (): Size => {
    const { width, height } = rectOf(stage);
    return { w: width / look.unit, h: height / look.unit };
  };

  const layouts = createLayouts({
    state: () => state,
    look: () => look,
    isStill: () => !canvas.isMoving,
    ready: () => {
      const { camera } = state;
      if (awaited && camera) zoom(1, awaited);
    },
  });
  const layoutAt = layouts.at;

  function dispatch(action: Action): void {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    if (state.uri !== before.uri) isFitted = state.camera === undefined;
    if (action.type === 'camera' || state.wantedLook || state.wanted !== undefined) isFitted = false;
    if (state.graph !== before.graph || state.layer !== before.layer || state.overrides !== before.overrides) {
      const old = before.camera && before.graph ? layoutAt(before.camera.level) : undefined;
      layouts.forget();
      place(old);
    }
    if (scenarioOf(state) !== scenarioOf(before) && state.uri === before.uri) void pull();
    if (action.type === 'caret') lookAt(caretNode(state));
    if (action.type === 'select') channel.post({ type: 'selected', node: action.node ?? null });
    render();
  }

  /** Where to look after the picture has changed: where one looked before, or at all of it. */
  function place(old: Layout | undefined): void {
    const { graph, camera } = state;
    if (!graph || isEmpty(graph) || view().w <= 0) return;
    const next = !camera
      ? fit(layoutAt, view(), 2)
      : old
        ? follow(camera, old, layoutAt(camera.level), view())
        : camera;
    state = { ...state, camera: clamp(next, layoutAt(next.level), view()) };
  }

  const spotOf = (id: string): Area | undefined =>
    state.camera && state.graph ? placeOf(state.graph, layoutAt(state.camera.level), state.measure, id) : undefined;

  /** Pans to a node only if it is out of sight; comes closer only if it is not drawn from here. */
  function lookAt(id: string | undefined): void {
    const { camera } = state;
    if (!camera || id === undefined) return;
    const box = spotOf(id);
    const next = box ? reveal(camera, box, view()) : centre(camera, layoutAt, id, view());
    if (next !== camera) isFitted = false;
    state = { ...state, camera: clamp(next, layoutAt(next.level), view()) };
  }

  function setCamera(camera: Camera): void {
    dispatch({ type: 'camera', camera: clamp(camera, layoutAt(camera.level), view()) });
  }

  function zoom(factor: number, spot?: Spot): void {
    const { camera, focused } = state;
    if (!camera) return;
    const box = !spot && focused !== undefined ? spotOf(focused) : undefined;
    const middle = box
      ? { x: (box.x + box.w / 2) * camera.scale + camera.x, y: (box.y + box.h / 2) * camera.scale + camera.y }
      : { x: view().w / 2, y: view().h / 2 };
    const at = spot ?? middle;
    const wanted = zoomAt(camera, layoutAt, at, factor, layouts.isReady);
    awaited = layouts.isReady(levelFor(hostPx(wanted), wanted.level)) ? undefined : at;
    // The picture that is shown until the one of another level is drawn is zoomed as well.
    if (wanted.level !== camera.level)
      canvas.setCamera(
        zoomAt(camera, layoutAt, at, factor, () => false),
        view(),
        look.unit,
      );
    setCamera(wanted);
  }

  /** Where a node, or its line in the table, is on the page: of a large node its header. */
  function areaOf(id: string, isWhole = false): Area | undefined {
    if (state.mode === 'table') return table.areaOf(id);
    const { camera } = state;
    const box = spotOf(id);
    if (!camera || !box) return undefined;
    const u = look.unit;
    const { top, left } = rectOf(stage);
    const scale = camera.scale * u;
    const at = { x: left + box.x * scale + camera.x * u, y: top + box.y * scale + camera.y * u };
    if (isWhole) return { ...at, w: box.w * scale, h: box.h * scale };
    const w = Math.min(66, box.w) * scale;
    return { x: at.x + Math.max(0, (box.w - 70) * scale), y: at.y, w, h: Math.min(box.h, 26) * scale };
  }

  function nextMatch(back: boolean): void {
    const found = state.graph ? find(state.graph, state.query).matches : [];
    if (found.length === 0) return;
    const at = found.findIndex((m) => m.id === state.selected);
    const next = found[back ? (at <= 0 ? found.length - 1 : at - 1) : (at + 1) % found.length];
    if (!next) return;
    dispatch({ type: 'select', node: next.id });
    lookAt(next.id);
    render();
    host.announce(wordsFor(next.id));
  }

  const wordsFor = (id: string): string => wordsOf(state.graph, id);

  const host: ViewHost = {
    root,
    stage,
    floor: () => frame.middle,
    state: () => state,
    layout: () => (state.camera ? layoutAt(state.camera.level) : undefined),
    layoutAt,
    isMoving: () => canvas.isMoving,
    look: () => look,
    view,
    dispatch,
    post: channel.post,
    ask: questions.ask,
    setCamera,
    zoom,
    fitAll: () => {
      if (state.graph) setCamera(fit(layoutAt, view()));
    },
    tidy: () => {
      const old = state.camera && layoutAt(state.camera.level);
      layouts.tidy();
      place(old);
      render();
    },
    fitTo: (id) => {
      if (state.camera && state.graph) setCamera(fitBox(state.camera, layoutAt, placesOf(id), view()));
    },
    select: (id) => {
      dispatch({ type: 'select', node: id });
      if (id !== undefined && state.graph && thingCalled(state.graph, id))
        channel.post({ type: 'reveal', node: id, focus: false });
    },
    lookAt: (id) => {
      lookAt(id);
      render();
    },
    reveal: (id) => channel.post({ type: 'reveal', node: id, focus: true }),
    fix: (id) => channel.post({ type: 'fix', node: id }),
    findings: (id) => {
      const { graph } = state;
      const keys = (graph && thingCalled(graph, id)?.badge?.findings) ?? [];
      return keys.flatMap((key) => (graph && indexGraph(graph).findings.get(key)) ?? []);
    },
    areaOf,
    focus: () => (state.mode === 'table' ? table.focus() : stage.focus()),
    focusSearch: () => toolbar.focusSearch(),
    nextMatch,
    say: (words) => frame.say(words),
    announce: (words) => frame.announce(words),
    openNodeMenu: (id, at) => openNodeMenu(host, id, at),
  };
  /** The nodes that show a thing: of a link both ends. */
  const placesOf = (id: string): readonly string[] =>
    (state.graph && endsOfLink(state.graph, id)) ?? [(state.graph && indexGraph(state.graph).vmHolder.get(id)) ?? id];

  const toolbar = createToolbar({
    layer: (layer) => dispatch({ type: 'layer', layer }),
    about: (about) => dispatch({ type: 'about', about }),
    measure: (measure) => dispatch({ type: 'measure', measure }),
    search: (query) => dispatch({ type: 'search', query }),
    nextMatch,
    zoom: (factor) => zoom(factor),
    fit: host.fitAll,
    zoomTo: (button) => openZoomMenu(host, button),
    mode: (mode) => {
      dispatch({ type: 'mode', mode });
      host.focus();
    },
    more: (button) => openViewMenu(host, button),
    leave: host.focus,
  });
  const table = createTable(host);
  const parts = [createFindings(host), createCards(host), createCarrying(host)];
  const frame = createFrame(host, table.element, toolbar.element);

  function render(): void {
    state = showWanted(state, layoutAt, view());
    const { camera, graph } = state;
    const layout = camera && graph ? layoutAt(camera.level) : undefined;
    const was = shown;
    const fresh = was.layout?.level !== layout?.level || was.look.key !== look.key;
    if (was.look.contrast !== look.contrast) canvas.setContrast(look.contrast);
    if (camera && layout && graph) {
      if (fresh) canvas.renew(camera.level);
      canvas.setCamera(camera, view(), look.unit);
      if (layout !== was.layout || fresh || was.state.measure !== state.measure || was.state.about !== state.about) {
        canvas.setParts(layouts.parts(layout));
      }
      renderOverlay(layout, camera);
    }
    const found = graph ? find(graph, state.query).matches : [];
    const matches = { count: found.length, at: found.findIndex((m) => m.id === state.selected) };
    toolbar.update(state, camera ? zoomPercent(camera) : 100, matches);
    shown = { state, layout, look };
    table.render(state, was.state);
    frame.render(state, was.state, layout !== was.layout || look !== was.look);
    for (const part of parts) part.render(state, was.state);
    saveSoon();
    layouts.thinkAhead();
  }

  /** The editor is told of each state, but not of each frame. */
  function saveSoon(): void {
    if (saving) return;
    saving = true;
    setTimeout(() => {
      saving = false;
      if (canvas.isMoving) saveSoon();
      else channel.setState(save(state));
    }, 150);
  }

  function renderOverlay(layout: Layout, camera: Camera): void {
    const { graph, measure, carrying } = state;
    if (!graph) return;
    const keyboard = document.activeElement === stage && stage.matches(':focus-visible');
    const isBarred = barOf(carrying?.trial) !== undefined;
    const { selected, hovered, focused, query, caret } = state;
    // Panning moves no mark.
    const seen = [
      graph,
      layout,
      camera.scale,
      measure,
      selected,
      hovered,
      focused,
      keyboard,
      query,
      caret,
      carrying?.to,
      isBarred,
    ];
    if (seen.every((value, i) => value === marked[i])) return;
    marked = seen;
    const marks = {
      measure,
      selected: state.selected,
      hovered: state.hovered,
      focused: keyboard ? state.focused : undefined,
      caret: caretNode(state),
      found: state.query.trim() ? find(graph, state.query) : undefined,
      target: carrying?.to === undefined ? undefined : { id: carrying.to, isBarred },
    };
    const isThere = state.focused !== undefined && thingCalled(graph, state.focused) !== undefined;
    if (isThere && shown.state.focused !== state.focused) focusTurn = !focusTurn;
    const id = focusTurn ? 'focus-a' : 'focus-b';
    canvas.setOverlay(
      drawOverlay(graph, layout, marks, camera.scale),
      isThere && state.focused !== undefined ? { id, html: focusItem(id, wordsFor(state.focused)) } : undefined,
    );
    if (isThere) stage.setAttribute('aria-activedescendant', id);
    else stage.removeAttribute('aria-activedescendant');
  }

  listenPointer(host);
  listenKeys(host, frame.middle);
  stage.addEventListener('focus', render);
  stage.addEventListener('blur', render);

  const pull = oneAtATime(async () => {
    const before = state;
    const { uri, version } = before;
    const scenario = scenarioOf(before);
    const shown = version === undefined ? {} : { shown: version };
    try {
      const answer = await questions.ask('vdc/topology', { ...shown, ...suppositionOf(before) });
      if (state.uri !== uri) return;
      dispatch({ type: 'answer', answer: answer as TopologyAnswer, scenario });
      const camera = cameraForPlan(state, before, layoutAt, view());
      if (camera) setCamera(camera);
      // What was said to change is not what is shown.
      if (state.graph && state.version === undefined) void pull();
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
    else if (message.type === 'shared') dispatch({ type: 'share', node: message.node ?? undefined });
    else if (message.type === 'plan') takePlan(host, message);
    else if (message.type === 'view') dispatch({ type: 'link', view: readLink(message.view) });
    else if (message.type === 'run') runCommand(host, message.command);
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
    render();
  };
  // The first size may come after the first picture.
  new ResizeObserver(() => {
    if (state.graph && (!state.camera || isFitted) && !isEmpty(state.graph) && view().w > 0)
      state = { ...state, camera: fit(layoutAt, view(), 2) };
    redraw();
  }).observe(stage);
  watchLook(redraw);
  canvas.setContrast(look.contrast);
  render();
  channel.post({ type: 'ready' });
}
