import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ProgressType,
  type PublishDiagnosticsParams,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import type { FindingsResult } from '../../server/src/protocol/findings.ts';
import { type EditorOptions, type Session, startSession } from '../support/language-session.ts';

const BROKEN = 'host a { memroy 4 GiB }\n';

/** A folder on the disk with these files, gone after the test. */
function folderWith(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'vdc-workspace-'));
  after(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const root = pathToFileURL(path).href;
  return { path, root, write, uri: (name: string) => `${root}/${name}` };
}

/** Starts a server for some folders; it is closed after the test. */
async function sessionFor(folders: readonly string[], options: EditorOptions = {}): Promise<Session> {
  const session = await startSession(undefined, { folders, ...options });
  after(() => session.close());
  return session;
}

const CREATED = 1;
const CHANGED = 2;
const DELETED = 3;

function watched(session: Session, ...changes: readonly (readonly [uri: string, type: number])[]): Promise<void> {
  return session.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: changes.map(([uri, type]) => ({ uri, type })),
  });
}

const has = (code: string) => (found: readonly { readonly code?: unknown }[]) =>
  found.some((diagnostic) => diagnostic.code === code);
const none = (found: readonly unknown[]) => found.length === 0;

test('every design in the folders is checked, open or not, and followed on the disk', async () => {
  const one = folderWith({
    'broken.vdc': BROKEN,
    'deep/er/broken.vdc': BROKEN,
    'main.vdc': 'import "lib/teams.vdc"\nsite s { owner ops }\n',
    'lib/teams.vdc': 'team ops\n',
    'node_modules/x/broken.vdc': BROKEN,
    '.hidden/broken.vdc': BROKEN,
    'notes.txt': BROKEN,
  });
  const two = folderWith({ 'other.vdc': BROKEN });
  symlinkSync(one.path, join(one.path, 'deep/circle'));
  const session = await sessionFor([one.root, two.root]);
  await session.settled(one.uri('broken.vdc'), has('word-unknown'));
  await session.settled(one.uri('deep/er/broken.vdc'), has('word-unknown'));
  await session.settled(two.uri('other.vdc'), has('word-unknown'));
  for (const name of ['main.vdc', 'lib/teams.vdc', 'node_modules/x/broken.vdc', '.hidden/broken.vdc', 'notes.txt'])
    assert.equal(session.codes(one.uri(name)), undefined, name);

  // A file that others import belongs to their design: what it lacks is told of them.
  one.write('lib/teams.vdc', 'team server\n');
  await watched(session, [one.uri('lib/teams.vdc'), CHANGED]);
  await session.settled(one.uri('main.vdc'), has('name-unresolved'));
  one.write('broken.vdc', 'host a { memory 4 GiB }\n');
  one.write('new.vdc', BROKEN);
  await watched(session, [one.uri('broken.vdc'), CHANGED], [one.uri('new.vdc'), CREATED]);
  await session.settled(one.uri('broken.vdc'), none);
  await session.settled(one.uri('new.vdc'), has('word-unknown'));

  // Of a folder that is deleted the editor tells, not of its files.
  rmSync(join(one.path, 'deep'), { recursive: true });
  rmSync(join(one.path, 'lib'), { recursive: true });
  await watched(session, [one.uri('deep'), DELETED], [one.uri('lib'), DELETED]);
  await session.settled(one.uri('deep/er/broken.vdc'), none);
  await session.settled(one.uri('main.vdc'), has('import-unreadable'));
  one.write('deep/again.vdc', BROKEN);
  await watched(session, [one.uri('deep'), CREATED]);
  await session.settled(one.uri('deep/again.vdc'), has('word-unknown'));
});

test('an open text goes before the disk; closed, the file is still checked', async () => {
  const { root, uri } = folderWith({ 'a.vdc': BROKEN, 'b.vdc': 'import "a.vdc"\n' });
  const session = await sessionFor([root]);
  await session.settled(uri('a.vdc'), has('word-unknown'));
  assert.deepEqual(await session.open(uri('a.vdc'), 'host a { memory 4 GiB }\n'), []);
  await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri('a.vdc') } });
  await session.settled(uri('a.vdc'), has('word-unknown'));
  // Files outside of the folders, and texts without a file, are checked while they are open.
  for (const outside of ['file:///elsewhere/x.vdc', 'untitled:Untitled-1']) {
    assert.equal((await session.open(outside, BROKEN)).length, 1);
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: outside } });
    await session.settled(outside, none);
  }
});

