import * as lsp from 'vscode-languageserver';
import type { Span, TextEdit } from '../base/span.ts';
import type { FileEdit } from '../design/edits.ts';
import type { Definition, FileSpan } from '../ide/definition.ts';
import type { Diagnostic } from '../ide/diagnostics.ts';
import type { Workspace } from '../ide/workspace.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { positionAt } from '../language/syntax/positions.ts';
import type { WireFileEdits } from '../protocol/requests.ts';
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

/** Blocks that a name of a file leads to; as links where the editor takes those: they say what was asked about, too. */
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

export function toTextEdits(file: ParsedFile, edits: readonly TextEdit[]): lsp.TextEdit[] {
  const lines = linesOf(file);
  return edits.map((edit) => ({ range: lines.range(edit), newText: edit.text }));
}

/**
 * Edits of several files; those of a file that is not known are lost with it. Files in `creates` are new: the editor
 * has to be one that makes files.
 */
export function toWorkspaceEdit(
  workspace: Workspace,
  edits: readonly FileEdit[],
  creates: readonly string[] = [],
): lsp.WorkspaceEdit {
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const edit of edits) {
    const file = workspace.file(edit.uri);
    const isNew = creates.includes(edit.uri);
    if (!file && !isNew) continue;
    const list = changes[edit.uri] ?? [];
    changes[edit.uri] = list;
    list.push({ range: file && !isNew ? toRange(file, edit) : FILE_START, newText: edit.text });
  }
  if (creates.length === 0) return { changes };
  const files = creates.map((uri): lsp.CreateFile => ({ kind: 'create', uri, options: { overwrite: false } }));
  const texts = Object.entries(changes).map(([uri, own]) => ({ textDocument: { uri, version: null }, edits: own }));
  return { documentChanges: [...files, ...texts] };
}

/** The same file by file, as our own requests answer them. */
export function toFileEdits(workspace: Workspace, edits: readonly FileEdit[]): readonly WireFileEdits[] {
  const { changes = {} } = toWorkspaceEdit(workspace, edits);
  return Object.entries(changes).map(([uri, own]) => ({ uri, edits: own }));
}

const FILE_START: lsp.Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The same for an editor that puts the cursor on the text that is to be filled in. */
export function toSnippetEdit(workspace: Workspace, edits: readonly FileEdit[], fillIn: string): lsp.WorkspaceEdit {
  const { changes = {} } = toWorkspaceEdit(workspace, edits);
  const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  const documentChanges = Object.entries(changes).map(([uri, own]) => ({
    textDocument: { uri, version: null },
    edits: own.map(({ range, newText }): lsp.SnippetTextEdit => {
      const [before = '', ...after] = newText.split(fillIn);
      const value = `${escaped(before)}\${1:${escaped(fillIn)}}${escaped(after.join(fillIn))}`;
      return { range, snippet: { kind: 'snippet', value } };
    }),
  }));
  return { documentChanges };
}
