import { BALANCED, type Balance, followedBy } from './balance.ts';
import type { Item } from './item.ts';

/** Pages hold about this many items, so that a change in a long file copies one page and the list of pages. */
const PAGE = 256;

interface Page {
  readonly items: readonly Item[];
  readonly length: number;
  readonly lines: number;
  readonly balance: Balance;
  /** Where each item starts, counted from the page; made when first asked for. */
  offsets: Offsets | undefined;
}

interface Offsets {
  readonly from: Int32Array;
  readonly line: Int32Array;
}

/** An item found by a position: its number, where it starts, and the item itself. */
export interface Found {
  readonly index: number;
  readonly from: number;
  readonly line: number;
  readonly item: Item | undefined;
}

const NOT_FOUND: Found = { index: -1, from: 0, line: 0, item: undefined };

/** Where an item stands in its sequence: offset and line relative to the start of the sequence, and its page. */
export interface Position {
  readonly from: number;
  readonly line: number;
  readonly page: number;
}

/**
 * An immutable list of items with their lengths and lines summed per page.
 * Items know no position of their own; one that did not change is the same object in the next version.
 */
export class Sequence {
  readonly length: number;
  readonly lines: number;
  readonly count: number;
  readonly balance: Balance;
  private readonly pages: readonly Page[];
  private starts: readonly (Position & { readonly index: number })[] | undefined;

  private constructor(pages: readonly Page[]) {
    this.pages = pages;
    let length = 0;
    let lines = 0;
    let count = 0;
    let balance: Balance = BALANCED;
    for (const page of pages) {
      length += page.length;
      lines += page.lines;
      count += page.items.length;
      balance = followedBy(balance, page.balance);
    }
    this.length = length;
    this.lines = lines;
    this.count = count;
    this.balance = balance;
  }

  static of(items: readonly Item[]): Sequence {
    return new Sequence(paged(items));
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (const page of this.pages) yield* page.items;
  }

  /** Items with the offsets that they start at, beginning with the one that holds an offset. */
  *startingAt(offset: number): IterableIterator<{ readonly item: Item; readonly from: number }> {
    const starts = this.pageStarts();
    const first = lastAtMost(starts.length, (at) => starts[at]?.from ?? 0, offset);
    for (let number = first; number < this.pages.length; number++) {
      let from = starts[number]?.from ?? 0;
      for (const item of this.pages[number]?.items ?? []) {
        if (number > first || from + item.length > offset) yield { item, from };
        from += item.length;
      }
    }
  }

  at(index: number): Item | undefined {
    let rest = index;
    if (rest < 0) return undefined;
    for (const page of this.pages) {
      if (rest < page.items.length) return page.items[rest];
      rest -= page.items.length;
    }
    return undefined;
  }

  /** The item that holds an offset; the last one for the end of the sequence; undefined if it is empty. */
  indexAt(offset: number): Found {
    return this.find(offset, 'from');
  }

  /** The item that holds a line, counted from the start of the sequence. */
  indexAtLine(line: number): Found {
    return this.find(line, 'line');
  }

  private find(target: number, by: 'from' | 'line'): Found {
    const starts = this.pageStarts();
    const number = lastAtMost(starts.length, (at) => starts[at]?.[by] ?? 0, target);
    const start = starts[number];
    const page = this.pages[number];
    if (!start || !page) return NOT_FOUND;
    const within = offsetsOf(page);
    const list = within[by];
    const slot = lastAtMost(page.items.length, (at) => list[at] ?? 0, target - start[by]);
    const { index } = start;
    const [from, line] = [start.from + (within.from[slot] ?? 0), start.line + (within.line[slot] ?? 0)];
    return { index: index + slot, from, line, item: page.items[slot] };
  }

