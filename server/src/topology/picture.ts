import type { MeasureId, TopologyGraph } from './graph.ts';
import type { Routes } from './layout/block.ts';
import { layoutGraph } from './layout/layout.ts';
import { type Layer, type Level, USUAL_LEVELS } from './layout/metrics.ts';
import { usualMeasure } from './measures.ts';
import { drawScene } from './scene/draw.ts';
import type { Focus } from './scene/focus.ts';
import { drawLegend, LEGEND_HEIGHT } from './scene/legend.ts';
import { toSvg } from './scene/svg.ts';
import { fileTheme, pageTheme, type Theme, type ThemeKind } from './scene/themes.ts';
import { faceOf } from './text.ts';

export interface PictureOptions {
  /** The largest that stays within `LARGEST` when absent. */
  readonly level?: Level;
  readonly layer?: Layer;
  /** CPU when absent, or memory where no CPU demand is known. */
  readonly measure?: MeasureId;
  readonly theme?: ThemeKind;
  readonly routes?: Routes;
  /** What it is about: an application, a team, a network. */
  readonly focus?: Focus | undefined;
}

interface Size {
  readonly w: number;
  readonly h: number;
}

/** Width and height in pixels up to which a picture is drawn in more detail by itself. */
const LARGEST: Size = { w: 2_400, h: 2_400 };
/** The same on a page, whose width the picture is scaled to: words must stay readable. */
const LARGEST_ON_PAGE: Size = { w: 1_300, h: 1_700 };

/** The topology as an SVG file: true vectors, text as text, colours resolved, legend included. The same scene as in the editor. */
export function drawPicture(graph: TopologyGraph, options: PictureOptions = {}): string {
  return draw(graph, options, fileTheme(options.theme ?? 'light'), LARGEST);
}

/** The same for a page that sets colours as variables, and has the patterns of the scene. */
export function drawForPage(graph: TopologyGraph, options: Omit<PictureOptions, 'theme'> = {}): string {
  return draw(graph, options, pageTheme(false), LARGEST_ON_PAGE);
}

function draw(graph: TopologyGraph, options: PictureOptions, theme: Theme, largest: Size): string {
  const { layer = 'all', measure = usualMeasure(graph) } = options;
  const routes = options.routes ? { routes: options.routes } : {};
  const level = options.level ?? usualLevel(graph, layer, largest);
  const layout = layoutGraph(graph, { level, layer, ...routes });
  // A file meets any face, so words keep to the widest.
  const look = { contrast: theme.contrast, face: faceOf(1) };
  const width = Math.max(layout.width, 560);
  const scene = drawScene(graph, layout, { measure, look, focus: options.focus });
  return toSvg({ ...scene, width }, theme, {
    height: LEGEND_HEIGHT,
    items: drawLegend(graph, layout, measure, look, width),
  });
}

function usualLevel(graph: TopologyGraph, layer: Layer, largest: Size): Level {
  const fits = (level: Level): boolean => {
    const { width, height } = layoutGraph(graph, { level, layer });
    return width <= largest.w && height <= largest.h;
  };
  return USUAL_LEVELS.findLast(fits) ?? 'square';
}
