import * as lsp from 'vscode-languageserver';
import { codeActions, fixAll, plannedEdits } from '../ide/code-actions.ts';
import { completions } from '../ide/completion.ts';
import { definitions } from '../ide/definition.ts';
import { importLinks } from '../ide/document-links.ts';
import { folds } from '../ide/folding.ts';
import { formatting } from '../ide/formatting.ts';
import { hover } from '../ide/hover.ts';
import { highlights, references } from '../ide/references.ts';
import { prepareRename, rename } from '../ide/rename.ts';
import { semanticTokens } from '../ide/semantic-tokens.ts';
import { documentSymbols } from '../ide/symbols.ts';
import { type Asked, onDocumentOf, type Service } from './on-document.ts';
import {
  type DeferredPlan,
  TOKEN_LEGEND,
  toCodeAction,
  toCompletions,
  toDefinitions,
  toFold,
  toHighlight,
  toHover,
  toLink,
  toLocations,
  toRange,
  toSemanticTokens,
  toSymbol,
  toTextEdits,
  toWorkspaceEdit,
} from './to-lsp.ts';

const FIX_ALL = 'source.fixAll.vdc';

/** What the server can do, as it says on `initialize`. */
export const CAPABILITIES: lsp.ServerCapabilities = {
  positionEncoding: lsp.PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
  codeActionProvider: { codeActionKinds: [lsp.CodeActionKind.QuickFix, FIX_ALL], resolveProvider: true },
  completionProvider: { triggerCharacters: [' ', ',', ':', '@'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  documentLinkProvider: {},
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  renameProvider: { prepareProvider: true },
  // Of a large file only what is on screen: each edit would else colour all of it anew.
  semanticTokensProvider: { legend: TOKEN_LEGEND, range: true },
};

/** Answers requests about documents: each by one function. */
export function registerHandlers(service: Service): void {
  const { connection } = service;
  const onDocument = onDocumentOf(service);
  connection.onCodeAction(onDocument(codeActionsFor, []));
  connection.onCodeActionResolve((action) => withPlan(service, action));
  connection.onCompletion(onDocument(completionFor, null));
  connection.onHover(onDocument(hoverFor, null));
  connection.onDefinition(onDocument(definitionFor, []));
  connection.onReferences(onDocument(referencesFor, []));
  connection.onDocumentHighlight(onDocument(highlightsFor, []));
  connection.onDocumentSymbol(onDocument(({ file }) => documentSymbols(file).map((one) => toSymbol(file, one)), []));
  connection.onDocumentLinks(onDocument(linksFor, []));
  connection.onFoldingRanges(onDocument(({ file }) => folds(file).flatMap((fold) => toFold(file, fold)), []));
  connection.onDocumentFormatting(onDocument(({ file }) => toTextEdits(file, formatting(file)), []));
  connection.onDocumentRangeFormatting(onDocument(rangeFormattingFor, []));
  connection.onPrepareRename(onDocument(prepareRenameFor, null));
  connection.onRenameRequest(onDocument(renameFor, null));
  connection.languages.semanticTokens.onRange(onDocument(semanticTokensFor, { data: [] }));
}

/** Editors ask by themselves wherever the cursor goes, to show that something can be done: plans wait until it is chosen. */
function codeActionsFor({ workspace, uri, file, span, client }: Asked, { range, context }: lsp.CodeActionParams) {
  const defersPlans = client.resolvesEdits && context.triggerKind === lsp.CodeActionTriggerKind.Automatic;
  const wants = (kind: string) => !context.only || context.only.some((only) => `${kind}.`.startsWith(`${only}.`));
  const found = wants(lsp.CodeActionKind.QuickFix) ? codeActions(workspace, uri, span(range), defersPlans) : [];
  const all = context.only && wants(FIX_ALL) ? fixAll(workspace, uri) : undefined;
  return [...found, ...(all ? [all] : [])].map((action) => toCodeAction(workspace, file, action, client.rulePages));
}

function withPlan({ connection, workspace }: Service, action: lsp.CodeAction): lsp.CodeAction {
  const deferred = action.data as DeferredPlan | undefined;
  if (!deferred || action.edit) return action;
  const made = plannedEdits(workspace, deferred.uri, deferred.plan);
  if ('edits' in made) return { ...action, edit: toWorkspaceEdit(workspace, made.edits) };
  connection.window.showInformationMessage(`No move helps: ${made.reason}.`);
  return action;
}

/** A blank asks for values; at the start of a line it is only indentation. */
function completionFor({ workspace, uri, file, client, offset }: Asked, params: lsp.CompletionParams) {
  const at = offset(params.position);
  const found = completions(workspace, uri, at);
  const isTyped = params.context?.triggerKind === lsp.CompletionTriggerKind.TriggerCharacter;
  return found && !(isTyped && found.isStatement) ? toCompletions(file, found, at, client) : null;
}

function hoverFor({ workspace, uri, file, offset }: Asked, { position }: lsp.HoverParams) {
  return toHover(file, hover(workspace, uri, offset(position)));
}

function definitionFor({ workspace, uri, file, client, offset }: Asked, { position }: lsp.DefinitionParams) {
  return toDefinitions(workspace, file, definitions(workspace, uri, offset(position)), client.hasDefinitionLinks);
}

function referencesFor({ workspace, uri, offset }: Asked, { position, context }: lsp.ReferenceParams) {
  const found = references(workspace, uri, offset(position));
  return toLocations(
    workspace,
    found.filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration),
  );
}

function highlightsFor({ workspace, uri, file, offset }: Asked, { position }: lsp.DocumentHighlightParams) {
  return highlights(workspace, uri, offset(position)).map((one) => toHighlight(file, one));
}

function linksFor({ workspace, uri, file }: Asked) {
  return importLinks(workspace, uri).map((link) => toLink(file, link));
}

function rangeFormattingFor({ file, span }: Asked, { range }: lsp.DocumentRangeFormattingParams) {
  return toTextEdits(file, formatting(file, span(range)));
}

function prepareRenameFor({ workspace, uri, file, offset }: Asked, { position }: lsp.PrepareRenameParams) {
  const found = prepareRename(workspace, uri, offset(position));
  return 'refused' in found ? refusal(found.refused) : { range: toRange(file, found), placeholder: found.text };
}

function renameFor({ workspace, uri, offset }: Asked, { position, newName }: lsp.RenameParams) {
  const edits = rename(workspace, uri, offset(position), newName);
  return 'refused' in edits ? refusal(edits.refused) : toWorkspaceEdit(workspace, edits);
}

/** Shown to the user as it is. */
function refusal(reason: string): lsp.ResponseError {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, reason);
}

function semanticTokensFor({ workspace, uri, file, span }: Asked, { range }: lsp.SemanticTokensRangeParams) {
  return toSemanticTokens(file, semanticTokens(workspace, uri, span(range)));
}
