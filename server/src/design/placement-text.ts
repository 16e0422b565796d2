import type { TextEdit } from '../base/span.ts';
import { listStatements } from '../language/make/print.ts';
import { type NewName, type NewToken, nameArgs } from '../language/make.ts';
import { fileText } from '../language/syntax/file.ts';
import { Declaration, type Entity, type Located } from './declaration.ts';
import type { FileEdit } from './edits.ts';
import { locate } from './place.ts';
import type { Viewpoint } from './resolve.ts';
import { editList, nameText, roomIn, runsText } from './runs-list.ts';
import {
  insertAfter,
  insertInto,
  isAloneOnLine,
  joinStatements,
  lineLength,
  removeStatements,
  type StatementSpan,
  statementSpan,
} from './statement-edits.ts';

/** What becomes of a `runs` statement. */
export interface Change {
  readonly located: Located;
  readonly owner: Declaration;
  /** Keys of the names that leave it. */
  readonly removed: Set<string>;
  readonly leaving: Map<string, { readonly vm: Entity; readonly to: Entity }>;
  readonly added: NewName[];
  /** The host that all of its VMs run on from now on. */
  on: NewName | undefined;
}

/** A new `runs` statement: in the block that it names as `behind`, or behind that block or statement. */
export interface Addition {
  readonly owner: Declaration;
  readonly isInside: boolean;
  readonly behind: Located | Declaration;
  readonly on: NewName | undefined;
  readonly names: readonly NewName[];
}

/** Where names in a statement of this block are looked up from. */
export function viewpointOf(owner: Declaration): Viewpoint {
  const entity = owner.kind === 'host' || owner.kind === 'cluster' ? owner.entities[0] : undefined;
  return { entity, declaration: owner };
}

interface Insertion {
  readonly isInside: boolean;
  readonly at: StatementSpan;
  readonly statements: string[];
}

/** The work on one file. */
interface Draft {
  readonly text: string;
  readonly edits: TextEdit[];
  /** Statements that nothing is left of. */
  readonly gone: StatementSpan[];
  readonly insertions: Map<string, Insertion>;
}

/** All changes as edits; undefined where a block is not closed. */
export function writeChanges(
  changes: readonly Change[],
  additions: readonly Addition[],
): readonly FileEdit[] | undefined {
  const drafts = new Map<string, Draft>();
  for (const change of changes) writeChange(change, draftOf(change.located, drafts));
  for (const addition of additions) {
    const located = addition.behind instanceof Declaration ? addition.behind.head() : addition.behind;
    const at = located && statementSpan(located);
    if (!at) return undefined;
    insert(draftOf(located, drafts), addition.isInside, at, addition.names, addition.on);
  }
  const edits: FileEdit[] = [];
  for (const [uri, draft] of drafts) {
    const own = finish(draft);
    if (!own) return undefined;
    for (const edit of own) edits.push({ uri, ...edit });
  }
  return edits;
}

function draftOf(located: Located, drafts: Map<string, Draft>): Draft {
  const { file } = located.place;
  const known = drafts.get(file.uri);
  if (known) return known;
  const draft: Draft = { text: fileText(file.parsed), edits: [], gone: [], insertions: new Map() };
  drafts.set(file.uri, draft);
  return draft;
}

function writeChange(change: Change, draft: Draft): void {
  const { located, removed, added, on } = change;
  const span = statementSpan(located);
  const start = locate(located.place)?.from;
  if (!span || start === undefined) return;
  const replace = (from: number, to: number, text: string) =>
    draft.edits.push(...trimmed(draft.text, { from: start + from, to: start + to, text }));
  const target = located.sentence.clauses.get('on')?.value;
  if (on && target) replace(target.from, target.to, nameText(on));
  if (removed.size === 0 && added.length === 0) return;
  const room = isAloneOnLine(draft.text, span) ? roomIn(lineLength(draft.text, span.from)) : Number.POSITIVE_INFINITY;
  const list = editList(located, removed, added, room);
  if (!list) {
    draft.gone.push(span);
    return;
  }
  replace(list.from, list.to, list.text);
  if (list.overflow.length === 0) return;
  const name = target && draft.text.slice(start + target.from, start + target.to);
  insert(draft, false, span, list.overflow, name);
}

/** What differs, without the ends that are equal. */
function trimmed(text: string, edit: TextEdit): TextEdit[] {
  let { from, to } = edit;
  let start = 0;
  let end = edit.text.length;
  while (from < to && start < end && text[from] === edit.text[start]) {
    from++;
    start++;
  }
  while (to > from && end > start && text[to - 1] === edit.text[end - 1]) {
    to--;
    end--;
  }
  return from === to && start === end ? [] : [{ from, to, text: edit.text.slice(start, end) }];
}

function insert(
  draft: Draft,
  isInside: boolean,
  at: StatementSpan,
  names: readonly NewName[],
  on: NewName | string | undefined,
): void {
  const key = `${isInside} ${at.from} ${at.to}`;
  const insertion = draft.insertions.get(key) ?? { isInside, at, statements: [] };
  draft.insertions.set(key, insertion);
  const plain = names.filter(({ scope }) => scope === undefined).map(({ text }) => text);
  const items: readonly NewToken[] = [...nameArgs(plain), ...names.filter(({ scope }) => scope !== undefined)];
  const suffix = on === undefined ? '' : ` on ${typeof on === 'string' ? on : nameText(on)}`;
  const depth = Math.ceil(suffix.length / 2) + 2;
  for (const { args } of listStatements('runs', items, depth)) insertion.statements.push(runsText(args ?? []) + suffix);
}

/** Puts new statements in the place of those that nothing is left of, where they belong to the same block. */
function finish(draft: Draft): readonly TextEdit[] | undefined {
  const { text, edits } = draft;
  const gone = new Set(draft.gone);
  for (const { isInside, at, statements } of draft.insertions.values()) {
    const slot = [...gone].find((span) => (isInside ? isWithin(span, at) : span.from === at.from && span.to === at.to));
    if (slot) {
      gone.delete(slot);
      edits.push({ from: slot.from, to: slot.to, text: joinStatements(text, slot, statements) });
      continue;
    }
    const edit = isInside ? insertInto(text, at, statements) : insertAfter(text, at, statements);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return [...edits, ...removeStatements(text, [...gone])].sort((a, b) => a.from - b.from || a.to - b.to);
}

function isWithin(span: StatementSpan, block: StatementSpan): boolean {
  return block.body !== undefined && span.from > block.body.open && span.to <= block.body.close;
}
