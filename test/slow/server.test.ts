import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
