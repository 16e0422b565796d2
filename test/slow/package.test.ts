import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { cache } from '../../scripts/lib/install-tool.ts';
import { packExtension } from '../../scripts/lib/pack.ts';
import { runSuite } from '../support/vscode-web.ts';

const root = join(import.meta.dirname, '../..');
const vsix = join(cache, 'tested.vsix');

describe('the packed extension', async () => {
  await packExtension(vsix);

  test('is at most 1.5 MiB', () => {
    const mebibytes = statSync(vsix).size / 2 ** 20;
    assert.ok(mebibytes <= 1.5, `${mebibytes.toFixed(2)} MiB`);
  });

  const results = await runSuite({
    suite: join(root, 'test/slow/vscode/package-suite.ts'),
    extensionHost: 'node',
    folder: join(root, 'examples'),
    vsix,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    milliseconds: 180_000,
  });
  for (const { name, error } of results) test(name, () => assert.equal(error, null));
});
