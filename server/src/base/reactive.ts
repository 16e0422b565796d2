/**
 * Values that know what they were computed from. Reading one inside a computation records a dependency, so a change
 * makes stale exactly what read it, and nothing has to say by hand what depends on what.
 *
 * A change marks what may be stale and computes nothing; the next question checks what it needs. An estate has hundreds of
 * thousands of such values, so those of the members of a group are kept in one column, a row for each member. A column has
 * one edge to whatever its rows have read, and one from whatever reads them, with the rows that are meant as bits.
 */

import { Column, type Derived, type Members, type MemoHolder, rowsIn } from './column.ts';
import { epoch, reading } from './reads.ts';

export type { MemoHolder, Memos } from './column.ts';
export { Version } from './reads.ts';

/** Where something else is supposed, while it is asked about; undefined where things are as they are. */
let world: World | undefined;

/**
 * A pure function of one object, remembered on the object and computed again only when something it read has changed.
 * It must not read itself, directly or through others. With `isSame`, an equal result leaves what read it fresh.
 * `last` is what came out before, to take over the parts that are the same; the result must not depend on it otherwise.
 */
export function derive<H extends MemoHolder, T>(
  compute: (holder: H, last: T | undefined) => T,
  isSame?: (a: T, b: T) => boolean,
): (holder: H) => T {
  const derived = { compute, isSame } as Derived;
  const ask = (holder: H): T => {
    const { group } = holder;
    const column = columnOf(derived, group ?? holder, group);
    const row = group ? (holder.slot as number) : 0;
    return (world ? world.read(column, row) : column.read(row)) as T;
  };
  derivedOf.set(ask, derived);
  return ask;
}

const derivedOf = new WeakMap<object, Derived>();

/** The column of a function at an object, or at a group for its members. */
function columnOf(derived: Derived, owner: MemoHolder, group: Members | undefined): Column {
  let column = owner.memos;
  if (column?.derived === derived) return column;
  let before: Column | undefined;
  while (column && column.derived !== derived) {
    before = column;
    column = column.next;
  }
  // What is asked for is soon asked for again: it goes to the front.
  if (before && column) before.next = column.next;
  if (column) column.next = owner.memos;
  else column = new Column(derived, owner, owner.memos, group);
  owner.memos = column;
  return column;
}

/** What is known of a row in a world: that it is the same there, that it is being computed, or what comes out. */
type Found = 'shared' | 'running' | { readonly value: unknown; readonly isError: boolean };

/**
 * Things as they would be if some derived values were others. Whatever reads one of those, directly or through others, is computed anew
 * for the world; everything else is shared with what is known as things are.
 */
export class World {
  private readonly supposed = new Map<Derived, Map<object, unknown>>();
  /** By column, then by row. */
  private readonly found = new Map<Column, (Found | undefined)[]>();
  private seen = 0;

  /** Supposes what a derived function says of one thing. To be called before anything is asked. */
  suppose<H extends MemoHolder, T>(ask: (holder: H) => T, holder: H, value: T): void {
    const derived = derivedOf.get(ask);
    if (!derived) throw new Error('only what is derived can be supposed');
    const values = this.supposed.get(derived) ?? new Map<object, unknown>();
    this.supposed.set(derived, values.set(holder, value));
  }

  /** Asks in this world. */
  within<T>(ask: () => T): T {
    return asking(this, ask);
  }

  read(column: Column, row: number): unknown {
    if (this.seen !== epoch) {
      this.found.clear();
      this.seen = epoch;
    }
    const values = this.supposed.get(column.derived);
    const holder = values && column.holder(row);
    if (values && holder && values.has(holder)) return values.get(holder);
    const known = this.foundIn(column)[row];
    if (known === 'shared') return column.result(row);
    if (known === 'running') throw new Error('a value depends on itself');
    if (known?.isError) throw known.value;
    if (known) return known.value;
    return this.isTouched(column, row) ? this.compute(column, row) : this.share(column, row);
  }

  private foundIn(column: Column): (Found | undefined)[] {
    const known = this.found.get(column);
    if (known) return known;
    const rows: (Found | undefined)[] = [];
    this.found.set(column, rows);
    return rows;
  }

  private share(column: Column, row: number): unknown {
    this.foundIn(column)[row] = 'shared';
    return column.result(row);
  }

  /** Whether anything that a row has read, as things are, is another one here. */
  private isTouched(column: Column, row: number): boolean {
    asking(undefined, () => column.verify(row));
    return column.hasRead(row, (other, rows) => rowsIn(rows).some((one) => this.isOther(other, one)));
  }

  /** Whether a value is another one here. */
  private isOther(column: Column, row: number): boolean {
    const holder = column.holder(row);
    if (holder && this.supposed.get(column.derived)?.has(holder)) return true;
    try {
      this.read(column, row);
    } catch {
      // Whoever reads it will see.
    }
    return this.foundIn(column)[row] !== 'shared';
  }

  private compute(column: Column, row: number): unknown {
    this.foundIn(column)[row] = 'running';
    try {
      const { isSame, value } = column.compute(row);
      if (isSame) return this.share(column, row);
      this.foundIn(column)[row] = { value, isError: false };
      return value;
    } catch (error) {
      this.foundIn(column)[row] = { value: error, isError: true };
      throw error;
    }
  }
}

/** Asks in a world, or about things as they are, without depending on what is read. */
function asking<T>(where: World | undefined, ask: () => T): T {
  const outer = world;
  const { from } = reading;
  world = where;
  reading.from = -1;
  try {
    return ask();
  } finally {
    world = outer;
    reading.from = from;
  }
}

/** Two lists of the same objects in the same order. For `derive`: what read the list stays fresh. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * Computes a value now and keeps what it read told of changes until the returned function is called. What is kept so
 * knows whether it is fresh, instead of having to ask everything that it was computed from.
 */
export function keepFresh(compute: () => unknown): () => void {
  const column = new Column({ compute, isSame: undefined }, {}, undefined);
  column.keep();
  column.read(0);
  return () => column.forget();
}

/** Reads without depending on what is read. */
export function untracked<T>(ask: () => T): T {
  return asking(world, ask);
}
