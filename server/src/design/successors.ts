import type { Sentence } from '../language/sentence.ts';
import type { Item } from '../language/syntax/item.ts';
import type { Sequence } from '../language/syntax/sequence.ts';
import { outlineOf } from './place.ts';

/** More changes at once than these are not looked at one by one. */
const MOST_PAIRS = 64;

/**
 * For items that have gone, those that have come in their place and declare the same: names, containers and order stay
 * as they are, only what is stated may differ.
 */
export function successorsOf(
  before: Sequence,
  removed: readonly Item[],
  after: Sequence,
  added: readonly Item[],
  context: string,
): ReadonlyMap<Item, Item> {
  const pairs = new Map<Item, Item>();
  if (removed.length !== added.length || removed.length > MOST_PAIRS) return pairs;
  for (const [at, item] of removed.entries()) {
    const successor = added[at];
    if (!successor || before.indexOf(item) !== after.indexOf(successor)) continue;
    if (signatureOf(item, context) === signatureOf(successor, context)) pairs.set(item, successor);
  }
  return pairs;
}

function signatureOf(item: Item, context: string): string {
  if (item.kind === 'block') return `block ${item.head}`;
  return `leaf ${outlineOf(item, context).map(signature).join('\n')}`;
}

/** Everything of a sentence that decides what is declared, and in which order. What it places is compared by itself. */
function signature(sentence: Sentence, index: number): string {
  const { statement, word, body } = sentence;
  if (!sentence.block) return word === 'ignore' ? `${word} ${wordsOf(statement)}` : word;
  const inner = body.flatMap((part, at) =>
    part.block || part.word === 'ignore' ? [`${at} ${signature(part, at)}`] : [],
  );
  const header = (statement.body?.statements ?? []).filter(
    (part) => part.word && sentence.property.shape.clauses.has(part.word.text),
  );
  return `${index} ${word} ${wordsOf(statement)} ${header.map(wordsOf).join()} {${inner.join(';')}}`;
}

function wordsOf(statement: Sentence['statement']): string {
  return statement.args.map((token) => (token.kind === 'text' ? JSON.stringify(token.text) : token.text)).join(' ');
}
