import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS, readSettings } from '../../server/src/lsp/settings.ts';

test('what an editor does not send, or sends as something else, has its default', () => {
  for (const sent of [undefined, null, 7, [], {}, { evaluateAt: 2027, codeLens: 'all' }])
    assert.deepEqual(readSettings(sent), DEFAULT_SETTINGS);
});

test('a day to evaluate designs at is read as text', () => {
  assert.equal(readSettings({ evaluateAt: ' 2027-06 ' }).evaluateAt, '2027-06');
  assert.equal(readSettings({ evaluateAt: '2027-06' }).codeLens.cluster, true);
});
