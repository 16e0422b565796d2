/** Every request has a real answer, an answer on any text, and an end when nobody waits for it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes, type ResponseError } from 'vscode-languageserver-protocol';
import { FEATURES } from '../../server/src/lsp/requests/index.ts';
import { RawServer } from '../support/raw-server.ts';
import { PROOFS } from './requests/index.ts';
import { DESIGN, openSample } from './requests/proof.ts';

let sample: Awaited<ReturnType<typeof openSample>>;

before(async () => {
  sample = await openSample();
});

after(async () => {
  assert.equal(await sample.close(), 0);
});

describe('the answer to', () => {
  for (const { method, prove } of PROOFS) test(method, () => prove(sample));
});

const methods = [
  ...new Set([
    ...FEATURES.flatMap((feature) => feature.methods),
    ...PROOFS.filter(({ from }) => from === 'client').map(({ method }) => method),
  ]),
];

/** What any of the requests may take. */
function anything(uri: string, line: number, character: number) {
  const start = { line, character };
  const range = { start, end: start };
  return {
    textDocument: { uri },
    position: start,
    positions: [start],
    range,
    context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 },
    options: { tabSize: 2, insertSpaces: true },
    ch: '\n',
    newName: 'renamed',
    query: 'a',
    files: [{ oldUri: uri, newUri: `${uri}.vdc`, name: 'none', bytes: '' }],
    previousResultId: 'none',
    previousResultIds: [],
    command: 'none',
    arguments: [],
    // Symbols, hints, lenses and actions that are asked about again.
    ...{ title: 'none', name: 'none', label: 'none', kind: 5, uri, selectionRange: range, data: { uri } },
    item: { name: 'none', kind: 5, uri, range, selectionRange: range, data: { uri } },
    // Requests of our own.
    ...{ node: 'host:none', finding: 'none', fix: 'none' },
  };
}

/** A reason for the user is an answer. */
const isRefusal = ({ code, message }: ResponseError): boolean =>
  code === LSPErrorCodes.RequestFailed && message.length > 0;

for (const [what, text] of [
  ['broken', 'cluster prod {\n  host esx-01 { memory 64 Gi\n  runs "a, [1..\n}}} {'],
  ['empty', ''],
  ['no', undefined],
] as const) {
  test(`every request has an answer on ${what} text`, async () => {
    const { session } = sample;
    const uri = `file:///plan/${what}.vdc`;
    if (text !== undefined) await session.open(uri, text);
    for (const method of methods) {
      for (const [line, character] of [
        [0, 0],
        [1, 9],
        [9, 9],
      ] as const) {
        const answer = await session.connection
          .sendRequest<unknown>(method, anything(uri, line, character))
          .catch((error: ResponseError) => {
            assert.ok(isRefusal(error), `${method}: ${error.code} ${error.message}`);
            return null;
          });
        assert.ok(answer === null || typeof answer === 'object' || typeof answer === 'string', method);
      }
    }
  });
}

test('a request that nobody waits for any more is answered so, and the server goes on', async () => {
  const server = new RawServer();
  server.initialize();
  await server.answer(0);
  const uri = 'file:///plan/cancelled.vdc';
  const textDocument = { uri, languageId: 'vdc', version: 1, text: DESIGN };
  server.send({ method: 'initialized', params: {} }, { method: 'textDocument/didOpen', params: { textDocument } });
  for (const [index, method] of methods.entries()) {
    const id = index + 1;
    // In one piece: the server has read that it is cancelled before it answers.
    server.send({ id, method, params: anything(uri, 0, 0) }, { method: '$/cancelRequest', params: { id } });
    const { error } = await server.answer(id);
    // What is asked again of an answer may be known already.
    assert.ok(error ? error.code === LSPErrorCodes.RequestCancelled : method.endsWith('/resolve'), method);
  }
  const position = { line: 4, character: 8 };
  server.send({ id: 1_000, method: 'textDocument/hover', params: { textDocument, position } });
  assert.match(JSON.stringify((await server.answer(1_000)).result), /host esx-01/);
  server.send({ id: 1_001, method: 'shutdown' }, { method: 'exit' });
  assert.equal(await server.exit(), 0);
});

test('a request that is cancelled at any later time is answered, too', async () => {
  const { session, uri } = sample;
  for (const method of methods) {
    for (const milliseconds of [0, 1, 3]) {
      const source = new CancellationTokenSource();
      const answer = session.connection.sendRequest(method, anything(uri, 4, 8), source.token);
      setTimeout(() => source.cancel(), milliseconds);
      await answer.catch((error: ResponseError) =>
        assert.ok(error.code === LSPErrorCodes.RequestCancelled || isRefusal(error), `${method}: ${error.message}`),
      );
    }
  }
});
