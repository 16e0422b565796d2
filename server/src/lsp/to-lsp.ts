import * as lsp from 'vscode-languageserver';
import type { Span, TextEdit } from '../base/span.ts';
import type { FileEdit } from '../design/edits.ts';
import type { CodeAction } from '../ide/code-actions.ts';
import type { Completion, CompletionKind } from '../ide/completion/item.ts';
import type { Completions } from '../ide/completion.ts';
import type { Definition, FileSpan } from '../ide/definition.ts';
import type { Diagnostic } from '../ide/diagnostics.ts';
import type { DocumentLink } from '../ide/document-links.ts';
import type { Fold } from '../ide/folding.ts';
import type { Hover } from '../ide/hover.ts';
import type { Occurrence } from '../ide/references.ts';
import { type SemanticToken, TOKEN_TYPES } from '../ide/semantic-tokens.ts';
import type { DocumentSymbol } from '../ide/symbols.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { positionAt } from '../language/syntax/positions.ts';
import type { ClientFeatures } from './client.ts';
import { linesOf } from './lines.ts';

const SEVERITIES = {
  error: lsp.DiagnosticSeverity.Error,
  warning: lsp.DiagnosticSeverity.Warning,
  info: lsp.DiagnosticSeverity.Information,
  hint: lsp.DiagnosticSeverity.Hint,
} as const;

const TAGS = { unnecessary: lsp.DiagnosticTag.Unnecessary, deprecated: lsp.DiagnosticTag.Deprecated } as const;

export function toRange(file: ParsedFile, span: Span): lsp.Range {
  const start = positionAt(file, span.from);
  const end = span.to === span.from ? start : positionAt(file, span.to);
  return { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } };
}

export function toLocation(workspace: Workspace, uri: string, span: Span): lsp.Location | undefined {
  const file = workspace.file(uri);
  return file && { uri, range: toRange(file, span) };
}

/** `rulePages`: where the editor has the pages of the rules, if it has them. */
export function toDiagnostic(
  workspace: Workspace,
  file: ParsedFile,
  diagnostic: Diagnostic,
  rulePages: string | undefined,
): lsp.Diagnostic {
  const related = diagnostic.related.flatMap(({ uri, from, to, message }) => {
    const location = toLocation(workspace, uri, { from, to });
    return location ? [{ location, message }] : [];
  });
  return {
    range: toRange(file, diagnostic),
    severity: SEVERITIES[diagnostic.severity],
    code: diagnostic.code,
    source: 'vdc',
    message: diagnostic.message,
    ...(diagnostic.finding && rulePages !== undefined
      ? { codeDescription: { href: `${rulePages}/${diagnostic.code}.md` } }
      : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(diagnostic.tags.length > 0 ? { tags: diagnostic.tags.map((tag) => TAGS[tag]) } : {}),
  };
}

export function toLocations(workspace: Workspace, spans: readonly FileSpan[]): lsp.Location[] {
  return spans.flatMap((span) => {
    const file = workspace.file(span.uri);
    return file ? [{ uri: span.uri, range: linesOf(file).range(span) }] : [];
  });
}

/** As links where the editor takes those: they say what was asked about, too. */
export function toDefinitions(
  workspace: Workspace,
  file: ParsedFile,
  found: readonly Definition[],
  hasLinks: boolean,
): lsp.LocationLink[] | lsp.Location[] {
  if (!hasLinks)
    return toLocations(
      workspace,
      found.map(({ uri, name }) => ({ uri, from: name.from, to: name.to })),
    );
  return found.flatMap(({ uri, origin, block, name }) => {
    const target = workspace.file(uri);
    if (!target) return [];
    return [
      {
        originSelectionRange: toRange(file, origin),
        targetUri: uri,
        targetRange: toRange(target, block),
        targetSelectionRange: toRange(target, name),
      },
    ];
  });
}

export function toHighlight(file: ParsedFile, occurrence: Occurrence): lsp.DocumentHighlight {
  const kind = occurrence.isDeclaration ? lsp.DocumentHighlightKind.Write : lsp.DocumentHighlightKind.Read;
  return { range: toRange(file, occurrence), kind };
}

export function toLink(file: ParsedFile, link: DocumentLink): lsp.DocumentLink {
  return { range: toRange(file, link), target: link.target };
}

export function toTextEdits(file: ParsedFile, edits: readonly TextEdit[]): lsp.TextEdit[] {
  const lines = linesOf(file);
  return edits.map((edit) => ({ range: lines.range(edit), newText: edit.text }));
}

/** Edits of several files; those of a file that is not known are lost with it. */
export function toWorkspaceEdit(workspace: Workspace, edits: readonly FileEdit[]): lsp.WorkspaceEdit {
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const edit of edits) {
    const file = workspace.file(edit.uri);
    if (!file) continue;
    const list = changes[edit.uri] ?? [];
    changes[edit.uri] = list;
    list.push({ range: toRange(file, edit), newText: edit.text });
  }
  return { changes };
}

