import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { LEVELS, type Level, levelFor, METRICS, USUAL_LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { boxAt, boxesOf } from '../../server/src/topology/scene/hit.ts';

/** What part of which layout is on screen: a point p of the picture stands at `p * scale + (x, y)`. */
export interface Camera {
  readonly level: Level;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly w: number;
  readonly h: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export type LayoutAt = (level: Level) => Layout;

const MAX_SCALE = 3;

/** Width of a host on screen. */
export const hostPx = (camera: Camera): number => METRICS[camera.level].hostW * camera.scale;

/** 100 % is a card at its natural size. */
export const zoomPercent = (camera: Camera): number => Math.round((hostPx(camera) / METRICS.card.hostW) * 100);

/** What to zoom by so that a card is this many percent of its natural size. */
export const factorTo = (camera: Camera, percent: number): number =>
  ((percent / 100) * METRICS.card.hostW) / hostPx(camera);

/** Least and greatest scale at which a level is used. */
function range(level: Level): { readonly least: number; readonly most: number } {
  const next = LEVELS[LEVELS.indexOf(level) + 1];
  const { hostW, from } = METRICS[level];
  return { least: level === 'dot' ? 0.05 : from / hostW, most: next ? METRICS[next].from / hostW : MAX_SCALE };
}

/**
 * The largest usual level at which the picture fits the width and `heights` heights of the view; the overview where none does. Natural size at most.
 */
export function fit(layoutAt: LayoutAt, view: Size, heights = 1): Camera {
  for (const level of USUAL_LEVELS.toReversed()) {
    const layout = layoutAt(level);
    const { least, most } = range(level);
    const scale = Math.min(1, most, view.w / layout.width, (view.h * heights) / layout.height);
    if (scale < least && level !== 'dot') continue;
    const used = Math.max(scale, range('dot').least);
    const x = Math.round((view.w - layout.width * used) / 2);
    const free = view.h - layout.height * used;
    return {
      level,
      scale: used,
      x: Math.max(x, free < 0 ? Math.min(0, x) : x),
      y: free > 0 ? Math.round(Math.min(free / 2, 24)) : 0,
    };
  }
  return { level: 'dot', scale: 1, x: 0, y: 0 };
}

/** Zooms by a factor; what is at `spot` stays there, also when the level changes. A level that is not ready is not gone to. */
export function zoomAt(
  camera: Camera,
  layoutAt: LayoutAt,
  spot: Spot,
  factor: number,
  isReady: (level: Level) => boolean = () => true,
): Camera {
  const wanted = camera.scale * factor;
  const level = levelFor(METRICS[camera.level].hostW * wanted, camera.level);
  if (level === camera.level || !isReady(level)) {
    const scale = Math.min(MAX_SCALE, Math.max(range('dot').least, wanted));
    const used = scale / camera.scale;
    const x = spot.x - (spot.x - camera.x) * used;
    return { level: camera.level, scale, x, y: spot.y - (spot.y - camera.y) * used };
  }
  const scale = (METRICS[camera.level].hostW * wanted) / METRICS[level].hostW;
  const here = { x: (spot.x - camera.x) / camera.scale, y: (spot.y - camera.y) / camera.scale };
  const there = translate(layoutAt(camera.level), layoutAt(level), here);
  return { level, scale, x: spot.x - there.x * scale, y: spot.y - there.y * scale };
}

/** The point of one layout that shows what a point of another shows. */
function translate(from: Layout, to: Layout, spot: Spot): Spot {
  const boxes = boxesOf(to);
  const parents = boxesOf(from);
  for (
    let b: Box | undefined = boxAt(from, spot.x, spot.y);
    b;
    b = b.parent === undefined ? undefined : parents.get(b.parent)
  ) {
    const target = boxes.get(b.id);
    if (!target) continue;
    return { x: target.x + ((spot.x - b.x) / b.w) * target.w, y: target.y + ((spot.y - b.y) / b.h) * target.h };
  }
  return { x: (spot.x / from.width) * to.width, y: (spot.y / from.height) * to.height };
}

/** Keeps the place when the layout itself changed (an edit): the node at the middle of the view stays where it is. */
export function follow(camera: Camera, from: Layout, to: Layout, view: Size): Camera {
  const middle = { x: (view.w / 2 - camera.x) / camera.scale, y: (view.h / 2 - camera.y) / camera.scale };
  const anchor = anchorAt(from, to, middle);
  if (!anchor) return camera;
  const dx = (anchor.to.x - anchor.from.x) * camera.scale;
  const dy = (anchor.to.y - anchor.from.y) * camera.scale;
  return dx === 0 && dy === 0 ? camera : { ...camera, x: camera.x - dx, y: camera.y - dy };
}

function anchorAt(from: Layout, to: Layout, spot: Spot): { from: Box; to: Box } | undefined {
  const boxes = boxesOf(to);
  const parents = boxesOf(from);
  for (
    let b: Box | undefined = boxAt(from, spot.x, spot.y);
    b;
    b = b.parent === undefined ? undefined : parents.get(b.parent)
  ) {
    const target = boxes.get(b.id);
    if (target) return { from: b, to: target };
  }
  return undefined;
}

/** Pans as little as needed to bring a box into sight; stays where it is in sight already. */
export function reveal(camera: Camera, box: Pick<Box, 'x' | 'y' | 'w' | 'h'>, view: Size, margin = 24): Camera {
  const left = box.x * camera.scale + camera.x;
  const top = box.y * camera.scale + camera.y;
  const right = left + box.w * camera.scale;
  const bottom = top + box.h * camera.scale;
  const shift = (low: number, high: number, size: number): number => {
    if (high - low > size - 2 * margin) return low > margin || high < size - margin ? margin - low : 0;
    if (low < margin) return margin - low;
    return high > size - margin ? size - margin - high : 0;
  };
  const dx = shift(left, right, view.w);
  const dy = shift(top, bottom, view.h);
  return dx === 0 && dy === 0 ? camera : { ...camera, x: camera.x + dx, y: camera.y + dy };
}

/** Brings a node to the middle of the view, at the present level or else at the next one that shows it. */
export function centre(camera: Camera, layoutAt: LayoutAt, id: string, view: Size): Camera {
  const closer = LEVELS.slice(LEVELS.indexOf(camera.level) + 1);
  for (const level of [camera.level, ...closer]) {
    const box = boxesOf(layoutAt(level)).get(id);
    if (!box) continue;
    const scale = level === camera.level ? camera.scale : range(level).least;
    return { level, scale, x: view.w / 2 - (box.x + box.w / 2) * scale, y: view.h / 2 - (box.y + box.h / 2) * scale };
  }
  return camera;
}

/** What holds some boxes; undefined without any. */
function around(boxes: readonly Box[]): Pick<Box, 'x' | 'y' | 'w' | 'h'> | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((b) => b.x));
  const y = Math.min(...boxes.map((b) => b.y));
  return { x, y, w: Math.max(...boxes.map((b) => b.x + b.w)) - x, h: Math.max(...boxes.map((b) => b.y + b.h)) - y };
}

