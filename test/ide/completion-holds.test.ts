import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { declarationProblems } from '../../server/src/design/check.ts';
import { readItem } from '../../server/src/design/place.ts';
import { completions } from '../../server/src/ide/completion.ts';
import { spotAt } from '../../server/src/ide/spot.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import type { Problem } from '../../server/src/language/problem.ts';
import { Scanner } from '../../server/src/language/syntax/scanner.ts';

const folder = join(import.meta.dirname, '../../examples');
// One is half typed on purpose, one so large that trying each offer takes long.
const LEFT_OUT = new Set(['half-typed.vdc', 'ten-thousand.vdc']);
const files = readdirSync(folder).filter((name) => name.endsWith('.vdc') && !LEFT_OUT.has(name));
/** Every so many words of an example are completed; each word's offers are tried up to so many. */
const STEP = 7;
const MOST_TRIED = 6;

/** What must not be said of a text that was offered. That something is still missing behind it may be. */
const WRONG = new Set([
  'word-unknown',
  'word-misplaced',
  'word-repeated',
  'value-malformed',
  'value-surplus',
  'unit-wrong',
  'name-unresolved',
  'name-ambiguous',
  'name-case',
  'placement-duplicate',
  'count-mismatch',
]);

function workspaceOf(name: string): { readonly workspace: Workspace; readonly text: string } {
  const workspace = new Workspace({ resolve: (_, path) => path });
  for (const other of files) workspace.provide(other, readFileSync(join(folder, other), 'utf8'));
  const text = readFileSync(join(folder, name), 'utf8');
  workspace.openText(name, text);
  return { workspace, text };
}

function wordsOf(text: string): { readonly from: number; readonly to: number }[] {
  const scanner = new Scanner();
  scanner.reset(text);
  const found: { from: number; to: number }[] = [];
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next())
    if (kind === 'word') found.push({ from: scanner.from, to: scanner.to });
  return found;
}

/** What is wrong with a text at an offset, in itself and with the names in it. */
function mistakes(workspace: Workspace, uri: string, offset: number, written: string): readonly Problem[] {
  const spot = spotAt(workspace, uri, offset);
  assert.ok(spot);
  const { place, placeFrom, owner } = spot;
  const ofNames = declarationProblems(owner).filter((found) => found.place === place);
  return [...readItem(place.item, place.context).problems, ...ofNames.map(({ problem }) => problem)].filter(
    ({ from, to, code }) => WRONG.has(code) && placeFrom + from < offset + written.length && placeFrom + to > offset,
  );
}

for (const [number, name] of files.entries()) {
  test(`${name}: nothing that is offered is wrong where it is offered`, () => {
    const { workspace, text } = workspaceOf(name);
    for (const [index, word] of wordsOf(text).entries()) {
      if (index % STEP !== number % STEP) continue;
      // As if the line were typed up to here: what stands behind it is not there yet.
      const lineEnd = text.slice(word.from).search(/[;{}\r\n]/) + word.from;
      const cut = { from: word.from, to: lineEnd, text: '' };
      const tried = workspace.suppose(
        new Map([[name, [cut]]]),
        () => completions(workspace, name, word.from)?.items ?? [],
      );
      for (const { insert, label } of [...tried].sort((a, b) => a.rank - b.rank).slice(0, MOST_TRIED)) {
        const edit = { ...cut, text: `${insert} ` };
        const wrong = workspace.suppose(new Map([[name, [edit]]]), () => mistakes(workspace, name, word.from, insert));
        const line = text.slice(text.lastIndexOf('\n', word.from) + 1, word.from);
        assert.deepEqual(
          wrong.map(({ message }) => message),
          [],
          `${line}<${label}>`,
        );
      }
    }
  });
}
