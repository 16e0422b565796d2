import { UNITS } from '../../base/units.ts';
import { readStatements, type Sentence } from '../sentence.ts';
import { parse } from '../syntax/parser.ts';
import type { Part, Value } from '../values/value.ts';

/** What the formatter has to know of the meaning of a text: it follows from the schema, never from the look of a word. */
export interface Meaning {
  /** Where clauses begin. */
  readonly clauses: ReadonlySet<number>;
  /** Where subjects and clauses end whose values could be read. */
  readonly ends: ReadonlySet<number>;
  /** Where digits end that their unit touches. */
  readonly touchingUnits: ReadonlySet<number>;
  /** Where commas stand between the items of a list. */
  readonly listCommas: ReadonlySet<number>;
}

/** Reads the meaning of whole statements of the top level. */
export function meaningOf(text: string): Meaning {
  const reader = new MeaningReader(text);
  reader.all(readStatements(parse(text).statements, 'file').sentences);
  return reader;
}

class MeaningReader implements Meaning {
  readonly clauses = new Set<number>();
  readonly ends = new Set<number>();
  readonly touchingUnits = new Set<number>();
  readonly listCommas = new Set<number>();
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  all(sentences: readonly Sentence[]): void {
    for (const { subject, clauses, body } of sentences) {
      if (subject) this.value(subject);
      for (const { wordSpan, value } of clauses.values()) {
        this.clauses.add(wordSpan.from);
        if (value) this.value(value);
        else this.ends.add(wordSpan.to);
      }
      this.all(body);
    }
  }

  private value(value: Value): void {
    if (value.none || value.parts.some((part) => part !== undefined)) this.ends.add(value.to);
    for (const part of value.parts) if (part) this.part(part);
  }

  private part(part: Part): void {
    if (part.type === 'list') {
      for (const [index, item] of part.items.entries()) {
        this.part(item);
        const next = part.items[index + 1];
        const comma = next ? this.text.indexOf(',', item.to) : -1;
        if (next && comma >= 0 && comma < next.from) this.listCommas.add(comma);
      }
    } else if (part.type === 'span') {
      this.part(part.low);
      this.part(part.high);
    } else if (part.type === 'quantity' || part.type === 'money' || part.type === 'growth' || part.type === 'limit') {
      const digits = /^[+-]?[\d_]+(?:\.\d+)?(?=[^\s\d_./])/.exec(this.text.slice(part.from, part.to))?.[0];
      if (digits !== undefined && isUnit(this.text.slice(part.from + digits.length, part.to)))
        this.touchingUnits.add(part.from + digits.length);
    }
  }
}

/** A unit of the language, alone or per something, a currency, or the counted word of a limit. */
function isUnit(text: string): boolean {
  const [unit = ''] = text.split('/');
  return UNITS.has(text) || UNITS.has(unit) || text === 'cores' || /^[A-Z]{3}(?:\/|$)/.test(text);
}
