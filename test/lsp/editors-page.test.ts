import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../server/src/lsp/settings.ts';

test('docs/editors.md has every setting of the server, with its default', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/editors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+\.\w+)` \| `([^`]+)` \|/gm)].map(([, name, value]) => [name, value]);
  const settings = Object.entries(DEFAULT_SETTINGS).flatMap(([section, values]) =>
    Object.entries(values).map(([name, value]) => [`${section}.${name}`, JSON.stringify(value)]),
  );
  assert.deepEqual(rows, settings);
});
