import { factorOf } from '../../server/src/base/units.ts';
import {
  amount,
  date,
  list,
  type NewArg,
  name,
  number,
  quantity,
  span,
  text,
  word,
} from '../../server/src/language/make.ts';
import type { Atom, Shape, Term } from '../../server/src/language/schema/notation.ts';
import { THING_KINDS } from '../../server/src/language/schema/schema.ts';
import type { random } from '../support/random.ts';

type Random = ReturnType<typeof random>;

/** A value made from its shape, and the values that reading it has to give. */
export interface Sample {
  readonly args: readonly NewArg[];
  readonly values: readonly unknown[];
}

const NAMES = ['esx-01', '101', 'SQL Server (old)', 'Größe_2', 'a"b', 'x', 'none', 'each', 'on', '9lives', 'web-[1]'];

/** A random value of the shape: one of its alternatives, optional parts left out half of the time. */
export function sampleOf(shape: Shape, from: Random): Sample {
  const terms = from.pick(shape.alternatives);
  const samples = terms.map((term) => sampleOfTerm(term, from));
  return { args: samples.flatMap(({ args }) => args), values: samples.flatMap(({ values }) => values) };
}

function sampleOfTerm(term: Term, from: Random): Sample {
  switch (term.type) {
    case 'literal':
      return { args: [word(term.word)], values: [] };
    case 'optional': {
      const [first] = term.terms;
      const slots = term.terms.filter((inner) => inner.type !== 'literal').length;
      if (first?.type === 'literal' || from.next() < 0.5) return { args: [], values: Array(slots).fill(undefined) };
      const samples = term.terms.map((inner) => sampleOfTerm(inner, from));
      return { args: samples.flatMap(({ args }) => args), values: samples.flatMap(({ values }) => values) };
    }
    case 'span':
      return sampleOfSpan(term.atom, from);
    case 'reference':
      return listed(term.list, from, () => sampleOfName(from));
    case 'choice':
      return listed(term.list, from, () => {
        const chosen = from.pick(term.words);
        return { args: [word(chosen)], values: [chosen] };
      });
    case 'atom':
      return listed(term.list || term.atom === 'NAMES', from, () => sampleOfAtom(term.atom, from));
  }
}

function listed(isList: boolean, from: Random, one: () => Sample): Sample {
  if (!isList) return one();
  const items = Array.from({ length: 1 + from.below(3) }, one);
  return { args: [list(items.map(({ args }) => args))], values: [items.flatMap(({ values }) => values)] };
}

/** A name that a reader could take for something else is quoted by whoever writes it. */
function sampleOfName(from: Random): Sample {
  const chosen = from.pick(NAMES);
  return { args: [/^[\d]|^on$/.test(chosen) ? text(chosen) : name(chosen)], values: [chosen] };
}

function sampleOfSpan(atom: Atom, from: Random): Sample {
  if (atom === 'ADDR') {
    const [low, high] = ['10.0.0.10', '10.0.0.20'];
    return { args: [span(word(low), word(high))], values: [[low, high]] };
  }
  const unit = atom === 'WATT' ? 'W' : 'GiB';
  const low = 1 + from.below(400);
  const high = low + from.below(400);
  const factor = factorOf(unit);
  return { args: [span(amount(low, unit), amount(high, unit))], values: [[low * factor, high * factor]] };
}

const UNITS = { SIZE: 'GiB', RATE: 'Mbps', FREQ: 'GHz', TIME: 'min', WATT: 'kW' } as const;
const DIMENSIONS = { SIZE: 'size', RATE: 'rate', FREQ: 'frequency', TIME: 'time', WATT: 'power' } as const;

function sampleOfAtom(atom: Atom, from: Random): Sample {
  const count = 1 + from.below(90_000);
  const plain = (written: string): Sample => ({ args: [word(written)], values: [written] });
  switch (atom) {
    case 'N':
      return { args: [number(count)], values: [count] };
    case 'DEC':
      return { args: [number(count / 8)], values: [count / 8] };
    case 'SIZE':
    case 'RATE':
    case 'FREQ':
    case 'TIME':
    case 'WATT': {
      const value = count * factorOf(UNITS[atom]);
      return { args: [quantity(value, DIMENSIONS[atom])], values: [value] };
    }
    case 'PCT':
      return { args: [quantity(0.35, 'share')], values: [0.35] };
    case 'VLAN':
      return { args: [number(count % 4096)], values: [count % 4096] };
    case 'PER_S':
      return { args: [word(`${count}/s`)], values: [count] };
    case 'GROWTH':
      return { args: [amount(2, '%/month')], values: [0.02] };
    case 'MONEY':
    case 'COST':
    case 'FEE':
      return { args: [amount(count, 'USD')], values: [count] };
    case 'TARIFF':
      return { args: [amount(0.11, 'USD/kWh')], values: [0.11] };
    case 'LIMIT':
      return { args: [quantity(0.75, 'share')], values: [0.75] };
    case 'NAME':
    case 'NAMES':
    case 'REFS':
      return sampleOfName(from);
    case 'TEXT': {
      const value = from.pick(['lab only', 'say "hi"', 'C:\\', '{ ; }']);
      return { args: [text(value)], values: [value] };
    }
    case 'KIND':
      return plain(from.pick(THING_KINDS));
    case 'ADDR':
      return plain(from.pick(['10.1.10.1', '2001:db8::1']));
    case 'PREFIX':
      return plain(from.pick(['10.1.10.0/24', '2001:db8::/64']));
    case 'DATE':
      return { args: [date('2026-11-22')], values: ['date'] };
    case 'WINDOW':
      return { args: [word('daily'), span(word('22:00'), word('06:00'))], values: ['window'] };
    case 'UTC':
      return { args: [word('utc+1')], values: [60] };
    case 'VERSION':
      return plain('8.0.2');
    case 'CODE':
      return plain('EUR');
    case 'WORD':
    case 'RULE':
      return plain(from.pick(['ice-lake', 'nic1', 'a.b']));
  }
}
