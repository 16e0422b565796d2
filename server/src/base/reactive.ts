/**
 * Values that know what they were computed from. Reading one inside a computation records a dependency, so a change
 * makes stale exactly what read it, and nothing has to say by hand what depends on what.
 *
 * A change marks what may be stale and computes nothing; the next question checks what it needs. Edges are plain array
 * entries in both directions: an estate has hundreds of thousands of them, and they are most of what it costs in memory.
 */

import { type Few, withOne, withoutOne } from './few.ts';

/** An object that computed values may be attached to. */
export interface MemoHolder {
  memos: Memos;
}

/** The computed values of one object, as a list that each of them continues. */
export type Memos = Memo | undefined;

/** Number of the last change. */
let epoch = 1;
/** Number of the last pass over dependencies, or of a world, that marked what it met. */
let pass = 0;
/** What the computations under way have read, the innermost last. One list serves all of them. */
let reads: Source[] = [];
/** How many of these count; what is behind them is left over. */
let readTo = 0;
/** Where those of the innermost begin; -1 where reading is not recorded. */
let readFrom = -1;
/** Where something else is supposed, while it is asked about; undefined where things are as they are. */
let world: World | undefined;

/** Something that can be read and that changes. */
abstract class Source {
  changedAt = 0;
  /** The last pass that met it. */
  mark = 0;
  /** What has read it and wants to hear of changes. */
  private targets: Few<Memo> = undefined;

  get isRead(): boolean {
    return this.targets !== undefined;
  }

  protected record(): void {
    if (readFrom < 0 || (readTo > readFrom && reads[readTo - 1] === this)) return;
    reads[readTo++] = this;
  }

  addTarget(target: Memo): void {
    this.targets = withOne(this.targets, target);
  }

  removeTarget(target: Memo): void {
    this.targets = withoutOne(this.targets, target);
  }

  protected tellTargets(): void {
    const { targets } = this;
    if (targets === undefined) return;
    if (targets instanceof Memo) targets.doubt(this);
    else for (const target of targets) target.doubt(this);
  }
}

/** A counter that stands for "this has changed". Reading it depends on it. */
export class Version extends Source {
  read(): void {
    this.record();
  }

  bump(): void {
    this.changedAt = ++epoch;
    this.tellTargets();
  }
}

/** A function of a kind of object: what all its memos share. */
interface Derived {
  readonly compute: (holder: never, last: never) => unknown;
  readonly isSame: ((a: never, b: never) => boolean) | undefined;
}

/** What a memo has read; most have read one thing. */
type Sources = Source | readonly Source[] | undefined;

const NOTHING: readonly Source[] = [];

function listOf(sources: Sources): readonly Source[] {
  return sources === undefined ? NOTHING : sources instanceof Source ? [sources] : sources;
}

/** What a memo is in, as bits of one number: an estate has as many memos as it has statements. */
const HAS_VALUE = 1;
/** The computation failed: reading throws its error again. */
const HAS_ERROR = 2;
const RUNNING = 4;
/** It hears of changes, as somebody who is kept fresh reads it. Otherwise it has to ask all it read. */
const KEPT = 8;
/** It has heard of a change since it was verified. */
const DOUBTFUL = 16;

class Memo extends Source {
  readonly derived: Derived;
  /** The next memo of the same holder. */
  next: Memos;
  private readonly holder: object;
  private value: unknown = undefined;
  private state = DOUBTFUL;
  private dependencies: Sources = undefined;
  /** The change up to which the value is known to hold. */
  private verifiedAt = 0;
  /** The one thing that it heard of it from; undefined for several. */
  private suspect: Source | undefined = undefined;
  /** Stamp of the world that last found it untouched by what it supposes. */
  sharedBy = 0;

  constructor(derived: Derived, holder: object, next: Memos) {
    super();
    this.derived = derived;
    this.holder = holder;
    this.next = next;
  }

  read(): unknown {
    if (world) return world.read(this);
    this.verify();
    this.record();
    return this.result();
  }

