import { derive } from '../base/reactive.ts';
import { quotedName } from '../language/make/bare-name.ts';
import type { Problem, ProblemFix } from '../language/problem.ts';
import type { SentenceShape, Term } from '../language/schema/notation.ts';
import { THING_KINDS } from '../language/schema/schema.ts';
import { replaceFix } from '../language/values/cursor.ts';
import { expandNames, isPattern } from '../language/values/names.ts';
import { nearest } from '../language/values/nearest.ts';
import { article, joined } from '../language/wording.ts';
import { runsProblem } from './check-runs.ts';
import { isInForce, isUsed } from './class-uses.ts';
import { contradictions } from './contradictions.ts';
import { type Declaration, type Entity, entityLabel, type Located } from './declaration.ts';
import { classOf } from './layers.ts';
import type { MeaningProblem } from './meaning-problem.ts';
import { type Cell, type Reference, referencesIn } from './names.ts';
import { locate, type Place, textProblems } from './place.ts';
import { placementOf } from './placement.ts';
import { matching, resolve } from './resolve.ts';

/** What is wrong at one place: mistakes of its own text, and in what its blocks mean. */
export function placeProblems(place: Place): readonly MeaningProblem[] {
  const ofText = textProblems(place);
  const ofBlocks = blockProblems(place);
  if (ofText.length === 0) return ofBlocks;
  return [...ofText.map((problem) => ({ place, problem, key: undefined })), ...ofBlocks];
}

const blockProblems = derive((place: Place): readonly MeaningProblem[] => {
  const found: MeaningProblem[] = [];
  for (const declaration of place.declarations) addProblems(declaration, place, found);
  return found.length > 0 ? found : NOTHING;
});

function addProblems(declaration: Declaration, place: Place, found: MeaningProblem[]): void {
  // A statement may name more than a call takes arguments.
  for (const problem of declarationProblems(declaration)) found.push(problem);
  for (const child of declaration.children) if (child.place === place) addProblems(child, place, found);
}

/** What is wrong with what stands at the top level of a file, beyond its own text. */
export const topProblems = derive(declarationProblems);

/** What is wrong with a block beyond its own text: names that mean nothing or too much, things declared or placed twice. */
export function declarationProblems(declaration: Declaration): readonly MeaningProblem[] {
  const found: MeaningProblem[] = [];
  const head = declaration.head();
  if (head) {
    checkReferences(declaration, head, found);
    checkClasses(declaration, head, found);
    checkTwice(declaration, head, found);
    if (declaration.word === 'amend') checkAmended(declaration, head, found);
    else found.push(...contradictions(declaration, head));
  }
  const body = declaration.body();
  for (const located of body) {
    checkReferences(declaration, located, found);
    const unclear = located.word === 'runs' ? runsProblem(declaration, located) : undefined;
    if (unclear) found.push(unclear);
  }
  if (declaration.parts.size > 1) checkRepeated(body, found);
  for (const entity of declaration.entities) if (entity.kind === 'vm') checkPlacement(entity, found);
  return found.length > 0 ? found : NOTHING;
}

const NOTHING: readonly MeaningProblem[] = [];

/** A word stated twice in a long block; within one place the reader has said so. */
function checkRepeated(body: readonly Located[], found: MeaningProblem[]): void {
  const first = new Map<string, Located>();
  for (const located of body) {
    const { word, property, wordSpan } = located.sentence;
    if (property.repeat !== 'once') continue;
    const earlier = first.get(word);
    if (!earlier) first.set(word, located);
    else if (earlier.place !== located.place) {
      const message = `${word} is stated twice in this block; the first one counts`;
      const problem = { code: 'word-repeated', message, from: wordSpan.from, to: wordSpan.to } as const;
      found.push({
        place: located.place,
        key: undefined,
        problem,
        related: [{ located: earlier, message: 'the first one' }],
      });
    }
  }
}

function checkReferences(declaration: Declaration, located: Located, found: MeaningProblem[]): void {
  const { sentence } = located;
  for (const { clause, slot, kinds } of nameSlotsOf(sentence.property.shape)) {
    const value = clause === undefined ? sentence.subject : sentence.clauses.get(clause)?.value;
    if (value?.parts[slot]) checkNames(declaration, located, kinds, referencesIn(value, slot), found);
  }
  if (sentence.word === 'covers') checkCovers(declaration, located, found);
}

