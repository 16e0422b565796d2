import type { Span } from '../../base/span.ts';
import type { FileEdit } from '../../design/edits.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Project, Workspace } from '../workspace.ts';
import type { Block } from './blocks.ts';

/** Kinds of the Language Server Protocol; editors group and filter by them. */
export type RefactoringKind = 'refactor.extract' | 'refactor.inline' | 'refactor.rewrite' | 'refactor.move';

/** A change of the text that leaves the meaning of the design as it is. */
export interface Refactoring {
  readonly kind: RefactoringKind;
  /** What it could do at a selection. Reads no more than what is near: it is asked wherever the cursor stops. */
  offers(at: Selection): readonly Offer[];
}

export interface Offer {
  /** Also tells the offers at one selection apart. */
  readonly title: string;
  /** Its edits may be many, or a whole file has to be looked through for them. */
  readonly isWide?: boolean;
  /** The edits, or undefined if on a closer look it does not apply. */
  readonly draft: () => Draft | undefined;
}

export interface Draft {
  readonly edits: readonly FileEdit[];
  /** Files that are new; their edits insert at the start of nothing. */
  readonly creates?: readonly string[];
}

/** Where a refactoring is asked for. */
export interface Selection {
  readonly workspace: Workspace;
  readonly project: Project;
  readonly uri: string;
  readonly file: ParsedFile;
  /** The selected text; empty for a cursor. */
  readonly span: Span;
  /** Blocks of one level that the selection touches: for a cursor the innermost one that it stands in. */
  readonly blocks: readonly Block[];
}
