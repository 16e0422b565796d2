import {
  GAUGE_MEASURES,
  type Gauge,
  type GaugeMeasure,
  indexGraph,
  type MeasureId,
  MONTHS,
  type Thresholds,
  type TopologyGraph,
} from '../graph.ts';
import type { Layout } from '../layout/layout-types.ts';
import { isOverview, isWired } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { ownerToken, pickedGauge, tankMeasure } from './context.ts';
import { classToken, type Look } from './gauge.ts';
import { badgeIcon, port } from './icons.ts';
import { missingMark } from './lanes.ts';
import { costToken, gradesOf, shortNumber } from './readings.ts';
import { box, type Item, path, rect, type Token, text } from './scene.ts';

export const LEGEND_HEIGHT = 36;

const TITLES: Readonly<Record<MeasureId, string>> = {
  cpu: 'CPU of the host',
  memory: 'Memory of the host',
  network: 'Busiest direction of the uplinks',
  storage: 'Storage path of the host',
  iops: 'IOPS asked for, class of the array',
  addresses: 'Fullest subnet of the VMs',
  findings: 'Worst finding',
  owner: 'Owner',
  app: 'Application',
  cost: 'Cost',
  exhaustion: 'Months until something runs out',
};

/** Names beside colours: of more, the rest is grey. */
const MOST_NAMED = 6;

/** The legend is a load bar with ticks at the thresholds, then the marks that occur in this picture, as far as there is room. */
export function drawLegend(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  look: Look,
  width: number,
): Item[] {
  const title = measure === 'cost' ? costTitle(graph) : TITLES[measure];
  const items: Item[] = [text(12, 22, title, 10, 'muted')];
  const start = 12 + Math.ceil(look.face.width(title, 10)) + 10;
  const [key, end] = keyOf(graph, measure, look, start, width);
  items.push(...key);
  let x = end;
  if (x > width - 60 && key.length === 0) return items;
  for (const mark of marksOf(graph, layout, measure)) {
    const w = mark.width + 6 + Math.ceil(look.face.width(mark.words, 10)) + 18;
    if (x + w > width) break;
    items.push(...mark.draw(x, look), text(x + mark.width + 6, 22, mark.words, 10, 'muted'));
    x += w;
  }
  return items;
}

type Key = readonly [items: Item[], end: number];

/** What the colours of a measure mean, from `x` on; answers where it ends. */
function keyOf(graph: TopologyGraph, measure: MeasureId, look: Look, x: number, width: number): Key {
  const { thresholds } = graph;
  switch (measure) {
    case 'owner':
      return nameKey(graph.owners, 'nobody', look, x, width);
    case 'app':
      return nameKey(
        graph.apps.map(({ name }) => name),
        'none',
        look,
        x,
        width,
      );
    case 'findings':
      return findingKey(look, x);
    case 'cost':
      return costKey(graph, look, x, width);
    case 'exhaustion':
      return monthKey(look, x, width);
    default:
      return loadKey(measure === 'iops' ? thresholds.storage : thresholds[measure], look, x, width);
  }
}

/** A load bar, with ticks at its thresholds. */
function loadKey({ warn, err }: Thresholds, look: Look, x: number, width: number): Key {
  const room = width - x - 20;
  if (room < 120) return [[], x];
  const items: Item[] = [];
  const length = Math.min(240, room);
  const at = (share: number): number => x + (share / 1.2) * length;
  const segments: readonly (readonly [number, number, Token])[] = [
    [0, warn / 3, 'calm1'],
    [warn / 3, (2 * warn) / 3, 'calm2'],
    [(2 * warn) / 3, warn, 'calm3'],
    [warn, Math.min(err, 1), look.contrast ? 'hc-warning' : 'warning'],
    [Math.min(err, 1), 1, look.contrast ? 'hc-critical' : 'critical'],
    [1, 1.2, look.contrast ? 'hc-stripes' : 'stripes-wide'],
  ];
  for (const [from, to, fill] of segments) {
    if (to > from)
      items.push(rect(Math.round(at(from) * 2) / 2, 9, at(to) - at(from) - (to < 1 ? 0.5 : 0), 8, { fill }));
  }
  items.push(path(`M${Math.round(at(1)) + 0.5} 7V19`, { stroke: 'line', width: 1 }));
  let free = x - 10;
  const ticks = [
    ...new Set([warn / 3, (2 * warn) / 3, warn, err, 1].filter((v) => v <= 1).map((v) => Math.round(v * 100))),
  ];
  for (const tick of ticks) {
    const label = String(tick);
    const w = look.face.width(label, 10);
    const cx = at(tick / 100);
    if (cx - w / 2 < free) continue;
    items.push(text(cx, 28, label, 10, tick === 100 ? 'text' : 'muted', { anchor: 'middle', figures: true }));
    free = cx + w / 2 + 3;
  }
  items.push(text(x + length + 4, 28, '%', 10, 'muted'));
  return [items, x + length + 26];
}

