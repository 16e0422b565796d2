import { type Layer, LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { MEASURES, type MeasureId } from '../../server/src/topology/loads.ts';
import { aboutText, readAbout } from './about.ts';
import type { Camera } from './camera.ts';
import { COLUMNS, INITIAL, type Mode, type Sort, type State } from './state.ts';

/** What outlives a reload of the view. */
export interface Saved {
  readonly uri: string;
  readonly measure?: MeasureId;
  readonly layer?: Layer;
  readonly about?: string;
  readonly mode?: Mode;
  readonly camera?: Camera;
  readonly selected?: string;
  readonly query?: string;
  readonly overrides?: readonly (readonly [node: string, how: 'collapsed' | 'expanded'])[];
  readonly folds?: readonly (readonly [node: string, isOpen: boolean])[];
  readonly sort?: Sort;
  readonly failed?: readonly string[];
  readonly at?: string;
  readonly hasSlider?: boolean;
  readonly minimap?: boolean;
  readonly isLocked?: boolean;
}

export const save = (state: State): Saved => {
  const { uri, measure, isPicked, layer, mode, camera, selected, query, overrides, folds, sort } = state;
  const { about, failed, at, hasSlider, minimap, isLocked } = state;
  return {
    uri,
    ...(isPicked ? { measure } : {}),
    layer,
    ...(about ? { about: aboutText(about) } : {}),
    ...(mode === 'table' ? { mode } : {}),
    ...(camera ? { camera } : {}),
    ...(selected === undefined ? {} : { selected }),
    ...(query ? { query } : {}),
    ...(overrides.size > 0 ? { overrides: [...overrides] } : {}),
    ...(folds.size > 0 ? { folds: [...folds] } : {}),
    ...(sort ? { sort } : {}),
    ...(failed.length > 0 ? { failed } : {}),
    ...(at === undefined ? {} : { at }),
    ...(hasSlider ? { hasSlider } : {}),
    ...(minimap ? {} : { minimap }),
    ...(isLocked ? { isLocked } : {}),
  };
};

export const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];

/** Takes up what was saved, as far as it still makes sense: it may be of an older version, or not ours. */
export function restore(saved: unknown): State {
  if (typeof saved !== 'object' || saved === null) return INITIAL;
  const from = saved as Partial<Record<keyof Saved, unknown>>;
  const measure = MEASURES.find((m) => m === from.measure);
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    ...INITIAL,
    uri: text(from.uri) ?? '',
    measure: measure ?? 'cpu',
    isPicked: measure !== undefined,
    layer: LAYERS.find((l) => l === from.layer) ?? 'all',
    about: readAbout(from.about),
    mode: from.mode === 'table' ? 'table' : 'picture',
    camera: cameraOf(from.camera),
    selected: text(from.selected),
    query: text(from.query) ?? '',
    overrides: pairsOf(from.overrides, (v): v is 'collapsed' | 'expanded' => v === 'collapsed' || v === 'expanded'),
    folds: pairsOf(from.folds, (v) => typeof v === 'boolean'),
    sort: sortOf(from.sort),
    failed: Array.isArray(from.failed) ? from.failed.filter((id) => typeof id === 'string') : [],
    at: isDay(from.at) ? from.at : undefined,
    hasSlider: from.hasSlider === true,
    minimap: from.minimap !== false,
    isLocked: from.isLocked === true,
  };
}

/** `2027-04-22`. */
export const isDay = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text);

function cameraOf(saved: unknown): Camera | undefined {
  const camera = saved as Partial<Camera> | null | undefined;
  const level = LEVELS.find((l) => l === camera?.level);
  const [scale, x, y] = [camera?.scale, camera?.x, camera?.y].map((n) => (Number.isFinite(n) ? Number(n) : undefined));
  if (!level || scale === undefined || x === undefined || y === undefined) return undefined;
  return { level, scale, x, y };
}

function pairsOf<T>(saved: unknown, isValue: (value: unknown) => value is T): ReadonlyMap<string, T> {
  const pairs: readonly unknown[] = Array.isArray(saved) ? saved : [];
  return new Map(
    pairs.filter((pair): pair is [string, T] => Array.isArray(pair) && typeof pair[0] === 'string' && isValue(pair[1])),
  );
}

function sortOf(saved: unknown): Sort | undefined {
  const sort = saved as Partial<Sort> | null | undefined;
  const column = COLUMNS.find((c) => c === sort?.column);
  return column ? { column, descending: sort?.descending === true } : undefined;
}
