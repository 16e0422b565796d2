import * as lsp from 'vscode-languageserver';
import { type CodeAction, codeActions, fixAll, plannedEdits } from '../../ide/code-actions.ts';
import type { Workspace } from '../../ide/workspace.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import { type Asked, cancelled, type Feature, type Service } from '../feature.ts';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts';

const FIX_ALL = 'source.fixAll.vdc';

export const codeActionsFeature: Feature = {
  methods: ['textDocument/codeAction', 'codeAction/resolve'],
  capabilities: {
    codeActionProvider: { codeActionKinds: [lsp.CodeActionKind.QuickFix, FIX_ALL], resolveProvider: true },
  },
  register: (service) => {
    service.connection.onCodeAction(service.onDocument(codeActionsFor, []));
    service.connection.onCodeActionResolve((action, token) => withPlan(service, action, token));
  },
};

/** Editors ask by themselves wherever the cursor goes, to show that something can be done: plans wait until it is chosen. */
function codeActionsFor({ workspace, uri, file, span, client }: Asked, { range, context }: lsp.CodeActionParams) {
  const defersPlans = client.resolvesEdits && context.triggerKind === lsp.CodeActionTriggerKind.Automatic;
  const wants = (kind: string) => !context.only || context.only.some((only) => `${kind}.`.startsWith(`${only}.`));
  const found = wants(lsp.CodeActionKind.QuickFix) ? codeActions(workspace, uri, span(range), defersPlans) : [];
  const all = context.only && wants(FIX_ALL) ? fixAll(workspace, uri) : undefined;
  return [...found, ...(all ? [all] : [])].map((action) => toCodeAction(workspace, file, action, client.rulePages));
}

/** A plan may take seconds: whatever else is asked meanwhile goes first. */
async function withPlan(
  { connection, workspace, background }: Service,
  action: lsp.CodeAction,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction> {
  if (token.isCancellationRequested) throw cancelled();
  const deferred = action.data as DeferredPlan | undefined;
  if (!deferred || action.edit) return action;
  const made = await background.run(() => plannedEdits(workspace, deferred.uri, deferred.plan), token);
  if ('edits' in made) return { ...action, edit: toWorkspaceEdit(workspace, made.edits) };
  // A notification, not the library's request: a client need not know how to ask its user something.
  void connection.sendNotification(lsp.ShowMessageNotification.type, {
    type: lsp.MessageType.Info,
    message: `No move helps: ${made.reason}.`,
  });
  return action;
}

/** What a code action carries until it is chosen. */
interface DeferredPlan {
  readonly uri: string;
  readonly plan: string;
}

function toCodeAction(
  workspace: Workspace,
  file: ParsedFile,
  action: CodeAction,
  rulePages: string | undefined,
): lsp.CodeAction {
  const { title, kind, diagnostics, edits, isPreferred, plan } = action;
  const planUri = diagnostics[0]?.uri;
  return {
    title,
    kind,
    diagnostics: diagnostics.map((diagnostic) => toDiagnostic(workspace, file, diagnostic, rulePages)),
    ...(plan !== undefined && planUri !== undefined
      ? { data: { uri: planUri, plan } satisfies DeferredPlan }
      : { edit: toWorkspaceEdit(workspace, edits) }),
    ...(isPreferred ? { isPreferred } : {}),
  };
}
