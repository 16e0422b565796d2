import { GAUGE_MEASURES, type Gauge, type GaugeMeasure, type MeasureId, type TopologyGraph } from '../graph.ts';
import type { Layout } from '../layout/layout-types.ts';
import { isOverview, isWired } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { pickedGauge, tankMeasure } from './context.ts';
import type { Look } from './gauge.ts';
import { port } from './icons.ts';
import { missingMark } from './lanes.ts';
import { box, type Item, path, rect, text } from './scene.ts';

export interface Mark {
  readonly words: string;
  readonly width: number;
  readonly draw: (x: number, look: Look) => Item[];
}

/** What a plan is told by. */
function planMarks(plan: TopologyGraph['plan'], layout: Layout, hasGauge: boolean): readonly (Mark | false)[] {
  if (!plan) return [];
  const overview = isOverview(layout.level);
  const moves = plan.moves.length > 0;
  return [
    moves && {
      words: 'moves',
      width: 24,
      draw: (x) => [
        path(`M${x} 18h20`, { stroke: 'focus', width: 1.5, round: true }),
        path(`M${x + 24} 18l-6 -3.3v6.6z`, { fill: 'focus' }),
      ],
    },
    moves && {
      words: 'was here',
      width: 22,
      draw: (x) => [rect(x + 0.5, 13.5, 21, 9, { r: 1, stroke: 'text', dash: '2 2', width: 1 })],
    },
    moves && {
      words: 'comes here',
      width: 22,
      draw: (x) => [rect(x, 13, 22, 9, { r: 1, fill: 'calm3' }), rect(x, 13, 22, 9, { r: 1, fill: 'gain' })],
    },
    hasGauge &&
      !overview &&
      layout.level !== 'tile' && {
        words: 'load before',
        width: 8,
        draw: (x) => [rect(x + 0.8, 14.8, 6.4, 6.4, { r: 3.2, fill: 'tile', stroke: 'strong', width: 1.3 })],
      },
    plan.added.length > 0 && {
      words: 'new',
      width: 22,
      draw: (x) => [rect(x + 0.5, 12.5, 21, 10, { r: 3, stroke: 'focus', width: 1.5 })],
    },
  ];
}

/** What of a graph a layout shows that has marks of its own. `undefined` is a gauge whose load is not stated. */
function drawnIn(graph: TopologyGraph, layout: Layout, measure: MeasureId) {
  const picked = pickedGauge(measure);
  const overview = isOverview(layout.level);
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const shown = new Set(layout.boxes.map(({ id }) => id));
  const wired = new Set(layout.wires.flatMap(({ spokes }) => spokes.flatMap(({ links }) => links)));
  const stores = graph.sites.flatMap((s) => s.arrays.flatMap((a) => a.datastores)).filter(({ id }) => shown.has(id));
  // Small hosts have the bar of the picked measure alone; clusters have one or two, sites all.
  const beside = picked === 'cpu' ? 'memory' : 'cpu';
  const inHosts: readonly (GaugeMeasure | undefined)[] =
    overview || layout.level === 'chip' || layout.level === 'label' ? [picked] : GAUGE_MEASURES;
  const inFrames: readonly GaugeMeasure[] = overview
    ? GAUGE_MEASURES
    : layout.level === 'chip'
      ? [picked ?? 'cpu']
      : [picked ?? 'memory', beside];
  const frames = overview ? graph.sites : graph.sites.flatMap((s) => s.clusters);
  const framed = frames.flatMap((node) =>
    inFrames.flatMap((m) => (overview ? [node.gauges[m]] : (node.gauges[m] ?? []))),
  );
  // Small devices show cost and owner in place of their load.
  const isRead = (measure === 'cost' || measure === 'owner') && !isWired(layout.level);
  const devices: readonly Gauge[] = isRead
    ? []
    : [
        ...stores.map(({ gauge }) => gauge),
        ...graph.sites.flatMap((s) => [
          ...s.switches.flatMap(({ id, gauge }) => (gauge && shown.has(id) ? [gauge] : [])),
          ...s.arrays.flatMap(({ id, gauges }) => (shown.has(id) ? gauges : [])),
        ]),
      ];
  const barred: readonly (Gauge | undefined)[] = [
    ...(overview && picked === undefined ? [] : hosts.flatMap((h) => inHosts.flatMap((m) => (m ? [h.gauges[m]] : [])))),
    ...framed,
    ...devices,
  ];
  return { shown, wired, stores, framed, barred };
}

