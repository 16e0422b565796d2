import { nice, ticks } from 'd3-array';
import { line } from 'd3-shape';
import { classify, type LoadClass, type Thresholds } from '../../topology/graph.ts';
import { type Html, html } from '../html.ts';

/** A number on a pixel axis. */
type Scale = (value: number) => number;

const scale =
  (domain: readonly [number, number], range: readonly [number, number]): Scale =>
  (value) =>
    px(range[0] + ((value - domain[0]) / (domain[1] - domain[0] || 1)) * (range[1] - range[0]));

/** Half a pixel is as fine as any eye sees. */
const px = (value: number): number => Math.round(value * 2) / 2;

/** The icons of severities and the stripes of overload, drawn once and referred to. They differ in shape, not in colour alone. */
export const MARKS: Html = html`<svg class="marks" width="0" height="0" aria-hidden="true"><defs>
<pattern id="vdc-stripes" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="1.7" height="3" fill="var(--vdc-critical)"/></pattern>
<pattern id="vdc-stripes-wide" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.2" height="4" fill="var(--vdc-critical)"/></pattern>
<pattern id="vdc-hatch" width="3.5" height="3.5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="1" height="3.5" fill="var(--vdc-wire)"/></pattern>
<symbol id="m-error" viewBox="0 0 14 14"><circle cx="7" cy="7" r="6.5" fill="var(--vdc-error-icon)"/><path d="M4.5 4.5l5 5m0-5l-5 5" stroke="var(--vdc-on-icon)" stroke-width="1.6"/></symbol>
<symbol id="m-warning" viewBox="0 0 14 14"><path d="M7 1L13.5 13H.5z" fill="var(--vdc-warning-icon)"/><path d="M7 5.2v3.8m0 1.2v1.4" stroke="var(--vdc-on-icon)" stroke-width="1.5"/></symbol>
<symbol id="m-info" viewBox="0 0 14 14"><circle cx="7" cy="7" r="6" fill="none" stroke="var(--vdc-info-icon)" stroke-width="1.2"/><path d="M7 6.2v4m0-6.4v1.5" stroke="var(--vdc-info-icon)" stroke-width="1.5"/></symbol>
<symbol id="m-hint" viewBox="0 0 14 14"><circle cx="7" cy="7" r="2" fill="var(--vdc-muted)"/></symbol>
</defs></svg>`;

export function mark(severity: 'error' | 'warning' | 'info' | 'hint'): Html {
  return html`<svg class="mark" width="12" height="12" aria-hidden="true"><use href="#m-${severity}"/></svg>`;
}

const GAUGE = { width: 84, height: 9, line: 70 } as const;

/** A load bar: full at the capacity line, striped beyond it. The number stands beside it. */
export function gaugeBar(share: number, limits: Thresholds, isKnown = true): Html {
  const { width, height, line: full } = GAUGE;
  const load = Math.max(0, Math.min(share, 1)) * full;
  const over = Math.min(Math.max(0, share - 1) * full, width - full - 1);
  const bar = html`<rect x="0" y="1.5" width="${px(load)}" height="6" fill="${paint(classify(share, limits))}"/>`;
  const beyond =
    share > 1
      ? html`<rect x="${full}" y="1.5" width="${px(over)}" height="6" fill="url(#vdc-stripes)"/><rect x="${px(full + over)}" y="1.5" width="1.5" height="6" fill="var(--vdc-critical)"/>`
      : undefined;
  return html`<svg class="gauge" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true"><rect x="0" y="1.5" width="${width}" height="6" fill="var(--vdc-track)"/>${isKnown && bar}${isKnown && beyond}<path d="M${full + 0.5} 0V${height}" stroke="var(--vdc-line)"/></svg>`;
}

const paint = (load: LoadClass): string => `var(--vdc-${load === 'over' ? 'critical' : load})`;

/** What a load is called where its colour says it. */
export function troubleOf(share: number, limits: Thresholds): 'error' | 'warning' | undefined {
  // More than there is need be no error: memory that is promised may be more than that.
  if (share >= limits.err) return 'error';
  return share >= limits.warn || share > 1 ? 'warning' : undefined;
}

/** Something that fills up: when, and what to call it. */
export interface Runway {
  readonly label: string;
  readonly what: string;
  /** Months from the day of the report. */
  readonly months: number;
  readonly when: string;
}

