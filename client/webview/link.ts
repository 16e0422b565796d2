import type { Box } from '../../server/src/topology/layout/layout-types.ts';
import { type Layer, LEVELS, type Level, type Overrides } from '../../server/src/topology/layout/metrics.ts';
import { MEASURES, type MeasureId } from '../../server/src/topology/loads.ts';
import type { Focus } from '../../server/src/topology/scene/focus.ts';
import { boxAt } from '../../server/src/topology/scene/hit.ts';
import { aboutText, readAbout } from './about.ts';
import type { Camera, LayoutAt, Size } from './camera.ts';
import { isDay, LAYERS } from './saved.ts';
import type { Mode, State } from './state.ts';

/**
 * Where one looks, in a way that survives an edit and another size of window: a node, how much of the way along and down it the middle of
 * the view is, and how near.
 */
export interface Spotted {
  readonly level: Level;
  readonly scale: number;
  readonly node: string;
  readonly x: number;
  readonly y: number;
}

/** A view as it stands in a link. What it does not name stays as it is. */
export interface LinkedView {
  readonly layer?: Layer;
  readonly about?: Focus | undefined;
  readonly measure?: MeasureId;
  readonly mode?: Mode;
  readonly selected?: string;
  readonly query?: string;
  readonly overrides?: Overrides;
  readonly failed?: readonly string[];
  readonly at?: string | undefined;
  readonly hasSlider?: boolean;
  readonly look?: Spotted;
}

/** The node in the middle of the view, and where in it that is. */
export function spotted(camera: Camera, layoutAt: LayoutAt, view: Size): Spotted | undefined {
  const layout = layoutAt(camera.level);
  const x = (view.w / 2 - camera.x) / camera.scale;
  const y = (view.h / 2 - camera.y) / camera.scale;
  const box = boxAt(layout, x, y) ?? layout.boxes[0];
  if (!box) return undefined;
  return { level: camera.level, scale: camera.scale, node: box.id, x: (x - box.x) / box.w, y: (y - box.y) / box.h };
}

/** The camera that sees what was seen; undefined where the node is gone. */
export function cameraAt(at: Spotted, layoutAt: LayoutAt, view: Size): Camera | undefined {
  const box: Box | undefined = layoutAt(at.level).boxes.find((b) => b.id === at.node);
  if (!box) return undefined;
  const x = box.x + at.x * box.w;
  const y = box.y + at.y * box.h;
  return { level: at.level, scale: at.scale, x: view.w / 2 - x * at.scale, y: view.h / 2 - y * at.scale };
}

const short = (n: number): string => String(Math.round(n * 1000) / 1000);

/** The view as `name=value` pairs, for a link. Names of nodes stand in it, figures do not. */
export function linkOf(state: State, look: Spotted | undefined): string {
  const pairs = new URLSearchParams();
  pairs.set('layer', state.layer);
  pairs.set('measure', state.measure);
  if (state.mode === 'table') pairs.set('mode', 'table');
  if (state.selected !== undefined) pairs.set('select', state.selected);
  if (state.query.trim()) pairs.set('search', state.query.trim());
  if (state.about) pairs.set('about', aboutText(state.about));
  if (state.at !== undefined) pairs.set('at', state.at);
  for (const id of state.failed) pairs.append('failed', id);
  for (const [id, how] of state.overrides) pairs.append(how, id);
  if (look) pairs.set('look', [look.level, short(look.scale), short(look.x), short(look.y), look.node].join(' '));
  return pairs.toString();
}

/** Reads a link's pairs; whatever does not make sense is left out. */
export function readLink(pairs: string): LinkedView {
  const from = new URLSearchParams(pairs);
  const layer = LAYERS.find((l) => l === from.get('layer'));
  const measure = MEASURES.find((m) => m === from.get('measure'));
  const look = readLook(from.get('look') ?? '');
  const overrides = new Map(
    (['collapsed', 'expanded'] as const).flatMap((how) => from.getAll(how).map((id) => [id, how] as const)),
  );
  const selected = from.get('select');
  const day = from.get('at');
  const at = isDay(day) ? day : undefined;
  return {
    mode: from.get('mode') === 'table' ? 'table' : 'picture',
    query: from.get('search') ?? '',
    about: readAbout(from.get('about')),
    overrides,
    failed: from.getAll('failed'),
    at,
    ...(at === undefined ? {} : { hasSlider: true }),
    ...(layer ? { layer } : {}),
    ...(measure ? { measure } : {}),
    ...(selected ? { selected } : {}),
    ...(look ? { look } : {}),
  };
}

function readLook(text: string): Spotted | undefined {
  const [, name, scale, x, y, node] = /^(\w+) (\S+) (\S+) (\S+) (.+)$/.exec(text) ?? [];
  const level = LEVELS.find((l) => l === name);
  const numbers = [Number(scale), Number(x), Number(y)];
  if (!level || node === undefined || !numbers.every(Number.isFinite) || !(Number(scale) > 0)) return undefined;
  return { level, scale: Math.min(3, Number(scale)), node, x: Number(x), y: Number(y) };
}
