import { type Gauge, isTrouble, type LoadClass } from '../graph.ts';
import { type Face, NARROW } from '../text.ts';
import { type Item, num, path, rect, type Token } from './scene.ts';

/** Gauges run from 0 to 120 %; the line for 100 % stands at 5/6. */
export const SCALE_END = 1.2;

/** What drawing depends on besides the graph. */
export interface Look {
  /** High contrast: no tints, outlines and patterns instead. */
  readonly contrast: boolean;
  readonly face: Face;
}

export interface BarOptions {
  readonly x: number;
  readonly y: number;
  /** Width up to the line for 100 %; a fifth of it more is kept free for what is beyond. */
  readonly line: number;
  readonly h: number;
  /** Drawn in the colour of its class also while it is calm. */
  readonly picked: boolean;
  /** How far the line stands out above and below; negative: no line. */
  readonly over?: number;
  readonly wide?: boolean;
}

export const classToken = (c: LoadClass, look: Look): Token => {
  if (c === 'over' || c === 'critical') return look.contrast ? 'hc-critical' : 'critical';
  if (c === 'warning') return look.contrast ? 'hc-warning' : 'warning';
  return c;
};

/** Colour of a value's digits. */
export const inkOf = (gauge: Gauge | undefined, calm: Token): Token => {
  if (!gauge || gauge.state === 'unknown') return calm;
  return gauge.class === 'warning' ? 'ink-warning' : isTrouble(gauge.class) ? 'ink-critical' : calm;
};

/** `66 %`, `≈ 46 %`, `≥ 16 %`, `?`. What is over capacity never reads as 100 %. */
export function shareText(gauge: Gauge | undefined): string {
  if (!gauge || gauge.state === 'unknown') return '?';
  const percent = gauge.share > 1 ? Math.ceil(gauge.share * 100 - 1e-9) : Math.round(gauge.share * 100);
  const sign = gauge.state === 'assumed' ? '≈' : gauge.state === 'atLeast' ? '≥' : '';
  return `${sign}${percent}${NARROW}%`;
}

/** A load bar with its line, reserve and what is beyond the line. */
export function bar(gauge: Gauge | undefined, o: BarOptions, look: Look): Item[] {
  const { x, y, line, h } = o;
  const items: Item[] = [];
  const end = x + line;
  const over = o.over ?? 3;
  const capacityLine = (): Item => path(`M${end + 0.5} ${y - over}V${y + h + over}`, { stroke: 'line', width: 1 });
  if (!gauge || gauge.state === 'unknown') {
    items.push(rect(x + 0.5, y + 0.5, line - 1, h - 1, { r: 1, stroke: 'wire', dash: '1.5 1.5' }));
    if (over >= 0) items.push(capacityLine());
    return items;
  }
  if (look.contrast) items.push(rect(x + 0.5, y + 0.5, line - 1, h - 1, { r: 1, stroke: 'hairline' }));
  else items.push(rect(x, y, line, h, { r: 1, fill: 'track' }));
  const { share } = gauge;
  const token = classToken(o.picked || isTrouble(gauge.class) ? gauge.class : 'calm2', look);
  const within = num(Math.min(share, 1) * line);
  if (gauge.state === 'assumed' && share <= 1) {
    if (within > 1) items.push(rect(x + 0.5, y + 0.5, within - 1, h - 1, { r: 1, fill: token, opacity: 0.35 }));
    if (within > 1) items.push(rect(x + 0.5, y + 0.5, within - 1, h - 1, { r: 1, stroke: token }));
  } else if (within > 0) items.push(rect(x, y, Math.max(1, within), h, { r: 1, fill: token }));
  items.push(...gained(gauge, x, y, line, h));
  if (gauge.reserve !== undefined && gauge.reserve > 0) {
    const w = num(Math.min(1, gauge.reserve) * line);
    items.push(rect(end - w, y, w, h, { fill: 'hatch' }));
  }
  if (share > 1) items.push(...overload(end, y, h, share, line, o.wide === true, look));
  if (over >= 0) items.push(capacityLine());
  items.push(...wasDot(gauge, x, y, line, h));
  return items;
}

/** A hollow dot where a load was before what is supposed. */
function wasDot({ was }: Gauge, x: number, y: number, line: number, h: number): Item[] {
  if (was === undefined) return [];
  const r = h >= 8 ? 3.2 : 2.4;
  const cx = num(x + Math.min(was, SCALE_END) * line);
  const cy = y + h / 2;
  return [
    path(`M${num(cx - r)} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`, {
      fill: 'tile',
      stroke: 'strong',
      width: 1.3,
    }),
  ];
}

/** Stripes over the part of a load, within the line, that a failure has brought. */
export function gained({ share, gain }: Gauge, x: number, y: number, line: number, h: number): Item[] {
  if (gain === undefined) return [];
  const from = Math.min(1, Math.max(0, share - gain));
  const w = num((Math.min(1, share) - from) * line);
  return w > 0 ? [rect(num(x + from * line), y, w, h, { fill: 'gain' })] : [];
}

/** What is right of the line: stripes with a solid end; past 120 % the end of the scale and two slanted cuts. */
export function overload(
  end: number,
  y: number,
  h: number,
  share: number,
  line: number,
  wide: boolean,
  look: Look,
): Item[] {
  const w = num((Math.min(share, SCALE_END) - 1) * line);
  const stripes: Token = look.contrast ? 'hc-stripes' : wide ? 'stripes-wide' : 'stripes';
  const items: Item[] = [rect(end, y, w, h, { fill: stripes })];
  const rim = Math.min(1.5, w);
  items.push(rect(num(end + w - rim), y, rim, h, { fill: 'critical' }));
  if (share > SCALE_END) {
    for (const at of [0.35, 0.62]) {
      const cx = num(end + w * at);
      items.push(path(`M${cx - 1.5} ${y + h + 1}L${cx + 1.5} ${y - 1}`, { stroke: 'tile', width: 1.6 }));
    }
  }
  return items;
}

/** Thin provisioning: a bracket under the bar on the same scale, red beyond the limit, cut where it leaves the scale. */
export function promise(gauge: Gauge, x: number, y: number, line: number): Item[] {
  if (gauge.promised === undefined) return [];
  const { promised } = gauge;
  const w = num(Math.min(promised, SCALE_END) * line);
  const stroke: Token = gauge.promisedLimit !== undefined && promised > gauge.promisedLimit ? 'critical' : 'wire';
  const items: Item[] = [path(`M${x + 0.5} ${y - 2.5}v4h${num(Math.max(1, w - 1))}v-4`, { stroke, width: 1 })];
  if (promised > SCALE_END) {
    for (const at of [-10, -6]) items.push(path(`M${num(x + w + at)} ${y + 4}l3 -5`, { stroke, width: 1 }));
  }
  return items;
}
