import type { ClauseShape } from '../../language/schema/notation.ts';
import type { Kind, Property } from '../../language/schema/schema.ts';
import { RULES } from '../../rules/index.ts';
import { classesDoc, clauseDoc, kindDoc, limitsText, propertyDoc, ruleDoc } from '../hover/words.ts';
import type { Completion } from './item.ts';
import { blockSnippet } from './snippets.ts';

/** What is asked for most comes first. */
const RANKS = { first: 1, property: 2, block: 3, common: 5 } as const;
/** Blocks that most of a file consists of: they come first at its top level. */
const MAIN = new Set(['app', 'cluster', 'host', 'network', 'site', 'vm']);
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

/** Words that a statement may begin with in a block of this kind, those that may stand once and do already left out. */
export function statementWords(context: Kind, stated: readonly string[], isAlone: boolean): Completion[] {
  const known = new Set(stated);
  const items: Completion[] = [];
  for (const property of context.properties.values()) {
    if (property.word === 'RULE' || (property.repeat === 'once' && known.has(property.word))) continue;
    items.push(propertyItem(property));
  }
  for (const kind of context.blocks.values()) {
    const rank = context.name === 'file' && MAIN.has(kind.name) ? RANKS.first : RANKS.block;
    items.push({ ...blockItem(kind, isAlone), rank });
  }
  if (context.name === 'policy') items.push(...RULES.filter(({ id }) => !known.has(id)).map(ruleItem));
  return items;
}

function propertyItem(property: Property): Completion {
  const { word, notation } = property;
  return {
    label: word,
    kind: 'property',
    insert: word,
    detail: notation === 'flag' ? 'flag' : notation,
    documentation: propertyDoc(property),
    rank: COMMON.has(word) ? RANKS.common : RANKS.property,
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
      rank: clause.word === ':' ? 3 : 4,
    });
  }
  return items;
}

function isContradicted({ word }: ClauseShape, stated: ReadonlySet<string>): boolean {
  return (word === 'thin' && stated.has('thick')) || (word === 'thick' && stated.has('thin'));
}
