import {
  type Badge,
  GAUGE_MEASURES,
  type Gauge,
  type GaugeMeasure,
  type GraphIndex,
  type HostNode,
  isTrouble,
  type MeasureId,
  NO_BADGE,
  type TopologyGraph,
  worst,
} from '../graph.ts';
import type { Box, Layout } from '../layout/layout-types.ts';
import type { Level } from '../layout/metrics.ts';
import type { Focus, Lit } from './focus.ts';
import { classToken, type Look } from './gauge.ts';
import type { Token } from './scene.ts';

/** Everything that drawing one node may look at. */
export interface Drawing {
  readonly graph: TopologyGraph;
  readonly index: GraphIndex;
  readonly layout: Layout;
  readonly measure: MeasureId;
  readonly look: Look;
  readonly focus?: Focus | undefined;
  /** Set where the picture has a focus that the design has. */
  readonly lit?: Lit | undefined;
}

/** The level a node is drawn at. */
export const levelOf = (b: Box, d: Drawing): Level => b.level ?? d.layout.level;

export const MEASURE_LABELS: Readonly<Record<GaugeMeasure, string>> = {
  cpu: 'CPU',
  memory: 'MEM',
  network: 'NET',
  storage: 'DSK',
};

/** The gauge that is picked, if the measure has one. */
export const pickedGauge = (measure: MeasureId): GaugeMeasure | undefined => GAUGE_MEASURES.find((m) => m === measure);

/** What the tank holds: cells are sized by CPU where that is the measure, else by memory. */
export const tankMeasure = (measure: MeasureId): 'cpu' | 'memory' => (measure === 'cpu' ? 'cpu' : 'memory');

/**
 * The badge to draw: the findings, or a hollow one for trouble that no finding explains (silenced, or its rule is off), so that no class from
 * warning up stands without one.
 */
export function badgeFor(badge: Badge | undefined, gauges: readonly (Gauge | undefined)[]): Badge {
  const own = badge ?? NO_BADGE;
  if (own.errors + own.warnings > 0) return own;
  const trouble = gauges.filter((g): g is Gauge => g !== undefined && g.state !== 'unknown' && isTrouble(g.class));
  if (trouble.length === 0) return own;
  return trouble.some((g) => g.class !== 'warning')
    ? { ...own, errors: 1, hollow: true }
    : { ...own, warnings: 1, hollow: true };
}

export const hostBadge = (host: HostNode): Badge => badgeFor(host.badge, Object.values(host.gauges));

const SEVERITY_TOKENS = { error: 'critical', warning: 'warning', info: 'calm3' } as const;

const OWNERS: readonly Token[] = ['owner1', 'owner2', 'owner3', 'owner4', 'owner5', 'owner6'];

/** Six owners have a colour; the seventh and later are grey. */
export const ownerToken = (owner: number | undefined): Token =>
  owner === undefined ? 'owner0' : (OWNERS[owner] ?? 'owner0');

export const severityToken = (badge: Badge | undefined, look: Look): Token => {
  const severity = worst(badge);
  if (!severity) return 'calm1';
  return severity === 'info'
    ? 'calm3'
    : classToken(SEVERITY_TOKENS[severity] === 'critical' ? 'critical' : 'warning', look);
};

/** Colour and width of the border of a node with findings. */
export function borderOf(badge: Badge | undefined, look: Look): { stroke: Token; width: number } {
  const severity = badge?.hollow ? undefined : worst(badge);
  if (severity === 'error') return { stroke: 'critical', width: look.contrast ? 2 : 1 };
  if (severity === 'warning') return { stroke: 'edge-warning', width: 1 };
  return { stroke: 'hairline', width: 1 };
}

/** Digits grouped by thousands, as everywhere in a picture. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, n >= 10_000 ? '\u202f' : '');

export const plural = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? '' : 's'}`;