  result(): unknown {
    if (this.is(HAS_ERROR)) throw this.value;
    return this.value;
  }

  /** What it read, as things are. Fresh. */
  outside(): readonly Source[] {
    asking(undefined, () => this.verify());
    return listOf(this.dependencies);
  }

  /** Computes it, here or in a world: whether nothing else comes out than before. */
  compute(): { readonly isSame: boolean; readonly value: unknown } {
    const last = this.is(HAS_VALUE) ? this.value : undefined;
    const value = this.derived.compute(this.holder as never, last as never);
    const isSame =
      this.is(HAS_VALUE) &&
      (this.value === value || this.derived.isSame?.(this.value as never, value as never) === true);
    return { isSame, value };
  }

  private is(states: number): boolean {
    return (this.state & states) !== 0;
  }

  private set(states: number, on: boolean): void {
    this.state = on ? this.state | states : this.state & ~states;
  }

  /** Something it read has changed, or may have. */
  doubt(suspect: Source): void {
    if (this.is(DOUBTFUL)) {
      if (this.suspect !== suspect) this.suspect = undefined;
      return;
    }
    this.set(DOUBTFUL, true);
    this.suspect = suspect;
    this.tellTargets();
  }

  /** Hears of changes from now on, until `forget`. */
  keep(): void {
    if (this.is(KEPT)) return;
    this.set(KEPT, true);
    this.set(DOUBTFUL, this.verifiedAt !== epoch);
    this.suspect = undefined;
    for (const source of listOf(this.dependencies)) follow(source, this);
  }

  /** Stops hearing of changes unless something else that is kept reads it. */
  forget(): void {
    if (!this.is(KEPT) || this.isRead) return;
    this.set(KEPT, false);
    if (!this.is(DOUBTFUL)) this.verifiedAt = epoch;
    for (const source of listOf(this.dependencies)) leave(source, this);
  }

  /** Brings the value up to date; computes only if something that it read has changed. */
  private verify(): void {
    if (this.is(RUNNING)) throw new Error('a value depends on itself');
    if (this.verifiedAt === epoch || (this.is(KEPT) && !this.is(DOUBTFUL))) return;
    if (!this.is(HAS_VALUE | HAS_ERROR) || this.hasChanged()) this.run();
    this.verifiedAt = epoch;
    this.set(DOUBTFUL, false);
    this.suspect = undefined;
  }

  private hasChanged(): boolean {
    if (this.is(KEPT) && this.suspect) return this.isNewer(this.suspect);
    for (const source of listOf(this.dependencies)) if (this.isNewer(source)) return true;
    return false;
  }

  private isNewer(source: Source): boolean {
    if (source instanceof Memo) source.verify();
    return source.changedAt > this.verifiedAt;
  }

  private run(): void {
    const outer = readFrom;
    const from = readTo;
    readFrom = from;
    this.set(RUNNING, true);
    try {
      const { isSame, value } = this.compute();
      if (!isSame) this.settle(HAS_VALUE, value);
    } catch (error) {
      this.settle(HAS_ERROR, error);
    } finally {
      this.set(RUNNING, false);
      this.depend(from);
      readTo = from;
      readFrom = outer;
      if (from === 0) reads = [];
    }
  }

  private settle(outcome: number, value: unknown): void {
    this.set(HAS_VALUE | HAS_ERROR, false);
    this.set(outcome, true);
    this.value = value;
    this.changedAt = epoch;
  }

  /** Takes over what the last computation read: what stands in `reads` from there on. */
  private depend(from: number): void {
    const before = listOf(this.dependencies);
    const known = ++pass;
    for (const source of before) source.mark = known;
    const present = ++pass;
    let to = from;
    let added: Source[] | undefined;
    for (let at = from; at < readTo; at++) {
      const source = reads[at] as Source;
      if (source.mark === present) continue;
      if (before !== NOTHING && source.mark !== known) {
        added ??= [];
        added.push(source);
      }
      source.mark = present;
      reads[to++] = source;
    }
    this.dependencies = to > from + 1 ? reads.slice(from, to) : to > from ? reads[from] : undefined;
    if (!this.is(KEPT)) return;
    for (const source of before === NOTHING ? listOf(this.dependencies) : (added ?? NOTHING)) follow(source, this);
    for (const source of before) if (source.mark !== present) leave(source, this);
  }
}

