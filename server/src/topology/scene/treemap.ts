/** A part of a tank: `from` and `to` along its length as shares of capacity, `top` and `bottom` as shares of its height. */
export interface Cell {
  /** Indexes of the weights in it; more than one where cells too small to see were merged. */
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Ordered strip treemap: columns from left to right, cells from top to bottom, in the order given; the area of a cell is its weight.
 * A column takes cells as long as that brings their mean proportion nearer to a square (after Bederson, Shneiderman and Wattenberg, 2002).
 * `weights` sum to the load; `aspect` is the length of 1.0 over the height, in pixels each.
 */
export function stripTreemap(weights: readonly number[], length: number, height: number): readonly Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  let first = 0;
  while (first < weights.length) {
    let sum = weights[first] ?? 0;
    let count = 1;
    let quality = meanAspect(weights, first, count, sum, length, height);
    while (first + count < weights.length) {
      const next = sum + (weights[first + count] ?? 0);
      const better = meanAspect(weights, first, count + 1, next, length, height);
      // A column narrower than two pixels is no column.
      if (better > quality && sum * length >= 2) break;
      quality = better;
      sum = next;
      count += 1;
    }
    // What is left would not make a column of its own.
    const rest = weights.slice(first + count).reduce((s, w) => s + w, 0);
    if (rest * length < 2) {
      sum += rest;
      count = weights.length - first;
    }
    column(cells, weights, first, count, sum, from, height);
    from += sum;
    first += count;
  }
  return cells;
}

function meanAspect(
  weights: readonly number[],
  first: number,
  count: number,
  sum: number,
  length: number,
  height: number,
): number {
  const w = sum * length;
  let total = 0;
  for (let i = first; i < first + count; i += 1) {
    const h = sum > 0 ? ((weights[i] ?? 0) / sum) * height : 0;
    total += w <= 0 || h <= 0 ? 10 : Math.max(w / h, h / w);
  }
  return total / count;
}

function column(
  cells: Cell[],
  weights: readonly number[],
  first: number,
  count: number,
  sum: number,
  from: number,
  height: number,
): void {
  let top = 0;
  let start = first;
  let share = 0;
  for (let i = first; i < first + count; i += 1) {
    share += sum > 0 ? (weights[i] ?? 0) / sum : 0;
    // Cells under two pixels merge with the next one.
    if (share * height < 2 && i < first + count - 1) continue;
    const last = i === first + count - 1;
    const bottom = last ? 1 : top + share;
    const before = cells[cells.length - 1];
    if (last && share * height < 2 && before && before.from === from) {
      cells[cells.length - 1] = { ...before, last: i, bottom: 1 };
    } else cells.push({ first: start, last: i, from, to: from + sum, top, bottom });
    top = bottom;
    start = i + 1;
    share = 0;
  }
}
