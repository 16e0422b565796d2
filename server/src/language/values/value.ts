import type { Address, Prefix } from '../../base/addresses.ts';
import type { PlanDate, Window } from '../../base/dates.ts';
import type { Span } from '../../base/span.ts';
import type { Dimension } from '../../base/units.ts';

export interface NumberPart extends Span {
  readonly type: 'number';
  readonly value: number;
}

/** In base units: bytes, bit/s, Hz, seconds, watts, a fraction. `unit` is the one written. */
export interface QuantityPart extends Span {
  readonly type: 'quantity';
  readonly dimension: Dimension;
  readonly value: number;
  readonly unit: string;
}

/** An amount of money; `each` and `seconds` say per what it is paid, undefined where it is not. */
export interface MoneyPart extends Span {
  readonly type: 'money';
  readonly amount: number;
  readonly currency: string;
  readonly each: 'core' | 'socket' | 'host' | 'vm' | 'kWh' | undefined;
  readonly seconds: number | undefined;
}

/** An amount per time. `dimension` undefined: a plain count. */
export interface GrowthPart extends Span {
  readonly type: 'growth';
  readonly dimension: Dimension | undefined;
  readonly amount: number;
  readonly seconds: number;
}

/** A name, or a reference to one: `web-[1..4]`, `dc01@berlin`, `*sql*`. Ranges are not expanded. */
export interface NamePart extends Span {
  readonly type: 'name';
  readonly text: string;
  readonly quoted: boolean;
  /** What stands after `@`. */
  readonly scope: string | undefined;
}

/** A limit of a policy. Which dimension it must have depends on the rule. */
export interface LimitPart extends Span {
  readonly type: 'limit';
  readonly value: number;
  readonly dimension: Dimension | undefined;
  readonly unit: string;
}

export type Part =
  | NumberPart
  | QuantityPart
  | MoneyPart
  | GrowthPart
  | NamePart
  | LimitPart
  | (Span & { readonly type: 'per-second'; readonly value: number })
  | (Span & { readonly type: 'word' | 'text'; readonly text: string })
  | (Span & { readonly type: 'date'; readonly date: PlanDate })
  | (Span & { readonly type: 'window'; readonly window: Window })
  | (Span & { readonly type: 'address'; readonly address: Address })
  | (Span & { readonly type: 'prefix'; readonly prefix: Prefix })
  | (Span & { readonly type: 'utc'; readonly minutes: number })
  | (Span & { readonly type: 'span'; readonly low: Part; readonly high: Part })
  | (Span & { readonly type: 'list'; readonly items: readonly Part[] });

/**
 * A value as its shape in the schema asks for it: one part per term of the shape, undefined where an optional term is
 * absent or could not be read. `[N x] N cores [FREQ]` has three parts: literal words and brackets count for nothing.
 */
export interface Value extends Span {
  readonly parts: readonly (Part | undefined)[];
  /** Written as `none`. */
  readonly none: boolean;
  /** Written with `each`: the items of the list are dealt over the members of the block. */
  readonly each: boolean;
}