function follow(source: Source, target: Memo): void {
  source.addTarget(target);
  if (source instanceof Memo) source.keep();
}

function leave(source: Source, target: Memo): void {
  source.removeTarget(target);
  if (source instanceof Memo) source.forget();
}

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
  const ask = (holder: H): T => memoOf(derived, holder).read() as T;
  derivedOf.set(ask, derived);
  return ask;
}

const derivedOf = new WeakMap<object, Derived>();

function memoOf(derived: Derived, holder: MemoHolder): Memo {
  let memo = holder.memos;
  if (memo?.derived === derived) return memo;
  let before: Memos;
  while (memo && memo.derived !== derived) {
    before = memo;
    memo = memo.next;
  }
  // What is asked for is soon asked for again: it goes to the front.
  if (before && memo) before.next = memo.next;
  if (memo) memo.next = holder.memos;
  else memo = new Memo(derived, holder, holder.memos);
  holder.memos = memo;
  return memo;
}

/**
 * Things as they would be if some derived values were others. Whatever reads one of those, directly or through others, is computed anew
 * for the world; everything else is shared with what is known as things are.
 */
export class World {
  private readonly supposed = new Map<Memo, unknown>();
  private readonly found = new Map<Memo, { readonly value: unknown; readonly isError: boolean } | 'running'>();
  private seen = 0;
  private stamp = 0;

  /** Supposes what a derived function says of one thing. To be called before anything is asked. */
  suppose<H extends MemoHolder, T>(ask: (holder: H) => T, holder: H, value: T): void {
    const derived = derivedOf.get(ask);
    if (!derived) throw new Error('only what is derived can be supposed');
    this.supposed.set(memoOf(derived, holder), value);
  }

  /** Asks in this world. */
  within<T>(ask: () => T): T {
    return asking(this, ask);
  }

  read(memo: Memo): unknown {
    if (this.seen !== epoch) {
      this.found.clear();
      this.seen = epoch;
      this.stamp = ++pass;
    }
    if (this.supposed.has(memo)) return this.supposed.get(memo);
    if (memo.sharedBy === this.stamp) return memo.result();
    const known = this.found.get(memo);
    if (known === 'running') throw new Error('a value depends on itself');
    if (known?.isError) throw known.value;
    if (known) return known.value;
    if (memo.outside().some((source) => source instanceof Memo && this.isOther(source))) return this.compute(memo);
    memo.sharedBy = this.stamp;
    return memo.result();
  }

  /** Whether a value is another one here. */
  private isOther(memo: Memo): boolean {
    if (this.supposed.has(memo)) return true;
    try {
      this.read(memo);
    } catch {
      // Whoever reads it will see.
    }
    return memo.sharedBy !== this.stamp;
  }

  private compute(memo: Memo): unknown {
    this.found.set(memo, 'running');
    try {
      const { isSame, value } = memo.compute();
      if (!isSame) this.found.set(memo, { value, isError: false });
      else if (this.found.delete(memo)) memo.sharedBy = this.stamp;
      return isSame ? memo.result() : value;
    } catch (error) {
      this.found.set(memo, { value: error, isError: true });
      throw error;
    }
  }
}

/** Asks in a world, or about things as they are, without depending on what is read. */
function asking<T>(where: World | undefined, ask: () => T): T {
  const outer = world;
  const from = readFrom;
  world = where;
  readFrom = -1;
  try {
    return ask();
  } finally {
    world = outer;
    readFrom = from;
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
  const memo = new Memo({ compute, isSame: undefined }, {}, undefined);
  memo.keep();
  memo.read();
  return () => memo.forget();
}

/** Reads without depending on what is read. */
export function untracked<T>(ask: () => T): T {
  return asking(world, ask);
}
