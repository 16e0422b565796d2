/**
 * The TextMate grammar, made from the schema: every statement's first word brings the clause words and the enumerated
 * words that may follow it. It colours while the server starts, and where there is none (diffs, web pages).
 */
import { UNITS } from '../../server/src/base/units.ts';
import type { Shape, Term } from '../../server/src/language/schema/notation.ts';
import { KINDS, type Property } from '../../server/src/language/schema/schema.ts';

interface Pattern {
  readonly [key: string]: unknown;
}

/** Units that are no unit of a dimension. */
const extraUnits = ['cores', 'U', '%'];

/** What may follow a word, over all the blocks that it may stand in. */
interface Sentence {
  readonly clauses: Set<string>;
  readonly choices: Set<string>;
}

const wordCharacter = '[\\p{L}\\p{N}_.\\-]';
const wordStart = `(?<!${wordCharacter})`;
const wordEnd = `(?!${wordCharacter}|\\[)`;
const name = `(?:${wordCharacter}|\\[[^\\]\\s]*\\])+`;
/** A statement begins a line or follows a brace or a semicolon. */
const statementStart = '(?<=^|[{};])[ \\t]*';
const statementEnd = '(?=[;{}])|$';

export function textMateGrammar(): object {
  const kinds = [...KINDS.values()].filter((kind) => kind.name !== 'file');
  const headers = new Map<string, Sentence>();
  const properties = new Map<string, Sentence>();
  for (const kind of kinds) add(headers, kind.name, kind.header);
  for (const kind of KINDS.values()) {
    for (const property of kind.properties.values()) add(properties, property.word, property);
  }
  const rule = properties.get('RULE') ?? { clauses: new Set(), choices: new Set() };
  properties.delete('RULE');
  const both = [...properties.keys()].filter((word) => headers.has(word));
  for (const word of both) {
    // A word that is both (`network`, `uplink`) is read as the block that it mostly is.
    merge(headers.get(word), properties.get(word));
    properties.delete(word);
  }
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    comment: 'Generated from the schema by "npm run generate".',
    name: 'Virtual Data Centre',
    scopeName: 'source.vdc',
    patterns: [
      { include: '#comment' },
      { match: '[{}]', name: 'punctuation.section.block.vdc' },
      { match: ';', name: 'punctuation.terminator.vdc' },
      ...['class', 'amend'].filter((word) => headers.has(word)).map((word) => ofKind(word, headers)),
      ...grouped(headers).map(([words, sentence]) => statement(words, 'storage.type', sentence, '#declared')),
      ...grouped(properties).map(([words, sentence]) => statement(words, 'variable.other.property', sentence)),
      unknownStatement(rule),
    ],
    repository: repository(),
  };
}

function add(sentences: Map<string, Sentence>, word: string, { shape }: Property): void {
  const sentence = sentences.get(word) ?? { clauses: new Set<string>(), choices: new Set<string>() };
  sentences.set(word, sentence);
  addChoices(sentence.choices, shape.subject);
  for (const clause of shape.clauses.values()) {
    if (/^[a-z]/.test(clause.word)) sentence.clauses.add(clause.word);
    addChoices(sentence.choices, clause.value);
  }
}

function addChoices(choices: Set<string>, shape: Shape | undefined): void {
  const visit = (term: Term): void => {
    if (term.type === 'choice') for (const word of term.words) choices.add(word);
    if (term.type === 'literal' && !isPartOfNumber(term.word)) choices.add(term.word);
    if (term.type === 'optional') term.terms.forEach(visit);
  };
  for (const alternative of shape?.alternatives ?? []) alternative.forEach(visit);
}

/** The times of `2 x 16` and units that the schema spells out are coloured with their numbers. */
const isPartOfNumber = (word: string): boolean => word === 'x' || extraUnits.includes(word);

function merge(into: Sentence | undefined, from: Sentence | undefined): void {
  for (const clause of from?.clauses ?? []) into?.clauses.add(clause);
  for (const choice of from?.choices ?? []) into?.choices.add(choice);
}

/** Words that the same clauses and choices follow share a pattern. */
function grouped(sentences: ReadonlyMap<string, Sentence>): [string[], Sentence][] {
  const groups = new Map<string, [string[], Sentence]>();
  for (const [word, sentence] of sentences) {
    const key = `${[...sentence.clauses].sort().join(' ')}|${[...sentence.choices].sort().join(' ')}`;
    const group = groups.get(key);
    if (group) group[0].push(word);
    else groups.set(key, [[word], sentence]);
  }
  return [...groups.values()];
}

