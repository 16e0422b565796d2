import { isTrouble } from '../graph.ts';
import type { Drawing } from './context.ts';
import { inkOfReading, type Reading } from './readings.ts';
import { type Item, rect, text } from './scene.ts';

/** A square in the colour of a measure without a gauge, and its figure, ending at `right`. */
export function swatch(
  reading: Reading,
  right: number,
  cy: number,
  room: number,
  d: Drawing,
  size = 11,
): { readonly items: Item[]; readonly left: number } {
  const { text: words, token } = reading;
  const bold = reading.class !== undefined && isTrouble(reading.class);
  const shown = words ? d.look.face.shorten(words, room - 18, size, bold) : '';
  const width = shown ? Math.ceil(d.look.face.width(shown, size, bold)) : 0;
  const x = right - width - (shown ? 15 : 10);
  const ink = inkOfReading(reading, 'text');
  return {
    items: [
      rect(x, cy - 5, 10, 10, { r: 1, fill: token }),
      ...(shown ? [text(right, cy + 3.5, shown, size, ink, { bold, anchor: 'end', figures: true })] : []),
    ],
    left: x - 7,
  };
}

/** Room for the square and all of the figure at the size of labels. */
export const swatchWidth = ({ text: words }: Reading, d: Drawing): number =>
  15 + Math.ceil(d.look.face.width(words, 10));
