/** Requests that write along with the user. */
import assert from 'node:assert/strict';
import type { LinkedEditingRanges, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type Proof, proof } from './proof.ts';

export const WRITING: readonly Proof[] = [
  proof<LinkedEditingRanges>(
    'textDocument/linkedEditingRange',
    ({ at }) => at('server'),
    ({ ranges, wordPattern }, { range }) => {
      assert.ok(wordPattern);
      const lines = ranges.map(({ start }) => start.line);
      assert.deepEqual(lines, [range('team server').start.line, range('owner server').start.line]);
    },
  ),
  {
    method: 'textDocument/onTypeFormatting',
    from: 'client',
    prove: async ({ session, ask }) => {
      const uri = 'file:///plan/typed.vdc';
      await session.open(uri, 'cluster c {\n  host a {\n    memory 64 GiB\n    }\n}\n');
      const edits = await ask<TextEdit[]>('textDocument/onTypeFormatting', {
        textDocument: { uri },
        position: { line: 3, character: 5 },
        ch: '}',
        options: { tabSize: 2, insertSpaces: true },
      });
      await session.edit(uri, edits);
      assert.equal(session.text(uri), 'cluster c {\n  host a {\n    memory 64 GiB\n  }\n}\n');
    },
  },
  proof<WorkspaceEdit>(
    'workspace/willRenameFiles',
    ({ uri }) => {
      const oldUri = new URL('hardware.vdc', uri).href;
      return { files: [{ oldUri, newUri: new URL('lib/models.vdc', uri).href }] };
    },
    ({ changes }, { uri }) =>
      assert.deepEqual(
        changes?.[uri]?.map(({ newText }) => newText),
        ['"lib/models.vdc"'],
      ),
  ),
];
