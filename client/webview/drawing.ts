/** A picture as a file of its own, with its size. */
export interface Drawing {
  readonly svg: string;
  readonly w: number;
  readonly h: number;
}

/** A canvas takes no more, in pixels of a side and of all. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 160_000_000;

/** Pixels of a PNG for one of the picture. */
export const SCALES = [1, 2, 3, 4] as const;

/** Whether a picture of this size can be made at a scale. */
export const isPossible = ({ w, h }: Drawing, scale: number): boolean =>
  Math.max(w, h) * scale <= MOST_SIDE && w * h * scale * scale <= MOST_PIXELS;

/** `rgb(…)` and `color(srgb …)` as `#rrggbb`, with alpha where there is some. */
export function hexOf(color: string): string {
  const numbers = [...color.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map((m) => Number(m[0]));
  const unit = color.startsWith('color(') ? 255 : 1;
  const hex = (n: number): string =>
    Math.max(0, Math.min(255, Math.round(n)))
      .toString(16)
      .padStart(2, '0');
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers;
  return `#${hex(r * unit)}${hex(g * unit)}${hex(b * unit)}${alpha < 1 ? hex(alpha * 255) : ''}`;
}
