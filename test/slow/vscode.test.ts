import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runSuite } from '../support/vscode-web.ts';

const root = join(import.meta.dirname, '../..');

const secondFolder = {
  'second.vdc': 'import "../workspace/hardware.vdc"\nhost a : gen11 { memory 64 }\n',
  'parts.vdc': 'class host small { memory 64 GiB }\n',
  'whole.vdc': 'import "parts.vdc"\nhost a : small { note "x" }\n',
};

/** What is found depends on what the cases open, not on all examples. */
const settings = { 'vdc.diagnostics.scope': 'openFiles' };

for (const extensionHost of ['node', 'web'] as const) {
  describe(`the real VS Code, ${extensionHost} extension host`, async () => {
    const suite = join(root, 'test/slow/vscode/suite.ts');
    const folder = join(root, 'examples');
    try {
      const results = await runSuite({ suite, extensionHost, folder, secondFolder, settings, milliseconds: 420_000 });
      for (const { name, error } of results) test(name, () => assert.equal(error, null));
    } catch (error) {
      test('the suite comes to its end', () => assert.fail(String(error)));
    }
  });
}
