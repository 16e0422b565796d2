import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'live-migration-too-far';
const wave = (rtt: string, method = 'method live') => `site a
site b
wan line between a, b { speed 10 Gbps${rtt} }
vm v { memory 8 GiB }
wave w { moves v; via line; ${method} }`;

test('150 ms are silent, more is an error', () => {
  assert.deepEqual(said(rule, wave('; rtt 150 ms')), []);
  assert.deepEqual(said(rule, wave('; rtt 151 ms')), [
    'error: Wave w moves running VMs over line, 151 ms there and back; beyond 150 ms live migration is refused or stalls. Move them switched off, or copy ahead and switch over (method warm).',
  ]);
});

test('other methods, physical servers and unknown distances are not judged', () => {
  assert.deepEqual(said(rule, wave('; rtt 300 ms', 'method cold')), []);
  assert.deepEqual(said(rule, wave('; rtt 300 ms').replace('vm v {', 'server v {')), []);
  assert.deepEqual(said(rule, wave('')), []);
});

test('copying ahead mends it; a policy may set another distance', () => {
  assert.match(mended(rule, wave('; rtt 200 ms')), /method warm/);
  assert.deepEqual(said(rule, `${wave('; rtt 200 ms')}\npolicy { live-migration-too-far error 300 ms }`), []);
});
