import { derive } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import type { Declaration } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { locate } from '../design/place.ts';
import type { FileSpan } from './definition.ts';
import { declaredNames, namesOf } from './mentions.ts';
import type { Workspace } from './workspace.ts';

/** A declaration that a query finds. The span is that of its name. */
export interface WorkspaceSymbol extends FileSpan {
  /** As written, a range as a range; the one member that the query names by its own name. */
  readonly name: string;
  /** Word of the schema that it begins with. */
  readonly word: string;
  /** Names of the blocks that it stands in, outermost first. */
  readonly container: string | undefined;
}

/** At most this many are found: the best come first, and who looks for another one types on. */
export const MOST_FOUND = 256;

/** Blocks that say something about others, or that nobody looks for. */
const UNLISTED = new Set(['amend', 'assume', 'policy', 'import', 'source']);

/**
 * Declarations of all designs whose name has the letters of the query in their order, the best match first. What
 * follows a blank is looked for in the blocks around them. The empty query finds everything, as far as there is room.
 */
export function workspaceSymbols(workspace: Workspace, query: string, most = MOST_FOUND): readonly WorkspaceSymbol[] {
  const [name = '', ...around] = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches: Match[] = [];
  const seen = new Set<string>();
  for (const { design } of workspace.allProjects()) {
    const isNew = (uri: string) => !seen.has(uri);
    collect(design, { name, member: plain(name), around }, isNew, matches);
    for (const uri of design.files.keys()) seen.add(uri);
  }
  matches.sort((a, b) => a.score - b.score || a.name.length - b.name.length || compare(a, b));
  return matches.slice(0, most).flatMap(symbolOf);
}

interface Query {
  readonly name: string;
  readonly member: string;
  readonly around: readonly string[];
}

interface Match {
  /** The less, the better. */
  readonly score: number;
  readonly name: string;
  readonly declaration: Declaration;
  /** Span of the name in the place of its declaration. */
  readonly span: Span | undefined;
}

function compare(a: Match, b: Match): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.declaration.uri < b.declaration.uri ? -1 : 1;
}

function collect(design: Design, query: Query, isNew: (uri: string) => boolean, matches: Match[]): void {
  const visit = (declaration: Declaration): void => {
    if (!UNLISTED.has(declaration.word)) match(declaration, query, matches);
    // What stands in a long block has places of its own.
    for (const child of declaration.children) if (child.place === declaration.place) visit(child);
  };
  for (const group of design.places.groups()) {
    for (const place of group.members())
      if (place.declarations.length > 0 && isNew(place.file.uri)) for (const one of place.declarations) visit(one);
  }
}

/** Names in the head of a block that declares several, as written. One that declares one thing is known by its name. */
const writtenNames = derive(declaredNames);

function match(declaration: Declaration, query: Query, matches: Match[]): void {
  const { names } = declaration;
  const [first] = names;
  if (first === undefined) return;
  if (names.length === 1) {
    const score = scoreOf(first.toLowerCase(), query.name);
    if (score !== undefined && standsIn(declaration, query))
      matches.push({ score, name: first, declaration, span: undefined });
    return;
  }
  if (!standsIn(declaration, query)) return;
  const named = query.name === '' ? undefined : names.find((name) => plain(name.toLowerCase()) === query.member);
  if (named !== undefined) matches.push({ score: 0, name: named, declaration, span: undefined });
  for (const part of writtenNames(declaration)) {
    if (part.text === named) continue;
    const score = scoreOf(part.text.toLowerCase(), query.name);
    if (score !== undefined)
      matches.push({ score, name: part.text, declaration, span: { from: part.from, to: part.to } });
  }
}

/** A name without what people leave out when they type it: `web17` is `web-017`. */
function plain(name: string): string {
  return name.replace(/(^|\D)0+(?=\d)/g, '$1').replace(/[^\p{L}\p{N}]/gu, '');
}

function standsIn({ parent }: Declaration, { around }: Query): boolean {
  if (around.length === 0) return true;
  const outer: string[] = [];
  for (let at = parent; at; at = at.parent) outer.push(...at.names.map((name) => name.toLowerCase()));
  return around.every((word) => outer.some((name) => scoreOf(name, word) !== undefined));
}

/** How well a name matches: the whole, its beginning, a part of it from its beginning on, any part, letters in order. */
function scoreOf(name: string, query: string): number | undefined {
  if (query === '') return 0;
  const at = name.indexOf(query);
  if (at === 0) return name.length === query.length ? 0 : 1;
  if (at > 0) return /[\p{L}\p{N}]/u.test(name[at - 1] ?? '') ? 3 : 2;
  let from = 0;
  for (const letter of query) {
    const next = name.indexOf(letter, from);
    if (next < 0) return undefined;
    from = next + letter.length;
  }
  return 4;
}

function symbolOf({ name, declaration, span }: Match): WorkspaceSymbol[] {
  const { place, uri, word } = declaration;
  const position = place && locate(place);
  const own = span ?? spanOfName(declaration, name);
  if (!position || !own) return [];
  const container = containerOf(declaration);
  return [{ name, word, uri, container, from: own.from + position.from, to: own.to + position.from }];
}

function spanOfName(declaration: Declaration, name: string): Span | undefined {
  const parts = writtenNames(declaration);
  return (
    parts.find((part) => part.text === name || namesOf(part).has(name)) ??
    parts[0] ??
    declaration.head()?.sentence.wordSpan
  );
}

/** Names of the blocks around a declaration: `prod`, `seattle / vmax`. */
export function containerOf({ parent }: Declaration): string | undefined {
  const names: string[] = [];
  for (let at = parent; at && at.word !== 'file'; at = at.parent) names.unshift(writtenName(at));
  return names.length > 0 ? names.join(' / ') : undefined;
}

/** What a block declares, as written; its word if it has no name. */
export function writtenName(declaration: Declaration): string {
  const { names, word } = declaration;
  if (names.length === 1) return names[0] ?? word;
  const parts = writtenNames(declaration);
  return parts.length > 0 ? parts.map(({ text }) => text).join(', ') : word;
}
