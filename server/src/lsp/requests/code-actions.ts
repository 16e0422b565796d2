import * as lsp from 'vscode-languageserver';
import type { Span } from '../../base/span.ts';
import type { FileEdit } from '../../design/edits.ts';
import { organizeImports } from '../../ide/code-actions/organize-imports.ts';
import { type CodeAction, codeActions, fixAll, type Plans, plansWanted } from '../../ide/code-actions.ts';
import { planOffers } from '../../ide/plans/offers.ts';
import type { PlanWish } from '../../ide/plans/wish.ts';
import { type RefactoringAction, refactoringDraft, refactorings } from '../../ide/refactor.ts';
import type { Workspace } from '../../ide/workspace.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import { previewPlanCommand, type WireWish } from '../../protocol/plans.ts';
import type { ClientFeatures } from '../client.ts';
import { type Asked, cancelled, type Feature, type Service } from '../feature.ts';
import { fromRange } from '../from-lsp.ts';
import { showMessage } from '../messages.ts';
import { askPlanner } from '../planner/progress.ts';
import type { PlanMade } from '../planner/questions.ts';
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
    const answer = (plans: Plans) =>
      service.onDocument((asked, params: lsp.CodeActionParams) => codeActionsFor(asked, params, plans), []);
    service.connection.onCodeAction(async (params, token) =>
      answer(await plansFor(service, params, token))(params, token),
    );
    service.connection.onCodeActionResolve((action, token) => resolved(service, action, token));
  },
};

/** Plans are made while whatever else is asked is answered, so the menu that a person opens may come after a while. */
async function plansFor(
  service: Service,
  { textDocument: { uri }, range, context }: lsp.CodeActionParams,
  token: lsp.CancellationToken,
): Promise<Plans> {
  const { workspace, client } = service;
  if (client().resolvesEdits && isAutomatic(context)) return 'later';
  const span = () => {
    const file = workspace.file(uri);
    return file && fromRange(file, range);
  };
  const asked = token.isCancellationRequested || !wants(context, QuickFix) ? undefined : span();
  const plans = new Map<string, PlanMade>();
  for (const key of asked ? plansWanted(workspace, uri, asked) : []) {
    const params = { uri, wish: { kind: 'mend', key } } as const;
    const { answer } = await askPlanner(service, 'plan', params, { title: TITLE, giveUp: token });
    if (answer.outcome === 'plan') plans.set(key, answer);
  }
  return plans;
}

const TITLE = 'VDC: planning moves';

const isAutomatic = ({ triggerKind }: lsp.CodeActionContext): boolean =>
  triggerKind === lsp.CodeActionTriggerKind.Automatic;

const wants = ({ only }: lsp.CodeActionContext, kind: string): boolean =>
  !only || only.some((one) => `${kind}.`.startsWith(`${one}.`));

/**
 * Editors ask by themselves wherever the cursor goes, to show that something can be done: plans wait until one is
 * chosen, and what could be written in another way is not pointed out to who has selected nothing.
 */
function codeActionsFor(asked: Asked, { range, context }: lsp.CodeActionParams, plans: Plans): lsp.CodeAction[] {
  const { workspace, uri, file, client } = asked;
  const span = asked.span(range);
  const isWanted = (kind: string) => wants(context, kind);
  const found: lsp.CodeAction[] = [];
  if (isWanted(QuickFix)) {
    const fixes = codeActions(workspace, uri, span, plans, client.commands.has(previewPlanCommand));
    found.push(...fixes.map((action) => toCodeAction(workspace, file, action, client)));
  }
  if (
    !isAutomatic(context) ||
    span.to > span.from ||
    context.only?.some((only) => `${only}.`.startsWith('refactor.'))
  ) {
    const wish = { wants: isWanted, createsFiles: client.createsFiles, mayDefer: client.resolvesEdits };
    for (const action of refactorings(workspace, uri, span, wish))
      found.push(toRefactoring(workspace, uri, span, action));
  }
  if (isWanted(RefactorMove) && (!isAutomatic(context) || context.only)) found.push(...planActions(asked, span));
  if (!context.only) return found;
  const all = isWanted(FIX_ALL) ? fixAll(workspace, uri) : undefined;
  if (all) found.push(toCodeAction(workspace, file, all, client));
  const imports = isWanted(SourceOrganizeImports) ? organizeImports(workspace, uri) : [];
  if (imports.length > 0)
    found.push({
      title: 'Organize imports',
      kind: SourceOrganizeImports,
      edit: toWorkspaceEdit(workspace, imports),
    });
  return found;
}

