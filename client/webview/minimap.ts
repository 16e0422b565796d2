import { indexGraph } from '../../server/src/topology/graph.ts';
import { isGrouping, type Layout } from '../../server/src/topology/layout/layout-types.ts';
import { hostToken } from '../../server/src/topology/scene/readings.ts';
import { box, type Item, path, type Token } from '../../server/src/topology/scene/scene.ts';
import { itemsToSvg } from '../../server/src/topology/scene/svg.ts';
import { pageTheme } from '../../server/src/topology/scene/themes.ts';
import type { Camera } from './camera.ts';
import { h, svgElement } from './dom.ts';
import type { ViewHost } from './host.ts';
import type { State } from './state.ts';

/** Size up to which the map grows, in pixels of the grid. */
const MOST = { w: 168, h: 112 };

/** There is a map where less than this share of the picture is in sight. */
const MOST_SEEN = 0.5;

/** The whole picture in a corner, with what is in sight of it; pressed, the view goes there. For the mouse alone: keys have their own ways. */
export function createMinimap(host: ViewHost): {
  readonly element: HTMLElement;
  readonly render: (state: State, layout: Layout | undefined, isNewPicture: boolean) => void;
} {
  const svg = svgElement('svg');
  const drawing = svgElement('g');
  const frame = svgElement('rect');
  frame.setAttribute('class', 'sight');
  svg.append(drawing, frame);
  const element = h('div', { class: 'minimap', 'aria-hidden': 'true', title: 'Small map' }, svg);
  element.hidden = true;
  let isPressed = false;
  let scale = 1;
  let isStale = true;

  function look(event: PointerEvent): void {
    const { camera } = host.state();
    const rect = svg.getBoundingClientRect();
    if (!camera) return;
    const unit = host.look().unit;
    const x = (event.clientX - rect.left) / unit / scale;
    const y = (event.clientY - rect.top) / unit / scale;
    const view = host.view();
    host.setCamera({ ...camera, x: view.w / 2 - x * camera.scale, y: view.h / 2 - y * camera.scale });
  }
  element.addEventListener('pointerdown', (event) => {
    isPressed = true;
    element.setPointerCapture(event.pointerId);
    look(event);
    event.preventDefault();
  });
  element.addEventListener('pointermove', (event) => {
    if (isPressed) look(event);
  });
  for (const type of ['pointerup', 'pointercancel'])
    element.addEventListener(type, () => {
      isPressed = false;
    });

  return {
    element,
    render: (state, layout, isNewPicture) => {
      const { camera } = state;
      isStale ||= isNewPicture;
      const view = host.view();
      const seen = layout && camera ? inSight(camera, layout, view) : undefined;
      const isLarger = layout && seen && seen.w * seen.h < layout.width * layout.height * MOST_SEEN;
      element.hidden = !isLarger || !state.minimap || state.mode === 'table' || view.w < 360 || view.h < 260;
      if (element.hidden || !layout || !seen) return;
      if (isStale && host.isMoving()) return;
      if (isStale) {
        isStale = false;
        scale = Math.min(MOST.w / layout.width, MOST.h / layout.height);
        const unit = host.look().unit;
        svg.setAttribute('width', String(Math.ceil(layout.width * scale * unit)));
        svg.setAttribute('height', String(Math.ceil(layout.height * scale * unit)));
        svg.setAttribute('viewBox', `0 0 ${layout.width} ${layout.height}`);
        drawing.innerHTML = itemsToSvg(drawMap(state, layout, 1 / scale), pageTheme(host.look().contrast));
        frame.setAttribute('stroke-width', String(1.5 / scale));
      }
      const { x, y, w, h } = seen;
      for (const [name, value] of Object.entries({ x, y, width: w, height: h }))
        frame.setAttribute(name, String(value));
    },
  };

  function drawMap(state: State, layout: Layout, pixel: number): Item[] {
    const { graph, measure } = state;
    if (!graph) return [];
    const index = indexGraph(graph);
    const drawn = { graph, index, layout, measure, look: host.look() };
    const paths = new Map<Token, string>();
    const add = (token: Token, data: string): unknown => paths.set(token, (paths.get(token) ?? '') + data);
    const frames: string[] = [];
    for (const b of layout.boxes) {
      const node = index.nodes.get(b.id);
      const shape = box(b.x, b.y, Math.max(b.w, pixel), Math.max(b.h, pixel));
      if (node?.kind === 'host') add(hostToken(node, drawn), shape);
      else if (b.kind === 'site' || b.kind === 'cluster') frames.push(shape);
      else if (!isGrouping(b.kind) && b.kind !== 'vm') add('track', shape);
    }
    return [
      path(frames.join(''), { fill: 'cluster', stroke: 'hairline', width: pixel }),
      ...[...paths].map(([token, data]) => path(data, { fill: token })),
    ];
  }
}

/** The part of the picture that is in sight, as far as there is picture. */
function inSight(camera: Camera, layout: Layout, view: { readonly w: number; readonly h: number }) {
  const x = Math.max(0, -camera.x / camera.scale);
  const y = Math.max(0, -camera.y / camera.scale);
  const right = Math.min(layout.width, (view.w - camera.x) / camera.scale);
  const bottom = Math.min(layout.height, (view.h - camera.y) / camera.scale);
  return { x, y, w: Math.max(0, right - x), h: Math.max(0, bottom - y) };
}
