import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationToken, CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import type { Steps } from '../../server/src/base/steps.ts';
import { Background } from '../../server/src/lsp/background.ts';

/** Works for longer than a slice lasts, in steps that are short. */
function* long<T>(value: T, onStep: () => void = () => {}, steps = 10): Steps<T> {
  for (let step = 0; step < steps; step++) {
    onStep();
    const until = performance.now() + 4;
    while (performance.now() < until);
    yield;
  }
  return value;
}

describe('work in the background', () => {
  test('lets others through, and comes to its end', async () => {
    const background = new Background(() => 0);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    assert.equal(await background.run(() => long('done'), CancellationToken.None), 'done');
    clearInterval(timer);
    assert.ok(turns > 2, `${turns} turns`);
  });

  test('begins again when a text has changed, also after its last step', async () => {
    let revision = 0;
    const background = new Background(() => revision);
    const begun: number[] = [];
    const work = background.run(() => {
      begun.push(revision);
      return long(revision);
    }, CancellationToken.None);
    await sleep(10);
    revision = 1;
    assert.equal(await work, 1);
    assert.deepEqual(begun, [0, 1]);

    const last = background.run(() => long(revision, () => {}, 0), CancellationToken.None);
    setTimeout(() => (revision = 2), 1);
    assert.equal(await last, revision);
  });

  test('takes what it changes itself for no change', async () => {
    let revision = 0;
    const background = new Background(() => revision);
    let begun = 0;
    const supposing = () => {
      begun++;
      return long('plan', () => revision++);
    };
    assert.equal(await background.run(supposing, CancellationToken.None), 'plan');
    assert.equal(begun, 1);
  });

  test('is done one after the other', async () => {
    const background = new Background(() => 0);
    const seen: string[] = [];
    const work = (name: string) => background.run(() => long(name, () => seen.push(name)), CancellationToken.None);
    await Promise.all([work('a'), work('b')]);
    assert.deepEqual(seen.join(''), 'a'.repeat(10) + 'b'.repeat(10));
  });

  test('ends when nobody waits for it, and what fails holds up nobody', async () => {
    const background = new Background(() => 0);
    const source = new CancellationTokenSource();
    let steps = 0;
    const endless = background.run(() => long('never', () => steps++, Number.POSITIVE_INFINITY), source.token);
    await sleep(10);
    source.cancel();
    await assert.rejects(endless, { code: LSPErrorCodes.RequestCancelled });
    const failing = background.run(() => {
      throw new Error('a mistake');
    }, CancellationToken.None);
    await assert.rejects(failing, /a mistake/);
    assert.equal(await background.run(() => long('next'), CancellationToken.None), 'next');
  });
});
