import { indexGraph, type MeasureId, MONTHS, type Thresholds, type TopologyGraph } from '../graph.ts';
import type { Layout } from '../layout/layout-types.ts';
import { ownerToken } from './context.ts';
import { classToken, type Look } from './gauge.ts';
import { badgeIcon } from './icons.ts';
import { marksOf } from './legend-marks.ts';
import { costToken, gradesOf, shortNumber } from './readings.ts';
import { type Item, path, rect, type Token, text } from './scene.ts';

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

/** Where the last words of a legend end, with the room after them. */
export const endOf = (items: readonly Item[], look: Look): number =>
  Math.ceil(
    Math.max(
      0,
      ...items.map((item) =>
        item.t === 'text'
          ? item.x + look.face.width(item.text, item.size, item.bold)
          : item.t === 'rect'
            ? item.x + item.w
            : 0,
      ),
    ),
  ) + 12;

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
