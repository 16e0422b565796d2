/**
 * The rows about the diagram: layout beside flat ELK and beside Graphviz on the same graph, each in a process of its
 * own, and frames of the built view in a headless Chromium. What counts are the ratios of one run.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { formatCells } from '../table.ts';
import { type Frames, type Viewed, viewFrames } from './frames.ts';
import type { LayoutTimes } from './layout-child.ts';

export interface DiagramPlan {
  readonly hosts: number;
  /** Runs of each engine, and of the view. */
  readonly runs: number;
  /** Frames of each kind of motion. */
  readonly frames: number;
}

type Times = Readonly<Record<'square' | 'tile' | 'card' | 'open', LayoutTimes>>;

/** Measures, and answers the rows as a table. */
export async function diagramTable({ hosts, runs, frames }: DiagramPlan): Promise<string> {
  const vdc: Times[] = [];
  const elk: number[] = [];
  const graphviz: number[] = [];
  // By turns, so that other work on the machine meets all of them.
  for (let run = 0; run < runs; run++) {
    vdc.push(layoutOf('vdc', hosts) as Times);
    graphviz.push(layoutOf('graphviz', hosts) as number);
    if (run === 0 || hosts < 200) elk.push(layoutOf('elk', hosts) as number);
  }
  const views = await viewFrames(hosts, runs, frames);
  const of = (read: (times: Times) => number): number => median(vdc.map(read));
  const flat = median(elk);
  const dot = median(graphviz);
  const size = `${hosts.toLocaleString('en')} hosts`;
  const rows: string[][] = [['', 'vdc', 'flat ELK', 'Graphviz', 'ratio to ELK', 'to Graphviz', 'to reach', '']];
  const layout = (what: string, ms: number, goal: number): void => {
    const ratio = (other: number) => `${(ms / other).toFixed(3)} x`;
    rows.push([what, show(ms), show(flat), show(dot), ratio(flat), ratio(dot), show(goal), verdict(ms, goal)]);
  };
  layout(
    `layout, ${size}, overview (computing)`,
    of((t) => t.square.first),
    500,
  );
  layout(
    `layout, ${size}, tiles with links (computing)`,
    of((t) => t.tile.first),
    500,
  );
  layout(
    `layout, ${size}, cards with links (computing)`,
    of((t) => t.card.first),
    500,
  );
  const own = (what: string, ms: number, goal?: number): void => {
    rows.push([what, show(ms), '-', '-', '-', '-', goal ? show(goal) : '-', goal ? verdict(ms, goal) : '']);
  };
  own(
    'all hosts open, each VM a card',
    of((t) => t.open.first),
  );
  own(
    'a host more in a cluster, overview',
    of((t) => t.square.grown),
    20,
  );
  own(
    'a host more in a cluster, tiles',
    of((t) => t.tile.grown),
    20,
  );
  own(
    'a host more in a cluster, cards',
    of((t) => t.card.grown),
    20,
  );
  own(
    'a load that changed, cards',
    of((t) => t.card.same),
    20,
  );
  own(`first picture in the panel, ${size}`, median(views.map((v) => v.opened)));
  const motion = (what: string, read: (view: Viewed) => Frames): void => {
    own(`${what}, 95 % of frames`, median(views.map((v) => read(v).p95)), 33.5);
    own(`${what}, the worst frame`, median(views.map((v) => read(v).worst)), 50.5);
    own(`${what}, work of the page for a frame`, median(views.map((v) => read(v).work)));
  };
  own('an empty page meanwhile, 95 % of frames', median(views.map((v) => v.empty.p95)));
  own('an empty page meanwhile, the worst frame', median(views.map((v) => v.empty.worst)));
  motion('pan over the estate', (v) => v.far);
  motion('zoom from the estate to cards and back', (v) => v.zoom);
  motion('pan near, hosts as tiles', (v) => v.near);
  return formatCells(rows);
}

function layoutOf(engine: string, hosts: number): unknown {
  const child = path.join(import.meta.dirname, 'layout-child.ts');
  return JSON.parse(execFileSync(process.execPath, [child, engine, String(hosts)], { encoding: 'utf8' }));
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) / 2)] ?? Number.NaN;

const show = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;

const verdict = (ms: number, goal: number): string => (ms <= goal ? 'reached' : 'MISSED');
