import * as lsp from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { Diagnostic } from '../ide/diagnostics.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { positionAt } from '../language/syntax/positions.ts';

/** Where the page of a rule is found. */
export const RULE_PAGES = 'https://github.com/vdc-designer/vdc-designer/blob/main/docs/rules/';

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

export function toDiagnostic(workspace: Workspace, file: ParsedFile, diagnostic: Diagnostic): lsp.Diagnostic {
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
    ...(diagnostic.finding ? { codeDescription: { href: `${RULE_PAGES}${diagnostic.code}.md` } } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(diagnostic.tags.length > 0 ? { tags: diagnostic.tags.map((tag) => TAGS[tag]) } : {}),
  };
}
