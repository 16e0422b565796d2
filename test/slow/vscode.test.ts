import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runSuite } from '../support/vscode-web.ts';

const root = join(import.meta.dirname, '../..');

for (const extensionHost of ['node', 'web'] as const) {
  describe(`the real VS Code, ${extensionHost} extension host`, async () => {
    const suite = join(root, 'test/slow/vscode/suite.ts');
    const folder = join(root, 'examples');
    try {
      const results = await runSuite({ suite, extensionHost, folder, milliseconds: 240_000 });
      for (const { name, error } of results) test(name, () => assert.equal(error, null));
    } catch (error) {
      test('the suite comes to its end', () => assert.fail(String(error)));
    }
  });
}
