import { areOf, type Edges, gather, NO_EDGES, nextPass, readersOf, rowsAt, withRow } from './edges.ts';
import { epoch, Rows, reading, type Source, type Target, type Version } from './reads.ts';

/** An object that computed values may be attached to; those of a member of a group are kept with the group. */
export interface MemoHolder {
  memos: Memos;
  readonly group?: Members | undefined;
  /** Which member of its group it is. */
  readonly slot?: number;
}

/** The columns of one object, or of a group, as a list that each of them continues. */
export type Memos = Column | undefined;

/** At most this many members make a group: their rows are bits of a number that is small in every engine. */
export const MOST_MEMBERS = 30;

/** Some objects whose computed values are kept together. A member knows its group and its slot in it. */
export abstract class Members implements MemoHolder {
  memos: Memos = undefined;
  /** Members by slot, with gaps where some have left. */
  readonly slots: (object | undefined)[] = [];

  /** Forgets what was computed of a member that leaves: another one may get its slot. */
  protected vacate(slot: number): void {
    this.slots[slot] = undefined;
    for (let column = this.memos; column; column = column.next) if (column.isShared) column.clear(slot);
  }
}

/** A function of a kind of object: what all its columns share. */
export interface Derived {
  readonly compute: (holder: never, last: never) => unknown;
  readonly isSame: ((a: never, b: never) => boolean) | undefined;
}

/** What is kept of a row, one behind the other. */
const CELLS = 3;
const VALUE = 0;
/** The change that it has its value from. */
const CHANGED_AT = 1;
/** The change up to which the value is known to hold. */
const VERIFIED_AT = 2;

/** Edges of more entries are not searched for each change that is heard of: a statement may name a hundred thousand things. */
const MOST_SEARCHED = 3 * 2048;

/** The row of the lowest bit. */
function lowestOf(rows: number): number {
  return 31 - Math.clz32(rows & -rows);
}

/** Rows that are given as bits. */
export function rowsIn(rows: number): number[] {
  const found: number[] = [];
  for (let left = rows; left !== 0; left &= left - 1) found.push(lowestOf(left));
  return found;
}

/** The values of one function: a row for each member of a group, or one row for an object that is in no group. */
export class Column extends Rows implements Target {
  readonly derived: Derived;
  /** The next column of the same object or group. */
  next: Memos;
  readonly isShared: boolean;
  private readonly owner: object;
  private readonly cells: unknown[];
  private edges: Edges = NO_EDGES;
  /** Rows that have been computed. Rows are bits, here and below. */
  private known = 0;
  /** Those of them whose computation failed: reading throws its error again. */
  private failed = 0;
  private running = 0;
  /** Those that have heard of no change since they were verified, while it is kept. */
  private fresh = 0;
  /** The last change of any row. */
  private changedAt = 0;
  /** It hears of changes, as somebody who is kept fresh reads it. Otherwise it has to ask all it read. */
  private isKept = false;
  /** What each row that is not fresh has heard of a change from, by row; nothing where that is several things. */
  private suspects: (Source | undefined)[] | undefined = undefined;

  /** `members`: the group whose members the rows are about; without one there is a single row, about the owner. */
  constructor(derived: Derived, owner: object, next: Memos, members?: Members) {
    super();
    this.derived = derived;
    this.owner = owner;
    this.next = next;
    this.isShared = members !== undefined;
    this.cells = new Array(CELLS * (members?.slots.length ?? 1));
  }

  /** The object that a row is about. */
  holder(row: number): object | undefined {
    return this.isShared ? (this.owner as Members).slots[row] : this.owner;
  }

  /** The value of a row, up to date. */
  read(row: number): unknown {
    if ((this.fresh & (1 << row)) === 0) this.verify(row);
    this.record(1 << row);
    return this.result(row);
  }

  /** The value of a row as it was last computed. */
  result(row: number): unknown {
    const value = this.cells[row * CELLS + VALUE];
    if ((this.failed & (1 << row)) !== 0) throw value;
    return value;
  }

  /** Whether something holds of any column that a row has read, and of the rows that it has read of it. */
  hasRead(row: number, holds: (column: Column, rows: number) => boolean): boolean {
    const { edges } = this;
    for (let at = 0; at < edges.length; at += 3) {
      const source = edges[at];
      const rows = rowsAt(edges, at, row);
      if (rows !== 0 && source instanceof Column && holds(source, rows)) return true;
    }
    return false;
  }

  /** Computes a row, here or in a world: whether nothing else comes out than before. */
  compute(row: number): { readonly isSame: boolean; readonly value: unknown } {
    const hasLast = (this.known & ~this.failed & (1 << row)) !== 0;
    const last = hasLast ? this.cells[row * CELLS + VALUE] : undefined;
    const value = this.derived.compute(this.holder(row) as never, last as never);
    const isSame = hasLast && (last === value || this.derived.isSame?.(last as never, value as never) === true);
    return { isSame, value };
  }

  doubt(source: Source, rows: number): void {
    const isSure = !this.isShared || this.edges.length <= MOST_SEARCHED;
    if (!isSure && this.fresh === 0 && !this.suspects) return;
    const readers = !this.isShared ? 1 : isSure ? readersOf(this.edges, source, rows) : this.known;
    const added = readers & this.fresh;
    if (!isSure) this.suspects = undefined;
    for (let left = isSure ? readers & this.known : 0; left !== 0; left &= left - 1) {
      const row = lowestOf(left);
      this.suspects ??= [];
      if ((added & (1 << row)) !== 0) this.suspects[row] = source;
      else if (this.suspects[row] !== source) this.suspects[row] = undefined;
    }
    if (added === 0) return;
    this.fresh &= ~added;
    this.tellTargets(added);
  }