function statement(words: readonly string[], scope: string, sentence: Sentence, rest?: string): Pattern {
  return {
    begin: `${statementStart}(${anyOf(words)})${wordEnd}`,
    beginCaptures: { 1: { name: `${scope}.vdc` } },
    end: statementEnd,
    patterns: sentencePatterns(sentence, rest),
  };
}

/** `class vm web-large : base`: a kind stands between the word and the name. */
function ofKind(word: string, headers: ReadonlyMap<string, Sentence>): Pattern {
  const sentence = headers.get(word) ?? { clauses: new Set<string>(), choices: new Set<string>() };
  return {
    begin: `${statementStart}(${word})[ \\t]+(?:(class)[ \\t]+)?(${anyOf([...headers.keys()])})${wordEnd}`,
    beginCaptures: Object.fromEntries([1, 2, 3].map((group) => [group, { name: 'storage.type.vdc' }])),
    end: statementEnd,
    patterns: sentencePatterns(sentence, '#declared'),
  };
}

/** A rule's id in a policy, or a word that the schema does not know. */
function unknownStatement(rule: Sentence): Pattern {
  return {
    begin: `${statementStart}(${name})`,
    beginCaptures: { 1: { name: 'entity.other.attribute-name.vdc' } },
    end: statementEnd,
    patterns: sentencePatterns(rule),
  };
}

function sentencePatterns({ clauses, choices }: Sentence, rest?: string): Pattern[] {
  // A word that is a clause here and one of a choice there is the clause.
  const constants = [...choices].filter((word) => !clauses.has(word));
  return [
    { include: '#comment' },
    ...(clauses.size > 0 ? [words([...clauses], 'variable.other.property.clause')] : []),
    ...(constants.length > 0 ? [words(constants, 'constant.language')] : []),
    { include: '#value' },
    ...(rest ? [{ include: rest }] : []),
  ];
}

const words = (list: readonly string[], scope: string): Pattern => ({
  match: `${wordStart}(?:${anyOf(list)})${wordEnd}`,
  name: `${scope}.vdc`,
});

/** Longest first, as the first alternative that fits wins. */
const anyOf = (list: readonly string[]): string =>
  [...list]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escaped)
    .join('|');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function repository(): Pattern {
  const units = anyOf([...UNITS.keys(), ...extraUnits]);
  const per = '(?:/[A-Za-z]+)*';
  return {
    comment: {
      patterns: [
        { match: '(?<=^|[\\s{};,])//.*$', name: 'comment.line.double-slash.vdc' },
        { match: '(?<=^|[\\s{};,])#.*$', name: 'comment.line.number-sign.vdc' },
      ],
    },
    value: {
      patterns: [
        {
          begin: '"',
          end: '"(?!")|$',
          name: 'string.quoted.double.vdc',
          patterns: [{ match: '""', name: 'constant.character.escape.vdc' }],
        },
        {
          match: `${wordStart}\\d{4}-\\d{2}-\\d{2}${wordEnd}|${wordStart}\\d{1,2}:\\d{2}(?![\\d:])`,
          name: 'constant.numeric.date.vdc',
        },
        { match: `${wordStart}\\d+(?:\\.\\d+){2,}(?:/\\d+)?${wordEnd}`, name: 'constant.numeric.address.vdc' },
        { match: `${wordStart}[0-9A-Fa-f]*:[0-9A-Fa-f:]+(?:/\\d+)?${wordEnd}`, name: 'constant.numeric.address.vdc' },
        {
          match: `${wordStart}(\\d[\\d_]*(?:\\.\\d+)?)[ \\t]*((?:${units}|[A-Z]{3})${per}|/[a-z]+)(?![\\p{L}\\p{N}_\\-\\[])`,
          captures: { 1: { name: 'constant.numeric.vdc' }, 2: { name: 'keyword.other.unit.vdc' } },
        },
        { match: `${wordStart}\\d[\\d_]*(?:\\.\\d+)?${wordEnd}`, name: 'constant.numeric.vdc' },
        { match: `${wordStart}none${wordEnd}`, name: 'constant.language.vdc' },
        { match: `${wordStart}(?:each|x)${wordEnd}|\\*|\\.\\.`, name: 'keyword.operator.vdc' },
        {
          match: `(:)[ \\t]+(${name}(?:,[ \\t]*${name})*)`,
          captures: { 1: { name: 'punctuation.separator.vdc' }, 2: { name: 'entity.other.inherited-class.vdc' } },
        },
        { match: '[,:]', name: 'punctuation.separator.vdc' },
        {
          match: `(?<=\\b(?:at|on|in|to|from)[ \\t])${name}(?:@${name})?`,
          name: 'entity.name.type.vdc',
        },
      ],
    },
    declared: { patterns: [{ match: name, name: 'entity.name.type.vdc' }] },
  };
}
