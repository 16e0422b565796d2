/** Requests of the protocol: what they are asked, and what their answers must hold. */
import assert from 'node:assert/strict';
import type {
  CodeAction,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Range,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { DESIGN, type Proof, proof, type Sample } from './proof.ts';

const options = { tabSize: 2, insertSpaces: true };

const quickFixes = ({ textDocument, range }: Sample, needle: string, triggerKind: 1 | 2) => ({
  textDocument,
  range: range(needle),
  context: { diagnostics: [], only: ['quickfix'], triggerKind },
});

const lines = (found: readonly { readonly range: Range }[]) => found.map(({ range }) => range.start.line);

export const LANGUAGE: readonly Proof[] = [
  proof<Hover>(
    'textDocument/hover',
    ({ at }) => at('esx-01'),
    ({ contents }) => assert.match(JSON.stringify(contents), /host esx-01/),
  ),
  proof<CompletionList>(
    'textDocument/completion',
    ({ at }) => at('server\n  host'),
    ({ items }) =>
      assert.deepEqual(
        items.map(({ label }) => label),
        ['server'],
      ),
  ),
  proof<Location[]>(
    'textDocument/definition',
    ({ at }) => at('dl380'),
    (found) =>
      assert.deepEqual(
        found.map(({ uri, range }) => [uri.endsWith('/hardware.vdc'), range.start]),
        [[true, { line: 0, character: 11 }]],
      ),
  ),
  proof<Location[]>(
    'textDocument/references',
    ({ at }) => ({ ...at('web-[1..2] }'), context: { includeDeclaration: true } }),
    (found) => assert.deepEqual(lines(found), [4, 7]),
  ),
  proof<DocumentHighlight[]>(
    'textDocument/documentHighlight',
    ({ at }) => at('web-[1..2] }'),
    (found) =>
      assert.deepEqual(
        found.map(({ kind }) => kind),
        [2, 3],
      ),
  ),
  proof<DocumentSymbol[]>(
    'textDocument/documentSymbol',
    ({ textDocument }) => ({ textDocument }),
    (symbols) =>
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['server', 'prod', 'web-[1..2]', 'crowd', 'small'],
      ),
  ),
  proof<SelectionRange[]>(
    'textDocument/selectionRange',
    ({ textDocument, at }) => ({ textDocument, positions: [at('dl380').position] }),
    ([first], { range }) => {
      assert.deepEqual(first?.range, range('dl380'));
      assert.deepEqual(first?.parent?.range.end, range('dl380').end);
    },
  ),
  proof<FoldingRange[]>(
    'textDocument/foldingRange',
    ({ textDocument }) => ({ textDocument }),
    ([first]) => assert.deepEqual(first, { startLine: 2, endLine: 5 }),
  ),
  proof<DocumentLink[]>(
    'textDocument/documentLink',
    ({ textDocument }) => ({ textDocument }),
    (links) =>
      assert.deepEqual(
        links.map(({ target }) => target?.endsWith('/hardware.vdc')),
        [true],
      ),
  ),
  proof<TextEdit[]>(
    'textDocument/formatting',
    ({ textDocument }) => ({ textDocument, options }),
    (edits) =>
      assert.deepEqual(
        edits.map(({ newText, range }) => [newText, range.start]),
        [['', { line: 7, character: 21 }]],
      ),
  ),
  proof<TextEdit[]>(
    'textDocument/rangeFormatting',
    ({ textDocument, range }) => ({ textDocument, options, range: range('web-[1..2] { vcpu  4') }),
    (edits) => assert.deepEqual(lines(edits), [7]),
  ),
  proof<{ readonly placeholder: string }>(
    'textDocument/prepareRename',
    ({ at }) => at('server'),
    ({ placeholder }) => assert.equal(placeholder, 'server'),
  ),
  proof<WorkspaceEdit>(
    'textDocument/rename',
    ({ at }) => ({ ...at('server'), newName: 'ops' }),
    ({ changes }, { uri }) => assert.deepEqual(lines(changes?.[uri] ?? []), [1, 3]),
  ),
  proof<CodeAction[]>(
    'textDocument/codeAction',
    (sample) => quickFixes(sample, 'sevrer', 1),
    (actions, { uri }) => {
      const preferred = actions.find(({ isPreferred }) => isPreferred);
      assert.equal(preferred?.edit?.changes?.[uri]?.[0]?.newText, 'server');
    },
  ),
  proof<CodeAction>(
    'codeAction/resolve',
    async (sample) => {
      const actions = await sample.ask<CodeAction[]>('textDocument/codeAction', quickFixes(sample, 's-01', 2));
      const deferred = actions.find(({ data }) => data !== undefined);
      assert.ok(deferred && !deferred.edit);
      return deferred;
    },
    ({ edit }, { uri }) => assert.match(JSON.stringify(edit?.changes?.[uri]), /db-/),
  ),
  proof<SemanticTokens>(
    'textDocument/semanticTokens/range',
    ({ textDocument, range }) => ({ textDocument, range: range(DESIGN) }),
    ({ data }) => {
      assert.deepEqual(data.slice(0, 4), [0, 0, 6, 0]);
      assert.ok(data.length > 5 * DESIGN.split('\n').length);
    },
  ),
];
