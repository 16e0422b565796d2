import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TextEdit } from '../../server/src/base/span.ts';
import { declarationProblems } from '../../server/src/design/check.ts';
import { readItem } from '../../server/src/design/place.ts';
import type { Completion } from '../../server/src/ide/completion/item.ts';
import { completions } from '../../server/src/ide/completion.ts';
import { spotAt } from '../../server/src/ide/spot.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import type { Problem } from '../../server/src/language/problem.ts';
import { Scanner } from '../../server/src/language/syntax/scanner.ts';

const folder = join(import.meta.dirname, '../../examples');
// One is half typed on purpose, one so large that trying each offer takes long.
const LEFT_OUT = new Set(['half-typed.vdc', 'ten-thousand.vdc']);
const files = readdirSync(folder).filter((name) => name.endsWith('.vdc') && !LEFT_OUT.has(name));
/** Behind every so many words and marks of an example something is completed; of what is offered so many are tried. */
const STEP = 11;
const MOST_TRIED = 8;

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

/** A text as it is while it is typed: everything of its line behind the cursor is not there yet. */
interface Typed {
  readonly cut: TextEdit;
  readonly cursor: number;
}

/** At a word: before it, behind its first letter, behind it and a blank; behind other marks and a blank. */
function typedAt(text: string, { kind, from, to }: Token): readonly Typed[] {
  const lineEnd = (at: number) => at + text.slice(at).search(/[;{}\r\n]|$/);
  const typed = (end: number, behind: string): Typed => {
    const written = text.slice(from, end) + behind;
    const isOpening = kind === '{' || kind === ';';
    return { cut: { from, to: isOpening ? to : lineEnd(from), text: written }, cursor: from + written.length };
  };
  return kind === 'word' ? [typed(from, ''), typed(from + 1, ''), typed(to, ' ')] : [typed(to, ' ')];
}

interface Token {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

function tokensOf(text: string): Token[] {
  const scanner = new Scanner();
  scanner.reset(text);
  const found: Token[] = [];
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next())
    if (kind === 'word' || kind === ',' || kind === ':' || kind === '{' || kind === ';')
      found.push({ kind, from: scanner.from, to: scanner.to });
  return found;
}

/** Whether an editor shows an offer for what is typed: its letters occur in their order. */
function isShown({ filter, label }: Completion, typed: string): boolean {
  const text = (filter ?? label).toLowerCase();
  let at = 0;
  return [...typed.toLowerCase()].every((letter) => {
    at = text.indexOf(letter, at) + 1;
    return at > 0;
  });
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
    for (const [index, token] of tokensOf(text).entries()) {
      if (index % STEP !== number % STEP) continue;
      for (const { cut, cursor } of typedAt(text, token)) {
        const suppose = <T>(edit: TextEdit, ask: () => T) => workspace.suppose(new Map([[name, [edit]]]), ask);
        const found = suppose(cut, () => completions(workspace, name, cursor));
        if (!found) continue;
        const { from } = found.replaces;
        const typed = text.slice(0, cut.from) + cut.text;
        const shown = found.items.filter((item) => isShown(item, typed.slice(from, cursor)));
        for (const { insert, label } of shown.sort((a, b) => a.rank - b.rank).slice(0, MOST_TRIED)) {
          // `amend class` waits for the kind of the class.
          if (insert === 'class' && /amend $/.test(typed.slice(0, from))) continue;
          const edit = { ...cut, text: `${typed.slice(cut.from, from)}${insert} ` };
          if (from < cut.from) continue;
          const wrong = suppose(edit, () => mistakes(workspace, name, from, insert));
          const line = typed.slice(typed.lastIndexOf('\n', from - 1) + 1, from);
          assert.deepEqual(
            wrong.map(({ message }) => message),
            [],
            `${line}<${label}>`,
          );
        }
      }
    }
  });
}