const SOON = { critical: 3, warning: 6 } as const;

/** A line for each thing that fills up within the horizon, from now to the month in which it does. */
export function runwayChart(runways: readonly Runway[], horizon: number, monthLabel: (months: number) => string): Html {
  // The names take as much room as they need.
  const left = Math.min(
    260,
    40 + 7 * Math.max(...runways.map(({ label, what }) => Math.min(26, label.length) + what.length)),
  );
  const [width, row, top] = [710 - left, 22, 22];
  const x = scale([0, horizon], [left, left + width]);
  const height = top + runways.length * row + 4;
  const every = horizon <= 12 ? 3 : horizon <= 36 ? 6 : 12;
  const marks = Array.from({ length: Math.floor(horizon / every) + 1 }, (_, index) => index * every);
  return html`<svg class="chart" viewBox="0 0 760 ${height}" role="img" aria-label="${`When things fill up: ${runways.map(({ label, what, when }) => `${what} of ${label} ${when}`).join(', ')}`}">
${marks.map((months) => html`<path d="M${x(months)} ${top - 4}V${height - 4}" stroke="var(--vdc-hairline)"/><text x="${x(months)}" y="12" text-anchor="${months === 0 ? 'start' : 'middle'}" class="axis">${monthLabel(months)}</text>`)}
${runways.map(({ label, what, months, when }, index) => {
  const y = top + index * row + row / 2;
  const isCritical = months < SOON.critical;
  const colour = `var(--vdc-${isCritical ? 'critical' : months < SOON.warning ? 'warning' : 'calm3'})`;
  const end = x(Math.min(months, horizon));
  // Beyond three quarters there is no room for words on the right.
  const isLate = months > horizon * 0.8;
  return html`<text x="${left - 12}" y="${y + 4}" text-anchor="end" class="name">${shortened(label, 26)} <tspan class="muted">${what}</tspan></text><path d="M${left} ${y}H${end}" stroke="${colour}" stroke-width="5"/><circle cx="${end}" cy="${y}" r="4.5" fill="${colour}"/><text x="${isLate ? end - 9 : end + 9}" y="${isLate ? y - 5 : y + 4}" text-anchor="${isLate ? 'end' : 'start'}" class="value">${when.replace(/^in /, '')}</text>`;
})}
</svg>`;
}

/** Shares of what is left after a loss, month by month. */
export interface Course {
  readonly name: string;
  readonly lines: readonly { readonly what: string; readonly shares: readonly number[] }[];
}

/** A small picture of one cluster along the horizon: its CPU and memory against what is left when what may fail has failed. */
export function courseChart(course: Course, monthLabel: (months: number) => string): Html {
  const [width, height, left, right, top, bottom] = [280, 134, 30, 88, 26, 18];
  const months = Math.max(...course.lines.map(({ shares }) => shares.length)) - 1;
  const most = Math.max(1.05, ...course.lines.flatMap(({ shares }) => shares));
  const [low, high] = nice(0, most, 4);
  const x = scale([0, months], [left, width - right]);
  const y = scale([low, high], [height - bottom, top]);
  const path = line<number>(
    (_, index) => x(index),
    (share) => y(share),
  );
  const ends = spread(
    course.lines.map(({ shares }) => y(shares.at(-1) ?? 0)),
    11,
  );
  const words = course.lines.map(
    ({ what, shares }) => `${what} from ${percent(shares[0])} to ${percent(shares.at(-1))}`,
  );
  return html`<svg class="course" viewBox="0 0 ${width} ${height}" role="img" aria-label="${`${course.name}: ${words.join(', ')}`}">
<text x="0" y="13" class="name">${shortened(course.name, 30)}</text>
${ticks(low, high, 4).map((tick) => html`<path d="M${left} ${y(tick)}H${width - right}" stroke="var(--vdc-hairline)"/><text x="${left - 5}" y="${y(tick) + 3}" text-anchor="end" class="axis">${Math.round(tick * 100)}</text>`)}
<path d="M${left} ${y(1)}H${width - right}" stroke="var(--vdc-line)" stroke-width="1.5"/>
${course.lines.map(({ what, shares }, index) => {
  const isOver = shares.some((share) => share > 1 + 1e-9);
  const colour = `var(--vdc-${isOver ? 'critical' : 'calm3'})`;
  return html`<path d="${path([...shares]) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"${index > 0 && html` stroke-dasharray="5 3"`}/><text x="${width - right + 4}" y="${(ends[index] ?? 0) + 3}" class="value">${what} ${percent(shares.at(-1))}</text>`;
})}
<text x="${left}" y="${height - 4}" class="axis">${monthLabel(0)}</text><text x="${width - right}" y="${height - 4}" text-anchor="end" class="axis">${monthLabel(months)}</text>
</svg>`;
}