/** What a code action carries until it is chosen. */
export interface DeferredPlan {
  readonly uri: string;
  readonly plan: string;
}

export function toCodeAction(
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

const SYMBOL_KINDS: Readonly<Record<string, lsp.SymbolKind>> = {
  design: lsp.SymbolKind.Package,
  class: lsp.SymbolKind.Class,
  amend: lsp.SymbolKind.Operator,
  assume: lsp.SymbolKind.Variable,
  policy: lsp.SymbolKind.Constant,
  team: lsp.SymbolKind.Enum,
  tool: lsp.SymbolKind.Event,
  site: lsp.SymbolKind.Namespace,
  rack: lsp.SymbolKind.Namespace,
  cluster: lsp.SymbolKind.Module,
  host: lsp.SymbolKind.Struct,
  vm: lsp.SymbolKind.Object,
  app: lsp.SymbolKind.Interface,
  network: lsp.SymbolKind.Field,
  vswitch: lsp.SymbolKind.Property,
  licence: lsp.SymbolKind.Key,
};

export function toSymbol(file: ParsedFile, symbol: DocumentSymbol): lsp.DocumentSymbol {
  const lines = linesOf(file);
  const children = symbol.children.map((child) => toSymbol(file, child));
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: SYMBOL_KINDS[symbol.word] ?? lsp.SymbolKind.Object,
    range: lines.range(symbol),
    selectionRange: lines.range(symbol.selection),
    ...(children.length > 0 ? { children } : {}),
  };
}

const FOLD_KINDS = { block: undefined, comment: lsp.FoldingRangeKind.Comment, imports: lsp.FoldingRangeKind.Imports };

/** A block folds up to the line before its closing brace, which stays. */
export function toFold(file: ParsedFile, { from, to, kind }: Fold): lsp.FoldingRange[] {
  const lines = linesOf(file);
  const startLine = lines.position(from).line;
  const endLine = lines.position(to).line - (kind === 'block' ? 1 : 0);
  const foldKind = FOLD_KINDS[kind];
  return endLine > startLine ? [{ startLine, endLine, ...(foldKind ? { kind: foldKind } : {}) }] : [];
}

export function toHover(file: ParsedFile, hover: Hover | undefined): lsp.Hover | null {
  if (!hover) return null;
  return { range: toRange(file, hover), contents: { kind: lsp.MarkupKind.Markdown, value: hover.markdown } };
}

const COMPLETION_KINDS: Readonly<Record<CompletionKind, lsp.CompletionItemKind>> = {
  block: lsp.CompletionItemKind.Class,
  property: lsp.CompletionItemKind.Property,
  clause: lsp.CompletionItemKind.Field,
  value: lsp.CompletionItemKind.EnumMember,
  unit: lsp.CompletionItemKind.Unit,
  name: lsp.CompletionItemKind.Reference,
  class: lsp.CompletionItemKind.Interface,
  rule: lsp.CompletionItemKind.Constant,
  kind: lsp.CompletionItemKind.Keyword,
  address: lsp.CompletionItemKind.Value,
};

export function toCompletions(
  file: ParsedFile,
  found: Completions,
  offset: number,
  { hasSnippets, hasInsertReplace }: ClientFeatures,
): lsp.CompletionList {
  const insert = toRange(file, { from: found.replaces.from, to: offset });
  const replace = toRange(file, found.replaces);
  const items = found.items.map((item): lsp.CompletionItem => {
    const { snippet } = item;
    const isSnippet = hasSnippets && snippet !== undefined;
    const newText = isSnippet ? snippet : item.insert;
    return {
      label: item.label,
      kind: isSnippet ? lsp.CompletionItemKind.Snippet : COMPLETION_KINDS[item.kind],
      ...(item.detail ? { detail: item.detail } : {}),
      ...(item.documentation ? { documentation: { kind: lsp.MarkupKind.Markdown, value: item.documentation } } : {}),
      sortText: sortText(item),
      ...(item.filter ? { filterText: item.filter } : {}),
      ...(isSnippet ? { insertTextFormat: lsp.InsertTextFormat.Snippet } : {}),
      textEdit: hasInsertReplace ? { newText, insert, replace } : { newText, range: insert },
    };
  });
  return { isIncomplete: found.isIncomplete, items };
}

function sortText({ rank, label }: Completion): string {
  return `${String(Math.round(rank * 1_000)).padStart(7, '0')} ${label}`;
}

export const TOKEN_LEGEND: lsp.SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [lsp.SemanticTokenModifiers.declaration],
};

export function toSemanticTokens(file: ParsedFile, tokens: readonly SemanticToken[]): lsp.SemanticTokens {
  const lines = linesOf(file);
  const builder = new lsp.SemanticTokensBuilder();
  for (const { from, to, type, isDeclaration } of tokens) {
    const { line, character } = lines.position(from);
    builder.push(line, character, to - from, TOKEN_TYPES.indexOf(type), isDeclaration ? 1 : 0);
  }
  return builder.build();
}
