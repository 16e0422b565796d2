/** Names that are given out once. A name that is taken gets the lowest free number: `web`, `web-2`, `web-3`. */
export class UniqueNames {
  readonly #taken: Set<string>;
  /** The number to try next for a name that was taken before. */
  readonly #next = new Map<string, number>();

  /** @param reserved names that only their owners may have */
  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  take(wanted: string): string {
    let name = wanted;
    let number = this.#next.get(wanted) ?? 2;
    for (; this.#taken.has(name); number++) name = `${wanted}-${number}`;
    this.#next.set(wanted, number);
    this.#taken.add(name);
    return name;
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Orders names as a reader does: `esx-2` before `esx-10`, capitals beside small letters; the same on every machine. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
