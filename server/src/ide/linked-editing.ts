import type { Span } from '../base/span.ts';
import { type ParsedFile, sliceFile } from '../language/syntax/file.ts';
import { isBareName } from '../language/values/names.ts';
import { meantBy, mentionAt } from './mentions.ts';
import { occurrences } from './references.ts';
import { inFile, spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** More places than this are not typed in at once. */
const MOST_PLACES = 500;

/** What a name may become while it is typed: a plain one, without quotation marks, brackets or a container. */
export const LINKED_WORD = '[^\\s"{}\\[\\];,:@*/]+';

/**
 * The declaration of one thing or class that an offset stands in, and every place that names it, all with the same
 * text, so that typing in the first can change the others. Nothing where some place would be left behind: in another
 * file, in a range or a pattern, behind an `@`, or in another design; Rename takes care of those.
 */
export function linkedRanges(workspace: Workspace, uri: string, offset: number): readonly Span[] {
  const spot = spotAt(workspace, uri, offset);
  const mention = spot && mentionAt(spot, offset);
  const file = workspace.file(uri);
  if (!spot || !file || !mention?.isDeclaration || mention.part.quoted || !isPlain(mention.part.text)) return [];
  const meant = meantBy(mention, spot.owner);
  if (meant.entities.length + meant.classes.length !== 1 || workspace.projectsOf(uri).length > 1) return [];
  const places = occurrences(spot.project, meant, [...spot.project.design.files.keys()]);
  const { text } = mention.part;
  const isAlike = places.every((place) => place.uri === uri && textAt(file, place) === text);
  if (places.length < 2 || places.length > MOST_PLACES || !isAlike || holdsOthers(workspace, uri, text)) return [];
  const own = inFile(spot, mention.part);
  return [own, ...places.filter(({ from }) => from !== own.from).map(({ from, to }) => ({ from, to }))];
}

function isPlain(text: string): boolean {
  return isBareName(text) && !/[[*/]/.test(text);
}

function textAt(file: ParsedFile, { from, to }: Span): string {
  return sliceFile(file, from, to);
}

/** Whether the name is written behind an `@`, where it is the name of a container. */
function holdsOthers(workspace: Workspace, uri: string, text: string): boolean {
  return workspace.affectedBy(uri).some((other) => workspace.text(other)?.includes(`@${text}`));
}
