import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { PAIN_POINTS } from '../../server/src/rules/rule.ts';
import { HEALTHY, OVERLOADED, world } from './world.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bundle = path.join(root, 'dist/cli.js');

test('every command explains itself', async (t) => {
  const { vdc } = world(t);
  const { code, out } = await vdc('--help');
  assert.equal(code, 0);
  const names = [...out.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name]) => name ?? '');
  assert.ok(names.length >= 5, out);
  for (const name of names) {
    const help = await vdc(`${name} --help`);
    assert.equal(help.code, 0);
    assert.match(help.out, new RegExp(`^vdc ${name} `));
    assert.deepEqual(await vdc(`help ${name}`), help);
  }
});

test('the version is that of the package', async (t) => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.deepEqual(await world(t).vdc('--version'), { code: 0, out: `${version}\n`, err: '' });
});

test('rules are listed by pain point, each with its title', async (t) => {
  const { code, out } = await world(t).vdc('rules');
  assert.equal(code, 0);
  for (const painPoint of PAIN_POINTS) assert.match(out, new RegExp(`^${painPoint.replaceAll('-', ' ')}$`, 'm'));
  for (const rule of RULES) assert.ok(out.includes(rule.id) && out.includes(rule.title), rule.id);
});

test('rules as JSON have every field filled', async (t) => {
  const { code, out } = await world(t).vdc('rules --format json');
  const { version, rules } = JSON.parse(out);
  assert.deepEqual([code, version], [0, 1]);
  assert.deepEqual(
    rules.map(({ id }: { id: string }) => id),
    RULES.map(({ id }) => id),
  );
  for (const rule of rules) {
    for (const field of ['title', 'benefit', 'why', 'severity', 'formula', 'of'])
      assert.ok(typeof rule[field] === 'string' && rule[field] !== '', `${rule.id}: ${field}`);
    for (const field of ['owners', 'inputs', 'covers'])
      assert.ok(Array.isArray(rule[field]) && rule[field].length > 0, `${rule.id}: ${field}`);
    assert.ok(PAIN_POINTS.includes(rule.painPoint), rule.id);
    assert.ok(rule.source.text !== '' && rule.source.evidence !== '', rule.id);
    assert.equal(rule.limits === null, rule.limitOf === null, `${rule.id}: limits without what they are of`);
    assert.equal(typeof rule.hasFix, 'boolean');
  }
});

test('the server is started by the command, with or without the option editors give', async (t) => {
  const { vdc } = world(t);
  assert.deepEqual(await vdc('lsp --stdio'), { code: 0, out: 'served\n', err: '' });
  assert.equal((await vdc('lsp --stdio --clientProcessId=1')).code, 0);
  assert.equal((await vdc('lsp --socket=7')).code, 2);
});

test('the bundle runs as a command of its own', {
  skip: existsSync(bundle) ? false : 'dist/cli.js is not built',
}, (t) => {
  const { folder } = world(t, { 'good.vdc': HEALTHY, 'bad.vdc': OVERLOADED });
  const vdc = (...args: string[]) =>
    spawnSync(process.execPath, [bundle, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  assert.equal(vdc('check', 'good.vdc').status, 0);
  const bad = vdc('check', 'bad.vdc');
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /^bad\.vdc:1:\d+ error host-cpu-overloaded\n/);
  const gone = vdc('check', 'gone.vdc');
  assert.deepEqual(
    [gone.status, gone.stdout, gone.stderr],
    [2, '', 'vdc check: gone.vdc: there is no such file or folder\n'],
  );
  const piped = spawnSync(process.execPath, [bundle, 'fmt', '-'], {
    input: 'site  a\n',
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.deepEqual([piped.status, piped.stdout], [0, 'site a\n']);
});
