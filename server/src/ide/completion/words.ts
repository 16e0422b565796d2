import { jargonFrom } from '../../language/jargon.ts';
import type { ClauseShape } from '../../language/schema/notation.ts';
import type { Kind, Property } from '../../language/schema/schema.ts';
import { RULES } from '../../rules/index.ts';
import { classesDoc, clauseDoc, kindDoc, limitsText, propertyDoc, ruleDoc } from '../hover/words.ts';
import type { Completion } from './item.ts';
import { blockSnippet } from './snippets.ts';

/** What is asked for most comes first: what a block is about, in the order of the reference; then what it may hold. */
const RANKS = { property: 1, owner: 2, block: 3, common: 5, clause: 40 } as const;
/** The order in which a file is written. */
const TOP = ['design', 'team', 'site', 'network', 'switch', 'array', 'class', 'cluster', 'host', 'vm', 'app', 'runs'];
/** Words that every block has: they come last. */
const COMMON = new Set([
  'note',
  'model',
  'tags',
  'id',
  'alias',
  'cost',
  'from',
  'until',
  'ignore',
  'growth',
  'measured',
]);

/** Words of the trade that begin with the letters typed, with what is written for them. */
export function jargonWords(context: Kind, letters: string, offered: readonly Completion[]): Completion[] {
  if (letters.length < 2) return [];
  return jargonFrom(context.name, letters).flatMap(([word, written]) => {
    const [first] = written.split(' ');
    const item = offered.find(({ label }) => label === first);
    if (!item || first?.startsWith(letters)) return [];
    const insert = item.snippet && first === written ? { snippet: item.snippet } : { snippet: undefined };
    const { snippet: _snippet, ...plain } = item;
    const said = { label: written, insert: written, filter: word, detail: `${word}: ${item.detail ?? ''}` };
    return [{ ...plain, ...said, ...(insert.snippet ? insert : {}), rank: RANKS.common }];
  });
}

/** Words that a statement may begin with in a block of this kind, those that may stand once and do already left out. */
export function statementWords(context: Kind, stated: readonly string[], isAlone: boolean): Completion[] {
  const known = new Set(stated);
  const items: Completion[] = [];
  for (const property of ownFirst(context)) {
    if (property.word === 'RULE' || (property.repeat === 'once' && known.has(property.word))) continue;
    items.push({ ...propertyItem(property), rank: rankOf(property.word, items.length, context) });
  }
  for (const kind of context.blocks.values()) {
    if (kind.name === 'design' && known.has('design')) continue;
    const top = context.name === 'file' ? TOP.indexOf(kind.name) : -1;
    items.push({ ...blockItem(kind, isAlone), rank: top < 0 ? RANKS.block : 1 + top / 100 });
  }
  if (context.name === 'policy') items.push(...RULES.filter(({ id }) => !known.has(id)).map(ruleItem));
  return items;
}

/** Words of the kind itself before those that it shares with others. */
function ownFirst({ properties }: Kind): readonly Property[] {
  const all = [...properties.values()];
  return [...all.filter(({ isShared }) => !isShared), ...all.filter(({ isShared }) => isShared)];
}

function rankOf(word: string, order: number, context: Kind): number {
  if (context.name === 'file') return TOP.includes(word) ? 1 + TOP.indexOf(word) / 100 : RANKS.block;
  if (word === 'owner') return RANKS.owner;
  return (COMMON.has(word) ? RANKS.common : RANKS.property) + order / 100;
}

function propertyItem(property: Property): Completion {
  const { word, notation } = property;
  return {
    label: word,
    kind: 'property',
    insert: word,
    detail: notation === 'flag' ? 'flag' : notation,
    documentation: propertyDoc(property),
    rank: RANKS.property,
  };
}

function blockItem(kind: Kind, isAlone: boolean): Completion {
  const snippet = isAlone ? blockSnippet(kind.name) : undefined;
  return {
    label: kind.name,
    kind: 'block',
    insert: kind.name,
    ...(snippet ? { snippet } : {}),
    detail: kind.doc,
    documentation: kindDoc(kind),
    rank: RANKS.block,
  };
}

export function ruleItem(rule: (typeof RULES)[number]): Completion {
  return {
    label: rule.id,
    kind: 'rule',
    insert: rule.id,
    detail: limitsText(rule),
    documentation: ruleDoc(rule),
    rank: 1,
  };
}

/** Clauses of a statement that are not stated yet. A class list is written with its colon. */
export function clauseWords(property: Property, stated: ReadonlySet<string>): Completion[] {
  const items: Completion[] = [];
  for (const clause of property.shape.clauses.values()) {
    if (stated.has(clause.word) || isContradicted(clause, stated)) continue;
    items.push({
      label: clause.word,
      kind: 'clause',
      insert: clause.word,
      detail: clause.value?.notation ?? 'flag',
      documentation: clause.word === ':' ? classesDoc() : clauseDoc(property, clause),
      rank: RANKS.clause + (clause.word === ':' ? 0 : 0.01 + items.length / 100),
    });
  }
  return items;
}

function isContradicted({ word }: ClauseShape, stated: ReadonlySet<string>): boolean {
  return (word === 'thin' && stated.has('thick')) || (word === 'thick' && stated.has('thin'));
}
