import type { ImportProblem, NotCarried } from './importer.ts';

/** Problems beyond this many of one kind are counted, not listed. */
const MOST_ALIKE = 20;

/** Collects what an import could not carry over and what it noticed on the way. */
export class ImportReport {
  readonly #dropped = new Map<string, NotCarried>();
  readonly #problems: ImportProblem[] = [];
  readonly #alike = new Map<string, number>();

  /** Counts facts that are not carried over; equal `what` and `reason` add up. */
  drop(what: string, reason: string, count = 1): void {
    const key = `${what}\n${reason}`;
    this.#dropped.set(key, { what, reason, count: (this.#dropped.get(key)?.count ?? 0) + count });
  }

  /** @param kind problems of one kind are listed up to a number and then only counted; its own message by default */
  problem(severity: ImportProblem['severity'], message: string, where: string, kind = message): void {
    const seen = (this.#alike.get(kind) ?? 0) + 1;
    this.#alike.set(kind, seen);
    if (seen <= MOST_ALIKE) this.#problems.push({ severity, message, where });
  }

  get notCarried(): readonly NotCarried[] {
    return [...this.#dropped.values()];
  }

  get problems(): readonly ImportProblem[] {
    const rest = [...this.#alike].filter(([, count]) => count > MOST_ALIKE);
    return [
      ...this.#problems,
      ...rest.map(([kind, count]) => ({
        severity: 'info' as const,
        message: `${count - MOST_ALIKE} more like this: ${kind}`,
        where: '',
      })),
    ];
  }
}
