/** Requests that lead from one thing to others, and those that tell what is wrong with all of them. */
import assert from 'node:assert/strict';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  FullDocumentDiagnosticReport,
  Location,
  SymbolInformation,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { type Proof, proof, type Sample } from './proof.ts';

const itemAt = async (
  { ask, at }: Sample,
  needle: string,
): Promise<{ readonly item: CallHierarchyItem | undefined }> => {
  const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(needle));
  return { item };
};

export const NAVIGATION: readonly Proof[] = [
  proof<SymbolInformation[]>(
    'workspace/symbol',
    () => ({ query: 'esx' }),
    (found) =>
      assert.deepEqual(
        found.map(({ name, containerName }) => [name, containerName]),
        [
          ['esx-01', 'prod'],
          ['esx-02', 'prod'],
        ],
      ),
  ),
  proof<Location[]>(
    'textDocument/typeDefinition',
    ({ at }) => at('esx-01'),
    (found) =>
      assert.deepEqual(
        found.map(({ uri, range }) => [uri.replace(/.*\//, ''), range.start]),
        [['hardware.vdc', { line: 0, character: 'class host '.length }]],
      ),
  ),
  proof<Location[]>(
    'textDocument/implementation',
    ({ at }) => at('dl380'),
    (found, { range }) =>
      assert.deepEqual(
        found.map((location) => location.range),
        [range('esx-01'), range('esx-02')],
      ),
  ),
  proof<CallHierarchyItem[]>(
    'textDocument/prepareCallHierarchy',
    ({ at }) => at('web-[1..2] }'),
    ([item], { range }) => {
      assert.equal(item?.name, 'web-[1..2]');
      assert.equal(item.range.start.line, range('vm web').start.line);
    },
  ),
  proof<CallHierarchyOutgoingCall[]>(
    'callHierarchy/outgoingCalls',
    (sample) => itemAt(sample, 'web-[1..2] {'),
    (found) => assert.ok(found.some(({ to }) => to.name === 'esx-01')),
  ),
  proof<CallHierarchyIncomingCall[]>(
    'callHierarchy/incomingCalls',
    (sample) => itemAt(sample, 'esx-01'),
    (found) => assert.ok(found.some(({ from }) => from.name === 'web-[1..2]')),
  ),
  proof<FullDocumentDiagnosticReport>(
    'textDocument/diagnostic',
    ({ textDocument }) => ({ textDocument }),
    ({ kind, items, resultId }) => {
      assert.equal(kind, 'full');
      assert.ok(resultId && items.some(({ code }) => code === 'name-unresolved'));
    },
  ),
  proof<WorkspaceDiagnosticReport>(
    'workspace/diagnostic',
    () => ({ previousResultIds: [] }),
    ({ items }, { uri }) => assert.ok(items.some((item) => item.uri === uri && item.kind === 'full')),
  ),
];