  /** Where an item stands, looked for around the page it was last seen on; undefined if it is not in the sequence. */
  locate(item: Item, nearPage: number): Position | undefined {
    const { pages } = this;
    const starts = this.pageStarts();
    for (let distance = 0; distance <= pages.length + nearPage; distance++) {
      for (const number of distance === 0 ? [nearPage] : [nearPage - distance, nearPage + distance]) {
        const page = pages[number];
        const start = starts[number];
        const slot = page?.items.indexOf(item) ?? -1;
        if (!page || !start || slot < 0) continue;
        const within = offsetsOf(page);
        return {
          from: start.from + (within.from[slot] ?? 0),
          line: start.line + (within.line[slot] ?? 0),
          page: number,
        };
      }
    }
    return undefined;
  }

  private pageStarts(): NonNullable<typeof this.starts> {
    if (this.starts) return this.starts;
    const starts: (Position & { readonly index: number })[] = [];
    let from = 0;
    let line = 0;
    let index = 0;
    for (const [page, { length, lines, items }] of this.pages.entries()) {
      starts.push({ from, line, page, index });
      from += length;
      line += lines;
      index += items.length;
    }
    this.starts = starts;
    return starts;
  }

  /** Number of an item in the list; -1 if it is not in it. */
  indexOf(item: Item): number {
    let before = 0;
    for (const { items } of this.pages) {
      const slot = items.indexOf(item);
      if (slot >= 0) return before + slot;
      before += items.length;
    }
    return -1;
  }

  /** The sequence with the items from index `from` up to `to` replaced. */
  splice(from: number, to: number, items: readonly Item[]): Sequence {
    const before: Page[] = [];
    const after: Page[] = [];
    const touched: Item[] = [];
    let index = 0;
    let inserted = false;
    const insert = () => {
      if (!inserted) touched.push(...items);
      inserted = true;
    };
    for (const page of this.pages) {
      const end = index + page.items.length;
      if (end < from) before.push(page);
      else if (index > to) {
        insert();
        after.push(page);
      } else {
        for (const [slot, item] of page.items.entries()) {
          if (index + slot >= from) insert();
          if (index + slot < from || index + slot >= to) touched.push(item);
        }
      }
      index = end;
    }
    insert();
    return new Sequence([...before, ...paged(touched), ...after]);
  }

  /** Items of this sequence that the other lacks, and the other way round, found by comparing pages and then items by identity. */
  difference(other: Sequence): { readonly removed: readonly Item[]; readonly added: readonly Item[] } {
    const theirs = new Set(other.pages);
    const ours = new Set(this.pages);
    const mine: Item[] = [];
    for (const page of this.pages) if (!theirs.has(page)) mine.push(...page.items);
    const others: Item[] = [];
    for (const page of other.pages) if (!ours.has(page)) others.push(...page.items);
    const kept = new Set(mine);
    const added = others.filter((item) => !kept.delete(item));
    return { removed: [...kept], added };
  }
}

function paged(items: readonly Item[]): Page[] {
  if (items.length <= PAGE * 2) return items.length > 0 ? [pageOf(items)] : [];
  const pages: Page[] = [];
  for (let at = 0; at < items.length; at += PAGE) pages.push(pageOf(items.slice(at, at + PAGE)));
  return pages;
}

function pageOf(items: readonly Item[]): Page {
  let length = 0;
  let lines = 0;
  let balance: Balance = BALANCED;
  for (const item of items) {
    length += item.length;
    lines += item.lines;
    balance = followedBy(balance, item.balance);
  }
  return { items, length, lines, balance, offsets: undefined };
}

function offsetsOf(page: Page): Offsets {
  if (page.offsets) return page.offsets;
  const from = new Int32Array(page.items.length);
  const line = new Int32Array(page.items.length);
  for (let slot = 1; slot < page.items.length; slot++) {
    const before = page.items[slot - 1];
    from[slot] = (from[slot - 1] ?? 0) + (before?.length ?? 0);
    line[slot] = (line[slot - 1] ?? 0) + (before?.lines ?? 0);
  }
  page.offsets = { from, line };
  return page.offsets;
}

/** The last of `count` ascending values that is not above a target; 0 if all are. */
function lastAtMost(count: number, valueAt: (at: number) => number, target: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueAt(middle) <= target) low = middle;
    else high = middle - 1;
  }
  return low;
}
