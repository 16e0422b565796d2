import { type MemoHolder, type Memos, untracked, Version } from './reactive.ts';

/** Some things out of many, so that what is gathered from many is gathered again only where it changed. */
export class Group<T> implements MemoHolder {
  memos: Memos = undefined;
  private readonly things = new Set<T>();
  private readonly version = new Version();

  get size(): number {
    return this.things.size;
  }

  members(): ReadonlySet<T> {
    this.version.read();
    return this.things;
  }

  add(thing: T): void {
    this.things.add(thing);
    this.version.bump();
  }

  delete(thing: T): void {
    if (this.things.delete(thing)) this.version.bump();
  }

  touch(): void {
    this.version.bump();
  }
}

const GROUP_SIZE = 32;

/** Something that knows its group; it is in one bag at most. */
export interface Grouped<T> {
  group: Group<T> | undefined;
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
    while (group && group.size >= GROUP_SIZE) {
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
    thing.group = group;
  }

  /** Says that a thing has changed, though it is the same. */
  touch(thing: T): void {
    thing.group?.touch();
  }

  delete(thing: T): void {
    const { group } = thing;
    if (!group) return;
    thing.group = undefined;
    if (group.size === GROUP_SIZE) this.roomy.push(group);
    group.delete(thing);
  }
}
