import * as lsp from 'vscode-languageserver';
import type { Span } from '../../base/span.ts';
import { organizeImports } from '../../ide/code-actions/organize-imports.ts';
import { type CodeAction, codeActions, fixAll, plannedEdits } from '../../ide/code-actions.ts';
import { type RefactoringAction, refactoringDraft, refactorings } from '../../ide/refactor.ts';
import type { Workspace } from '../../ide/workspace.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { ClientFeatures } from '../client.ts';
import type { Asked, Feature, Service } from '../feature.ts';
import { toDiagnostic, toSnippetEdit, toWorkspaceEdit } from '../to-lsp.ts';

const FIX_ALL = 'source.fixAll.vdc';
const { QuickFix, SourceOrganizeImports, RefactorExtract, RefactorInline, RefactorRewrite } = lsp.CodeActionKind;
const RefactorMove = 'refactor.move';

export const codeActionsFeature: Feature = {
  methods: ['textDocument/codeAction', 'codeAction/resolve'],
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [
        QuickFix,
        FIX_ALL,
        SourceOrganizeImports,
        RefactorExtract,
        RefactorInline,
        RefactorRewrite,
        RefactorMove,
      ],
      resolveProvider: true,
    },
  },
  register: (service) => {
    service.connection.onCodeAction(service.onDocument(codeActionsFor, []));
    service.connection.onCodeActionResolve((action) => resolved(service, action));
  },
};

/**
 * Editors ask by themselves wherever the cursor goes, to show that something can be done: plans wait until one is
 * chosen, and what could be written in another way is not pointed out to who has selected nothing.
 */
function codeActionsFor(asked: Asked, { range, context }: lsp.CodeActionParams): lsp.CodeAction[] {
  const { workspace, uri, file, client } = asked;
  const span = asked.span(range);
  const isAutomatic = context.triggerKind === lsp.CodeActionTriggerKind.Automatic;
  const wants = (kind: string) => !context.only || context.only.some((only) => `${kind}.`.startsWith(`${only}.`));
  const found: lsp.CodeAction[] = [];
  if (wants(QuickFix)) {
    const fixes = codeActions(workspace, uri, span, client.resolvesEdits && isAutomatic);
    found.push(...fixes.map((action) => toCodeAction(workspace, file, action, client)));
  }
  if (!isAutomatic || span.to > span.from || context.only?.some((only) => `${only}.`.startsWith('refactor.'))) {
    const wish = { wants, createsFiles: client.createsFiles, mayDefer: client.resolvesEdits };
    for (const action of refactorings(workspace, uri, span, wish))
      found.push(toRefactoring(workspace, uri, span, action));
  }
  if (!context.only) return found;
  const all = wants(FIX_ALL) ? fixAll(workspace, uri) : undefined;
  if (all) found.push(toCodeAction(workspace, file, all, client));
  const imports = wants(SourceOrganizeImports) ? organizeImports(workspace, uri) : [];
  if (imports.length > 0)
    found.push({
      title: 'Organize imports',
      kind: SourceOrganizeImports,
      edit: toWorkspaceEdit(workspace, imports),
    });
  return found;
}

/** What a code action carries until it is chosen. */
type Deferred =
  | { readonly uri: string; readonly plan: string }
  | { readonly uri: string; readonly span: Span; readonly refactoring: Pick<RefactoringAction, 'kind' | 'title'> };

function resolved({ connection, workspace }: Service, action: lsp.CodeAction): lsp.CodeAction {
  const deferred = action.data as Deferred | undefined;
  if (!deferred || action.edit) return action;
  if ('plan' in deferred) {
    const made = plannedEdits(workspace, deferred.uri, deferred.plan);
    if ('edits' in made) return { ...action, edit: toWorkspaceEdit(workspace, made.edits) };
    connection.window.showInformationMessage(`No move helps: ${made.reason}.`);
    return action;
  }
  const { uri, span, refactoring } = deferred;
  const made = refactoringDraft(workspace, uri, span, refactoring);
  if ('edits' in made) return { ...action, edit: toWorkspaceEdit(workspace, made.edits, made.creates) };
  connection.window.showInformationMessage(`Nothing was changed: ${made.reason}.`);
  return action;
}

function toRefactoring(
  workspace: Workspace,
  uri: string,
  span: Span,
  { kind, title, draft }: RefactoringAction,
): lsp.CodeAction {
  return draft
    ? { title, kind, edit: toWorkspaceEdit(workspace, draft.edits, draft.creates) }
    : { title, kind, data: { uri, span, refactoring: { kind, title } } satisfies Deferred };
}

function toCodeAction(
  workspace: Workspace,
  file: ParsedFile,
  action: CodeAction,
  { rulePages, editsSnippets }: ClientFeatures,
): lsp.CodeAction {
  const { title, kind, diagnostics, edits, isPreferred, plan, fillIn } = action;
  const planUri = diagnostics[0]?.uri;
  const edit = () =>
    fillIn !== undefined && editsSnippets ? toSnippetEdit(workspace, edits, fillIn) : toWorkspaceEdit(workspace, edits);
  return {
    title,
    kind,
    diagnostics: diagnostics.map((diagnostic) => toDiagnostic(workspace, file, diagnostic, rulePages)),
    ...(plan !== undefined && planUri !== undefined
      ? { data: { uri: planUri, plan } satisfies Deferred }
      : { edit: edit() }),
    ...(isPreferred ? { isPreferred } : {}),
  };
}
