/** docs/protocol.md and the proofs that it points at hold every request that the server knows. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { FEATURES } from '../../server/src/lsp/requests/index.ts';
import { PROOFS } from '../slow/requests/index.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` \| .* \| \[[^\]]+\]\(([^)]+)\) \|$/gm)].map(
  ([, method = '', link = '']) => ({
    method,
    link,
  }),
);
const proven = PROOFS.map(({ method }) => method);

/** The names of messages that client and server have agreed upon between themselves. */
async function ownMessages(): Promise<readonly string[]> {
  const files = globSync('server/src/protocol/*.ts', { cwd: root });
  const modules: object[] = await Promise.all(files.map((file) => import(join(root, file))));
  return modules.flatMap((module) => Object.values(module)).filter((value) => /^vdc\//.test(String(value)));
}

test('every request has one proof and one row', async () => {
  const messages = [...FEATURES.flatMap(({ methods }) => methods), ...(await ownMessages())];
  assert.ok(messages.includes('vdc/topology') && messages.includes('textDocument/hover'));
  for (const method of messages) {
    assert.equal(proven.filter((other) => other === method).length, 1, `${method} needs a row in test/slow/requests`);
    assert.equal(rows.filter((row) => row.method === method).length, 1, `${method} needs a row in docs/protocol.md`);
  }
  for (const method of proven) assert.ok(messages.includes(method), `${method} is not answered any more`);
});

test('the proof that a row names is there', () => {
  assert.ok(rows.length > proven.length);
  for (const { method, link } of rows) {
    const file = join(root, posix.join('docs', link));
    assert.ok(
      existsSync(file) && readFileSync(file, 'utf8').includes(`'${method}'`),
      `${link} says nothing of ${method}`,
    );
  }
});
