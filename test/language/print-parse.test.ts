import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, formatPrefix } from '../../server/src/base/addresses.ts';
import { formatFile } from '../../server/src/language/format.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { type NewArg, statement, word } from '../../server/src/language/make.ts';
import { KINDS, type Property } from '../../server/src/language/schema/schema.ts';
import type { Part, Value } from '../../server/src/language/values/value.ts';
import { random } from '../support/random.ts';
import { read } from './read.ts';
import { sampleOf } from './samples.ts';

function valuesOf(value: Value | undefined): unknown[] {
  return value?.parts.filter((part) => part !== undefined).map(plainValue) ?? [];
}

function plainValue(part: Part): unknown {
  switch (part.type) {
    case 'list':
      return part.items.map(plainValue);
    case 'span':
      return [plainValue(part.low), plainValue(part.high)];
    case 'money':
    case 'growth':
      return part.amount;
    case 'date':
    case 'window':
      return part.type;
    case 'address':
      return formatAddress(part.address);
    case 'prefix':
      return formatPrefix(part.prefix);
    case 'utc':
      return part.minutes;
    default:
      return 'text' in part ? part.text : rounded(part.value);
  }
}

/** To as many digits as arithmetic on decimal units keeps. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
}

function expected(values: readonly unknown[] | undefined): unknown[] {
  return values?.filter((value) => value !== undefined).map(rounded) ?? [];
}

/** Every word of the language with random values for its subject and clauses: printed, then read again. */
function checkRoundTrip(kind: string, property: Property, first: string, seed: number): void {
  const from = random(seed);
  const subject = property.shape.subject && sampleOf(property.shape.subject, from);
  const clauses = [...property.shape.clauses.values()].filter(() => from.next() < 0.7);
  const samples = clauses.map(({ value }) => value && sampleOf(value, from));
  const args: NewArg[] = [...(subject?.args ?? [])];
  for (const [index, clause] of clauses.entries()) {
    const head: NewArg = clause.word === ':' ? { kind: 'punctuation', text: ':' } : word(clause.word);
    args.push(head, ...(samples[index]?.args ?? []));
  }
  const printed = printStatements([statement(first, args)]);
  const { sentences, problems } = read(printed, kind);
  assert.deepEqual(problems, [], printed);
  const [sentence] = sentences;
  assert.ok(sentence, printed);
  assert.deepEqual(valuesOf(sentence.subject), expected(subject?.values), printed);
  for (const [index, clause] of clauses.entries()) {
    assert.deepEqual(valuesOf(sentence.clauses.get(clause.word)?.value), expected(samples[index]?.values), printed);
  }
  if (kind === 'file') assert.deepEqual(formatFile(printed), [], printed);
}

for (const kind of KINDS.values()) {
  test(`every word in ${kind.name} is read as it was written`, () => {
    for (let seed = 0; seed < 12; seed++) {
      for (const [first, property] of kind.properties)
        checkRoundTrip(kind.name, property, first === 'RULE' ? 'subnet-exhausted' : first, seed);
      for (const [first, inner] of kind.blocks) checkRoundTrip(kind.name, inner.header, first, seed);
    }
  });
}