/** Where a sentence names things: in which part of its subject, or of a clause. */
interface NameSlot {
  readonly clause: string | undefined;
  readonly slot: number;
  readonly kinds: readonly string[];
}

const nameSlots = new WeakMap<SentenceShape, readonly NameSlot[]>();

/** Found once for each property: most name nothing, and an estate has ten thousands of sentences. */
function nameSlotsOf(shape: SentenceShape): readonly NameSlot[] {
  const known = nameSlots.get(shape);
  if (known) return known;
  const found: NameSlot[] = [];
  const add = (clause: string | undefined, terms: readonly Term[] = []) => {
    const slots = terms
      .flatMap((term) => (term.type === 'optional' ? term.terms : [term]))
      .filter((term) => term.type !== 'literal');
    for (const [slot, term] of slots.entries())
      if (term.type === 'reference') found.push({ clause, slot, kinds: term.kinds });
  };
  add(undefined, shape.subject?.alternatives[0]);
  for (const [word, { value }] of shape.clauses) if (word !== ':') add(word, value?.alternatives[0]);
  nameSlots.set(shape, found);
  return found;
}

function checkCovers(declaration: Declaration, located: Located, found: MeaningProblem[]): void {
  const kind = located.sentence.subject?.parts[0];
  if (kind?.type !== 'word') return;
  if (!['hypervisor', 'uplink', 'port'].includes(kind.text))
    checkNames(declaration, located, [kind.text], referencesIn(located.sentence.subject, 1), found);
}

function checkNames(
  declaration: Declaration,
  located: Located,
  kinds: readonly string[],
  references: readonly Reference[],
  found: MeaningProblem[],
): void {
  const { names } = declaration.design;
  const isClassBody = declaration.word === 'class';
  if (isClassBody && !isUsed(declaration)) return;
  let missing: Map<string, { reference: Reference; names: string[] }> | undefined;
  const [entity] = declaration.entities;
  for (const reference of references) {
    if (isPattern(reference.name) && !reference.part.quoted) {
      if (reference.name === '*' || matching(names, kinds, reference).length > 0) continue;
      const message = `no ${kinds.join(' or ')} matches ${reference.name}`;
      found.push(problemAt(located, reference, { code: 'name-unresolved', message, severity: 'warning' }));
      continue;
    }
    const resolution = resolve(names, kinds, reference, { entity, declaration });
    if ('found' in resolution) continue;
    if ('ambiguous' in resolution) {
      if (!isClassBody) found.push(problemAt(located, reference, ambiguity(reference, resolution.ambiguous)));
      continue;
    }
    const at = `${reference.part.from}`;
    missing ??= new Map();
    const group = missing.get(at) ?? { reference, names: [] };
    group.names.push(reference.name);
    missing.set(at, group);
  }
  if (missing && isClassBody && !isInForce(declaration, located)) return;
  let count = 0;
  for (const group of missing?.values() ?? [])
    found.push(unresolved(declaration, located, kinds, group.reference, group.names, count++ < MOST_EXPLAINED));
}

/** For so many names of one statement that are declared nowhere it is looked up what else may have been meant. */
const MOST_EXPLAINED = 50;

function unresolved(
  declaration: Declaration,
  located: Located,
  kinds: readonly string[],
  reference: Reference,
  missing: readonly string[],
  isExplained = true,
): MeaningProblem {
  const { names } = declaration.design;
  const [first = ''] = missing;
  const other = isExplained ? otherKind(declaration, kinds, first) : undefined;
  const near = other || !isExplained ? [] : kinds.flatMap((kind) => nearest(first, names.declared(kind))).slice(0, 3);
  const what = joined(kinds, 'or');
  const list =
    missing.length > 3 ? `${missing.slice(0, 3).join(', ')} and ${missing.length - 3} more` : missing.join(', ');
  const hint = other ? `; ${first} is ${article(other)}` : near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : '';
  const message = `no ${what} is called ${list}${hint}`;
  const { part } = reference;
  const all = expandNames(part.text);
  const isWhole = 'value' in all && missing.length === all.value.length;
  const text = part.quoted ? quotedName(part.text) : part.text;
  const undeclared = isWhole && part.scope === undefined ? { text, kinds } : undefined;
  const fixes =
    missing.length === 1 && !reference.part.text.includes('[') ? near.map((name) => renameFix(reference, name)) : [];
  return {
    ...problemAt(located, reference, {
      code: 'name-unresolved',
      message,
      fixes,
      ...(undeclared ? { undeclared } : {}),
    }),
    key: `${kinds.join(',')}:${missing.join(',')}`,
  };
}

