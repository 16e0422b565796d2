import type { Span } from '../base/span.ts';
import { type Entity, entityLabel } from '../design/declaration.ts';
import type { Import } from '../design/design.ts';
import type { FileEdit } from '../design/edits.ts';
import type { Place } from '../design/place.ts';
import { isBareName } from '../language/make/bare-name.ts';
import type { Sentence } from '../language/sentence.ts';
import { expandNames, isPattern, isRange, patternTest } from '../language/values/names.ts';
import type { NamePart } from '../language/values/value.ts';
import { type Meant, meantBy, mentionAt, mentionsIn, nameIn, writtenSpans } from './mentions.ts';
import { concernedBy, whatBreaks } from './rename-proof.ts';
import { inAllDesigns } from './same-things.ts';
import { inFile, type Spot, spotAt, statementsOf } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** What would be renamed, and the text to begin with. */
export interface Renameable extends Span {
  readonly text: string;
}

/** Why something is not renamed. */
export interface Refusal {
  readonly refused: string;
}

interface Subject extends Meant {
  readonly span: Span;
  /** The name or the range, as it is declared. */
  readonly text: string;
  readonly quoted: boolean;
  /** Imports that open a scope of this name, if that is what is renamed. */
  readonly imports?: readonly Import[];
}

/** What the name at an offset covers, if it can be renamed. */
export function prepareRename(workspace: Workspace, uri: string, offset: number): Renameable | Refusal {
  const subject = subjectAt(workspace, uri, offset);
  return 'refused' in subject ? subject : { ...subject.span, text: subject.text };
}

/**
 * The edits that give a thing, a range of things or a class another name, wherever it is named. A range keeps its
 * members: `web-[1..3]` may become `www-[1..3]`. Refused where some text would then mean something else, or nothing.
 */
export function rename(
  workspace: Workspace,
  uri: string,
  offset: number,
  wanted: string,
): readonly FileEdit[] | Refusal {
  const subject = subjectAt(workspace, uri, offset);
  if ('refused' in subject) return subject;
  const name = /^".*"$/.test(wanted.trim()) ? wanted.trim().slice(1, -1).replaceAll('""', '"') : wanted.trim();
  const renaming = renamingOf(subject, name);
  if ('refused' in renaming) return renaming;
  const taken = takenName(subject, name);
  if (taken !== undefined) return { refused: taken };
  let reason: string | undefined;
  // A name that is also a word of the language may need quotation marks somewhere: then it gets them everywhere.
  for (const isQuoted of renaming.range ? [false] : [false, true]) {
    // Trying one way leaves other objects behind for the same things.
    const present = subjectAt(workspace, uri, offset);
    const edits = 'refused' in present ? present : editsOf(workspace, present, { ...renaming, isQuoted });
    if ('refused' in edits) return edits;
    const broken = whatBreaks(workspace, edits, renaming);
    if (broken === undefined) return edits;
    reason ??= broken;
  }
  return { refused: reason ?? 'after that, some reference would mean something else' };
}

function editsOf(workspace: Workspace, subject: Subject, renaming: Renaming): readonly FileEdit[] | Refusal {
  const edits = new Map<string, FileEdit>();
  const designs = subject.imports ? importingDesigns(workspace, subject.imports) : inAllDesigns(workspace, subject);
  for (const [project, same] of designs) {
    const found = editsIn(project, same, renaming, subject.imports !== undefined);
    if ('refused' in found) return found;
    for (const edit of found) edits.set(`${edit.from} ${edit.uri}`, edit);
  }
  return [...edits.values()];
}

/** Designs that hold a file which opens the scope. */
function importingDesigns(workspace: Workspace, imports: readonly Import[]): ReadonlyMap<Project, Meant> {
  const projects = imports.flatMap(({ declaration }) => workspace.projectsOf(declaration.uri));
  return new Map(projects.map((project) => [project, { entities: [], classes: [] }]));
}

