import type { FileSpan } from './definition.ts';
import { type Meant, meantBy, mentionAt, mentionsIn } from './mentions.ts';
import { spotAt, statementsOf } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** A place that names something. */
export interface Occurrence extends FileSpan {
  readonly isDeclaration: boolean;
}

/** Everywhere that what the name at an offset stands for is named, declarations included, in text order file by file. */
export function references(workspace: Workspace, uri: string, offset: number): readonly Occurrence[] {
  const meant = meantAt(workspace, uri, offset);
  return meant ? occurrences(meant.project, meant, [...meant.project.design.files.keys()]) : [];
}

/** The same within one file. */
export function highlights(workspace: Workspace, uri: string, offset: number): readonly Occurrence[] {
  const meant = meantAt(workspace, uri, offset);
  return meant ? occurrences(meant.project, meant, [uri]) : [];
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

/** Places in the files that name one of the things. */
export function occurrences(project: Project, meant: Meant, uris: readonly string[]): readonly Occurrence[] {
  const entities = new Set(meant.entities);
  const classes = new Set(meant.classes);
  if (entities.size + classes.size === 0) return [];
  const kinds = new Set([...meant.entities.map(({ kind }) => kind), ...meant.classes.map(({ kind }) => kind)]);
  const matters = filterFor(meant);
  return uris.flatMap((uri) => {
    const found: Occurrence[] = [];
    for (const { sentence, owner, placeFrom } of statementsOf(project, uri, matters)) {
      for (const mention of mentionsIn(sentence)) {
        if (!mention.kinds.some((kind) => kinds.has(kind))) continue;
        const own = meantBy(mention, owner);
        if (!own.entities.some((entity) => entities.has(entity)) && !own.classes.some((one) => classes.has(one)))
          continue;
        const { part, isDeclaration } = mention;
        found.push({ uri, from: part.from + placeFrom, to: part.to + placeFrom, isDeclaration });
      }
    }
    return found.sort((a, b) => a.from - b.from);
  });
}

/** Whether a text may name one of the things: a range and a pattern may name anything. */
function filterFor({ entities, classes }: Meant): (text: string) => boolean {
  const names = [...entities.map(({ name }) => name), ...classes.flatMap((declaration) => declaration.names)];
  if (names.length > 4 || names.some((name) => name.includes('"'))) return () => true;
  return (text) => text.includes('[') || text.includes('*') || names.some((name) => text.includes(name));
}