/** The marks that occur in a picture, with words for each. */
export function marksOf(graph: TopologyGraph, layout: Layout, measure: MeasureId): Mark[] {
  const overview = isOverview(layout.level);
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const gauges = hosts.flatMap((h) => Object.values(h.gauges));
  const picked = pickedGauge(measure);
  const { failure, plan } = graph;
  const { shown, wired, stores, framed, barred } = drawnIn(graph, layout, measure);
  const marks: (Mark | false)[] = [
    ...planMarks(plan, layout, picked !== undefined),
    failure !== undefined &&
      failure.moves.length > 0 && {
        words: 'restarted here',
        width: 22,
        draw: (x) => [rect(x, 13, 22, 9, { r: 1, fill: 'calm3' }), rect(x, 13, 22, 9, { r: 1, fill: 'gain' })],
      },
    failure !== undefined && {
      words: 'failed',
      width: 22,
      draw: (x) => [rect(x + 0.5, 12.5, 21, 10, { r: 2, stroke: 'wire', dash: '4 3', width: 1 })],
    },
    layout.boxes.some((b) => b.kind === 'lanes') && {
      words: 'network carried',
      width: 14,
      draw: (x) => [
        path(`M${x} 18h14`, { stroke: 'owner1', width: 2 }),
        rect(x + 3.5, 14.5, 7, 7, { r: 3.5, fill: 'owner1' }),
      ],
    },
    layout.boxes.some((b) => b.kind === 'lanes') &&
      (graph.links.some((l) => l.lacks) || hosts.some((h) => h.lacks)) && {
        words: 'needed and missing',
        width: 12,
        draw: (x) => missingMark(x + 6, 18, 'critical'),
      },
    (picked !== undefined || measure === 'addresses') && {
      words: 'capacity',
      width: 1,
      draw: (x) => [path(`M${x + 0.5} 9V23`, { stroke: 'line', width: 1 })],
    },
    framed.some((g) => (g?.reserve ?? 0) > 0) && {
      words: 'kept for failover',
      width: 20,
      draw: (x, look) => [
        rect(x, 13, 20, 9, look.contrast ? { stroke: 'hairline' } : { fill: 'track' }),
        rect(x, 13, 20, 9, { fill: 'hatch' }),
      ],
    },
    overview &&
      picked !== undefined && {
        words: `${layout.boxes.some((b) => b.kind === 'tier' || b.kind === 'datastore') ? 'host, device' : 'host'}, filled to its load`,
        width: 28,
        draw: (x, look) => [
          rect(x, 11, 13, 13, look.contrast ? { stroke: 'hairline' } : { fill: 'track' }),
          rect(x, 11, 8, 13, { fill: 'calm3' }),
          rect(x + 16, 11, 13, 13, { fill: 'critical' }),
          path(box(x + 16.75, 11.75, 11.5, 11.5), { stroke: 'rim', width: 1.5 }),
        ],
      },
    layout.level === 'tile' && {
      words: `VMs, area = ${tankMeasure(measure) === 'cpu' ? 'GHz' : 'GiB'}`,
      width: 22,
      draw: (x) => [
        path(
          `${box(x, 12, 9, 5)}${box(x + 10, 12, 5, 5)}${box(x + 16, 12, 6, 11)}${box(x, 18, 5, 5)}${box(x + 6, 18, 9, 5)}`,
          { fill: 'calm2' },
        ),
      ],
    },
    layout.level === 'tile' && {
      words: 'CPU, MEM, NET, DSK',
      width: 18,
      draw: (x) => [
        path(GAUGE_MEASURES.map((_, i) => box(x, 11 + i * 3.5, [16, 11, 7, 13][i] ?? 9, 2)).join(''), {
          fill: 'calm2',
        }),
      ],
    },
    [...gauges, ...framed].some((g) => g?.state === 'assumed') && {
      words: `≈${NARROW}assumed`,
      width: 18,
      draw: (x) => [
        rect(x + 0.5, 13.5, 17, 8, { r: 1, fill: 'calm2', opacity: 0.35 }),
        rect(x + 0.5, 13.5, 17, 8, { r: 1, stroke: 'calm2' }),
      ],
    },
    barred.some((g) => !g || g.state === 'unknown') && {
      words: 'load not stated',
      width: 14,
      draw: (x) => [rect(x + 0.5, 11.5, 13, 12, { r: 1, stroke: 'wire', dash: '2 2' })],
    },
    isWired(layout.level) &&
      stores.some((t) => t.gauge.promised !== undefined) && {
        words: 'promised (thin)',
        width: 22,
        draw: (x) => [path(`M${x + 0.5} 15v5h21v-5`, { stroke: 'wire', width: 1 })],
      },
    !overview &&
      graph.links.some((l) => l.only && wired.has(l.id)) && {
        words: 'only path',
        width: 16,
        draw: (x) => [
          rect(x, 10, 16, 16, { r: 8, stroke: 'critical', width: 1.5 }),
          text(x + 8, 21.8, '1', 10, 'ink-critical', { bold: true, anchor: 'middle' }),
        ],
      },
    !overview &&
      graph.missing.some((m) => shown.has(m.from)) && {
        words: 'missing path',
        width: 22,
        draw: (x) => [path(`M${x} 18h18`, { stroke: 'critical', width: 1.5, dash: '1.5 3' }), port(x + 20, 18)],
      },
  ];
  return marks.filter((m): m is Mark => m !== false);
}
