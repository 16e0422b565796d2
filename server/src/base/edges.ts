import { Rows, reading, type Source } from './reads.ts';

/**
 * What the rows of a column have read, three entries for each: the source, which of its rows, and the rows that have read
 * those. Rows are bits. The order is that in which each row has read: whether it reads one thing may depend on another.
 */
export type Edges = readonly (Source | number)[];

export const NO_EDGES: Edges = [];

/** Stands for the rows of a source where each row has read its own, as nearly all do. */
const OWN = 0;

/** Number of the last pass over sources that marked what it met. */
let pass = 0;

/** Begins a pass over sources: those that were met have this mark. */
export function nextPass(): number {
  return ++pass;
}

/**
 * Takes what stands in `reading` from there on together: each source once, with all of its rows. Answers where they end.
 */
export function gather(from: number): number {
  const { sources, rows, to: end } = reading;
  const present = nextPass();
  let to = from;
  for (let at = from; at < end; at++) {
    const source = sources[at] as Source;
    if (source.mark === present) {
      if (source instanceof Rows) rows[source.readAt] = (rows[source.readAt] as number) | (rows[at] as number);
      continue;
    }
    source.mark = present;
    if (source instanceof Rows) source.readAt = to;
    sources[to] = source;
    rows[to++] = rows[at] as number;
  }
  return to;
}

/** So far ahead an entry is looked for; beyond, another one like it does no harm. A statement may name a hundred thousand things. */
const REACH = 3 * 1024;

/** Where a source and some rows of it stand, from an entry on; -1 if they do not. */
function indexOf(edges: Edges, source: Source, rows: number, from: number): number {
  const end = Math.min(edges.length, from + REACH);
  for (let at = from; at < end; at += 3) if (edges[at] === source && edges[at + 1] === rows) return at;
  return -1;
}

/** How the rows of a source are written that a row has read. */
function written(source: Source, rows: number, row: number): number {
  return rows === 1 << row && source instanceof Rows && source.isShared ? OWN : rows;
}

/** Whether a row has read just what stands in `reading` between two places, in this order. */
export function areOf(edges: Edges, row: number, from: number, to: number): boolean {
  let at = 0;
  for (let read = from; read < to; read++) {
    const source = reading.sources[read] as Source;
    at = nextOf(edges, row, at);
    if (edges[at] !== source || edges[at + 1] !== written(source, reading.rows[read] as number, row)) return false;
    at += 3;
  }
  return nextOf(edges, row, at) >= edges.length;
}

/** The first entry from there on that a row has read. */
function nextOf(edges: Edges, row: number, from: number): number {
  let at = from;
  while (at < edges.length && ((edges[at + 2] as number) & (1 << row)) === 0) at += 3;
  return at;
}

/** The edges with what a row has read now, which stands in `reading` between two places, instead of what it had read. */
export function withRow(edges: Edges, row: number, from: number, to: number): Edges {
  const found: (Source | number)[] = [];
  const bit = 1 << row;
  let at = 0;
  const copyTo = (end: number): void => {
    for (; at < end; at += 3) {
      const readers = (edges[at + 2] as number) & ~bit;
      if (readers !== 0) found.push(edges[at] as Source, edges[at + 1] as number, readers);
    }
  };
  for (let read = from; read < to; read++) {
    const source = reading.sources[read] as Source;
    const rows = written(source, reading.rows[read] as number, row);
    const known = indexOf(edges, source, rows, at);
    copyTo(known < 0 ? at : known);
    found.push(source, rows, known < 0 ? bit : (edges[known + 2] as number) | bit);
    if (known >= 0) at = known + 3;
  }
  copyTo(edges.length);
  // A list that was pushed has room to grow.
  return found.slice();
}

/** Rows that have read one of some rows of a source. */
export function readersOf(edges: Edges, source: Source, rows: number): number {
  let readers = 0;
  for (let at = edges.indexOf(source); at >= 0; at = edges.indexOf(source, at + 3)) {
    const of = edges[at + 1] as number;
    if (of === OWN) readers |= (edges[at + 2] as number) & rows;
    else if ((of & rows) !== 0) readers |= edges[at + 2] as number;
  }
  return readers;
}

/** Which rows of the source of an entry a row has read; 0 for none. */
export function rowsAt(edges: Edges, at: number, row: number): number {
  const bit = 1 << row;
  if (((edges[at + 2] as number) & bit) === 0) return 0;
  const rows = edges[at + 1] as number;
  return rows === OWN ? bit : rows;
}