/** Names with their colours; the rest, and what has none, is grey. */
function nameKey(names: readonly string[], none: string, look: Look, x: number, width: number): Key {
  const items: Item[] = [];
  let end = x;
  const add = (words: string, token: Token): void => {
    const w = 15 + Math.ceil(look.face.width(words, 10)) + 14;
    if (end + w > width - 12) return;
    items.push(rect(end, 13, 10, 10, { r: 1, fill: token }), text(end + 15, 22, words, 10, 'text'));
    end += w;
  };
  names.slice(0, MOST_NAMED).forEach((name, i) => {
    add(name, ownerToken(i));
  });
  const more = names.length - MOST_NAMED;
  add(more > 0 ? `${more} more, ${none}` : none, 'owner0');
  return [items, end];
}

function findingKey(look: Look, x: number): Key {
  const items: Item[] = [];
  let end = x;
  for (const severity of ['error', 'warning'] as const) {
    items.push(...badgeIcon(severity, end, 12, 12), text(end + 17, 22, severity, 10, 'muted'));
    end += 17 + Math.ceil(look.face.width(severity, 10)) + 16;
  }
  return [items, end];
}

/** Steps side by side, each with the value that it begins at below its left edge. */
function stepKey(
  steps: readonly (readonly [token: Token, from: string])[],
  unit: string,
  look: Look,
  x: number,
  width: number,
): Key {
  const items: Item[] = [];
  const w = Math.max(34, ...steps.map(([, from]) => Math.ceil(look.face.width(from, 10)) + 8));
  if (x + steps.length * w > width - 12) return [items, x];
  steps.forEach(([fill, from], i) => {
    items.push(rect(x + i * w, 9, w - 0.5, 8, { fill }));
    if (from) items.push(text(x + i * w, 28, from, 10, 'muted', { anchor: 'middle', figures: true }));
  });
  const end = x + steps.length * w;
  if (unit) items.push(text(end + 4, 28, unit, 10, 'muted'));
  return [items, end + (unit ? Math.ceil(look.face.width(unit, 10)) + 4 : 0) + 20];
}

function monthKey(look: Look, x: number, width: number): Key {
  const [long, middle] = MONTHS.calm;
  const steps: readonly (readonly [Token, string])[] = [
    ['calm1', ''],
    ['calm2', `${long}`],
    ['calm3', `${middle}`],
    [classToken('warning', look), `${MONTHS.warning}`],
    [classToken('critical', look), `${MONTHS.critical}`],
    [look.contrast ? 'hc-stripes' : 'stripes-wide', 'now'],
  ];
  return stepKey(steps, '', look, x, width);
}

function costTitle({ money }: TopologyGraph): string {
  return money ? `Cost in ${Math.round(money.months)} months${money.code ? `, ${money.code}` : ''}` : TITLES.cost;
}

function costKey(graph: TopologyGraph, look: Look, x: number, width: number): Key {
  const { costs } = gradesOf({ graph, index: indexGraph(graph) });
  const steps = [0, ...costs].map((from, step): readonly [Token, string] => [
    costToken(step),
    step === 0 ? '' : shortNumber(from),
  ]);
  return stepKey(steps, '', look, x, width);
}

interface Mark {
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
function drawnIn(graph: TopologyGraph, layout: Layout, picked: GaugeMeasure | undefined) {
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
  const barred: readonly (Gauge | undefined)[] = [
    ...(overview && picked === undefined ? [] : hosts.flatMap((h) => inHosts.flatMap((m) => (m ? [h.gauges[m]] : [])))),
    ...framed,
    ...stores.map(({ gauge }) => gauge),
    ...graph.sites.flatMap((s) => [
      ...s.switches.flatMap(({ id, gauge }) => (gauge && shown.has(id) ? [gauge] : [])),
      ...s.arrays.flatMap(({ id, gauges }) => (shown.has(id) ? gauges : [])),
    ]),
  ];
  return { shown, wired, stores, framed, barred };
}

function marksOf(graph: TopologyGraph, layout: Layout, measure: MeasureId): Mark[] {
  const overview = isOverview(layout.level);
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const gauges = hosts.flatMap((h) => Object.values(h.gauges));
  const picked = pickedGauge(measure);
  const { failure, plan } = graph;
  const { shown, wired, stores, framed, barred } = drawnIn(graph, layout, picked);
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
