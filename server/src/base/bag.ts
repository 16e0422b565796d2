import { type MemoHolder, type Memos, Version } from './reactive.ts';

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

/** Many things in groups; which group holds which has no meaning. */
export class Bag<T> {
  private readonly list: Group<T>[] = [];
  private readonly groupOf = new Map<T, Group<T>>();
  private readonly roomy: Group<T>[] = [];
  private readonly version = new Version();

  groups(): readonly Group<T>[] {
    this.version.read();
    return this.list;
  }

  has(thing: T): boolean {
    return this.groupOf.has(thing);
  }

  add(thing: T): void {
    if (this.groupOf.has(thing)) return;
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
    this.groupOf.set(thing, group);
  }

  /** Says that a thing has changed, though it is the same. */
  touch(thing: T): void {
    this.groupOf.get(thing)?.touch();
  }

  delete(thing: T): void {
    const group = this.groupOf.get(thing);
    if (!group) return;
    this.groupOf.delete(thing);
    if (group.size === GROUP_SIZE) this.roomy.push(group);
    group.delete(thing);
  }
}
