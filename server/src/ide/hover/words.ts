import { formatNumber, formatShare, USUAL_UNITS } from '../../base/units.ts';
import type { Atom, ClauseShape } from '../../language/schema/notation.ts';
import type { Kind, Property } from '../../language/schema/schema.ts';
import { RULES } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import { code, paragraphs, plain } from './markdown.ts';

/** What a shape of the schema asks for, with an example. */
const SHAPES: Readonly<Record<Atom, string>> = {
  N: 'a whole number: 4',
  DEC: 'a number: 1.4',
  SIZE: `a size: ${USUAL_UNITS.size.join(', ')}`,
  RATE: `a data rate: ${USUAL_UNITS.rate.join(', ')}; bps are bits, B/s bytes`,
  FREQ: `a clock rate: ${USUAL_UNITS.frequency.join(', ')}`,
  TIME: `a time: ${USUAL_UNITS.time.join(', ')}`,
  WATT: `a power: ${USUAL_UNITS.power.join(', ')}`,
  PCT: 'a share: 35 %',
  PER_S: 'a number per second: 900/s',
  GROWTH: 'an amount per time: 2 %/month, 3/month',
  MONEY: 'an amount of money: 18_500 USD',
  COST: 'money, once or per time: 900 USD/year',
  FEE: 'money, per unit and time: 190 USD/core/year',
  TARIFF: 'money per energy: 0.11 USD/kWh',
  NAME: 'a name',
  NAMES: 'names, ranges included: esx-[01..04]',
  REFS: 'names of things, * for any',
  KIND: 'a kind of thing: host, vm, …',
  ADDR: 'an address: 10.1.10.5',
  PREFIX: 'a prefix: 10.1.10.0/24',
  DATE: 'a day: 2026-11-22',
  WINDOW: 'a window: weekdays 07:45 .. 08:30',
  TEXT: 'a text in quotes',
  WORD: 'a word',
  VERSION: 'a version: 8.0.2',
  UTC: 'an offset: utc+1',
  CODE: 'an ISO code: EUR',
  RULE: 'the id of a rule',
  LIMIT: "a limit, in the rule's own unit",
  VLAN: 'a VLAN id: 1 to 4094, 0 untagged, 4095 all',
};

/** Shapes that a notation names, each with what it asks for. */
function shapesIn(notation: string): readonly string[] {
  const words = new Set(notation.match(/[A-Z][A-Z_]*/g) ?? []);
  return [...words].flatMap((word) => (word in SHAPES ? [`${code(word)} ${plain(SHAPES[word as Atom])}`] : []));
}

/** The documentation of a word: how it is written, what it means, its units and its default. */
export function propertyDoc(property: Property): string {
  const { word, notation, fallback, doc, repeat } = property;
  const repeats = repeat === 'list' ? 'a list; repeats add to it' : repeat === 'keyed' ? 'may be repeated' : '';
  const [known, note] = fallback.split(/\s*:\s*/, 2);
  const byDefault = known === '–' ? (note ? `not stated: ${note}` : '') : `default: ${fallback}`;
  return paragraphs([
    code(`${word} ${notation === 'flag' ? '' : notation}`.trim()),
    plain(sentence(doc)),
    [...shapesIn(notation), ...(byDefault ? [plain(byDefault)] : []), ...(repeats ? [repeats] : [])]
      .map((line) => `- ${line}`)
      .join('\n'),
  ]);
}

export function kindDoc(kind: Kind): string {
  const places = kind.standsIn.map((place) => (place === 'file' ? 'at the top level' : `in ${place}`));
  return paragraphs([
    code(`${kind.name} ${kind.header.notation} { … }`),
    plain(sentence(kind.doc)),
    places.length > 0 ? `Stands ${places.join(', ')}.` : '',
  ]);
}

export function clauseDoc(property: Property, clause: ClauseShape): string {
  const value = clause.value?.notation ?? '';
  return paragraphs([
    code(`${property.word} … ${clause.word} ${value}`.trim()),
    plain(`A clause of ${property.word}: ${property.doc}.`),
    shapesIn(value)
      .map((line) => `- ${line}`)
      .join('\n'),
  ]);
}

export function ruleOf(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

/** The classes behind a colon. */
export function classesDoc(): string {
  return `${code(': class, …')}\n\n${plain('The classes whose properties it has.')}\n\n${shapesIn('NAMES').join('')}`;
}

const LEVELS: Readonly<Record<string, string>> = {
  info: 'From here on it is told.',
  warn: 'From here on it warns.',
  error: 'From here on it is an error.',
  severity: 'What it finds is always of this severity.',
  off: 'It finds nothing.',
};

/** A clause of a rule in a policy: what it sets, and what holds without it. */
export function limitDoc(rule: Rule, word: string): string {
  const limits = limitsText(rule);
  return paragraphs([
    `${code(`${rule.id} … ${word}`)} ${LEVELS[word] ?? ''}`.trim(),
    limits ? `Without a policy: ${plain(limits)}.` : '',
    plain(rule.title),
  ]);
}

/** A rule in short: what it is about, when it speaks, and where its limits come from. `pages`: the folder of the rules' pages. */
export function ruleDoc(rule: Rule, pages?: string): string {
  const limits = limitsText(rule);
  return paragraphs([
    `**${plain(rule.title)}**`,
    `${code(rule.id)} · ${rule.painPoint.replaceAll('-', ' ')} · ${rule.owners.join(', ')}`,
    plain(rule.why),
    [
      `- formula: ${plain(rule.formula)}`,
      ...(limits ? [`- ${plain(limits)}`] : []),
      `- source: ${plain(rule.source.text)} (${rule.source.evidence})`,
      `- benefit: ${plain(rule.benefit)}`,
    ].join('\n'),
    pages === undefined ? '' : `[All about it](${pages}/${rule.id}.md)`,
  ]);
}

/** The limits of a rule as words: `warning above 75 %, error above 90 % (share of the host's CPU)`. */
export function limitsText({ limits, limitOf, severity }: Rule): string {
  const format = (value: number) => (/\bshare\b/.test(limitOf ?? '') ? formatShare(value) : formatNumber(value, 2));
  const above = (['info', 'warning', 'error'] as const).flatMap((level) => {
    const limit = limits?.[level];
    return limit === undefined ? [] : [`${level} above ${format(limit)}`];
  });
  if (above.length === 0) return severity ?? '';
  return `${above.join(', ')}${limitOf ? ` (${limitOf})` : ''}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
