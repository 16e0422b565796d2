import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ClientCapabilities,
  type CodeLens,
  type InlayHint,
  LSPErrorCodes,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensEdit,
} from 'vscode-languageserver-protocol';
import type { InitializationOptions } from '../../server/src/protocol/requests.ts';
import { type Editor, startEditor } from '../support/in-process.ts';

const uri = 'file:///plan/main.vdc';
const textDocument = { uri };
const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

async function withEditor(
  capabilities: ClientCapabilities,
  act: (editor: Editor) => Promise<void>,
  options: InitializationOptions = {},
): Promise<void> {
  const editor = await startEditor(capabilities, options);
  try {
    await act(editor);
  } finally {
    editor.end();
  }
}

const hints = (editor: Editor, of = uri) =>
  editor.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: of },
    range: everything,
  });

async function lenses({ connection }: Editor): Promise<CodeLens[]> {
  const found = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
  return await Promise.all(found.map((lens) => connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
}

const plan = 'host a { memory 64 GiB; runs v }\nvm v { memory 6 GiB }\n';
const resolving = { textDocument: { inlayHint: { resolveSupport: { properties: ['tooltip'] } } } };

test('a hint tells its arithmetic when it is pointed at, or at once where the editor does not ask', async () => {
  await withEditor(resolving, async (editor) => {
    await editor.open(uri, plan);
    const [hint] = await hints(editor);
    assert.deepEqual(
      [hint?.label, hint?.position, hint?.tooltip],
      ['10 % memory', { line: 0, character: 6 }, undefined],
    );
    const told = await editor.connection.sendRequest<InlayHint>('inlayHint/resolve', hint);
    assert.match(JSON.stringify(told.tooltip), /host a.*usable memory/);
  });
  await withEditor({}, async (editor) => {
    await editor.open(uri, plan);
    assert.match(JSON.stringify((await hints(editor))[0]?.tooltip), /usable memory/);
  });
});

test('kinds of hints and lenses are switched off one by one, and the editor is told to ask again', async () => {
  const refreshSupport = true;
  const workspace = { configuration: true, inlayHint: { refreshSupport }, codeLens: { refreshSupport } };
  await withEditor({ workspace }, async (editor) => {
    await editor.open(uri, `${plan}network n { subnet 10.0.0.0/28 }\n`);
    assert.deepEqual(
      (await hints(editor)).map(({ label }) => label),
      ['10 % memory', '≈ 60 GiB for VMs'],
    );
    assert.equal((await lenses(editor)).length, 1);
    const refreshed = [editor.asked('workspace/inlayHint/refresh'), editor.asked('workspace/codeLens/refresh')];
    await editor.configure({ inlayHints: { hostLoad: false }, codeLens: { subnet: false } });
    await Promise.all(refreshed);
    assert.deepEqual(
      (await hints(editor)).map(({ label }) => label),
      ['≈ 60 GiB for VMs'],
    );
    assert.deepEqual(await lenses(editor), []);
  });
});

test('an edit in one file lets the editor ask for what it shows of another', async () => {
  const workspace = { inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true } };
  const other = 'file:///plan/vms.vdc';
  await withEditor({ workspace }, async (editor) => {
    await editor.open(other, 'vm v { memory 6 GiB; nic n }\n');
    await editor.open(uri, `import "vms.vdc"\n${plan.split('\n')[0]}\nnetwork n { subnet 10.0.0.0/28 }\n`);
    assert.equal((await hints(editor))[0]?.label, '10 % memory');
    assert.equal((await lenses(editor))[0]?.command?.title, '13 of 14 addresses free');
    const refreshed = [editor.asked('workspace/inlayHint/refresh'), editor.asked('workspace/codeLens/refresh')];
    await editor.replace(other, '6 GiB; nic n', '12 GiB');
    await Promise.all(refreshed);
    assert.equal((await hints(editor))[0]?.label, '20 % memory');
    assert.equal((await lenses(editor))[0]?.command?.title, '14 of 14 addresses free');
  });
});

const site = 'site s\nnetwork n at s { subnet 10.0.0.0/28 }\n';

test('lenses lead to what the editor can do, and only tell where it cannot', async () => {
  await withEditor({}, async (editor) => {
    await editor.open(uri, site);
    assert.deepEqual(
      (await lenses(editor)).map(({ command }) => command),
      [{ title: '14 of 14 addresses free', command: '' }],
    );
  });
  const commands = ['vdc.showInTopology', 'vdc.showArithmetic'];
  await withEditor(
    {},
    async (editor) => {
      await editor.open(uri, site);
      assert.deepEqual(
        (await lenses(editor)).map(({ command }) => command),
        [
          { title: 'Show in topology', command: 'vdc.showInTopology', arguments: [uri, 'site:s'] },
          {
            title: '14 of 14 addresses free',
            command: 'vdc.showArithmetic',
            arguments: [uri, { line: 1, character: 8 }],
          },
        ],
      );
    },
    { commands },
  );
});

const tokensOf = ({ connection }: Editor) =>
  connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });

function applied(data: readonly number[], edits: readonly SemanticTokensEdit[]): number[] {
  const changed = [...data];
  for (const { start, deleteCount, data: added = [] } of edits.toReversed())
    changed.splice(start, deleteCount, ...added);
  return changed;
}

test('tokens of a file: all of them, then what changed', async () => {
  await withEditor({}, async (editor) => {
    await editor.open(uri, plan);
    const first = await tokensOf(editor);
    await editor.replace(uri, 'vm v', 'team t\nvm v');
    const delta = await editor.connection.sendRequest<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      textDocument,
      previousResultId: first.resultId,
    });
    assert.ok(delta.edits.length > 0);
    const all = applied(first.data, delta.edits);
    assert.deepEqual(all, (await tokensOf(editor)).data);
    // After an answer that is not known any more, as after closing, all of them come again.
    await editor.close(uri);
    await editor.open(uri, plan);
    const again = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full/delta', {
      textDocument,
      previousResultId: 'gone',
    });
    assert.deepEqual(again.data, first.data);
  });
});

const large = Array.from({ length: 4_000 }, (_, k) => `vm v-${k} // a line of a long file\n`).join('');

test('a large file is coloured whole only for editors that do not ask for parts of it', async () => {
  const requests = { range: true, full: { delta: true } };
  const semanticTokens = { requests, tokenTypes: [], tokenModifiers: [], formats: [] };
  await withEditor({ textDocument: { semanticTokens } }, async (editor) => {
    await editor.open(uri, large);
    await assert.rejects(tokensOf(editor), { code: LSPErrorCodes.ServerCancelled });
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };
    const part = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument,
      range,
    });
    assert.ok(part.data.length > 0 && part.data.length <= 30);
  });
  await withEditor({}, async (editor) => {
    await editor.open(uri, large);
    assert.equal((await tokensOf(editor)).data.length, 4_000 * 2 * 5);
  });
});