test('the user may have only open files checked', async () => {
  const { root, uri } = folderWith({ 'a.vdc': BROKEN, 'b.vdc': BROKEN });
  let scope = 'openFiles';
  const session = await sessionFor([root], {
    workspace: { configuration: true },
    settings: () => ({ diagnostics: { scope } }),
  });
  await session.open(uri('b.vdc'), BROKEN);
  assert.equal(session.codes(uri('a.vdc')), undefined);
  const configured = () => session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
  scope = 'workspace';
  await configured();
  await session.settled(uri('a.vdc'), has('word-unknown'));
  scope = 'openFiles';
  await configured();
  await session.settled(uri('a.vdc'), none);
  assert.deepEqual(session.codes(uri('b.vdc')), ['word-unknown']);
});

test('a folder may join the workspace, and leave it', async () => {
  const one = folderWith({ 'a.vdc': BROKEN });
  const two = folderWith({ 'b.vdc': BROKEN });
  const session = await sessionFor([one.root], { workspace: { workspaceFolders: true } });
  await session.settled(one.uri('a.vdc'), has('word-unknown'));
  const event = (added: string[], removed: string[]) => {
    const folder = (uri: string) => ({ uri, name: uri });
    return session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: added.map(folder), removed: removed.map(folder) },
    });
  };
  await event([two.root], []);
  await session.settled(two.uri('b.vdc'), has('word-unknown'));
  await event([], [one.root]);
  await session.settled(one.uri('a.vdc'), none);
});

test('an editor that knows its files is asked for them', async () => {
  const files: Record<string, string> = { 'memfs:/plan/a.vdc': BROKEN, 'memfs:/plan/b.vdc': 'site s\n' };
  const session = await sessionFor(['memfs:/plan'], {
    initializationOptions: { readsFiles: true },
    answers: {
      'vdc/findFiles': () => Object.keys(files),
      'vdc/readFile': (params) => files[(params as { uri: string }).uri] ?? null,
    },
  });
  await session.settled('memfs:/plan/a.vdc', has('word-unknown'));
  delete files['memfs:/plan/a.vdc'];
  await watched(session, ['memfs:/plan/a.vdc', DELETED]);
  await session.settled('memfs:/plan/a.vdc', none);
});

test('all findings are told at once, and once that they have changed', async () => {
  const { root, uri } = folderWith({ 'a.vdc': BROKEN });
  const session = await sessionFor([root]);
  const { connection } = session;
  let nudges = 0;
  const nudged = new Promise<void>((resolve) => {
    connection.onNotification('vdc/findingsChanged', () => {
      nudges++;
      resolve();
    });
  });
  await session.settled(uri('a.vdc'), has('word-unknown'));
  assert.equal(nudges, 0, 'nobody has asked');
  const ask = () => connection.sendRequest<FindingsResult>('vdc/findings', {});
  const { findings, counts, isCut } = await ask();
  assert.deepEqual(findings, [
    {
      rule: 'word-unknown',
      title: 'Unknown word',
      painPoint: null,
      teams: [],
      owners: [],
      severity: 'error',
      message: findings[0]?.message,
      entity: null,
      location: { uri: uri('a.vdc'), range: { start: { line: 0, character: 9 }, end: { line: 0, character: 15 } } },
    },
  ]);
  assert.deepEqual([counts, isCut], [{ error: 1, warning: 0, info: 0, hint: 0 }, false]);
  for (let edit = 0; edit < 3; edit++) await session.open(`file:///x/${edit}.vdc`, 'site s\n');
  await nudged;
  await session.open('file:///x/other.vdc', 'site s\n');
  await ask();
  assert.equal(nudges, 1);
});

const PULLING: EditorOptions = {
  textDocument: { diagnostic: { relatedDocumentSupport: true }, publishDiagnostics: undefined as never },
};