  /** Hears of changes from now on, until `forget`. */
  keep(): void {
    if (this.isKept) return;
    this.isKept = true;
    for (let left = this.known; left !== 0; left &= left - 1) {
      const row = lowestOf(left);
      if (this.cells[row * CELLS + VERIFIED_AT] === epoch) this.fresh |= 1 << row;
    }
    this.follow();
  }

  /** Stops hearing of changes unless something else that is kept reads it. */
  forget(): void {
    const isRead = this.targets !== undefined && this.targets !== this;
    if (!this.isKept || isRead) return;
    this.isKept = false;
    for (let left = this.fresh; left !== 0; left &= left - 1) this.cells[lowestOf(left) * CELLS + VERIFIED_AT] = epoch;
    this.fresh = 0;
    this.suspects = undefined;
    this.leave(this.edges, NO_EDGES);
  }

  /** Forgets a row whose member is gone. Whatever has read it is computed again. */
  clear(row: number): void {
    const bit = 1 << row;
    if ((this.known & bit) === 0) return;
    this.known &= ~bit;
    this.failed &= ~bit;
    this.fresh &= ~bit;
    for (let cell = 0; cell < CELLS; cell++) this.cells[row * CELLS + cell] = undefined;
    const before = this.edges;
    this.edges = withRow(before, row, 0, 0);
    if (this.isKept) this.leave(before, this.edges);
    this.tellTargets(bit);
  }

  /** Brings a row up to date; computes it only if something that it read has changed. */
  verify(row: number): void {
    const bit = 1 << row;
    if ((this.running & bit) !== 0) throw new Error('a value depends on itself');
    if ((this.fresh & bit) !== 0) return;
    const verifiedAt = row * CELLS + VERIFIED_AT;
    const isKnown = (this.known & bit) !== 0;
    if (isKnown && !this.isKept && this.cells[verifiedAt] === epoch) return;
    if (!isKnown || this.hasChanged(row)) this.run(row);
    this.cells[verifiedAt] = epoch;
    if (!this.isKept) return;
    this.fresh |= bit;
    if (this.fresh === this.known) this.suspects = undefined;
  }

  private hasChanged(row: number): boolean {
    const { edges } = this;
    const since = this.cells[row * CELLS + VERIFIED_AT] as number;
    const suspect = this.suspects?.[row];
    // A list for a single row may be very long, and has each source once.
    if (suspect && !this.isShared && !(suspect instanceof Rows && suspect.isShared)) return isNewer(suspect, 1, since);
    let at = suspect ? edges.indexOf(suspect) : 0;
    while (at >= 0 && at < edges.length) {
      const rows = rowsAt(edges, at, row);
      if (rows !== 0 && isNewer(edges[at] as Source, rows, since)) return true;
      if (suspect && !this.isShared) return false;
      at = suspect ? edges.indexOf(suspect, at + 3) : at + 3;
    }
    return false;
  }

  /** Whether one of some rows has changed since then. */
  isNewer(rows: number, since: number): boolean {
    // A member of those is gone.
    if ((this.known & rows) !== rows) return true;
    for (let left = rows & ~this.fresh; left !== 0; left &= left - 1) this.verify(lowestOf(left));
    if (this.changedAt <= since) return false;
    for (let left = rows; left !== 0; left &= left - 1)
      if ((this.cells[lowestOf(left) * CELLS + CHANGED_AT] as number) > since) return true;
    return false;
  }

  private run(row: number): void {
    const outer = reading.from;
    const from = reading.to;
    reading.from = from;
    this.running |= 1 << row;
    // Whoever asks for it meanwhile is told that it runs.
    this.fresh &= ~(1 << row);
    try {
      const { isSame, value } = this.compute(row);
      if (!isSame) this.settle(row, value, false);
    } catch (error) {
      this.settle(row, error, true);
    } finally {
      this.running &= ~(1 << row);
      this.depend(row, from);
      reading.to = from;
      reading.from = outer;
      if (from === 0) {
        reading.sources = [];
        reading.rows = [];
      }
    }
  }

  private settle(row: number, value: unknown, isError: boolean): void {
    const bit = 1 << row;
    this.known |= bit;
    this.failed = isError ? this.failed | bit : this.failed & ~bit;
    this.cells[row * CELLS + VALUE] = value;
    this.cells[row * CELLS + CHANGED_AT] = epoch;
    this.changedAt = epoch;
  }

  /** Takes over what the last computation of a row has read: what stands in `reading` from there on. */
  private depend(row: number, from: number): void {
    const to = gather(from);
    const before = this.edges;
    if (areOf(before, row, from, to)) return;
    this.edges = withRow(before, row, from, to);
    if (!this.isKept) return;
    for (let at = from; at < to; at++) this.followOne(reading.sources[at] as Source);
    this.leave(before, this.edges);
  }

  private follow(): void {
    for (let at = 0; at < this.edges.length; at += 3) this.followOne(this.edges[at] as Source);
  }

  private followOne(source: Source): void {
    source.addTarget(this);
    if (source instanceof Column) source.keep();
  }

  /** Stops following what no row reads any more. */
  private leave(before: Edges, after: Edges): void {
    const present = nextPass();
    for (let at = 0; at < after.length; at += 3) (after[at] as Source).mark = present;
    const gone: Source[] = [];
    for (let at = 0; at < before.length; at += 3)
      if ((before[at] as Source).mark !== present) gone.push(before[at] as Source);
    for (const source of gone) {
      source.removeTarget(this);
      if (source instanceof Column) source.forget();
    }
  }
}

function isNewer(source: Source, rows: number, since: number): boolean {
  return source instanceof Column ? source.isNewer(rows, since) : (source as Version).changedAt > since;
}