function renameFix(reference: Reference, name: string): ProblemFix {
  const { from } = reference.part;
  return replaceFix({ from, to: from + reference.part.text.length + (reference.part.quoted ? 2 : 0) }, name);
}

function otherKind(declaration: Declaration, kinds: readonly string[], name: string): string | undefined {
  return THING_KINDS.find(
    (kind) => !kinds.includes(kind) && declaration.design.names.read(kind, name).entities.length > 0,
  );
}

function ambiguity(reference: Reference, candidates: readonly Entity[]): Omit<Problem, 'from' | 'to'> {
  const around = candidates.flatMap((entity) => entity.parent?.name ?? entity.declaration.scope ?? []);
  const forms = [...new Set(around.map((name) => `${reference.name}@${name}`))].sort().slice(0, 4);
  const way =
    forms.length > 1 ? `: ${forms.join(' or ')}` : ', and which is meant cannot be told; give them names of their own';
  return {
    code: 'name-ambiguous',
    message: `${reference.name} is declared ${candidates.length} times${way}`,
    fixes: (forms.length > 1 ? forms : []).map((form) => renameFix(reference, form)),
  };
}

function problemAt(located: Located, reference: Reference, problem: Omit<Problem, 'from' | 'to'>): MeaningProblem {
  const { from, to } = reference.part;
  return { place: located.place, problem: { from, to, ...problem }, key: undefined };
}

function checkClasses(declaration: Declaration, head: Located, found: MeaningProblem[]): void {
  const kind = declaration.kind.replace(/^class /, '');
  for (const reference of referencesIn(head.sentence.clauses.get(':')?.value)) {
    if (!classOf(kind, reference, declaration)) {
      const near = nearest(reference.name, declaration.design.names.declaredClasses(kind));
      const hint = near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : '';
      const message = `no class of ${kind} is called ${reference.name}${hint}`;
      const fixes = near.map((name) => renameFix(reference, name));
      const undeclared = { text: reference.part.text, kinds: [`class ${kind}`] };
      found.push({
        ...problemAt(head, reference, { code: 'name-unresolved', message, fixes, undeclared }),
        key: `class ${kind}:${reference.name}`,
      });
    } else if (declaration.word === 'class' && reachesItself(declaration, kind)) {
      found.push(
        problemAt(head, reference, { code: 'class-cycle', message: `class ${declaration.names[0]} builds on itself` }),
      );
    }
  }
}

function reachesItself(declaration: Declaration, kind: string): boolean {
  const seen = new Set<Declaration>();
  const queue = [declaration];
  for (let current = queue.pop(); current; current = queue.pop()) {
    for (const reference of referencesIn(current.head()?.sentence.clauses.get(':')?.value)) {
      const named = classOf(kind, reference, current);
      if (named === declaration) return true;
      if (named && !seen.has(named)) {
        seen.add(named);
        queue.push(named);
      }
    }
  }
  return false;
}

/** Two of a kind in one container: an error at the one that comes second in the text. */
function checkTwice(declaration: Declaration, head: Located, found: MeaningProblem[]): void {
  const { names } = declaration.design;
  if (declaration.word === 'class') {
    for (const name of declaration.names) {
      const cell = names.read(declaration.kind, name);
      const first = cell.classes.length > 1 ? firstsOf(cell).classes.get(declaration.scope) : undefined;
      if (first && first !== declaration)
        found.push(twice(declaration, head, first, `class ${declaration.kind} ${name}`));
    }
    return;
  }
  for (const entity of declaration.entities) {
    const cell = names.read(entity.kind, entity.name);
    if (cell.entities.length < 2) continue;
    const first = firstsOf(cell).entities.get(entity.parent)?.get(declaration.scope);
    if (!first || first === entity) continue;
    found.push(twice(declaration, head, first.declaration, entityLabel(entity)));
    return;
  }
}

