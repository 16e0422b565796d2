import type { Span } from '../base/span.ts';
import { type Entity, entityLabel } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { isBareName } from '../language/make/bare-name.ts';
import { expandNames, isPattern, isRange, patternTest } from '../language/values/names.ts';
import type { NamePart } from '../language/values/value.ts';
import { mistakesOf } from './diagnostics.ts';
import { type Meant, type Mention, meantBy, mentionAt, mentionsIn, nameIn } from './mentions.ts';
import { byFile } from './proof.ts';
import { textFilter } from './references.ts';
import { inFile, spotAt, statementsOf } from './spot.ts';
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
  const name = wanted.replace(/^"(.*)"$/, '$1').trim();
  const renaming = renamingOf(subject.text, name);
  if ('refused' in renaming) return renaming;
  const taken = takenName(subject, name);
  if (taken !== undefined) return { refused: taken };
  const edits = new Map<string, FileEdit>();
  for (const project of workspace.projectsOf(uri)) {
    const found = editsIn(project, samesIn(workspace, project, uri, offset), renaming);
    if ('refused' in found) return found;
    for (const edit of found) edits.set(`${edit.uri} ${edit.from}`, edit);
  }
  const all = [...edits.values()];
  return breaksNames(workspace, all) ? { refused: 'after that, some reference would mean something else' } : all;
}

function subjectAt(workspace: Workspace, uri: string, offset: number): Subject | Refusal {
  const spot = spotAt(workspace, uri, offset);
  const mention = spot && mentionAt(spot, offset);
  if (!spot || !mention) return { refused: 'only names can be renamed' };
  const meant = meantBy(mention, spot.owner);
  const { part } = mention;
  const first = meant.entities[0]?.declaration ?? meant.classes[0];
  if (!first) return { refused: `nothing is called ${part.text}` };
  if (!part.quoted && isPattern(part.text)) return { refused: `${part.text} is a pattern; rename what it matches` };
  const isMember = meant.entities.length === 1 && first.entities.length > 1 && !isRange(part.text);
  const sentence = first.head()?.sentence;
  const name = meant.entities[0]?.name ?? part.text;
  const written = sentence ? nameIn(sentence, name) : name;
  if (isMember && isRange(written))
    return { refused: `${part.text} is one of ${written}; rename that, where it is declared` };
  if (isRange(part.text) && part.text !== written)
    return { refused: `${part.text} is a part of ${written}; rename that, where it is declared` };
  const { from } = inFile(spot, part);
  const length = part.text.length + (part.quoted ? 2 : 0);
  return { ...meant, span: { from, to: from + length }, text: part.text };
}

interface Renaming {
  readonly from: string;
  readonly to: string;
  /** The old and new text around the bracket group of a range. */
  readonly range: { readonly before: readonly [string, string]; readonly after: readonly [string, string] } | undefined;
}

const ONE_GROUP = /^([^[\]]*)(\[[^\]]*\])([^[\]]*)$/;

function renamingOf(from: string, to: string): Renaming | Refusal {
  if (to === '') return { refused: 'a name has at least one character' };
  if (to === from) return { refused: 'that is its name already' };
  if (/[\r\n"]/.test(to)) return { refused: 'a name is one line without quotation marks' };
  if (!isRange(from)) {
    if (isRange(to)) return { refused: 'one thing does not become several by a new name' };
    return isPattern(to) ? { refused: 'a name has no *' } : { from, to, range: undefined };
  }
  const [old, now] = [ONE_GROUP.exec(from), ONE_GROUP.exec(to)];
  if (!old) return { refused: 'a range with several groups is renamed by hand' };
  if (now?.[2] !== old[2]) return { refused: `a range keeps its members: the new name has ${old[2]} in it` };
  if (isPattern(to)) return { refused: 'a name has no *' };
  return { from, to, range: { before: [old[1] ?? '', now?.[1] ?? ''], after: [old[3] ?? '', now?.[3] ?? ''] } };
}

function takenName({ entities, classes }: Subject, name: string): string | undefined {
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

/** The same things as another design knows them: a file may belong to several. */
function samesIn(workspace: Workspace, project: Project, uri: string, offset: number): Meant {
  const spot = spotAt(workspace, uri, offset, project);
  const mention = spot && mentionAt(spot, offset);
  return spot && mention ? meantBy(mention, spot.owner) : { entities: [], classes: [] };
}

function editsIn(project: Project, subject: Meant, renaming: Renaming): readonly FileEdit[] | Refusal {
  const entities = new Set(subject.entities);
  const classes = new Set(subject.classes);
  const edits: FileEdit[] = [];
  const matters = renaming.range ? undefined : textFilter(new Set([renaming.from]));
  for (const uri of project.design.files.keys()) {
    for (const { sentence, owner, placeFrom } of statementsOf(project, uri, matters)) {
      for (const mention of mentionsIn(sentence)) {
        const own = mayConcern(mention, renaming) ? meantBy(mention, owner) : undefined;
        if (!own) continue;
        const names = own.entities.some((one) => entities.has(one)) || own.classes.some((one) => classes.has(one));
        const text = names ? renamed(mention.part, renaming) : undefined;
        if (text && 'refused' in text) return text;
        const from = placeFrom + mention.part.from;
        if (text?.text !== undefined) {
          const length = mention.part.text.length + (mention.part.quoted ? 2 : 0);
          edits.push({ uri, from, to: from + length, text: text.text });
        }
        const scoped = mention.part.scope === renaming.from && own.entities.some((one) => isInside(one, entities));
        if (scoped) {
          const to = placeFrom + mention.part.to;
          edits.push({ uri, from: to - renaming.from.length, to, text: quoted(renaming.to) });
        }
      }
    }
  }
  return edits;
}

/** Whether a name may be one of those, judged by its text: resolving each name of a large estate would take long. */
function mayConcern({ part }: Mention, { from, range }: Renaming): boolean {
  if (part.text === from || part.scope === from) return true;
  return !part.quoted && (range !== undefined || isRange(part.text) || isPattern(part.text));
}

function isInside(entity: Entity, containers: ReadonlySet<Entity>): boolean {
  for (let around = entity.parent; around; around = around.parent) if (containers.has(around)) return true;
  return false;
}

/** How a name is written after the renaming; undefined text where it stays as it is. */
function renamed(part: NamePart, { from, to, range }: Renaming): { readonly text: string | undefined } | Refusal {
  if (part.text === from) return { text: quoted(to) };
  if (!part.quoted && isPattern(part.text)) {
    const matches = patternTest(part.text);
    const names = expandNames(to);
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

function quoted(name: string): string {
  return isRange(name) || isBareName(name) ? name : `"${name}"`;
}

/** Whether names that meant something would mean nothing, or too much. */
function breaksNames(workspace: Workspace, edits: readonly FileEdit[]): boolean {
  const files = byFile(edits);
  const count = () =>
    [...files.keys()]
      .flatMap((uri) => workspace.projectsOf(uri))
      .reduce((sum, project) => sum + mistakesOf(project.design).length, 0);
  const before = count();
  return workspace.suppose(files, count) > before;
}
