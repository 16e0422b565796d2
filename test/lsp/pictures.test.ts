import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pictures } from '../../server/src/lsp/pictures.ts';
import type { Picture } from '../../server/src/protocol/topology.ts';
import { applyChange } from '../../server/src/topology/changes.ts';
import { smallGraph } from '../topology/graphs/small.ts';

const small: Picture = { graph: smallGraph(), routes: [] };
const named = (name: string): Picture => ({ ...small, graph: { ...small.graph, name } });

test('the first answer is the picture, the next one what changes, and none where nothing does', () => {
  const pictures = new Pictures();
  const first = pictures.answer(small, 'a', undefined);
  assert.ok(first.type === 'graph' && first.graph === small.graph);
  const second = pictures.answer(named('b'), 'a', first.version);
  assert.ok(second.type === 'changes' && second.of === first.version && second.version > first.version);
  assert.deepEqual(applyChange(small, second.change), named('b'));
  assert.deepEqual(pictures.answer(named('b'), 'a', second.version), { type: 'same', version: second.version });
});

test('several panels are told each what changes in its own picture', () => {
  const pictures = new Pictures();
  const early = pictures.answer(small, 'a', undefined);
  const late = pictures.answer(named('b'), 'a', early.version);
  const now = named('c');
  const [one, other] = [early, late].map(({ version }) => pictures.answer(now, 'a', version));
  assert.ok(one?.type === 'changes' && other?.type === 'changes');
  assert.equal(one.version, other.version, 'both show one picture from now on');
  assert.deepEqual(applyChange(small, one.change), now);
  assert.deepEqual(applyChange(named('b'), other.change), now);
});

test('another day or failure is told by what changes, too, and back again', () => {
  const pictures = new Pictures();
  const base = pictures.answer(small, 'a', undefined);
  const failed = pictures.answer(named('failed'), 'a failed', base.version);
  assert.ok(failed.type === 'changes');
  assert.ok(pictures.isOther(failed.version, 'a') && !pictures.isOther(failed.version, 'a failed'));
  const back = pictures.answer(small, 'a', failed.version);
  assert.ok(back.type === 'changes' && back.version === base.version);
  const alike = pictures.answer(small, 'a failed', back.version);
  assert.ok(alike.type === 'same' && alike.version !== back.version, 'nothing changes, but it is of another question');
});

test('who shows what is not known gets the whole: after a restart, or after many other pictures', () => {
  const gone = new Pictures().answer(small, 'a', undefined);
  const pictures = new Pictures();
  assert.equal(pictures.answer(small, 'a', gone.version - 1_000).type, 'graph');
  const first = pictures.answer(small, 'a', undefined);
  for (let n = 0; n < 20; n++) pictures.answer(named(`${n}`), `${n}`, undefined);
  assert.equal(pictures.answer(small, 'a', first.version).type, 'graph');
  assert.equal(pictures.isOther(first.version, 'b'), false);
});

test('a picture that is shown all the while is not forgotten for others', () => {
  const pictures = new Pictures();
  const { version } = pictures.answer(small, 'a', undefined);
  for (let n = 0; n < 20; n++) {
    pictures.answer(named(`${n}`), `${n}`, undefined);
    assert.equal(pictures.answer(small, 'a', version).type, 'same');
  }
});