/** Of all that have one name, the first in the text: of classes in each scope, of things in each container, too. */
interface Firsts {
  readonly classes: ReadonlyMap<string | undefined, Declaration>;
  readonly entities: ReadonlyMap<Entity | undefined, ReadonlyMap<string | undefined, Entity>>;
}

const firstsOf = derive((cell: Cell): Firsts => {
  cell.read();
  const classes = new Map<string | undefined, Declaration>();
  for (const declaration of cell.classes) {
    const known = classes.get(declaration.scope);
    if (!known || isBefore(declaration, known)) classes.set(declaration.scope, declaration);
  }
  const entities = new Map<Entity | undefined, Map<string | undefined, Entity>>();
  for (const entity of cell.entities) {
    const { scope } = entity.declaration;
    const around = entities.get(entity.parent) ?? new Map<string | undefined, Entity>();
    entities.set(entity.parent, around);
    const known = around.get(scope);
    if (!known || isEarlier(entity, known)) around.set(scope, entity);
  }
  return { classes, entities };
});

function isEarlier(a: Entity, b: Entity): boolean {
  return a.declaration === b.declaration ? a.index < b.index : isBefore(a.declaration, b.declaration);
}

function twice(declaration: Declaration, head: Located, first: Declaration, label: string): MeaningProblem {
  const span = head.sentence.subject ?? head.sentence.wordSpan;
  const other = first.head();
  const { wordSpan } = head.sentence;
  const isWhole = declaration.names.length === 1 && declaration.parent?.word === 'file';
  const fixes = isWhole
    ? [{ title: 'Make it an amendment', edits: [{ from: wordSpan.from, to: wordSpan.from, text: 'amend ' }] }]
    : undefined;
  const message = `${label} is declared twice here; to add to it elsewhere, write amend`;
  const problem = {
    from: span.from,
    to: span.to,
    code: 'name-duplicate',
    message,
    ...(fixes ? { fixes } : {}),
  } as const;
  return {
    place: head.place,
    key: undefined,
    problem,
    ...(other ? { related: [{ located: other, message: 'the first one' }] } : {}),
  };
}

/** By where they stand alone: no text is read. */
function isBefore(a: Declaration, b: Declaration): boolean {
  if (a.uri !== b.uri) return a.uri < b.uri;
  if (a.place === b.place) {
    const level = a.path.findIndex((index, at) => index !== b.path[at]);
    return level < 0 ? a.path.length < b.path.length : (a.path[level] ?? 0) < (b.path[level] ?? -1);
  }
  const at = ({ place }: Declaration) => (place && locate(place)?.from) ?? 0;
  return at(a) < at(b);
}

function checkAmended(declaration: Declaration, head: Located, found: MeaningProblem[]): void {
  const { names } = declaration.design;
  const isClass = declaration.kind.startsWith('class ');
  const kind = declaration.kind.replace(/^class /, '');
  const missing = referencesIn(head.sentence.subject, 1).filter((reference) => {
    if (isPattern(reference.name) && !reference.part.quoted)
      return matching(names, [kind], reference).length === 0 && reference.name !== '*';
    const cell = names.read(kind, reference.name);
    return (isClass ? cell.classes : cell.entities).length === 0;
  });
  const [first] = missing;
  if (!first) return;
  found.push(
    unresolved(declaration, head, [isClass ? `class ${kind}` : kind], first, [
      ...new Set(missing.map((reference) => reference.name)),
    ]),
  );
}

function checkPlacement(vm: Entity, found: MeaningProblem[]): void {
  const { claim, conflicts } = placementOf(vm);
  for (const conflict of conflicts) {
    if (!claim) continue;
    // A statement that moves within its place keeps its claims: where they stand is asked of what holds them.
    for (const { owner } of [claim, conflict]) owner.read();
    const message = `${vm.name} is placed twice; a VM runs in one place at a time`;
    const { from, to } = conflict.vm;
    found.push({
      place: conflict.located.place,
      key: undefined,
      problem: { from, to, code: 'placement-duplicate', message },
      related: [{ located: claim.located, message: 'it is placed here' }],
    });
  }
}
