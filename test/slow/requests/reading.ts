/** Requests for what is shown within the text: hints, lenses, colours. */
import assert from 'node:assert/strict';
import type { CodeLens, InlayHint, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver-protocol';
import { DESIGN, type Proof, proof, type Sample } from './proof.ts';

const hints = ({ ask, textDocument, range }: Sample) =>
  ask<InlayHint[]>('textDocument/inlayHint', { textDocument, range: range(DESIGN) });

const lenses = ({ ask, textDocument }: Sample) => ask<CodeLens[]>('textDocument/codeLens', { textDocument });

export const READING: readonly Proof[] = [
  proof<InlayHint[]>(
    'textDocument/inlayHint',
    ({ textDocument, range }) => ({ textDocument, range: range(DESIGN) }),
    (found, { range }) => {
      const { line } = range('host s-01').start;
      const [load] = found.filter(({ position }) => position.line === line);
      assert.match(JSON.stringify(load?.label), /126 % CPU/);
    },
  ),
  proof<InlayHint>(
    'inlayHint/resolve',
    async (sample) => {
      const found = await hints(sample);
      return found.find(({ label }) => /CPU/.test(JSON.stringify(label))) ?? {};
    },
    ({ tooltip }) => assert.match(JSON.stringify(tooltip), /126 %/),
  ),
  proof<CodeLens[]>(
    'textDocument/codeLens',
    ({ textDocument }) => ({ textDocument }),
    (found, { range }) => {
      const lines = found.map((lens) => lens.range.start.line);
      assert.ok(lines.includes(range('cluster small').start.line));
    },
  ),
  proof<CodeLens>(
    'codeLens/resolve',
    async (sample) => {
      const { line } = sample.range('cluster small').start;
      return (await lenses(sample)).find((lens) => lens.range.start.line === line) ?? {};
    },
    ({ command }) => assert.match(command?.title ?? '', /\d/),
  ),
  proof<SemanticTokens>(
    'textDocument/semanticTokens/full',
    ({ textDocument }) => ({ textDocument }),
    ({ data, resultId }) => {
      assert.deepEqual(data.slice(0, 4), [0, 0, 6, 0]);
      assert.ok(resultId);
    },
  ),
  proof<SemanticTokensDelta>(
    'textDocument/semanticTokens/full/delta',
    async ({ ask, textDocument }) => {
      const { resultId } = await ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
      return { textDocument, previousResultId: resultId };
    },
    ({ edits }) => assert.deepEqual(edits, []),
  ),
];
