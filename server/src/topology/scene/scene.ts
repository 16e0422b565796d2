/**
 * A drawing as a flat list of groups. It knows no screen: the webview, the exporter and tests read the same list.
 * Colours are tokens, so that a theme is chosen when the scene is shown.
 */
export type Token =
  | 'none'
  | 'bg'
  | 'cluster'
  | 'tile'
  | 'track'
  | 'hairline'
  | 'faint'
  | 'wire'
  | 'line'
  | 'text'
  | 'muted'
  | 'strong'
  | 'focus'
  | 'tint'
  | 'calm1'
  | 'calm2'
  | 'calm3'
  | 'warning'
  | 'critical'
  | 'ink-warning'
  | 'ink-critical'
  | 'edge-warning'
  | 'rim'
  | 'error-icon'
  | 'warning-icon'
  | 'info-icon'
  | 'on-icon'
  | 'owner1'
  | 'owner2'
  | 'owner3'
  | 'owner4'
  | 'owner5'
  | 'owner6'
  | 'owner0'
  | 'cost1'
  | 'cost2'
  | 'cost3'
  | 'cost4'
  /** Patterns. */
  | 'stripes'
  | 'stripes-wide'
  | 'hatch'
  | 'gain'
  | 'hc-warning'
  | 'hc-critical'
  | 'hc-stripes';

interface Stroked {
  readonly fill?: Token;
  readonly stroke?: Token;
  readonly width?: number;
  readonly dash?: string;
  readonly opacity?: number;
}

export interface Rect extends Stroked {
  readonly t: 'rect';
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly r?: number;
}

export interface Path extends Stroked {
  readonly t: 'path';
  readonly d: string;
  readonly round?: boolean;
}

export interface Text {
  readonly t: 'text';
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly fill: Token;
  readonly anchor?: 'middle' | 'end';
  /** Digits of equal width. */
  readonly figures?: boolean;
  readonly opacity?: number;
}

export type Item = Rect | Path | Text;

/** Names a thing for someone who does not see it. */
export interface Described {
  /** The node's id. */
  readonly id: string;
  /** `esx-01, host, CPU 110 percent, over capacity, 1 error`. */
  readonly label: string;
  /** Depth in the tree of nodes, from 1; place among its siblings, from 1. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
}

/** A part of the picture that is drawn, replaced and left out as one. */
export interface Group {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly node?: Described;
  /** In the order of painting, at coordinates of the whole picture. */
  readonly items: readonly Item[];
}

export interface Scene {
  /** What it is a picture of. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Group[];
}

export const rect = (
  x: number,
  y: number,
  w: number,
  h: number,
  more: Omit<Rect, 't' | 'x' | 'y' | 'w' | 'h'>,
): Rect => ({
  t: 'rect',
  x,
  y,
  w,
  h,
  ...more,
});

export const path = (d: string, more: Omit<Path, 't' | 'd'>): Path => ({ t: 'path', d, ...more });

export const text = (
  x: number,
  y: number,
  words: string,
  size: number,
  fill: Token,
  more: Pick<Text, 'bold' | 'anchor' | 'figures'> = {},
): Text => ({ t: 'text', x, y, text: words, size, fill, ...more });

/** Rounded to a hundredth, without trailing zeros: what goes into path data. */
export const num = (n: number): number => Math.round(n * 100) / 100;

export const box = (x: number, y: number, w: number, h: number): string =>
  `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}z`;
