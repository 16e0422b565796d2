import type { Sentence } from '../language/sentence.ts';
import type { Item } from '../language/syntax/item.ts';
import { outlineOf } from './place.ts';

/** Finds, for an item that has gone, one that has come and declares the same. */
export class Successors {
  private readonly bySignature = new Map<string, Item[]>();
  private readonly context: string;

  constructor(added: readonly Item[], context: string) {
    this.context = context;
    for (const item of added) {
      const signature = this.signatureOf(item);
      this.bySignature.set(signature, [...(this.bySignature.get(signature) ?? []), item]);
    }
  }

  of(item: Item): Item | undefined {
    return this.bySignature.size === 0 ? undefined : this.bySignature.get(this.signatureOf(item))?.shift();
  }

  private signatureOf(item: Item): string {
    if (item.kind === 'block') return `block ${item.head}`;
    return `leaf ${outlineOf(item, this.context).map(signature).join('\n')}`;
  }
}

/** Everything of a sentence that decides what is declared and placed, and in which order. */
function signature(sentence: Sentence, index: number): string {
  const { statement, word, body } = sentence;
  if (!sentence.block) return word === 'runs' || word === 'ignore' ? `${word} ${wordsOf(statement)}` : word;
  const inner = body.map((part, at) =>
    part.block || part.word === 'runs' || part.word === 'ignore' ? `${at} ${signature(part, at)}` : '',
  );
  const header = (statement.body?.statements ?? []).filter(
    (part) => part.word && sentence.property.shape.clauses.has(part.word.text),
  );
  return `${index} ${word} ${wordsOf(statement)} ${header.map(wordsOf).join()} {${inner.join(';')}}`;
}

function wordsOf(statement: Sentence['statement']): string {
  return statement.args.map((token) => (token.kind === 'text' ? JSON.stringify(token.text) : token.text)).join(' ');
}
