import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { type Session, startSession } from '../support/language-session.ts';

let session: Session;

before(async () => {
  session = await startSession();
});

after(async () => {
  assert.equal(await session.close(), 0);
});

const position = (line: number, character: number) => ({ line, character });

test('the server takes changes as they are typed', () => {
  const { textDocumentSync, positionEncoding } = session.initialized.capabilities;
  assert.deepEqual([textDocumentSync, positionEncoding], [{ openClose: true, change: 2 }, 'utf-16']);
});

test('a slip is published with its place, and gone once it is mended', async () => {
  const uri = 'file:///plan/slip.vdc';
  const slip = await session.open(uri, 'design plan {\n  horizon 36\n}\n');
  assert.deepEqual(
    slip.map(({ code, range }) => [code, range.start.line]),
    [['unit-missing', 1]],
  );
  const mended = await session.edit(uri, [
    { range: { start: position(1, 12), end: position(1, 12) }, newText: ' months' },
  ]);
  assert.equal(session.text(uri), 'design plan {\n  horizon 36 months\n}\n');
  assert.deepEqual(mended, []);
});

test('the preferred fix of a finding mends it', async () => {
  const uri = 'file:///plan/one-card.vdc';
  const text = readFileSync(new URL('../../examples/ten-vms-one-nic.vdc', import.meta.url), 'utf8');
  const diagnostics = await session.open(uri, text);
  const found = diagnostics.find(({ code }) => code === 'bandwidth-below-baseline');
  assert.ok(found);
  const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: found.range,
    context: { diagnostics: [found], only: ['quickfix'] },
  });
  const fix = actions.find(({ isPreferred }) => isPreferred);
  const left = await session.edit(uri, fix?.edit?.changes?.[uri] ?? []);
  assert.ok(left.every(({ code }) => code !== found.code));
});

test('the command line serves the same', async () => {
  const other = await startSession(['dist/cli.js', 'lsp', '--stdio']);
  assert.deepEqual(other.initialized, session.initialized);
  const slips = await other.open('file:///plan/slip.vdc', 'design plan {\n  horizon 36\n}\n');
  assert.deepEqual(
    slips.map(({ code }) => code),
    ['unit-missing'],
  );
  assert.equal(await other.close(), 0);
});