/** Plans of moves for the host or the cluster at the cursor: shown first where the editor does that, else made when chosen. */
function planActions({ workspace, uri, client }: Asked, span: Span): lsp.CodeAction[] {
  const isShown = client.commands.has(previewPlanCommand);
  if (!isShown && !client.resolvesEdits) return [];
  return planOffers(workspace, uri, span.from).map(({ title, wish }) => ({
    title: isShown ? `${title}…` : title,
    kind: RefactorMove,
    ...(isShown
      ? { command: lsp.Command.create(title, previewPlanCommand, uri, wish) }
      : { data: { uri, wish } satisfies DeferredWish }),
  }));
}

/** What a code action carries until it is chosen. */
interface DeferredWish {
  readonly uri: string;
  readonly wish: PlanWish;
}

interface DeferredPlan {
  readonly uri: string;
  readonly plan: string;
}

/** The same of a refactoring. */
interface DeferredRefactoring {
  readonly uri: string;
  readonly span: Span;
  readonly refactoring: Pick<RefactoringAction, 'kind' | 'title'>;
}

/** A plan may take seconds: whatever else is asked meanwhile goes first. */
async function resolved(
  service: Service,
  action: lsp.CodeAction,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction> {
  if (token.isCancellationRequested) throw cancelled();
  const { workspace } = service;
  const deferred = action.data as Partial<DeferredPlan & DeferredRefactoring & DeferredWish> | undefined;
  if (deferred?.uri === undefined || action.edit) return action;
  const { uri, plan, span, refactoring, wish } = deferred;
  const sought = wish ?? (plan === undefined ? undefined : ({ kind: 'mend', key: plan } as const));
  if (sought) {
    const edits = await planned(service, uri, sought, token);
    return edits ? { ...action, edit: toWorkspaceEdit(workspace, edits) } : action;
  }
  if (span && refactoring) {
    const made = refactoringDraft(workspace, uri, span, refactoring);
    if ('edits' in made) return { ...action, edit: toWorkspaceEdit(workspace, made.edits, made.creates) };
    showMessage(service.connection, lsp.MessageType.Info, `Nothing was changed: ${made.reason}.`);
  }
  return action;
}

/** The edits of a plan that was chosen. One that was stopped is applied only if that is agreed to. */
async function planned(
  service: Service,
  uri: string,
  wish: WireWish,
  token: lsp.CancellationToken,
): Promise<readonly FileEdit[] | undefined> {
  const { answer } = await askPlanner(service, 'plan', { uri, wish }, { title: TITLE, giveUp: token });
  const { outcome, title, edits, isStopped } = answer;
  if (outcome !== 'plan') {
    const what = wish.kind === 'mend' ? 'No move helps' : 'Nothing is moved';
    showMessage(service.connection, lsp.MessageType.Info, `${what}: ${title.replace(/[.]?$/, '.')}`);
    return undefined;
  }
  if (!isStopped) return edits;
  const apply = { title: 'Apply' };
  const agreed = await service.connection.window.showInformationMessage(`${title}. Apply it?`, apply);
  return agreed?.title === apply.title ? edits : undefined;
}

function toRefactoring(
  workspace: Workspace,
  uri: string,
  span: Span,
  { kind, title, draft }: RefactoringAction,
): lsp.CodeAction {
  return draft
    ? { title, kind, edit: toWorkspaceEdit(workspace, draft.edits, draft.creates) }
    : { title, kind, data: { uri, span, refactoring: { kind, title } } satisfies DeferredRefactoring };
}

function toCodeAction(
  workspace: Workspace,
  file: ParsedFile,
  action: CodeAction,
  { rulePages, editsSnippets }: ClientFeatures,
): lsp.CodeAction {
  const { title, kind, diagnostics, edits, isPreferred, plan, preview, fillIn } = action;
  const planUri = diagnostics[0]?.uri ?? '';
  if (preview !== undefined) {
    const command = lsp.Command.create(title, previewPlanCommand, planUri, { kind: 'mend', key: preview });
    return {
      title,
      kind,
      command,
      diagnostics: diagnostics.map((one) => toDiagnostic(workspace, file, one, rulePages)),
    };
  }
  const edit = () =>
    fillIn !== undefined && editsSnippets ? toSnippetEdit(workspace, edits, fillIn) : toWorkspaceEdit(workspace, edits);
  return {
    title,
    kind,
    diagnostics: diagnostics.map((diagnostic) => toDiagnostic(workspace, file, diagnostic, rulePages)),
    ...(plan !== undefined ? { data: { uri: planUri, plan } satisfies DeferredPlan } : { edit: edit() }),
    ...(isPreferred ? { isPreferred } : {}),
  };
}
