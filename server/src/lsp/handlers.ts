import * as lsp from 'vscode-languageserver';
import { codeActions, fixAll } from '../ide/code-actions.ts';
import { definitions } from '../ide/definition.ts';
import { folds } from '../ide/folding.ts';
import { formatting } from '../ide/formatting.ts';
import { hover } from '../ide/hover.ts';
import { highlights, references } from '../ide/references.ts';
import { documentSymbols } from '../ide/symbols.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Documents } from './documents.ts';
import { fromPosition, fromRange } from './from-lsp.ts';
import {
  toCodeAction,
  toDefinitionLinks,
  toFold,
  toHover,
  toLocations,
  toRange,
  toSymbol,
  toTextEdits,
} from './to-lsp.ts';

/** A file that a request asks about. */
interface Asked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly file: ParsedFile;
}

interface DocumentParams {
  readonly textDocument: lsp.TextDocumentIdentifier;
}

const FIX_ALL = 'source.fixAll.vdc';

/** What the server can do, as it says on `initialize`. */
export const CAPABILITIES: lsp.ServerCapabilities = {
  positionEncoding: lsp.PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
  codeActionProvider: { codeActionKinds: [lsp.CodeActionKind.QuickFix, FIX_ALL] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
};

/** Answers requests: one line each. */
export function registerHandlers(connection: lsp.Connection, documents: Documents): void {
  const onDocument = onDocumentOf(connection, documents.workspace);

  connection.onCodeAction(onDocument(codeActionsFor, []));
  connection.onHover(
    onDocument(({ workspace, uri, file }, { position }: lsp.HoverParams) => {
      return toHover(file, hover(workspace, uri, fromPosition(file, position)));
    }, null),
  );
  connection.onDefinition(
    onDocument(({ workspace, uri, file }, { position }: lsp.DefinitionParams) => {
      return toDefinitionLinks(workspace, definitions(workspace, uri, fromPosition(file, position)), file);
    }, []),
  );
  connection.onReferences(
    onDocument(({ workspace, uri, file }, { position, context }: lsp.ReferenceParams) => {
      const found = references(workspace, uri, fromPosition(file, position));
      return toLocations(
        workspace,
        found.filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration),
      );
    }, []),
  );
  connection.onDocumentHighlight(
    onDocument(({ workspace, uri, file }, { position }: lsp.DocumentHighlightParams) => {
      return highlights(workspace, uri, fromPosition(file, position)).map((span) => ({
        range: toRange(file, span),
        kind: span.isDeclaration ? lsp.DocumentHighlightKind.Write : lsp.DocumentHighlightKind.Read,
      }));
    }, []),
  );
  connection.onDocumentSymbol(
    onDocument(({ file }) => documentSymbols(file).map((symbol) => toSymbol(file, symbol)), []),
  );
  connection.onFoldingRanges(onDocument(({ file }) => folds(file).flatMap((fold) => toFold(file, fold)), []));
  connection.onDocumentFormatting(onDocument(({ file }) => toTextEdits(file, formatting(file)), []));
  connection.onDocumentRangeFormatting(
    onDocument(({ file }, { range }: lsp.DocumentRangeFormattingParams) => {
      return toTextEdits(file, formatting(file, fromRange(file, range)));
    }, []),
  );
}

function codeActionsFor({ workspace, uri, file }: Asked, { range, context }: lsp.CodeActionParams): lsp.CodeAction[] {
  const wants = (kind: string) => !context.only || context.only.some((only) => `${kind}.`.startsWith(`${only}.`));
  const found = wants(lsp.CodeActionKind.QuickFix) ? codeActions(workspace, uri, fromRange(file, range)) : [];
  const all = context.only && wants(FIX_ALL) ? fixAll(workspace, uri) : undefined;
  return [...found, ...(all ? [all] : [])].map((action) => toCodeAction(workspace, file, action));
}

/**
 * Makes a handler of a function of the document. It looks the document up, answers `empty` for one that is not known,
 * and keeps a mistake of ours from the user: it is logged, and the answer is empty. What nobody waits for any more is
 * not computed.
 */
function onDocumentOf(connection: lsp.Connection, workspace: Workspace) {
  return <P extends DocumentParams, R>(handle: (asked: Asked, params: P) => R, empty: R) =>
    (params: P, token: lsp.CancellationToken): R | lsp.ResponseError => {
      if (token.isCancellationRequested)
        return new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, 'the request was cancelled');
      const { uri } = params.textDocument;
      const file = workspace.file(uri);
      if (!file) return empty;
      try {
        return handle({ workspace, uri, file }, params);
      } catch (error) {
        connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return empty;
      }
    };
}