function subjectAt(workspace: Workspace, uri: string, offset: number): Subject | Refusal {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return { refused: 'only names can be renamed' };
  const opened = importName(spot.sentences.at(-1));
  if (opened && within(inFile(spot, opened), offset)) return scopeSubject(spot, opened.text, inFile(spot, opened));
  const mention = mentionAt(spot, offset);
  if (!mention) return { refused: 'only names can be renamed' };
  const meant = meantBy(mention, spot.owner);
  const { part } = mention;
  const spans = writtenSpans(textOf(spot.place), part);
  if (spans.scope && within(inFile(spot, spans.scope), offset)) return containerSubject(spot, part, spans.scope, meant);
  const first = meant.entities[0]?.declaration ?? meant.classes[0];
  if (!first) return { refused: `nothing is called ${part.text}` };
  if (!part.quoted && isPattern(part.text)) return { refused: `${part.text} is a pattern; rename what it matches` };
  const isMember = meant.entities.length === 1 && first.entities.length > 1 && !isRange(part.text);
  const sentence = first.head()?.sentence;
  const name = meant.entities[0]?.name ?? part.text;
  const written = sentence ? nameIn(sentence, name) : name;
  if (isMember && isRange(written))
    return { refused: `${part.text} is one of ${written}; rename that where it is declared, or split it first` };
  if (isRange(part.text) && part.text !== written)
    return { refused: `${part.text} is a part of ${written}; rename that where it is declared, or split it first` };
  return { ...meant, span: inFile(spot, spans.name), text: part.text, quoted: part.quoted };
}

function within({ from, to }: Span, offset: number): boolean {
  return from <= offset && offset <= to;
}

function textOf({ item }: Place): string {
  return item.kind === 'leaf' ? item.text : item.head;
}

/** The scope that an `import … as name` opens. */
function importName(sentence: Sentence | undefined): NamePart | undefined {
  const part = sentence?.word === 'import' ? sentence.clauses.get('as')?.value?.parts[0] : undefined;
  return part?.type === 'name' ? part : undefined;
}

function scopeSubject({ project }: Spot, name: string, span: Span): Subject {
  const imports = project.design
    .imports()
    .filter(({ declaration }) => importName(declaration.head()?.sentence)?.text === name);
  return { entities: [], classes: [], span, text: name, quoted: false, imports };
}

/** What stands behind an `@`: a block around the thing that is meant, or an import. */
function containerSubject(spot: Spot, { scope = '' }: NamePart, own: Span, meant: Meant): Subject | Refusal {
  const containers = meant.entities.flatMap((entity) => containersOf(entity).filter(({ name }) => name === scope));
  const [first] = containers;
  const span = inFile(spot, own);
  if (first) {
    const written = first.declaration.head()?.sentence;
    const declared = written ? nameIn(written, scope) : scope;
    if (declared !== scope) return { refused: `${scope} is one of ${declared}; rename that, where it is declared` };
    return { entities: [...new Set(containers)], classes: [], span, text: scope, quoted: false };
  }
  const subject = scopeSubject(spot, scope, span);
  return subject.imports?.length ? subject : { refused: `nothing is called ${scope}` };
}

function containersOf(entity: Entity): readonly Entity[] {
  return entity.parent ? [entity.parent, ...containersOf(entity.parent)] : [];
}

interface Renaming {
  readonly isQuoted: boolean;
  readonly from: string;
  readonly to: string;
  /** The old and new text around the bracket group of a range. */
  readonly range: { readonly before: readonly [string, string]; readonly after: readonly [string, string] } | undefined;
}

const ONE_GROUP = /^([^[\]]*)(\[[^\]]*\])([^[\]]*)$/;

function renamingOf({ text: from, quoted }: Subject, to: string): Renaming | Refusal {
  const isQuoted = false;
  if (to === '') return { refused: 'a name has at least one character' };
  if (to === from) return { refused: 'that is its name already' };
  if (/[\r\n]/.test(to)) return { refused: 'a name is one line' };
  if (quoted || !isRange(from)) {
    if (isRange(to)) return { refused: 'one thing does not become several by a new name' };
    return isPattern(to) ? { refused: 'a name has no *' } : { isQuoted, from, to, range: undefined };
  }
  const [old, now] = [ONE_GROUP.exec(from), ONE_GROUP.exec(to)];
  if (!old) return { refused: 'a range with several groups is renamed by hand' };
  if (now?.[2] !== old[2]) return { refused: `a range keeps its members: the new name has ${old[2]} in it` };
  if (isPattern(to)) return { refused: 'a name has no *' };
  return {
    isQuoted,
    from,
    to,
    range: { before: [old[1] ?? '', now?.[1] ?? ''], after: [old[3] ?? '', now?.[3] ?? ''] },
  };
}

