import type { TextEdit } from '../../base/span.ts';
import type { Declaration, Located } from '../../design/declaration.ts';
import type { FileEdit } from '../../design/edits.ts';
import { classOf } from '../../design/layers.ts';
import { referencesOf } from '../../design/names.ts';
import { indentation, insertInto, lineBreak, removeStatements, statementSpan } from '../../design/statement-edits.ts';
import { fileText } from '../../language/syntax/file.ts';
import type { NamePart } from '../../language/values/value.ts';
import { mentionAt } from '../mentions.ts';
import { occurrences } from '../references.ts';
import { spotAt } from '../spot.ts';
import type { Project } from '../workspace.ts';
import { dedented, hasComment, isOneLine, onOneLine, startWithComments } from './block-text.ts';
import { type Block, blockOf } from './blocks.ts';
import { classLayers, isInheritable } from './class-text.ts';
import type { Draft, Offer, Refactoring, Selection } from './refactoring.ts';

/** What a class states is written out where it is used; a class that is written out everywhere goes. */
export const inlineClass: Refactoring = {
  kind: 'refactor.inline',
  offers: (at) => {
    const spot = spotAt(at.workspace, at.uri, at.span.from, at.project);
    const mention = spot && mentionAt(spot, at.span.from);
    if (!spot || !mention?.isClass) return [];
    if (mention.isDeclaration) return atDeclaration(at, spot.owner);
    const [reference, ...more] = referencesOf(mention.part);
    const named = reference && classOf(spot.owner.kind, reference, spot.owner);
    if (!named || more.length > 0 || !isPlain(named)) return [];
    return [{ title: `Inline class ${reference.name} here`, draft: () => here(spot.owner, named) }];
  },
};

function here(user: Declaration, named: Declaration): Draft | undefined {
  const edits = inlined(user, named);
  return edits && { edits: edits.map((edit) => ({ uri: user.uri, ...edit })) };
}

function atDeclaration(at: Selection, named: Declaration): Offer[] {
  const [name] = named.names;
  if (name === undefined || named.names.length !== 1 || !isPlain(named)) return [];
  if (named.design.names.inside(`class ${named.kind}`, name).length === 0) return [];
  return [{ title: `Inline class ${name} everywhere`, isWide: true, draft: () => everywhere(at, named) }];
}

/** Whether its statements can be all that it stands for: it is not amended, and has no blocks. */
function isPlain({ kind, names, design, children }: Declaration): boolean {
  return children.size === 0 && names.every((name) => design.names.read(`class ${kind}`, name).amends.length === 0);
}

function everywhere(at: Selection, named: Declaration): Draft | undefined {
  const edits = new Map<string, FileEdit>();
  const add = (uri: string, edit: TextEdit) => edits.set(`${uri} ${edit.from} ${edit.to}`, { uri, ...edit });
  for (const project of at.workspace.projectsOf(named.uri)) {
    const own = sameIn(at, project, named);
    if (!own) continue;
    for (const user of usersOf(at, project, own)) {
      const written = inlined(user, own);
      if (!written) return undefined;
      for (const edit of written) add(user.uri, edit);
    }
  }
  const block = blockOf(named);
  if (!block) return undefined;
  const text = fileText(block.place.file.parsed);
  const isFirst = text.slice(0, block.at.from).search(/(?:^|[\r\n])[^\S\r\n]*$/) >= 0;
  const from = isFirst ? startWithComments(text, block.at.from) : block.at.from;
  for (const edit of removeStatements(text, [{ from, to: block.at.to }])) add(named.uri, edit);
  return { edits: [...edits.values()] };
}

/** The class as another design knows it: a file may belong to several. */
function sameIn({ workspace, uri, span }: Selection, project: Project, named: Declaration): Declaration | undefined {
  const owner = spotAt(workspace, uri, span.from, project)?.owner;
  return owner?.word === 'class' && owner.names[0] === named.names[0] ? owner : undefined;
}

/** Blocks, amendments and classes that name a class. */
function usersOf({ workspace }: Selection, project: Project, named: Declaration): ReadonlySet<Declaration> {
  const uris = [...project.design.files.keys()];
  const places = occurrences(project, { entities: [], classes: [named] }, uris);
  return new Set(
    places
      .filter(({ isDeclaration }) => !isDeclaration)
      .flatMap(({ uri, from }) => spotAt(workspace, uri, from, project)?.owner ?? []),
  );
}

/** Edits after which a block no longer needs a class that it names; undefined where they cannot be written. */
function inlined(user: Declaration, named: Declaration): readonly TextEdit[] | undefined {
  const block = blockOf(user);
  if (!block || user.scope !== named.scope || user.kind !== named.kind) return undefined;
  const text = fileText(block.place.file.parsed);
  const clause = withoutClass(text, block, named);
  const added = addedStatements(user, named);
  const source = named.place && fileText(named.place.file.parsed);
  if (!clause || !added || source === undefined) return undefined;
  const statements = added.whole.map((located) => textFor(block, text, located, source));
  if (!statements.every((statement) => statement !== undefined)) return undefined;
  const insertion = statements.length > 0 ? insertInto(text, block.at, statements) : undefined;
  if (statements.length > 0 && !insertion) return undefined;
  return [clause, ...added.clauses(source), ...(insertion ? [insertion] : [])];
}

