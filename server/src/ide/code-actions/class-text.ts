import type { Declaration, Located } from '../../design/declaration.ts';
import { classesFrom } from '../../design/layers.ts';
import { referencesIn } from '../../design/names.ts';
import type { StatementSpan } from '../../design/statement-edits.ts';
import { statementForm } from './block-text.ts';
import type { Block } from './blocks.ts';

/** What a block states, as far as a class could state it in its place. */

/**
 * Words whose meaning hangs on the very block that they stand in: what it runs, silences, is called elsewhere. They mean
 * nothing in a class.
 */
const OWN_WORDS: ReadonlySet<string> = new Set(['runs', 'ignore', 'apart', 'together', 'keep', 'id', 'alias', 'note']);

/** Whether a class may state a statement: it is no block, speaks of no member in particular, and may be inherited. */
export function isInheritable({ sentence }: Located): boolean {
  return (
    !OWN_WORDS.has(sentence.word) &&
    !sentence.statement.args.some(({ kind, text }) => kind === 'word' && text === 'each')
  );
}

/** Whether things of its kind may have classes. */
export function takesClasses({ sentence, declaration }: Block): boolean {
  return declaration.entities.length > 0 && sentence.property.shape.clauses.has(':');
}

/** Statements of a block by their word, in text order. Words with a statement that cannot be inherited are left out. */
export function inheritableByWord(declaration: Declaration): ReadonlyMap<string, readonly Located[]> {
  const byWord = new Map<string, Located[]>();
  const own = new Set<string>();
  for (const located of declaration.body()) {
    const { word } = located.sentence;
    if (!isInheritable(located)) own.add(word);
    byWord.set(word, [...(byWord.get(word) ?? []), located]);
  }
  for (const word of own) byWord.delete(word);
  return byWord;
}

/** The same for lists of statements that say the same. */
export function formOf(list: readonly Located[]): string {
  return list.map(({ sentence }) => statementForm(sentence.statement)).join('\n');
}

/** The classes that a block names itself, as written. */
export function ownClasses(declaration: Declaration): readonly string[] {
  return referencesIn(declaration.head()?.sentence.clauses.get(':')?.value).map(({ name }) => name);
}

/** Every word that the classes of a block state, with what amends them. */
export function wordsOfClasses(declaration: Declaration): ReadonlySet<string> {
  const words = new Set<string>();
  for (const layer of classLayers(declaration)) for (const { sentence } of layer.body()) words.add(sentence.word);
  return words;
}

/** The classes that hold for a block, derived before base, each with what amends it. */
export function classLayers(declaration: Declaration): readonly Declaration[] {
  const { kind, design } = declaration;
  return classesFrom(declaration, kind, new Set()).flatMap((named) => [
    ...named.names.flatMap((name) => design.names.read(`class ${kind}`, name).amends),
    named,
  ]);
}

/** Where a clause goes that is to stand right behind the names of a block. */
export function behindNames({ sentence, at }: Block): number {
  const { subject, from } = sentence;
  return subject ? at.from - from + subject.to : at.headEnd;
}

/** The braces of a block with the blanks before them. */
export function bracesOf(
  text: string,
  { body, headEnd }: StatementSpan,
): { readonly from: number; readonly to: number } | undefined {
  if (!body || body.close < 0 || text.slice(headEnd, body.open).trim() !== '') return undefined;
  return { from: headEnd, to: body.close + 1 };
}
