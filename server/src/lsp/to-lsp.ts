import * as lsp from 'vscode-languageserver';
import type { Span, TextEdit } from '../base/span.ts';
import type { FileEdit } from '../design/edits.ts';
import type { FileSpan } from '../ide/definition.ts';
import type { Diagnostic } from '../ide/diagnostics.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { positionAt } from '../language/syntax/positions.ts';
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
