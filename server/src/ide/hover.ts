import type { Span } from '../base/span.ts';
import { KINDS } from '../language/schema/schema.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Token } from '../language/syntax/parser.ts';
import { expandNames, isRange } from '../language/values/names.ts';
import type { Rule } from '../rules/rule.ts';
import { classCard, entityCard, membersText, rangeCard } from './hover/card.ts';
import { importCard } from './hover/imports.ts';
import { paragraphs } from './hover/markdown.ts';
import { maturityText } from './hover/maturity.ts';
import { readingsOf } from './hover/quantity.ts';
import { addressAt, partsOf, type Told, valueDocAt } from './hover/values.ts';
import { clauseDoc, kindDoc, limitDoc, propertyDoc, ruleDoc, ruleOf } from './hover/words.ts';
import { type Mention, meantBy, mentionAt } from './mentions.ts';
import { inFile, type Spot, spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** What is told about the text of a span, as Markdown. */
export interface Hover extends Span {
  readonly markdown: string;
}

/** A pattern may match ten thousand: cards are made for a few. */
const MOST_CARDS = 3;

/**
 * What stands at an offset: a thing with its figures, a range with its members, a word with its documentation, a rule,
 * an address, an import; of any other value what it is a value of. `rulePages`: where there are pages of the rules.
 */
export function hover(workspace: Workspace, uri: string, offset: number, rulePages?: string): Hover | undefined {
  const spot = spotAt(workspace, uri, offset);
  const sentence = spot?.sentences.at(-1);
  if (!spot || !sentence) return undefined;
  const at = offset - spot.placeFrom;
  const told = (found: Told | undefined) => found && { ...inFile(spot, found), markdown: found.markdown };
  const mention = mentionAt(spot, offset);
  if (mention) return ofName(spot, mention, uri) ?? ofRange(spot, sentence, at);
  return (
    ofImport(workspace, spot, sentence, at) ??
    ofWord(spot, sentence, at, rulePages) ??
    ofQuantity(spot, sentence, at) ??
    told(addressAt(sentence, at, spot.owner)) ??
    ofRange(spot, sentence, at) ??
    told(valueDocAt(sentence, at))
  );
}

function ofName(spot: Spot, mention: Mention, uri: string): Hover | undefined {
  const { entities, classes } = meantBy(mention, spot.owner);
  const { part } = mention;
  const many = isRange(part.text) || part.text.includes('*') ? entities.length > 1 : false;
  const cards = many
    ? [rangeCard(part.text, entities, uri)]
    : [
        ...entities.slice(0, MOST_CARDS).map((entity) => entityCard(entity, uri)),
        ...classes.slice(0, MOST_CARDS).map((declaration) => classCard(declaration, uri)),
      ];
  const markdown = paragraphs(cards.flatMap((card, index) => (index > 0 ? ['---', card] : [card])));
  return markdown === '' ? undefined : { ...inFile(spot, part), markdown };
}

/** The path of an import, and the name that its scope has. */
function ofImport(workspace: Workspace, spot: Spot, sentence: Sentence, at: number): Hover | undefined {
  const span = [sentence.subject, sentence.clauses.get('as')?.value].find((value) => value && holds(value, at));
  if (sentence.word !== 'import' || !span) return undefined;
  const found = spot.project.design.imports().find(({ declaration }) => declaration === spot.owner);
  return found && { ...inFile(spot, span), markdown: importCard(workspace, found) };
}

function ofWord(spot: Spot, sentence: Sentence, at: number, rulePages: string | undefined): Hover | undefined {
  const told = (span: Span, markdown: string) => ({ ...inFile(spot, span), markdown });
  const rule = ruleAt(sentence, at);
  if (rule) return told(rule.span, ruleDoc(rule.rule, rulePages));
  if (holds(sentence.wordSpan, at)) {
    const { block, property } = sentence;
    const stage = block?.name === 'design' ? maturityText(spot.owner.design) : '';
    return told(sentence.wordSpan, block ? paragraphs([kindDoc(block), stage]) : propertyDoc(property));
  }
  for (const { word, wordSpan } of sentence.clauses.values()) {
    const shape = sentence.property.shape.clauses.get(word);
    if (!shape || word === ':' || !holds(wordSpan, at)) continue;
    const limited = sentence.context === 'policy' ? ruleOf(sentence.word) : undefined;
    return told(wordSpan, limited ? limitDoc(limited, word) : clauseDoc(sentence.property, shape));
  }
  const kind = sentence.subject?.parts.find((part) => part?.type === 'word' && holds(part, at));
  const known = kind?.type === 'word' && spansKind(sentence) ? KINDS.get(kind.text) : undefined;
  return kind && known ? told(kind, kindDoc(known)) : undefined;
}

/** Whether the first word of the subject is a kind: `class vm`, `amend host`, `covers vm`. */
function spansKind({ property }: Sentence): boolean {
  return property.notation.includes('KIND');
}

/** A rule's id in a policy or behind `ignore`. */
function ruleAt(sentence: Sentence, at: number): { readonly span: Span; readonly rule: Rule } | undefined {
  if (sentence.context === 'policy' && holds(sentence.wordSpan, at)) {
    const rule = ruleOf(sentence.word);
    return rule && { span: sentence.wordSpan, rule };
  }
  if (sentence.word !== 'ignore') return undefined;
  const part = sentence.subject?.parts[0];
  for (const item of part?.type === 'list' ? part.items : part ? [part] : []) {
    const rule = item.type === 'word' && holds(item, at) ? ruleOf(item.text) : undefined;
    if (rule) return { span: { from: item.from, to: item.to }, rule };
  }
  return undefined;
}

/** A quantity in other units: what 512 GB are in GiB, and 10 Gbps in bytes. */
function ofQuantity(spot: Spot, sentence: Sentence, at: number): Hover | undefined {
  const part = partsOf(sentence).find((one) => one.type === 'quantity' && holds(one, at));
  const readings = part?.type === 'quantity' ? readingsOf(part) : undefined;
  return part && readings ? { ...inFile(spot, part), markdown: readings } : undefined;
}

/** Members of a range that names no things: ports, addresses. */
function ofRange(spot: Spot, { statement }: Sentence, at: number): Hover | undefined {
  const token = statement.args.find((argument: Token) => holds(argument, at));
  if (token?.kind !== 'word' || !isRange(token.text)) return undefined;
  const names = expandNames(token.text);
  if ('error' in names) return undefined;
  const markdown = `${names.value.length} members: ${membersText(names.value)}`;
  return { ...inFile(spot, token), markdown };
}

function holds({ from, to }: Span, at: number): boolean {
  return from <= at && at <= to;
}
