import { Members, MOST_MEMBERS } from './column.ts';
import { untracked, Version } from './reactive.ts';

/** Some things out of many, so that what is gathered from many is gathered again only where it changed. */
export class Group<T extends Grouped<T>> extends Members {
  private readonly version = new Version();
  private gaps = 0;

  get size(): number {
    return this.slots.length - this.gaps;
  }

  /** What is in it, in no order. */
  members(): readonly T[] {
    this.version.read();
    const things = this.gaps === 0 ? this.slots : this.slots.filter((thing) => thing !== undefined);
    return things as T[];
  }

  add(thing: T): void {
    const gap = this.gaps > 0 ? this.slots.indexOf(undefined) : -1;
    if (gap >= 0) this.gaps--;
    thing.slot = gap < 0 ? this.slots.length : gap;
    thing.group = this;
    this.slots[thing.slot] = thing;
    this.version.bump();
  }

  delete(thing: T): void {
    this.vacate(thing.slot);
    thing.group = undefined;
    this.gaps++;
    this.version.bump();
  }

  touch(): void {
    this.version.bump();
  }
}

/** Something that knows its group and its slot there; it is in one bag at most. */
export interface Grouped<T extends Grouped<T>> {
  group: Group<T> | undefined;
  slot: number;
}

/** Many things in groups; which group holds which has no meaning. */
export class Bag<T extends Grouped<T>> {
  private readonly list: Group<T>[] = [];
  private readonly roomy: Group<T>[] = [];
  private readonly version = new Version();

  groups(): readonly Group<T>[] {
    this.version.read();
    return this.list;
  }

  /** All things, without depending on which there are. */
  all(): T[] {
    return untracked(() => this.list.flatMap((group) => [...group.members()]));
  }

  add(thing: T): void {
    if (thing.group) return;
    let group = this.roomy.at(-1);
    while (group && group.size >= MOST_MEMBERS) {
      this.roomy.pop();
      group = this.roomy.at(-1);
    }
    if (!group) {
      group = new Group<T>();
      this.list.push(group);
      this.roomy.push(group);
      this.version.bump();
    }
    group.add(thing);
  }

  /** Says that a thing has changed, though it is the same. */
  touch(thing: T): void {
    thing.group?.touch();
  }

  delete(thing: T): void {
    const { group } = thing;
    if (!group) return;
    if (group.size === MOST_MEMBERS) this.roomy.push(group);
    group.delete(thing);
  }
}
