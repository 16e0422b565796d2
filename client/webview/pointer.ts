import { indexGraph, type VmCell } from '../../server/src/topology/graph.ts';
import type { Box } from '../../server/src/topology/layout/layout-types.ts';
import { describe } from '../../server/src/topology/scene/describe.ts';
import { boxAt, vmAt } from '../../server/src/topology/scene/hit.ts';
import { linkAt } from '../../server/src/topology/scene/ways.ts';
import { linkThingWords } from './cables.ts';
import { pan, type Spot } from './camera.ts';
import { drop } from './carry.ts';
import { h } from './dom.ts';
import type { ViewHost } from './host.ts';
import { rectOf } from './measured.ts';

/** A press that moves less than this is a click. */
const SLOP = 4;
/** Pixels on screen that a VM needs to be taken hold of. */
const LEAST_HOLD = 9;
/** Pixels on screen beside a link that still mean it. */
const NEAR_LINK = 6;
/** Pixels at the edge of the view where a carried VM moves the picture. */
const EDGE = 28;

export interface Hit {
  readonly box: Box | undefined;
  readonly vm: VmCell | undefined;
}

/** Drag pans, wheel pans, wheel with Ctrl or pinch zooms, click selects and shows the text, double click moves the keyboard there. */
export function listenPointer(host: ViewHost): void {
  const { stage } = host;
  let press:
    | { readonly x: number; readonly y: number; moved: boolean; last: Spot; readonly vm: string | undefined }
    | undefined;

  const spotOf = (event: MouseEvent): Spot => {
    const rect = rectOf(stage);
    const u = host.look().unit;
    return { x: (event.clientX - rect.left) / u, y: (event.clientY - rect.top) / u };
  };

  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 && event.button !== 1) return;
    const spot = spotOf(event);
    const vm = event.button === 0 && !event.shiftKey ? movable(host, hitAt(host, spot)) : undefined;
    press = { ...spot, moved: false, last: spot, vm };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    const spot = spotOf(event);
    const { camera } = host.state();
    if (press && camera) {
      if (!press.moved && Math.hypot(spot.x - press.x, spot.y - press.y) < SLOP) return;
      press.moved = true;
      if (press.vm !== undefined) {
        carryTo(host, press.vm, spot);
        return;
      }
      stage.classList.add('dragging');
      host.setCamera(pan(camera, spot.x - press.last.x, spot.y - press.last.y));
      press.last = spot;
      return;
    }
    if (host.state().carrying) return;
    const hit = hitAt(host, spot);
    stage.classList.toggle('over-vm', movable(host, hit) !== undefined);
    const link = linkUnder(host, spot, hit);
    stage.classList.toggle('over-link', link !== undefined);
    host.dispatch({
      type: 'hover',
      node: link ?? (hit.box?.kind === 'site' ? undefined : (hit.vm?.id ?? hit.box?.id)),
    });
    const { graph } = host.state();
    host.say(graph && link !== undefined ? linkThingWords(graph, link) : hit.box ? words(host, hit) : '');
  });
  const release = (event: PointerEvent): void => {
    const done = press;
    press = undefined;
    stage.classList.remove('dragging');
    if (done?.moved && done.vm !== undefined) {
      const { carrying } = host.state();
      if (event.type === 'pointerup' && carrying?.to !== undefined) drop(host);
      else host.dispatch({ type: 'carry', carrying: undefined });
      return;
    }
    if (!done || done.moved || event.type === 'pointercancel' || event.button !== 0) return;
    const hit = hitAt(host, spotOf(event));
    const link = linkUnder(host, spotOf(event), hit);
    if (link !== undefined) {
      host.select(link);
      if (host.findings(link).length > 0) host.dispatch({ type: 'open', node: link });
      return;
    }
    const id = hit.box?.id;
    const badge = id !== undefined && hit.box !== undefined && inHeader(host, hit.box, spotOf(event));
    host.select(hit.vm?.id ?? id);
    if (id !== undefined && badge && host.findings(id).length > 0) host.dispatch({ type: 'open', node: id });
  };
  stage.addEventListener('pointerup', release);
  stage.addEventListener('pointercancel', release);
  stage.addEventListener('pointerleave', () => {
    host.dispatch({ type: 'hover', node: undefined });
    host.say('');
  });
  stage.addEventListener('dblclick', (event) => {
    const hit = hitAt(host, spotOf(event));
    const id = linkUnder(host, spotOf(event), hit) ?? hit.vm?.id ?? hit.box?.id;
    if (id !== undefined) host.reveal(id);
  });
  stage.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    // The key for it has no place; it is handled with the keys.
    if (event.button !== 2) return;
    const hit = hitAt(host, spotOf(event));
    const id = linkUnder(host, spotOf(event), hit) ?? hit.vm?.id ?? hit.box?.id;
    if (id === undefined) return;
    host.dispatch({ type: 'select', node: id });
    host.openNodeMenu(id, { x: event.clientX, y: event.clientY });
  });
  // The wheel and fingers are taken by a layer above the picture: of all that stands in what takes them, the browser adds up the area in every
  // frame that moves it.
  const glass = h('div', { class: 'glass' });
  stage.append(glass);
  glass.addEventListener(
    'wheel',
    (event) => {
      const { camera } = host.state();
      if (!camera) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        const by = Math.max(-60, Math.min(60, event.deltaY * lines));
        host.zoom(Math.exp(-by * 0.006), spotOf(event));
        return;
      }
      const u = host.look().unit;
      const dx = (event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * lines;
      const dy = (event.shiftKey && event.deltaX === 0 ? 0 : event.deltaY) * lines;
      host.setCamera(pan(camera, -dx / u, -dy / u));
    },
    { passive: false },
  );
}