/** A statement of a class as it stands in a block: on one line where the block is. */
function textFor({ at }: Block, text: string, located: Located, source: string): string | undefined {
  const span = statementSpan(located);
  if (!span) return undefined;
  const own = source.slice(span.from, span.to);
  if (isOneLine(own)) return own;
  if (at.body && !isOneLine(text.slice(at.body.open, at.body.close))) {
    const newline = lineBreak(text);
    return dedented(source, span).replaceAll(newline, `${newline}${indentation(text, at.from)}  `);
  }
  const { statement } = located.sentence;
  return hasComment(own) ? undefined : onOneLine(source.slice(span.from - statement.from), statement);
}

interface Added {
  readonly whole: readonly Located[];
  /** Clauses that join a statement of the block's own. */
  readonly clauses: (source: string) => readonly TextEdit[];
}

/**
 * What comes to hold for a block by a class and nothing nearer: what the block, or a class that it names before, states
 * itself outranks it. Undefined where the text could not say it in the block.
 */
function addedStatements(user: Declaration, named: Declaration): Added | undefined {
  const own = user.body();
  const layers = classLayers(user);
  const before = new Set(
    layers.slice(0, layers.indexOf(named)).flatMap((layer) => layer.body().map(({ sentence }) => sentence.word)),
  );
  const whole: Located[] = [];
  const joined: { readonly to: Located; readonly from: Located }[] = [];
  const all = named.body();
  for (const located of all) {
    const { word, property } = located.sentence;
    const isOf = (other: Located) => other.sentence.word === word;
    const theirs = own.filter(isOf);
    const isCombined = property.repeat === 'keyed' || property.shape.subject === undefined;
    if (!isInheritable(located) || (before.has(word) && isCombined)) return undefined;
    if (before.has(word)) continue;
    const [only] = theirs;
    if (!only) whole.push(located);
    else if (isCombined) {
      if (theirs.length > 1 || all.filter(isOf).length > 1 || !canJoin(only) || !canJoin(located)) return undefined;
      joined.push({ to: only, from: located });
    }
  }
  return { whole, clauses: (source) => joined.flatMap(({ to, from }) => joinedClauses(to, from, source)) };
}

/** Words without a subject are combined clause by clause, unless one of the clauses tells several statements apart. */
function canJoin({ sentence }: Located): boolean {
  const { subject, property, clauses } = sentence;
  return property.shape.subject === undefined && !subject && !['during', 'to', 'year'].some((key) => clauses.has(key));
}

function joinedClauses(to: Located, from: Located, source: string): TextEdit[] {
  const own = statementSpan(to);
  const other = statementSpan(from);
  if (!own || !other) return [];
  const start = other.from - from.sentence.from;
  const texts = [...from.sentence.clauses.values()]
    .filter(({ word }) => !to.sentence.clauses.has(word))
    .map((clause) => ` ${source.slice(start + clause.from, start + clause.to)}`);
  return texts.length > 0 ? [{ from: own.headEnd, to: own.headEnd, text: texts.join('') }] : [];
}

/** The class list without a class, and with those that it builds on in its place. */
function withoutClass(text: string, block: Block, named: Declaration): TextEdit | undefined {
  const clause = block.sentence.clauses.get(':');
  if (!clause?.value) return undefined;
  const start = block.at.from - block.sentence.from;
  const names: string[] = [];
  for (const item of namesIn(block)) {
    const references = referencesOf(item);
    const isIt = references.some((reference) => classOf(named.kind, reference, block.declaration) === named);
    if (isIt && references.length > 1) return undefined;
    for (const name of isIt ? basesOf(named) : [text.slice(start + item.from, start + item.to)])
      if (!names.includes(name)) names.push(name);
  }
  if (names.length > 0) return { from: start + clause.value.from, to: start + clause.value.to, text: names.join(', ') };
  const from = start + clause.from;
  const blanks = /[^\S\r\n]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return { from: from - blanks, to: start + clause.to, text: '' };
}

/** The classes that a class builds on, as it writes them. */
function basesOf(named: Declaration): readonly string[] {
  const head = named.head();
  return head ? namesIn(head).map(({ text, quoted }) => (quoted ? `"${text.replaceAll('"', '""')}"` : text)) : [];
}

function namesIn({ sentence }: Located): readonly NamePart[] {
  const part = sentence.clauses.get(':')?.value?.parts[0];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.filter((item): item is NamePart => item.type === 'name');
}