function takenName({ entities, classes, imports }: Subject, name: string): string | undefined {
  const [opening] = imports ?? [];
  if (opening?.declaration.design.imports().some(({ scope }) => scope === name))
    return `there is an import as ${name} already`;
  const expanded = expandNames(name);
  const names = 'error' in expanded ? [name] : expanded.value;
  const own = new Set(entities.map((entity) => entity.name));
  const [entity] = entities;
  const [declaration] = classes;
  for (const each of names) {
    if (entity) {
      const other = entity.design.names.cell(entity.kind, each).entities.find((one) => !own.has(one.name));
      if (other) return `there is ${entityLabel(other)} already`;
    }
    if (declaration && declaration.design.names.cell(declaration.kind, each).classes.length > 0)
      return `there is a class ${declaration.kind} ${each} already`;
  }
  return undefined;
}

function editsIn(
  project: Project,
  subject: Meant,
  renaming: Renaming,
  isScope: boolean,
): readonly FileEdit[] | Refusal {
  const entities = new Set(subject.entities);
  const classes = new Set(subject.classes);
  const concerns = concernedBy(renaming);
  const edits: FileEdit[] = [];
  for (const uri of project.design.files.keys()) {
    for (const { sentence, owner, place, placeFrom } of statementsOf(project, uri, concerns.text)) {
      const put = ({ from, to }: Span, text: string) =>
        edits.push({ uri, from: placeFrom + from, to: placeFrom + to, text });
      const opened = isScope ? importName(sentence) : undefined;
      if (opened?.text === renaming.from) put(opened, quoted(renaming));
      for (const mention of mentionsIn(sentence)) {
        const own = concerns.part(mention.part) ? meantBy(mention, owner) : undefined;
        if (!own) continue;
        const spans = writtenSpans(textOf(place), mention.part);
        if (own.entities.some((one) => entities.has(one)) || own.classes.some((one) => classes.has(one))) {
          const now = renamed(mention.part, renaming);
          if ('refused' in now) return now;
          if (now.text !== undefined) put(spans.name, now.text);
        }
        const { scope } = mention.part;
        if (scope === undefined || !spans.scope) continue;
        const isNamed = own.entities.some((one) => {
          const around = containersOf(one);
          if (!isScope) return around.some((container) => entities.has(container));
          return one.declaration.scope === renaming.from && !around.some(({ name }) => name === renaming.from);
        });
        const isOwn = isNamed || (isScope && own.classes.some((one) => one.scope === renaming.from));
        if (!isOwn || !concerns.names.has(scope)) continue;
        const now = renamed({ ...mention.part, text: scope, quoted: !isRange(scope) }, renaming);
        if ('refused' in now) return now;
        if (now.text !== undefined) put(spans.scope, now.text);
      }
    }
  }
  return edits;
}

/** How a name is written after the renaming; undefined text where it stays as it is. */
function renamed(part: NamePart, renaming: Renaming): { readonly text: string | undefined } | Refusal {
  const { from, to, range } = renaming;
  if (part.text === from) return { text: quoted(renaming) };
  if (!part.quoted && isPattern(part.text)) {
    const matches = patternTest(part.text);
    const names = range ? expandNames(to) : { value: [to] };
    const still = 'value' in names && names.value.every((name) => matches(name));
    return still ? { text: undefined } : { refused: `${part.text} would not match ${to} any more` };
  }
  if (!range) return { refused: `${part.text} names it as one of a range` };
  const [oldBefore, newBefore] = range.before;
  const [oldAfter, newAfter] = range.after;
  const middle = part.text.length - oldBefore.length - oldAfter.length;
  if (middle > 0 && part.text.startsWith(oldBefore) && part.text.endsWith(oldAfter))
    return { text: newBefore + part.text.slice(oldBefore.length, oldBefore.length + middle) + newAfter };
  return { refused: `${part.text} names some of it in another way` };
}

function quoted({ to, range, isQuoted }: Renaming): string {
  if (range) return to;
  return isQuoted || !isBareName(to) ? `"${to.replaceAll('"', '""')}"` : to;
}
