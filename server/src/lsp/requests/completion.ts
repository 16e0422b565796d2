import * as lsp from 'vscode-languageserver';
import type { Completion, CompletionKind } from '../../ide/completion/item.ts';
import { type Completions, completions } from '../../ide/completion.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { ClientFeatures } from '../client.ts';
import type { Asked, Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

export const completionFeature: Feature = {
  methods: ['textDocument/completion'],
  capabilities: { completionProvider: { triggerCharacters: [' ', ',', ':', '@', '.'] } },
  register: ({ connection, onDocument }) => connection.onCompletion(onDocument(completionFor, null)),
};

/** A blank asks for values; at the start of a line it is only indentation. */
function completionFor({ workspace, uri, file, client, offset }: Asked, params: lsp.CompletionParams) {
  const at = offset(params.position);
  const found = completions(workspace, uri, at);
  const isTyped = params.context?.triggerKind === lsp.CompletionTriggerKind.TriggerCharacter;
  return found && !(isTyped && found.isStatement) ? toCompletions(file, found, at, client) : null;
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

function toCompletions(
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