/** A VM that can be taken hold of: drawn large enough to be meant. */
function movable(host: ViewHost, { vm }: Hit): string | undefined {
  if (!vm || host.state().plan) return undefined;
  const area = host.areaOf(vm.id, true);
  return area && area.w >= LEAST_HOLD && area.h >= LEAST_HOLD ? vm.id : undefined;
}

/** Holds a VM over what is under the pointer; at the edge of the view the picture moves on. */
function carryTo(host: ViewHost, vm: string, spot: Spot): void {
  const { camera, graph, carrying } = host.state();
  if (!camera || !graph) return;
  const { w, h } = host.view();
  const push = (at: number, size: number): number => (at < EDGE ? EDGE - at : at > size - EDGE ? size - EDGE - at : 0);
  const [dx, dy] = [push(spot.x, w), push(spot.y, h)];
  if (dx !== 0 || dy !== 0) host.setCamera(pan(camera, dx / 2, dy / 2));
  const { box } = hitAt(host, spot);
  const to = box?.kind === 'host' && box.id !== indexGraph(graph).vmHolder.get(vm) ? box.id : undefined;
  if (!carrying || carrying.to !== to) host.dispatch({ type: 'carry', carrying: { vm, to } });
}

/** What is drawn at a spot of the stage. */
function hitAt(host: ViewHost, spot: Spot): Hit {
  const { camera, graph, measure } = host.state();
  const layout = host.layout();
  if (!camera || !layout || !graph) return { box: undefined, vm: undefined };
  const x = (spot.x - camera.x) / camera.scale;
  const y = (spot.y - camera.y) / camera.scale;
  const box = boxAt(layout, x, y);
  const vm = box && vmAt(graph, layout, measure, box, x, y);
  return { box: box?.kind === 'vm-pool' ? layout.boxes.find((b) => b.id === box.parent) : box, vm };
}

/** The link, or bundle of links, drawn at a spot, where no node is. */
function linkUnder(host: ViewHost, spot: Spot, { box }: Hit): string | undefined {
  const { camera, graph } = host.state();
  const layout = host.layout();
  if (!camera || !layout || !graph) return undefined;
  const isNode = box && ((box.kind !== 'site' && box.kind !== 'cluster') || box.collapsed);
  if (isNode) return undefined;
  const x = (spot.x - camera.x) / camera.scale;
  const y = (spot.y - camera.y) / camera.scale;
  return linkAt(graph, layout, x, y, NEAR_LINK / camera.scale);
}

/** Badges stand at the right of a node's header; a small node is all header. */
function inHeader(host: ViewHost, box: Box, spot: Spot): boolean {
  const { camera } = host.state();
  if (!camera) return false;
  const x = (spot.x - camera.x) / camera.scale;
  const y = (spot.y - camera.y) / camera.scale;
  const high = box.kind === 'host' || box.kind === 'datastore' ? 24 : box.h < 50 ? box.h : 40;
  return y - box.y <= high && (box.w < 90 || x - box.x >= box.w * 0.4);
}

/** What is under the pointer, in words. */
function words(host: ViewHost, { box, vm }: Hit): string {
  const { graph } = host.state();
  if (!graph || !box) return '';
  if (vm) return describeVm(vm).replaceAll(', ', ' · ');
  const node = indexGraph(graph).nodes.get(box.id);
  return node ? describe(node).replaceAll(', ', ' · ').replaceAll(' percent', '\u202f%') : '';
}

/** A VM in words: `cart-1, 9.4 GHz, 16 GiB`. */
export function describeVm(vm: VmCell): string {
  const cpu = vm.cpu === undefined ? 'CPU not stated' : `${(vm.cpu / 1e9).toFixed(1)} GHz`;
  const memory = vm.memory === undefined ? 'memory not stated' : `${Math.round(vm.memory / 2 ** 30)} GiB`;
  return [vm.name, ...(vm.off ? ['off'] : []), cpu, memory].join(', ');
}