/** A session with an editor that asks for diagnostics; what is sent to it unasked fails the test. */
async function pullingSession(folders: readonly string[]): Promise<Session> {
  const session = await sessionFor(folders, PULLING);
  session.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
    assert.fail(`nobody takes the diagnostics of ${params.uri}`),
  );
  return session;
}

test('who takes diagnostics unasked is not told to ask for them: it would show them twice', async () => {
  const both = await sessionFor([], { textDocument: { diagnostic: {}, publishDiagnostics: {} } });
  assert.equal(both.initialized.capabilities.diagnosticProvider, undefined);
  assert.equal((await both.open('file:///x/a.vdc', BROKEN)).length, 1);
  const pulling = await pullingSession([]);
  assert.deepEqual(pulling.initialized.capabilities.diagnosticProvider, {
    identifier: 'vdc',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
});

test('who asks for diagnostics gets those of a document and of what it imports, and hears if nothing has changed', async () => {
  const { root, uri } = folderWith({ 'lib.vdc': BROKEN });
  const { connection } = await pullingSession([root]);
  const textDocument = { uri: uri('main.vdc') };
  const text = 'import "lib.vdc"\nhost b { memroy 4 GiB }\n';
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { ...textDocument, languageId: 'vdc', version: 1, text },
  });
  const pull = (previousResultId?: string) =>
    connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument,
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  let report = await pull();
  while (!report.relatedDocuments) report = await pull();
  assert.ok(report.kind === 'full');
  assert.deepEqual(
    report.items.map(({ code }) => code),
    ['word-unknown'],
  );
  const related = report.relatedDocuments?.[uri('lib.vdc')];
  assert.ok(related?.kind === 'full');
  assert.deepEqual(
    related.items.map(({ code }) => code),
    ['word-unknown'],
  );
  const same = await pull(report.resultId);
  assert.deepEqual([same.kind, same.resultId], ['unchanged', report.resultId]);
});

test('a request for the whole workspace waits until something changes', async () => {
  const { root, uri, write } = folderWith({ 'a.vdc': BROKEN, 'b.vdc': 'site s\n' });
  const session = await pullingSession([root]);
  const pull = (previousResultIds: readonly { uri: string; value: string }[]) =>
    session.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
  let { items } = await pull([]);
  while (items.length === 0) ({ items } = await pull([]));
  const known = items.map((item) => ({ uri: item.uri, value: item.resultId ?? '' }));
  assert.deepEqual(
    items.map((item) => [item.uri, item.kind, item.version]),
    [[uri('a.vdc'), 'full', null]],
  );
  const waiting = pull(known);
  write('b.vdc', BROKEN);
  await watched(session, [uri('b.vdc'), CHANGED]);
  assert.deepEqual(
    (await waiting).items.map((item) => item.uri),
    [uri('b.vdc')],
  );
  // A file that is gone has no diagnostics any more.
  await watched(session, [uri('a.vdc'), DELETED]);
  const gone = await pull(known);
  assert.deepEqual(
    gone.items.map((item) => [item.uri, item.kind === 'full' && item.items.length]),
    [
      [uri('a.vdc'), 0],
      [uri('b.vdc'), 1],
    ],
  );
});

test('a request for the whole workspace that takes parts gets each change until it is cancelled', async () => {
  const { root, uri, write } = folderWith({ 'a.vdc': BROKEN, 'b.vdc': 'site s\n' });
  const session = await pullingSession([root]);
  const { connection } = session;
  const parts: string[] = [];
  let check = () => {};
  connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'parts', ({ items }) => {
    for (const item of items) parts.push(`${item.uri} ${item.kind === 'full' && item.items.length}`);
    check();
  });
  const part = (expected: string) =>
    new Promise<void>((resolve) => {
      check = () => parts.includes(expected) && resolve();
      check();
    });
  const source = new CancellationTokenSource();
  const params = { previousResultIds: [], partialResultToken: 'parts' };
  const request = connection.sendRequest('workspace/diagnostic', params, source.token);
  await part(`${uri('a.vdc')} 1`);
  write('b.vdc', BROKEN);
  await watched(session, [uri('b.vdc'), CHANGED]);
  await part(`${uri('b.vdc')} 1`);
  source.cancel();
  await assert.rejects(request, { code: LSPErrorCodes.RequestCancelled });
});
