import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../server/src/lsp/settings.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
/** Names of commands that the server has are in the protocol. */
const client = globSync(['client/src/**/*.ts', 'server/src/protocol/requests.ts'], { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

interface Entry {
  readonly command: string;
  readonly icon?: string | { readonly light: string; readonly dark: string };
  readonly when?: string;
}
const commands: readonly Entry[] = contributes.commands;
const own = (command: string): boolean => command.startsWith('vdc.');

/** Every string in a value of package.json. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('what package.json promises', () => {
  test('every command is there, and has an icon', () => {
    const registered = (command: string): boolean =>
      client.includes(`'${command}'`) || client.includes(`onFinding('${command.replace('vdc.findings.', '')}'`);
    assert.deepEqual(
      commands.filter(({ command }) => !registered(command)).map(({ command }) => command),
      [],
    );
    assert.deepEqual(
      commands.filter(({ icon }) => icon === undefined).map(({ command }) => command),
      [],
    );
  });

  test('menus, keys, links and the walkthrough name commands that there are', () => {
    const known = new Set([...commands.map(({ command }) => command), 'vdc.findings.focus']);
    const linked = strings(contributes).flatMap((text) =>
      [...text.matchAll(/(?:command:|onCommand:)([\w.]+)/g)].map(([, command = '']) => command),
    );
    const inMenus = Object.values<readonly Entry[]>(contributes.menus)
      .flat()
      .map(({ command }) => command);
    const inKeys = contributes.keybindings.map(({ command }: Entry) => command);
    const named = [...linked, ...inMenus, ...inKeys].filter(own);
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  test('what needs an argument is not in the command palette', () => {
    const hidden = contributes.menus.commandPalette
      .filter(({ when }: Entry) => when === 'false')
      .map(({ command }: Entry) => command);
    const rowCommands = contributes.menus['view/item/context'].map(({ command }: Entry) => command);
    for (const command of ['vdc.showInTopology', 'vdc.showArithmetic', ...rowCommands])
      assert.ok(hidden.includes(command), command);
  });

  test('every file that it names is there, and is packed', () => {
    const files = strings(contributes)
      .filter((text) => /^(?:\.\/)?[\w/.-]+\.(?:svg|png|json|md)$/.test(text))
      .map((path) => path.replace('./', ''));
    assert.ok(files.length > 10);
    for (const file of files) {
      assert.ok(existsSync(join(root, file)), `there is no ${file}`);
      assert.ok(
        manifest.files.some((pattern: string) => matchesGlob(file, pattern)),
        `${file} is not packed`,
      );
    }
  });

  test('settings of the server have the defaults that it has without an editor', () => {
    const settings = Object.assign(
      {},
      ...contributes.configuration.map(({ properties }: { properties: object }) => properties),
    );
    for (const [section, values] of Object.entries(DEFAULT_SETTINGS)) {
      for (const [name, value] of Object.entries(values)) {
        const setting = settings[`vdc.${section}.${name}`];
        assert.ok(setting, `vdc.${section}.${name} is not documented`);
        assert.equal(setting.default, value, `vdc.${section}.${name}`);
      }
    }
    for (const [name, setting] of Object.entries<{ markdownDescription?: string; scope?: string }>(settings))
      assert.ok(setting.markdownDescription && setting.scope, `${name} has a description and a scope`);
  });

  test('pictures of the walkthrough take their colours from the theme', () => {
    for (const file of globSync('media/walkthrough/*.svg', { cwd: root })) {
      const svg = readFileSync(join(root, file), 'utf8');
      const fixed = [...svg.matchAll(/(?:fill|stroke)(?:="|:)(?!var\(--vscode-|none)[^";}]+/g)].map(([text]) => text);
      assert.deepEqual(fixed, [], file);
    }
  });
});
