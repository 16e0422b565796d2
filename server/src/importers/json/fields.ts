import { numberOf } from '../cells.ts';
import { cleanText } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';

/** Keys of all records of one kind, and which of them were asked for: what was not is not carried over. */
export class FieldLedger {
  readonly #seen = new Map<string, Map<string, number>>();
  readonly #used = new Set<string>();

  see(kind: string, record: Readonly<Record<string, unknown>>): void {
    const keys = this.#seen.get(kind) ?? new Map<string, number>();
    this.#seen.set(kind, keys);
    for (const [key, value] of Object.entries(record)) {
      if (value === null || value === '') continue;
      const family = familyOf(key);
      keys.set(family, (keys.get(family) ?? 0) + 1);
    }
  }

  use(kind: string, key: string): void {
    this.#used.add(`${kind}\n${familyOf(key)}`);
  }

  /** @param whyNot the reason for a key, `undefined` for the usual one, or `null` where other keys say the same */
  reportTo(report: ImportReport, whyNot: (kind: string, key: string) => string | null | undefined): void {
    for (const [kind, keys] of this.#seen) {
      const byReason = new Map<string, { keys: string[]; count: number }>();
      for (const [key, count] of keys) {
        if (this.#used.has(`${kind}\n${key}`)) continue;
        const why = whyNot(kind, key);
        if (why === null) continue;
        const reason = why ?? 'the language has no word for it';
        const group = byReason.get(reason) ?? { keys: [], count: 0 };
        group.keys.push(cleanText(key) ?? '');
        group.count += count;
        byReason.set(reason, group);
      }
      for (const [reason, group] of byReason) report.drop(`${kind}: ${listed(group.keys)}`, reason, group.count);
    }
  }
}

/** `net0` and `net1` are one family. */
function familyOf(key: string): string {
  return key.replace(/\d+$/, '').slice(0, 60);
}

/** A hostile file may have thousands of keys. */
const MOST_LISTED = 40;

function listed(keys: readonly string[]): string {
  const rest = keys.length - MOST_LISTED;
  return [...keys].sort().slice(0, MOST_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Where a record is from, and where what is wrong with it is reported. */
export interface FieldContext {
  readonly ledger: FieldLedger;
  readonly report: ImportReport;
}

/** Largest figure that is believed: beyond it lie sizes that no estate has. */
const LARGEST = 2 ** 60;

/** A record of JSON or CSV, read field by field. What is of another type than asked for is reported and left out. */
export class Fields {
  readonly record: Readonly<Record<string, unknown>>;
  readonly where: string;
  readonly #kind: string;
  readonly #context: FieldContext;

  /** @param kind what records of this kind are called in reports */
  constructor(record: Readonly<Record<string, unknown>>, kind: string, where: string, context: FieldContext) {
    this.record = record;
    this.where = where;
    this.#kind = kind;
    this.#context = context;
    context.ledger.see(kind, record);
  }

  /** The value as it stands; an inherited property is none. */
  value(key: string): unknown {
    this.#context.ledger.use(this.#kind, key);
    const value = Object.hasOwn(this.record, key) ? this.record[key] : undefined;
    return value === null || value === '' ? undefined : value;
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    if (typeof value === 'string') return cleanText(value);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** A number that is not negative, also written as a text. */
  number(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' ? numberOf(value) : value;
    if (typeof number === 'number' && number >= 0 && number <= LARGEST) return number;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    this.#context.report.problem(
      'warning',
      `${key} is no number that can be: ${(cleanText(text) ?? '').slice(0, 40)}`,
      this.where,
      `${this.#kind}: ${key} is no number that can be`,
    );
    return undefined;
  }

  /** A whole number from 1 up. */
  count(key: string): number | undefined {
    const value = this.number(key);
    return value !== undefined && Number.isInteger(value) && value >= 1 ? value : undefined;
  }

  /** A figure for which 0 means that it is not known. */
  positive(key: string): number | undefined {
    return this.number(key) || undefined;
  }

  /** `1`, `"1"`, `true` and `"true"` are yes. */
  flag(key: string): boolean {
    const value = this.value(key);
    return value === true || value === 1 || (typeof value === 'string' && /^(?:1|true|yes)$/i.test(value.trim()));
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The records of a list; a single one stands for a list of it, as PowerShell writes it. */
export function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}
