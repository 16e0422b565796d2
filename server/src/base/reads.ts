import { type Few, withOne, withoutOne } from './few.ts';

/** What the computations under way have read, the innermost last. One list serves all of them. */
export const reading = {
  sources: [] as Source[],
  /** The rows that were read of each, as bits; 1 where there is but one. */
  rows: [] as number[],
  /** How many of these count; what is behind them is left over. */
  to: 0,
  /** Where those of the innermost begin; -1 where reading is not recorded. */
  from: -1,
};

/** Number of the last change. */
export let epoch = 1;

/** Something that hears of changes of what it has read. */
export interface Target {
  /** Some rows of a source have changed, or may have. */
  doubt(source: Source, rows: number): void;
}

/** Something that can be read and that changes. */
export abstract class Source {
  /** The last pass over dependencies that met it. */
  mark = 0;
  /** What has read it and wants to hear of changes. */
  protected targets: Few<Target> = undefined;

  protected record(rows: number): void {
    const { sources, rows: ofEach, from, to } = reading;
    if (from < 0) return;
    if (to > from && sources[to - 1] === this) {
      ofEach[to - 1] = (ofEach[to - 1] as number) | rows;
      return;
    }
    sources[to] = this;
    ofEach[to] = rows;
    reading.to = to + 1;
  }

  addTarget(target: Target): void {
    this.targets = withOne(this.targets, target);
  }

  removeTarget(target: Target): void {
    this.targets = withoutOne(this.targets, target);
  }

  protected tellTargets(rows: number): void {
    const { targets } = this;
    if (targets === undefined) return;
    if (Array.isArray(targets) || targets instanceof Set) for (const target of targets) target.doubt(this, rows);
    else targets.doubt(this, rows);
  }
}

/** A counter that stands for "this has changed". Reading it depends on it. */
export class Version extends Source {
  changedAt = 0;

  read(): void {
    this.record(1);
  }

  bump(): void {
    this.changedAt = ++epoch;
    this.tellTargets(1);
  }
}

/** A source of several rows, which are read and change each by itself. */
export abstract class Rows extends Source {
  /** Whether there may be more than one. */
  abstract readonly isShared: boolean;
  /** Where it stands in what was read last. */
  readAt = 0;
}
