import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type CodeAction, type Location, LSPErrorCodes, type WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { FixResult } from '../../server/src/protocol/requests.ts';
import type { TopologyAnswer } from '../../server/src/protocol/topology.ts';
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

test('the setting evaluateAt shows designs as of another day, and its end shows them as they are', async () => {
  const uri = 'file:///plan/later.vdc';
  const configure = (evaluateAt: string) =>
    session.connection.sendNotification('workspace/didChangeConfiguration', { settings: { vdc: { evaluateAt } } });
  const codes = (list: readonly { readonly code?: number | string }[]) => list.map(({ code }) => code).join();
  const text = 'design d { as-of 2026-11-22 }\nhost h { runs trial }\nvm trial { until 2027-03-31 }\n';
  assert.deepEqual(await session.open(uri, text), []);
  await configure('2027-06');
  await session.settled(uri, (diagnostics) => codes(diagnostics) === 'evaluated-at,vm-expired');
  await configure('no day');
  await session.settled(uri, (diagnostics) => diagnostics.length === 0);
  await configure('2027-02-01');
  await session.settled(uri, (diagnostics) => codes(diagnostics) === 'evaluated-at');
  await configure('');
  await session.settled(uri, (diagnostics) => diagnostics.length === 0);
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

test('a name is changed wherever it stands, and what is no name is refused with the reason', async () => {
  const uri = 'file:///plan/rename.vdc';
  await session.open(uri, 'team ops\nsite s { owner ops }\n');
  const place = { textDocument: { uri }, position: position(0, 6) };
  const prepared = await session.connection.sendRequest<{ readonly placeholder: string }>(
    'textDocument/prepareRename',
    place,
  );
  assert.equal(prepared.placeholder, 'ops');
  const edit = await session.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
    ...place,
    newName: 'server',
  });
  await session.edit(uri, edit.changes?.[uri] ?? []);
  assert.equal(session.text(uri), 'team server\nsite s { owner server }\n');
  const refused = session.connection.sendRequest('textDocument/prepareRename', { ...place, position: position(0, 1) });
  await assert.rejects(refused, { code: LSPErrorCodes.RequestFailed, message: 'only names can be renamed' });
});

test('an import that cannot be read yet is read once it is there, and anew when it changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vdc-server-'));
  after(() => rmSync(folder, { recursive: true }));
  const uri = pathToFileURL(join(folder, 'main.vdc')).href;
  const other = pathToFileURL(join(folder, 'teams.vdc')).href;
  const codes = async (expected: readonly string[]) =>
    session.settled(uri, (found) => JSON.stringify(found.map(({ code }) => code)) === JSON.stringify(expected));
  const changed = (type: number) =>
    session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: other, type }] });
  await session.open(uri, 'import "teams.vdc"\nsite s { owner ops }\n');
  await codes(['import-unreadable']);
  writeFileSync(join(folder, 'teams.vdc'), 'team ops\n');
  await changed(1);
  await codes([]);
  writeFileSync(join(folder, 'teams.vdc'), 'team server\n');
  await changed(2);
  await codes(['name-unresolved']);
  // An editor's text goes before the disk's, until it is closed.
  await session.open(other, 'team ops\n');
  await codes([]);
  await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: other } });
  await codes(['name-unresolved']);
});

test('a file that is closed has no diagnostics, and what imports it still reads it', async () => {
  const uri = 'file:///plan/closed.vdc';
  await session.open(uri, 'host a { memroy 4 GiB }\n');
  await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await session.settled(uri, (diagnostics) => diagnostics.length === 0);
});

test('what the topology shows, from node to text and back, and a fix from there', async () => {
  const uri = 'file:///plan/topology.vdc';
  await session.open(uri, readFileSync(new URL('../../examples/ten-vms-one-nic.vdc', import.meta.url), 'utf8'));
  const { connection } = session;
  const answer = await connection.sendRequest<TopologyAnswer>('vdc/topology', { uri });
  assert.ok(answer.type === 'graph');
  assert.deepEqual(
    answer.graph.sites.map(({ id }) => id),
    ['site:lab'],
  );
  const { version } = answer;
  const again = await connection.sendRequest<TopologyAnswer>('vdc/topology', { uri, shown: version });
  assert.deepEqual([again.type, 'version' in again && again.version], ['same', version]);
  const location = await connection.sendRequest<Location>('vdc/reveal', { uri, node: 'host:big' });
  const node = await connection.sendRequest('vdc/nodeAt', { uri, position: location.range.start });
  assert.equal(node, 'host:big');
  assert.equal(await connection.sendRequest('vdc/reveal', { uri, node: 'host:gone' }), null);
  const note = answer.graph.findings.find(({ rule }) => rule === 'bandwidth-below-baseline');
  const fix = note?.fixes.find(({ preferred }) => preferred);
  const edits = await connection.sendRequest<FixResult>('vdc/fix', { uri, finding: note?.key, fix: fix?.id });
  const left = await session.edit(uri, [...(edits?.[0]?.edits ?? [])]);
  assert.ok(left.every(({ code }) => code !== note?.rule));
  assert.equal(await connection.sendRequest('vdc/fix', { uri, finding: note?.key, fix: fix?.id }), null);
});

test('an inventory that is none is refused with the reason', async () => {
  const params = { files: [{ name: 'notes.txt', bytes: Buffer.from('hello').toString('base64') }] };
  await assert.rejects(session.connection.sendRequest('vdc/import', params), { code: LSPErrorCodes.RequestFailed });
});

test('run from its sources, the server answers the same', async () => {
  const other = await startSession(['server/src/main.ts', '--stdio']);
  assert.deepEqual(other.initialized, session.initialized);
  assert.equal(await other.close(), 0);
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
