import type { Span } from '../base/span.ts';
import type { Declaration } from '../design/declaration.ts';
import type { Property } from '../language/schema/schema.ts';
import { usualValue } from '../language/values/examples.ts';
import { type ExpectedTerm, expectedAfter } from './completion/expect.ts';
import { type Completion, filledPlaces } from './completion/item.ts';
import { otherArguments, propertyIn, type Typing, typingAt } from './completion/typing.ts';
import { fitsSpan, unitItems } from './completion/units.ts';
import { classNames, currencyOf, type ValueSite, valuesOf } from './completion/values.ts';
import { clauseWords, jargonWords, statementWords } from './completion/words.ts';
import { spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** What may be written at a place. */
export interface Completions {
  /** The word that is typed: from its start to its end, the cursor somewhere in it. */
  readonly replaces: Span;
  readonly items: readonly Completion[];
  /** There are more: ask again when another letter is typed. */
  readonly isIncomplete: boolean;
  /** A statement begins here. */
  readonly isStatement: boolean;
}

/** What may be written at an offset: words of the schema, names of the right kind, units, free addresses. Nothing in comments and texts. */
export function completions(workspace: Workspace, uri: string, offset: number): Completions | undefined {
  const file = workspace.file(uri);
  const typing = file && typingAt(file, offset);
  if (!typing) return undefined;
  const spot = spotAt(workspace, uri, offset);
  const isStatement = typing.argument < 0;
  const replaces = { from: typing.from, to: typing.to };
  if (isStatement) return { replaces, isStatement, ...ofStatement(typing) };
  const { items, isIncomplete } = ofArgument(typing, spot?.owner);
  return { replaces, isStatement, isIncomplete, items: unique(items) };
}

interface Found {
  readonly items: readonly Completion[];
  readonly isIncomplete: boolean;
}

function ofStatement({ context, clausesOf, siblings, statement, prefix }: Typing): Found {
  if (clausesOf) {
    const written = clausesOf.statement.args.map((token) => token.text);
    return { items: clauseWords(clausesOf.property, new Set([...siblings, ...written])), isIncomplete: false };
  }
  const isAlone = statement.args.length === 0 && !statement.body;
  const items = statementWords(context, siblings, isAlone);
  // With the second letter words of the trade are offered: until then the list is asked for again.
  return { items: [...items, ...jargonWords(context, prefix, items)], isIncomplete: prefix.length < 2 };
}

function ofArgument(typing: Typing, owner: Declaration | undefined): Found {
  const property = propertyOf(typing);
  const { statement, argument, prefix, clausesOf } = typing;
  if (!property || !owner) return NOTHING;
  // In the body of a statement its clauses stand as statements of their own.
  const own = clausesOf && statement.word ? [statement.word] : [];
  const before = [...own, ...statement.args.slice(0, argument)];
  const others = otherArguments(typing);
  const shape = clausesOf ? { ...property.shape, subject: undefined } : property.shape;
  const expected = expectedAfter(shape, before);
  const site: ValueSite = { owner, property, before, others, prefix };
  if (prefix.startsWith(':') && shape.clauses.has(':'))
    return { items: behindColon(typing, site), isIncomplete: false };
  const items: Completion[] = [];
  let isIncomplete = false;
  const number = /^[+-]?\d[\d_.]*/.exec(prefix)?.[0] ?? '';
  for (const term of expected.terms) {
    const word = term.clause?.word ?? property.word;
    if (number !== '' && term.term.type === 'atom')
      items.push(...unitItems({ atom: term.term.atom, word, currency: currencyOf(owner) }, number));
    if (prefix === '' && term.isFirst) items.push(...usual(owner, property, term));
    const found = term.clause?.word === ':' ? classNames(kindOfClasses(typing), site) : valuesOf(term, site);
    items.push(...found.items);
    isIncomplete ||= found.isCut;
    if (term.isFirst && !term.isDealt && mayBeDealt(term.term.type, owner)) items.push(EACH);
  }
  for (const atom of expected.units) {
    const word = before.findLast(({ text }) => property.shape.clauses.has(text))?.text ?? property.word;
    const units = unitItems({ atom, word, currency: currencyOf(owner) }, '');
    items.push(...units.filter(({ insert }) => fitsSpan(before, insert)));
  }
  for (const word of expected.literals) items.push({ label: word, kind: 'value', insert: word, rank: 1 });
  if (expected.clauses && !clausesOf) {
    const stated = new Set([...others, ...bodyWords(typing)].map((token) => token.text));
    items.push(...clauseWords(property, stated));
  }
  return { items, isIncomplete };
}

/** The usual value of a figure, to be written over. */
function usual(owner: Declaration, property: Property, { term, clause }: ExpectedTerm): readonly Completion[] {
  if (term.type !== 'atom' && term.type !== 'span') return [];
  const kind = owner.word === 'class' ? owner.kind.replace(/^class /, '') : owner.kind;
  const value = usualValue(clause ? property.word : kind, clause?.word ?? property.word, term.atom);
  if (value === undefined) return [];
  const insert = value.replace('EUR', currencyOf(owner) ?? 'EUR');
  return [
    {
      label: insert,
      kind: 'value',
      insert,
      snippet: filledPlaces(insert),
      detail: 'for example',
      rank: 0.5,
    },
  ];
}

const NOTHING = { items: [], isIncomplete: false };
const EACH: Completion = {
  label: 'each',
  kind: 'value',
  insert: 'each',
  detail: 'deal a list out over the members',
  rank: 30,
};

/** Classes where the colon is typed and the blank behind it is not: without the blank it is no colon. */
function behindColon(typing: Typing, site: ValueSite): readonly Completion[] {
  return classNames(kindOfClasses(typing), site).items.map((item) => {
    const insert = `: ${item.insert}`;
    return { ...item, label: insert, insert, filter: `:${item.insert}` };
  });
}

function mayBeDealt(type: string, owner: Declaration): boolean {
  return type === 'reference' && owner.entities.length > 1;
}

/** The property whose values are typed. */
function propertyOf({ context, clausesOf, statement }: Typing): Property | undefined {
  if (clausesOf) return clausesOf.property;
  return statement.word && propertyIn(context, statement.word.text);
}

function bodyWords({ statement }: Typing) {
  return (statement.body?.statements ?? []).flatMap(({ word }) => (word ? [word] : []));
}

/** Of which kind the classes behind a colon are. */
function kindOfClasses({ statement }: Typing): string {
  const word = statement.word?.text ?? '';
  if (word !== 'class' && word !== 'amend') return word;
  return statement.args.find((token) => token.text !== 'class')?.text ?? '';
}

function unique(items: readonly Completion[]): readonly Completion[] {
  const seen = new Set<string>();
  return items.filter(({ label, kind }) => {
    const key = `${kind} ${label}`;
    return !seen.has(key) && seen.add(key);
  });
}
