import type { TextEdit } from '../../base/span.ts';
import type { Declaration } from '../../design/declaration.ts';
import type { Design, Import } from '../../design/design.ts';
import type { FileEdit } from '../../design/edits.ts';
import { isAloneOnLine, removeStatements, type StatementSpan, statementSpan } from '../../design/statement-edits.ts';
import { fileText } from '../../language/syntax/file.ts';
import { keepsMeaning } from '../proof.ts';
import { occurrences } from '../references.ts';
import type { Project, Workspace } from '../workspace.ts';

/** An import with the place of its statement. */
interface Line extends Import {
  readonly at: StatementSpan;
}

/**
 * Edits that sort the imports of a file by their path, group by group (an empty line or a comment ends a group), and
 * drop those that are there twice or that nothing would be different without. Empty where there is nothing to do.
 */
export function organizeImports(workspace: Workspace, uri: string): readonly FileEdit[] {
  const file = workspace.file(uri);
  const project = workspace.projectOf(uri);
  if (!file || !project || file.mode !== 'braces') return [];
  const text = fileText(file);
  const lines = importsIn(project, uri);
  const dropped = new Set(lines.filter((line, order) => isRepeated(line, lines.slice(0, order))));
  const unused: Line[] = [];
  for (const line of lines) if (!dropped.has(line) && isWithoutEffect(workspace, line, unused)) unused.push(line);
  for (const line of unused) dropped.add(line);
  const kept = lines.filter((line) => !dropped.has(line));
  const edits = [
    ...removeStatements(
      text,
      [...dropped].map(({ at }) => at),
    ),
    ...groupsOf(text, lines).flatMap((group) =>
      sorted(
        text,
        group.filter((line) => kept.includes(line)),
      ),
    ),
  ].map((edit) => ({ uri, ...edit }));
  return edits.length > 0 && keepsMeaning(workspace, edits) ? edits : [];
}

function importsIn({ design }: Project, uri: string): readonly Line[] {
  const found = design.imports().flatMap((statement): readonly Line[] => {
    const head = statement.declaration.uri === uri ? statement.declaration.head() : undefined;
    const at = head && statementSpan(head);
    return at ? [{ ...statement, at }] : [];
  });
  return found.sort((a, b) => a.at.from - b.at.from);
}

function isRepeated(line: Line, earlier: readonly Line[]): boolean {
  return earlier.some(({ uri, path, scope }) => (uri ?? path) === (line.uri ?? line.path) && scope === line.scope);
}

/**
 * Whether a design is the same without an import, and without others that go: the files that are then out of reach hold
 * nothing but classes, and nobody else uses those. Whatever else a file says counts for something: its VMs cost money,
 * its policies hold.
 */
function isWithoutEffect(workspace: Workspace, line: Line, others: readonly Line[]): boolean {
  const { uri } = line.declaration;
  if (!line.isRead) return false;
  const gone = new Set([line, ...others].map((other) => other.uri));
  return workspace.projectsOf(uri).every((project) => {
    const { design } = project;
    const left = reachedWithout(design, uri, gone);
    const classes = [...design.files.keys()].filter((own) => !left.has(own)).map((own) => classesAlone(design, own));
    if (!classes.every((list) => list !== undefined)) return false;
    return occurrences(project, { entities: [], classes: classes.flat() }, [...left]).length === 0;
  });
}

/** Files of a design that are reached if one of them does not import some. */
function reachedWithout(design: Design, uri: string, gone: ReadonlySet<string | undefined>): ReadonlySet<string> {
  const reached = new Set([design.root]);
  for (const from of reached) {
    for (const other of design.imports()) {
      if (other.declaration.uri !== from || !other.isRead || other.uri === undefined) continue;
      if (from !== uri || !gone.has(other.uri)) reached.add(other.uri);
    }
  }
  return reached;
}

/** The classes of a file that holds nothing else; undefined if it does. */
function classesAlone(design: Design, uri: string): readonly Declaration[] | undefined {
  const file = design.files.get(uri);
  if (file?.parsed.mode !== 'braces' || file.top.parts.size > 0) return undefined;
  const classes: Declaration[] = [];
  for (const place of file.items.values()) {
    for (const declaration of place.declarations) {
      if (declaration.word === 'class') classes.push(declaration);
      else if (declaration.word !== 'import') return undefined;
    }
  }
  return classes;
}

/** Imports on lines of their own with nothing between. */
function groupsOf(text: string, lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    if (!isAloneOnLine(text, line.at)) continue;
    const group = groups.at(-1);
    const last = group?.at(-1);
    const between = last && text.slice(last.at.to, line.at.from);
    if (group && between !== undefined && /^[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*$/.test(between)) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Each statement in the place of the one that stands where it belongs. */
function sorted(text: string, group: readonly Line[]): readonly TextEdit[] {
  const order = new Intl.Collator('en', { numeric: true });
  const wanted = [...group].sort((a, b) => order.compare(a.path, b.path));
  return group.flatMap(({ at }, index) => {
    const other = wanted[index]?.at;
    if (!other || other === at) return [];
    return [{ from: at.from, to: at.to, text: text.slice(other.from, other.to) }];
  });
}
