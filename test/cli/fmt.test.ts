import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { HEALTHY, world } from './world.ts';

const UGLY = 'host  esx-01 {\n memory 64GiB;\n}\n';
const NEAT = 'host esx-01 {\n  memory 64 GiB\n}\n';

test('files are formatted in place, and only those that change are named', async (t) => {
  const { vdc, folder } = world(t, { 'ugly.vdc': UGLY, 'neat.vdc': NEAT });
  assert.deepEqual(await vdc('fmt ugly.vdc neat.vdc'), { code: 0, out: 'ugly.vdc formatted\n', err: '' });
  assert.equal(readFileSync(path.join(folder, 'ugly.vdc'), 'utf8'), NEAT);
  assert.deepEqual(await vdc('fmt --check .'), { code: 0, out: '', err: '' });
});

test('a check writes nothing and exits with 1', async (t) => {
  const { vdc, folder } = world(t, { 'ugly.vdc': UGLY, 'neat.vdc': NEAT });
  const { code, out } = await vdc('fmt --check ugly.vdc neat.vdc');
  assert.deepEqual([code, out], [1, 'ugly.vdc is not formatted; "vdc fmt ugly.vdc" formats it\n']);
  assert.equal(readFileSync(path.join(folder, 'ugly.vdc'), 'utf8'), UGLY);
});

test('standard input is formatted to standard output', async (t) => {
  const { vdc } = world(t);
  assert.deepEqual(await vdc('fmt -', UGLY), { code: 0, out: NEAT, err: '' });
});

test('one file that cannot be read keeps no other from being formatted', async (t) => {
  const { vdc, folder } = world(t, { 'bytes.vdc': new Uint8Array([0xff]), 'ugly.vdc': UGLY });
  const { code, err } = await vdc('fmt .');
  assert.deepEqual([code, err], [2, 'vdc: bytes.vdc is not UTF-8 text; save it as UTF-8\n']);
  assert.equal(readFileSync(path.join(folder, 'ugly.vdc'), 'utf8'), NEAT);
});

test('a byte order mark and line ends of Windows stay as they are', async (t) => {
  const { vdc, folder } = world(t, { 'windows.vdc': `\ufeff${HEALTHY.replaceAll('\n', '\r\n')}` });
  assert.deepEqual(await vdc('fmt --check windows.vdc'), { code: 0, out: '', err: '' });
  assert.ok(readFileSync(path.join(folder, 'windows.vdc'), 'utf8').startsWith('\ufeffhost esx-01 {\r\n'));
});

test('a text that is broken keeps every sign of it', async (t) => {
  const broken = 'host esx-01 {\n  memory 64GiB\nvm db { vcpu }}}\n"';
  const { vdc } = world(t);
  const { out } = await vdc('fmt -', broken);
  assert.equal(out.replaceAll(/\s/g, ''), broken.replaceAll(/\s/g, ''));
});
