import { type Declaration, type Entity, type Located, statementKey } from './declaration.ts';
import { placeText } from './edits.ts';
import { amendsOf, classesFrom, classOf } from './layers.ts';
import type { MeaningProblem } from './meaning-problem.ts';
import { referencesIn } from './names.ts';
import { blocksInOrder } from './order.ts';

/**
 * What blocks of one rank state of one thing, each in its way: two classes that a block names, or two amendments. Which
 * of them counts would depend on the order of names, lines or files, so nobody is to rely on it.
 */
export function contradictions(declaration: Declaration, head: Located): readonly MeaningProblem[] {
  const classes = head.sentence.clauses.get(':')?.value;
  if ((!classes || referencesIn(classes).length < 2) && !isAmendedTwice(declaration)) return NONE;
  return [...ofClasses(declaration, head), ...ofAmendments(declaration)];
}

const NONE: readonly MeaningProblem[] = [];

function isAmendedTwice(declaration: Declaration): boolean {
  const { design, entities } = declaration;
  return (
    amendsOfClass(declaration).length > 1 ||
    entities.some(({ kind, name }) => design.names.read(kind, name).amends.length > 1)
  );
}

/** Statements of some blocks, by the word, or by word and clause where a statement is combined clause by clause. */
type Said = ReadonlyMap<string, readonly Located[]>;

/** Where `nearest` comes first, and hides what the others say. */
function saidBy(nearest: readonly Declaration[]): Said {
  const said = new Map<string, readonly Located[]>();
  for (const declaration of nearest) {
    const here = new Map<string, Located[]>();
    for (const located of declaration.body())
      for (const key of keysOf(located)) here.set(key, [...(here.get(key) ?? []), located]);
    for (const [key, statements] of here) if (!said.has(key)) said.set(key, statements);
  }
  return said;
}

/** Statements that are told apart by their subject stand beside each other. */
function keysOf({ sentence }: Located): readonly string[] {
  const { word, property, subject, clauses } = sentence;
  if (property.repeat === 'keyed' || word === 'ignore' || word === 'runs') return [];
  return subject || clauses.size === 0 ? [word] : [...clauses.keys()].map((clause) => `${word} ${clause}`);
}

function textOf(statements: readonly Located[]): string {
  return statements
    .map(({ place, sentence: { from, to } }) => placeText(place).slice(from, to).replace(/\s+/g, ' ').trim())
    .join('; ');
}

function* ofClasses(declaration: Declaration, head: Located): Generator<MeaningProblem> {
  const references = referencesIn(head.sentence.clauses.get(':')?.value);
  if (references.length < 2) return;
  const kind = declaration.kind.replace(/^class /, '');
  const named = references.flatMap((reference) => {
    const found = classOf(kind, reference, declaration);
    if (!found || found === declaration) return [];
    const chain = [found, ...classesFrom(found, kind, new Set([declaration, found]))];
    return [{ reference, chain: new Set(chain), said: saidBy(chain.flatMap((one) => [...amendsOfClass(one), one])) }];
  });
  const [entity] = declaration.entities;
  const own = saidBy([...(entity ? amendsOf(entity) : amendsOfClass(declaration)), declaration]);
  for (const [order, second] of named.entries()) {
    for (const first of named.slice(0, order)) {
      if (isWithin(first.chain, second.chain) || isWithin(second.chain, first.chain)) continue;
      const disputed = [...first.said].filter(([key, statements]) => {
        const others = second.said.get(key);
        return others && others[0] !== statements[0] && !own.has(key) && textOf(others) !== textOf(statements);
      });
      if (disputed.length === 0) continue;
      const [one, two] = [first.reference.name, second.reference.name];
      const words = [...new Set(disputed.map(([key]) => key.split(' ')[0] ?? key))];
      const { from, to } = second.reference.part;
      const message = `${one} and ${two} both state ${listed(words)}, and neither outranks the other; state ${words.length > 1 ? 'them' : 'it'} in this block, or name one of the two`;
      yield {
        place: head.place,
        key: undefined,
        problem: { from, to, code: 'class-conflict', message },
        related: disputed.slice(0, 4).flatMap(([key, statements]) => {
          const both = [
            [one, statements[0]],
            [two, second.said.get(key)?.[0]],
          ] as const;
          return both.flatMap(([name, located]) =>
            located ? [{ located, message: `${name}: ${textOf([located])}` }] : [],
          );
        }),
      };
    }
  }
}

/** A class that the other one builds on gives way to it. */
function isWithin(inner: ReadonlySet<Declaration>, outer: ReadonlySet<Declaration>): boolean {
  const [first] = inner;
  return first !== undefined && outer.has(first);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function amendsOfClass({ word, kind, names, design }: Declaration): readonly Declaration[] {
  if (word !== 'class') return [];
  return blocksInOrder(names.flatMap((name) => design.names.read(`class ${kind}`, name).amends));
}

/** Said of the later one in the text, once for all things that it holds for. */
function* ofAmendments(declaration: Declaration): Generator<MeaningProblem> {
  if (declaration.word === 'class') yield* betweenAmends(amendsOfClass(declaration), undefined, new Set());
  const told = new Set<string>();
  for (const entity of declaration.entities) {
    if (entity.design.names.read(entity.kind, entity.name).amends.length < 2) continue;
    yield* betweenAmends(amendsOf(entity), entity, told);
  }
}

function* betweenAmends(
  amends: readonly Declaration[],
  entity: Entity | undefined,
  told: Set<string>,
): Generator<MeaningProblem> {
  if (amends.length < 2) return;
  const said = new Map<string, readonly Located[]>();
  for (const amend of amends) {
    for (const [key, statements] of saidBy([amend])) {
      const earlier = said.get(key);
      if (!earlier) said.set(key, statements);
      const [located] = statements;
      if (!located || !earlier?.[0] || told.has(statementKey(located)) || textOf(earlier) === textOf(statements))
        continue;
      told.add(statementKey(located));
      const { from, to, word } = located.sentence;
      const what = entity ? `${entity.kind} ${entity.name}` : 'this class';
      const message = `another amendment states ${word} of ${what}, too, and neither outranks the other; state it in one of them`;
      yield {
        place: located.place,
        key: `amend ${word} ${located.place.id} ${from}`,
        problem: { from, to, code: 'amend-conflict', message },
        related: [{ located: earlier[0], message: textOf([earlier[0]]) }],
      };
    }
  }
}
