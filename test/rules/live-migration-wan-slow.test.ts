import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'live-migration-wan-slow';
const wave = (wan: string, more = '') => `site a
site b
wan line between a, b { ${wan} }
vm v-[1..4] { memory 8 GiB }
wave w { moves v-[1..4]; via line; method live${more} }`;

test('250 Mbps for each are silent, less is an error', () => {
  assert.deepEqual(said(rule, wave('speed 250 Mbps')), []);
  assert.deepEqual(said(rule, wave('speed 249 Mbps')), [
    'error: Wave w moves running VMs over line, which leaves 249 Mbps for each, held down by line; 250 Mbps are needed. Move fewer at once, or copy ahead and switch over (method warm).',
  ]);
});

test('moves at once share the link', () => {
  assert.deepEqual(said(rule, wave('speed 1 Gbps', '; parallel 4')), []);
  assert.equal(said(rule, wave('speed 999 Mbps', '; parallel 4')).length, 1);
  assert.deepEqual(said(rule, wave('speed 1 Gbps', '; parallel 40')), []);
  assert.equal(said(rule, wave('speed 1 Gbps', '; parallel 4; share 50 %')).length, 1);
});

test('a bound by loss is an estimate, and a warning', () => {
  assert.match(
    said(rule, wave('speed 1 Gbps; rtt 50 ms; loss 0.1 %'))[0] ?? '',
    /^warning: .* held down by packet loss/,
  );
});

test('an unknown link says nothing; copying ahead mends it', () => {
  assert.deepEqual(said(rule, wave('rtt 1 ms')), []);
  assert.match(mended(rule, wave('speed 100 Mbps')), /method warm/);
});
