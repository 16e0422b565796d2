import type { Span } from '../base/span.ts';
import type { FileSpan } from './definition.ts';
import { type Meant, meantBy, mentionAt, mentionsIn } from './mentions.ts';
import { inAllDesigns } from './same-things.ts';
import { spotAt, statementsOf } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** A place that names something. */
export interface Occurrence extends FileSpan {
  readonly isDeclaration: boolean;
}

/**
 * Everywhere that what the name at an offset stands for is named, in every design that shares the file which declares it;
 * declarations included, in text order file by file.
 */
export function references(workspace: Workspace, uri: string, offset: number): readonly Occurrence[] {
  const meant = meantAt(workspace, uri, offset);
  if (!meant) return [];
  const found = new Map<string, Occurrence>();
  for (const [project, same] of new Map([[meant.project, meant], ...inAllDesigns(workspace, meant)])) {
    for (const occurrence of occurrences(project, same, [...project.design.files.keys()])) {
      const key = `${occurrence.from} ${occurrence.uri}`;
      if (!found.has(key)) found.set(key, occurrence);
    }
  }
  return inFiles([...found.values()]);
}

/** File by file, in the order in which the files come up first. */
function inFiles(found: readonly Occurrence[]): readonly Occurrence[] {
  const files = new Map<string, Occurrence[]>();
  for (const occurrence of found) {
    const own = files.get(occurrence.uri);
    if (own) own.push(occurrence);
    else files.set(occurrence.uri, [occurrence]);
  }
  return [...files.values()].flatMap((own) => own.sort((a, b) => a.from - b.from));
}

/** Characters before and behind the cursor within which a name is highlighted: more than any screen shows. */
const NEAR = 60_000;

/** The same within one file, around the offset. */
export function highlights(workspace: Workspace, uri: string, offset: number): readonly Occurrence[] {
  const meant = meantAt(workspace, uri, offset);
  return meant ? occurrences(meant.project, meant, [uri], { from: offset - NEAR, to: offset + NEAR }) : [];
}

function meantAt(
  workspace: Workspace,
  uri: string,
  offset: number,
): (Meant & { readonly project: Project }) | undefined {
  const spot = spotAt(workspace, uri, offset);
  const mention = spot && mentionAt(spot, offset);
  return spot && mention && { ...meantBy(mention, spot.owner), project: spot.project };
}

/** Places in the files that name one of the things; those that begin within a span, if one is given. */
export function occurrences(
  project: Project,
  meant: Meant,
  uris: readonly string[],
  near: Span = EVERYWHERE,
): readonly Occurrence[] {
  const entities = new Set(meant.entities);
  const classes = new Set(meant.classes);
  if (entities.size + classes.size === 0) return [];
  const kinds = new Set([...meant.entities.map(({ kind }) => kind), ...meant.classes.map(({ kind }) => kind)]);
  const names = namesOfMeant(meant);
  const mayHold = textFilter(names);
  const matters = (text: string, { from, to }: Span) => from <= near.to && to >= near.from && mayHold(text);
  return uris.flatMap((uri) => {
    const found: Occurrence[] = [];
    for (const { sentence, owner, placeFrom } of statementsOf(project, uri, matters)) {
      if (!sentence.statement.args.some(({ text }) => mayName(text, names))) continue;
      for (const mention of mentionsIn(sentence)) {
        const { part, isDeclaration } = mention;
        if (!mention.kinds.some((kind) => kinds.has(kind)) || !mayName(part.text, names)) continue;
        const own = meantBy(mention, owner);
        if (!own.entities.some((entity) => entities.has(entity)) && !own.classes.some((one) => classes.has(one)))
          continue;
        found.push({ uri, from: part.from + placeFrom, to: part.to + placeFrom, isDeclaration });
      }
    }
    return found.sort((a, b) => a.from - b.from);
  });
}

const EVERYWHERE: Span = { from: 0, to: Number.POSITIVE_INFINITY };
/** More names are not looked for one by one in a text. */
const MOST_NAMES = 4;

function namesOfMeant({ entities, classes }: Meant): ReadonlySet<string> {
  return new Set([...entities.map(({ name }) => name), ...classes.flatMap((declaration) => declaration.names)]);
}

/** Whether a word may name one of the things: a range and a pattern may name anything. */
function mayName(text: string, names: ReadonlySet<string>): boolean {
  return text.includes('[') || text.includes('*') || names.has(text) || names.has(text.replace(/@.*$/, ''));
}

/** Whether a text may hold one of the names. It is asked of each statement, so that few have to be read. */
export function textFilter(names: ReadonlySet<string>): (text: string) => boolean {
  if (names.size > MOST_NAMES || [...names].some((name) => name.includes('"'))) return () => true;
  const all = [...names];
  return (text) => text.includes('[') || text.includes('*') || all.some((name) => text.includes(name));
}
