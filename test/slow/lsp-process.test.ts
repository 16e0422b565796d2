/** `vdc lsp --stdio` as a process: what it writes where, and how it ends. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { root } from '../../scripts/lib/project.mjs';
import { RawServer } from '../support/raw-server.ts';

const call = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'lsp', ...args], { encoding: 'utf8', input: '' });

const uri = 'file:///plan/slip.vdc';
const open = (text: string) => ({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri, languageId: 'vdc', version: 1, text } },
});
const bye = [{ id: 99, method: 'shutdown' }, { method: 'exit' }] as const;

describe('vdc lsp', () => {
  test('says what it is for, and what it does not take', () => {
    const help = call('--help');
    assert.deepEqual([help.status, help.stderr], [0, '']);
    assert.match(help.stdout, /^vdc lsp --stdio\n/);
    for (const [args, reason] of [
      [['--socket=6009'], /Unknown option '--socket'/],
      [['--stdio', 'design.vdc'], /"design.vdc" is one argument too many/],
    ] as const) {
      const { status, stdout, stderr } = call(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, reason);
      assert.match(stderr, /Usage: vdc lsp --stdio/);
    }
  });

  test('takes what editors add by themselves', async () => {
    const server = new RawServer(['dist/cli.js', 'lsp', '--stdio', `--clientProcessId=${process.pid}`]);
    server.initialize(process.pid);
    await server.answer(0);
    server.send(...bye);
    assert.equal(await server.exit(), 0);
  });

  test('ends with 0 after a goodbye, with 1 when its client is gone', async () => {
    const ends = async (work: (server: RawServer) => unknown) => {
      const server = new RawServer();
      server.initialize();
      await server.answer(0);
      await work(server);
      const code = await server.exit();
      assert.equal(server.errors, '');
      return code;
    };
    assert.equal(await ends((server) => server.send(...bye)), 0);
    assert.equal(await ends((server) => server.send({ method: 'exit' })), 1);
    assert.equal(await ends((server) => server.child.stdin?.end()), 1);
    const closes = async (server: RawServer) => {
      server.send(bye[0]);
      await server.answer(99);
      server.child.stdin?.end();
    };
    assert.equal(await ends(closes), 0);
  });

  test('ends when the process that started it has, whoever holds its pipes', async () => {
    const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 200)']);
    const server = new RawServer();
    server.initialize(editor.pid);
    await server.answer(0);
    assert.equal(await server.exit(), 1);
  });

  test('goes on after messages that are none', async () => {
    const server = new RawServer();
    server.initialize();
    await server.answer(0);
    server.send('{not json', 'null', '[]', '"text"', { id: 1, method: 'none/such' });
    assert.equal((await server.answer(1)).error?.code, ErrorCodes.MethodNotFound);
    server.send({ method: 'textDocument/didChange', params: {} }, { method: 'none/such' }, { id: 77, result: null });
    for (const [id, params] of [{}, undefined, null, [], 'text', { textDocument: 5, position: 'x' }].entries()) {
      server.send({ id: 10 + id, method: 'textDocument/hover', params });
      const { result, error } = await server.answer(10 + id);
      assert.ok(result === null || error, JSON.stringify(params));
    }
    server.send(open('design plan {\n  horizon 36\n}\n'));
    server.send({
      id: 50,
      method: 'textDocument/hover',
      params: { textDocument: { uri }, position: { line: 1, character: 3 } },
    });
    assert.match(JSON.stringify((await server.answer(50)).result), /horizon/);
    server.send(...bye);
    assert.equal(await server.exit(), 0);
  });

  test('asks for settings and watched files where the client has them, and lives on without', async () => {
    const server = new RawServer();
    const capabilities = { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } } };
    server.send(
      { id: 0, method: 'initialize', params: { processId: null, rootUri: null, capabilities } },
      { method: 'initialized', params: {} },
    );
    const [watch, settings] = [
      await server.asked('client/registerCapability'),
      await server.asked('workspace/configuration'),
    ];
    assert.match(JSON.stringify(watch.params), /"globPattern":"\*\*\/\*\.vdc"/);
    assert.deepEqual(settings.params, { items: [{ section: 'vdc' }] });
    const error = { code: ErrorCodes.MethodNotFound, message: 'not here' };
    server.send({ id: watch.id, error }, { id: settings.id, error });
    server.send({ method: 'workspace/didChangeConfiguration', params: { settings: null } });
    server.send({ id: 1, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
    assert.deepEqual((await server.answer(1)).result, []);
    server.send(...bye);
    assert.equal(await server.exit(), 0);
  });

  test('writes nothing but messages to its output, its log included', async () => {
    const server = new RawServer();
    server.initialize();
    server.send({ method: 'initialized', params: {} }, open('design plan {\n  horizon 36\n}\n'));
    // Mistakes of a client: each is an entry of the log.
    server.send({ method: 'textDocument/didChange', params: {} }, { method: 'textDocument/didOpen' }, '{');
    server.send({ id: 1, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
    await server.answer(1);
    server.send(...bye);
    assert.equal(await server.exit(), 0);
    const methods = server.messages().flatMap(({ method }) => method ?? []);
    assert.ok(methods.includes('textDocument/publishDiagnostics'));
    const rest = methods.filter((method) => method !== 'textDocument/publishDiagnostics');
    assert.deepEqual([...new Set(rest)], ['window/logMessage']);
  });
});