const percent = (share: number | undefined): string => `${Math.round((share ?? 0) * 100)}\u202f%`;

/** Heights of labels, moved apart where they would overlap. */
function spread(heights: readonly number[], least: number): readonly number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  for (const [place, index] of order.entries()) {
    const above = order[place - 1];
    if (above !== undefined) moved[index] = Math.max(moved[index] ?? 0, (moved[above] ?? 0) + least);
  }
  return moved;
}

/** A year of a plan as a column: what is paid once below, what is paid every year above. */
export interface CostColumn {
  readonly label: string;
  readonly once: number;
  readonly yearly: number;
}

/** Columns of the years of a plan. `money` writes an amount in short. */
export function costChart(columns: readonly CostColumn[], money: (amount: number) => string): Html {
  const [width, height, left, top, bottom] = [760, 190, 78, 20, 22];
  const most = Math.max(1, ...columns.map(({ once, yearly }) => once + yearly));
  const [low, high] = nice(0, most, 4);
  const y = scale([low, high], [height - bottom, top]);
  const step = (width - left) / columns.length;
  const bar = Math.min(72, step * 0.6);
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${`Cost by year: ${columns.map(({ label, once, yearly }) => `${label} ${money(once)} once and ${money(yearly)} a year`).join(', ')}`}">
${ticks(low, high, 4).map((tick) => html`<path d="M${left} ${y(tick)}H${width}" stroke="var(--vdc-hairline)"/><text x="${left - 8}" y="${y(tick) + 3}" text-anchor="end" class="axis">${money(tick)}</text>`)}
${columns.map(({ label, once, yearly }, index) => {
  const at = px(left + step * index + (step - bar) / 2);
  const [base, middle, peak] = [y(0), y(once), y(once + yearly)];
  return html`<rect x="${at}" y="${middle}" width="${bar}" height="${base - middle}" fill="var(--vdc-calm3)"/><rect x="${at}" y="${peak}" width="${bar}" height="${middle - peak}" fill="var(--vdc-calm1)" stroke="var(--vdc-calm3)" stroke-width="1"/><text x="${at + bar / 2}" y="${peak - 5}" text-anchor="middle" class="value">${money(once + yearly)}</text><text x="${at + bar / 2}" y="${height - 6}" text-anchor="middle" class="axis">${label}</text>`;
})}
</svg>`;
}

/** A bar for a share of a whole: what drives a cost. */
export function shareBar(share: number): Html {
  const width = 120;
  return html`<svg class="gauge" width="${width}" height="9" viewBox="0 0 ${width} 9" aria-hidden="true"><rect x="0" y="1.5" width="${width}" height="6" fill="var(--vdc-track)"/><rect x="0" y="1.5" width="${px(Math.max(0, Math.min(1, share)) * width)}" height="6" fill="var(--vdc-calm3)"/></svg>`;
}

/** Steps taken of some. */
export function stepBar(taken: number, of: number): Html {
  return html`<svg class="gauge" width="${of * 16}" height="11" viewBox="0 0 ${of * 16} 11" aria-hidden="true">${Array.from({ length: of }, (_, index) => html`<rect x="${index * 16 + 0.5}" y="1" width="13" height="8" fill="${index < taken ? 'var(--vdc-calm3)' : 'none'}" stroke="var(--vdc-calm3)"/>`)}</svg>`;
}

/** A name for a narrow place: its middle goes, names of inventories differ at the end. */
export function shortened(name: string, most: number): string {
  const signs = [...name];
  if (signs.length <= most) return name;
  return `${signs.slice(0, most - 5).join('')}…${signs.slice(-4).join('')}`;
}
