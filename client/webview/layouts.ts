import type { Steps } from '../../server/src/base/steps.ts';
import { indexGraph, type TopologyGraph } from '../../server/src/topology/graph.ts';
import { type LayoutCache, layoutGraph, layoutInSteps } from '../../server/src/topology/layout/layout.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { type Part, sceneParts } from '../../server/src/topology/scene/draw.ts';
import { boxesOf } from '../../server/src/topology/scene/hit.ts';
import type { PageLook } from './render/look.ts';
import type { State } from './state.ts';

/** Up to this many nodes and VMs a level is laid out when it is asked for: nobody notices. */
const SMALL = 1_500;
/** Milliseconds of an idle moment that are left to whatever comes next. */
const SPARE = 4;

/** Layouts of the present picture at all levels, and their parts. */
export interface Layouts {
  /** The layout at a level, made now if it is not ready. */
  readonly at: (level: Level) => Layout;
  /** Whether it can be had without a pause that is seen. */
  readonly isReady: (level: Level) => boolean;
  /** Parts to draw of a layout, in the order of painting. */
  readonly parts: (layout: Layout) => readonly Part[];
  /** The picture is another one: it is laid out again, and what stands somewhere stays there while there is room. */
  readonly forget: () => void;
  /** The next layouts owe nothing to the ones before. */
  readonly tidy: () => void;
  /** Lays out the other levels, the nearest first, while nothing else is to do, so that zooming finds them ready. */
  readonly thinkAhead: () => void;
}

export interface LayoutsHost {
  readonly state: () => State;
  readonly look: () => PageLook;
  /** Nothing moves on screen: a moment that seems idle while it does is between two frames. */
  readonly isStill: () => boolean;
  /** One more level is ready. */
  readonly ready: () => void;
}

const NOTHING: Omit<Layout, 'level' | 'layer'> = {
  width: 1,
  height: 1,
  boxes: [],
  wires: [],
  labels: [],
  groups: new Map(),
};

const isSame = (a: readonly unknown[] | undefined, b: readonly unknown[]): boolean =>
  a?.every((value, i) => value === b[i]) === true;

export function createLayouts(host: LayoutsHost): Layouts {
  const cache: LayoutCache = new Map();
  let layouts = new Map<Level, Layout>();
  let drawn = new Map<Layout, { readonly by: readonly unknown[]; readonly parts: readonly Part[] }>();
  /** What was laid out last, by layer and level, of one design. */
  let last = new Map<string, Layout>();
  let design: string | undefined;
  let idle = 0;
  let ahead: { readonly layouts: Map<Level, Layout>; readonly level: Level; readonly steps: Steps<Layout> } | undefined;

  const options = (level: Level) => {
    const { uri, layer, routes, overrides } = host.state();
    if (uri !== design) last = new Map();
    design = uri;
    return { level, layer, routes, cache, overrides, previous: last.get(`${layer} ${level}`) };
  };

  function keep(layout: Layout): Layout {
    layouts.set(layout.level, layout);
    last.set(`${layout.layer} ${layout.level}`, layout);
    return layout;
  }

  function at(level: Level): Layout {
    const known = layouts.get(level);
    if (known) return known;
    const { graph, layer } = host.state();
    if (!graph) return { level, layer, ...NOTHING };
    return keep(layoutGraph(graph, options(level)));
  }

  /** What parts of a layout depend on. */
  const drawnBy = (): readonly unknown[] => {
    const { graph, measure, about } = host.state();
    const look = host.look();
    return [graph, measure, about, look.key, look.contrast];
  };

  function parts(layout: Layout): readonly Part[] {
    const { graph, measure, about } = host.state();
    const look = host.look();
    if (!graph) return [];
    const known = drawn.get(layout);
    const by = drawnBy();
    if (known && isSame(known.by, by)) return known.parts;
    const made = sceneParts(graph, layout, { measure, look, focus: about });
    drawn.set(layout, { by, parts: made });
    return made;
  }

  function step(graph: TopologyGraph, level: Level): void {
    if (ahead?.layouts !== layouts || ahead.level !== level)
      ahead = { layouts, level, steps: layoutInSteps(graph, options(level)) };
    const { done, value } = ahead.steps.next();
    if (!done) return;
    ahead = undefined;
    keep(value);
    boxesOf(value);
    host.ready();
  }

  /** What is to be made next: a layout, or the parts of one. */
  function next(): (() => void) | undefined {
    const { graph, camera } = host.state();
    if (!graph || !camera) return undefined;
    const here = LEVELS.indexOf(camera.level);
    const nearest = LEVELS.toSorted((a, b) => Math.abs(LEVELS.indexOf(a) - here) - Math.abs(LEVELS.indexOf(b) - here));
    const by = drawnBy();
    for (const level of nearest) {
      const layout = layouts.get(level);
      if (!layout) return () => step(graph, level);
      if (!isSame(drawn.get(layout)?.by, by)) return () => void parts(layout);
    }
    return undefined;
  }

  function thinkAhead(): void {
    if (idle !== 0 || !host.isStill() || !next()) return;
    idle = requestIdleCallback((moment) => {
      idle = 0;
      if (!host.isStill()) return;
      do {
        const work = next();
        if (!work) return;
        work();
      } while (moment.timeRemaining() > SPARE);
      thinkAhead();
    });
  }

  const forget = (): void => {
    layouts = new Map();
    drawn = new Map();
  };

  return {
    at,
    parts,
    isReady: (level) => {
      const { graph } = host.state();
      if (!graph || layouts.has(level)) return true;
      const { nodes, vmHolder } = indexGraph(graph);
      return nodes.size + vmHolder.size <= SMALL;
    },
    forget,
    tidy: () => {
      last = new Map();
      forget();
    },
    thinkAhead,
  };
}
