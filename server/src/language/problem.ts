import type { Span, TextEdit } from '../base/span.ts';

/** What kind of mistake a language problem is; it is also the stable code that editors show. */
export type ProblemCode =
  | 'syntax'
  | 'brace-unbalanced'
  | 'word-unknown'
  | 'word-misplaced'
  | 'word-repeated'
  | 'value-malformed'
  | 'value-missing'
  | 'value-surplus'
  | 'unit-missing'
  | 'unit-wrong'
  | 'name-unresolved'
  | 'name-ambiguous'
  | 'name-duplicate'
  | 'name-case'
  | 'class-conflict'
  | 'class-cycle'
  | 'amend-conflict'
  | 'count-mismatch'
  | 'placement-duplicate'
  | 'placement-unclear'
  | 'import-unreadable'
  | 'import-cycle'
  | 'import-unused'
  | 'class-unused'
  | 'ignore-without-reason'
  | 'ignore-unused'
  | 'ignore-expired';

/** A remedy that can be written as text; offsets count like those of the problem it belongs to. */
export interface ProblemFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A mistake in the text, with offsets relative to the piece of the file it was found in. */
export interface Problem extends Span {
  readonly code: ProblemCode;
  readonly message: string;
  readonly severity?: 'error' | 'warning' | 'info' | 'hint';
  readonly fixes?: readonly ProblemFix[];
  /** What is named and declared nowhere. */
  readonly undeclared?: Undeclared;
}

/** A name that nothing has, as it is written, and the kinds of thing that it may be of; `class vm` for a class. */
export interface Undeclared {
  readonly text: string;
  readonly kinds: readonly string[];
}
