import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveImport } from '../../server/src/ide/import-path.ts';

const cases: readonly [from: string, path: string, means: string | undefined][] = [
  ['file:///plans/main.vdc', 'hardware.vdc', 'file:///plans/hardware.vdc'],
  ['file:///plans/main.vdc', './sites/berlin.vdc', 'file:///plans/sites/berlin.vdc'],
  ['file:///plans/eu/main.vdc', '../hardware.vdc', 'file:///plans/hardware.vdc'],
  ['file:///plans/main.vdc', 'our hosts.vdc', 'file:///plans/our%20hosts.vdc'],
  ['vscode-vfs://github/a/b/main.vdc', 'x.vdc', 'vscode-vfs://github/a/b/x.vdc'],
  ['untitled:main.vdc', 'x.vdc', 'untitled:x.vdc'],
  ['main.vdc', 'x.vdc', 'x.vdc'],
  ['file:///main.vdc', '../../etc/passwd', undefined],
  ['file:///plans/main.vdc', '/etc/passwd', undefined],
  ['file:///plans/main.vdc', 'C:\\plans\\x.vdc', undefined],
  ['file:///plans/main.vdc', 'https://example.net/x.vdc', undefined],
];

for (const [from, path, means] of cases) {
  test(`${from} imports ${path}: ${means ?? 'nothing'}`, () => assert.equal(resolveImport(from, path), means));
}