/** Shows nodes together, as large as fits, at the largest level at which it does; never larger than it is drawn. */
export function fitBox(camera: Camera, layoutAt: LayoutAt, ids: readonly string[], view: Size): Camera {
  const margin = 24;
  for (const level of LEVELS.toReversed()) {
    const boxes = boxesOf(layoutAt(level));
    const box = around(ids.flatMap((id) => boxes.get(id) ?? []));
    if (!box) continue;
    const { least, most } = range(level);
    const scale = Math.min(1, most, (view.w - 2 * margin) / box.w, (view.h - 2 * margin) / box.h);
    if (scale < least && level !== 'dot') continue;
    return { level, scale, x: view.w / 2 - (box.x + box.w / 2) * scale, y: view.h / 2 - (box.y + box.h / 2) * scale };
  }
  return camera;
}

export const pan = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x + dx,
  y: camera.y + dy,
});

/** Keeps a part of the picture in sight. */
export function clamp(camera: Camera, layout: Layout, view: Size): Camera {
  const keep = 60;
  const x = Math.min(view.w - keep, Math.max(keep - layout.width * camera.scale, camera.x));
  const y = Math.min(view.h - keep, Math.max(keep - layout.height * camera.scale, camera.y));
  return x === camera.x && y === camera.y ? camera : { ...camera, x, y };
}
