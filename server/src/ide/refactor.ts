import type { Span } from '../base/span.ts';
import { blocksAt } from './code-actions/blocks.ts';
import { REFACTORINGS } from './code-actions/index.ts';
import type { Draft, Offer, RefactoringKind } from './code-actions/refactoring.ts';
import { keepsMeaning } from './proof.ts';
import type { Workspace } from './workspace.ts';

/** A change of the text that leaves the meaning of the design as it is. */
export interface RefactoringAction {
  readonly kind: RefactoringKind;
  readonly title: string;
  /** Undefined until it is chosen: `refactoringDraft` makes it. */
  readonly draft: Draft | undefined;
}

export interface RefactoringWish {
  /** Kinds that are wanted. */
  readonly wants: (kind: RefactoringKind) => boolean;
  /** The editor can make new files. */
  readonly createsFiles: boolean;
  /** The editor asks for the edits of an action that is chosen: what takes long may wait until then. */
  readonly mayDefer: boolean;
}

/** More edits than this are not tried before an action is offered. */
const MOST_TRIED = 200;

/**
 * What could be written in another way at a selection without another meaning. What is offered with its edits has been
 * tried on the design: it brings no mistake, and finds what was found before.
 */
export function refactorings(
  workspace: Workspace,
  uri: string,
  span: Span,
  { wants, createsFiles, mayDefer }: RefactoringWish,
): readonly RefactoringAction[] {
  return offersAt(workspace, uri, span, wants).flatMap(({ kind, offer }): readonly RefactoringAction[] => {
    const { title } = offer;
    if (mayDefer && offer.isWide) return [{ kind, title, draft: undefined }];
    const draft = offer.draft();
    if (!draft || draft.edits.length === 0 || (draft.creates && !createsFiles)) return [];
    if (mayDefer && draft.edits.length > MOST_TRIED) return [{ kind, title, draft: undefined }];
    return keepsMeaning(workspace, draft.edits) ? [{ kind, title, draft }] : [];
  });
}

/** The edits of an action that was offered without, or why there are none. */
export function refactoringDraft(
  workspace: Workspace,
  uri: string,
  span: Span,
  { kind, title }: Pick<RefactoringAction, 'kind' | 'title'>,
): Draft | { readonly reason: string } {
  const found = offersAt(workspace, uri, span, (other) => other === kind).find(({ offer }) => offer.title === title);
  const draft = found?.offer.draft();
  if (!draft || draft.edits.length === 0) return { reason: 'the text does not allow it' };
  return keepsMeaning(workspace, draft.edits) ? draft : { reason: 'the design would mean something else' };
}

/** While braces do not balance nobody knows what belongs to what, and nothing is offered. */
function offersAt(
  workspace: Workspace,
  uri: string,
  span: Span,
  wants: RefactoringWish['wants'],
): readonly { readonly kind: RefactoringKind; readonly offer: Offer }[] {
  const project = workspace.projectOf(uri);
  const file = workspace.file(uri);
  if (!project || file?.mode !== 'braces') return [];
  const blocks = blocksAt(project, uri, span);
  return REFACTORINGS.filter(({ kind }) => wants(kind)).flatMap((refactoring) =>
    refactoring
      .offers({ workspace, project, uri, file, span, blocks })
      .map((offer) => ({ kind: refactoring.kind, offer })),
  );
}
