import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import type { Draft } from '../../server/src/ide/code-actions/refactoring.ts';
import { diagnosticsOfProject } from '../../server/src/ide/diagnostics.ts';
import { resolveImport } from '../../server/src/ide/import-path.ts';
import { refactoringDraft, refactorings } from '../../server/src/ide/refactor.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { formatText } from '../../server/src/language/format.ts';
import { random } from '../support/random.ts';
import { randomDesign } from '../support/random-design.ts';
import { meaningOf } from './meaning.ts';

type Texts = ReadonlyMap<string, string>;

function workspaceOf(texts: Texts): Workspace {
  const workspace = new Workspace({ resolve: resolveImport });
  for (const [uri, text] of texts) workspace.openText(uri, text);
  return workspace;
}

function after(texts: Texts, { edits, creates = [] }: Draft): Texts {
  const next = new Map(texts);
  for (const uri of creates) {
    assert.ok(!texts.has(uri), `${uri} is there already`);
    next.set(uri, '');
  }
  for (const uri of new Set(edits.map((edit) => edit.uri))) {
    const text = next.get(uri);
    assert.ok(text !== undefined, uri);
    next.set(
      uri,
      applyEdits(
        text,
        edits.filter((edit) => edit.uri === uri),
      ),
    );
  }
  return next;
}

function mistakesIn(workspace: Workspace, uri: string): readonly string[] {
  const project = workspace.projectOf(uri);
  assert.ok(project);
  // A class that is inlined or moved may be used by nothing then: that is no mistake.
  return diagnosticsOfProject(project)
    .filter(({ finding, tags }) => !finding && !tags.includes('unnecessary'))
    .map(({ code, message }) => `${code} ${message}`)
    .sort();
}

/** Tries every refactoring at some selections of a design, and checks that nothing but the text is another. */
function tryAll(texts: Texts, uri: string, seed: number, tries: number, counts: Map<string, number>): void {
  const { below, next } = random(seed);
  const workspace = workspaceOf(texts);
  const text = texts.get(uri) ?? '';
  const isFormatted = formatText(text) === text;
  const project = workspace.projectOf(uri);
  assert.ok(project);
  const meaning = meaningOf(project.design);
  const known = new Set(meaning);
  const mistakes = mistakesIn(workspace, uri);
  const seen = new Set<string>();
  for (let n = 0; n < tries; n++) {
    const from = below(text.length + 1);
    const span = { from, to: next() < 0.7 ? from : Math.min(text.length, from + below(400)) };
    const wish = { wants: () => true, createsFiles: true, mayDefer: next() < 0.5 };
    for (const { kind, title, draft } of refactorings(workspace, uri, span, wish)) {
      const made = draft ?? refactoringDraft(workspace, uri, span, { kind, title });
      if ('reason' in made || seen.has(JSON.stringify(made))) continue;
      seen.add(JSON.stringify(made));
      counts.set(title.replace(/\s.*$/, ''), (counts.get(title.replace(/\s.*$/, '')) ?? 0) + 1);
      const written = after(texts, made);
      const other = workspaceOf(written);
      const where = `${uri} ${span.from}-${span.to}: ${title}\n${written.get(uri)}`;
      const design = other.projectOf(uri)?.design;
      assert.ok(design);
      const now = meaningOf(design);
      assert.deepEqual(
        now.filter((one) => !known.has(one)),
        [],
        where,
      );
      assert.equal(now.length, meaning.length, where);
      assert.deepEqual(mistakesIn(other, uri), mistakes, where);
      if (isFormatted) for (const [name, own] of written) assert.equal(formatText(own), own, `${where}\n${name}`);
    }
  }
  for (const [name, own] of texts) assert.equal(workspace.text(name), own, 'trying leaves the texts as they were');
}

const folder = new URL('../../examples/', import.meta.url);

/** An example with the files that it imports. */
function withImports(name: string, texts = new Map<string, string>()): Texts {
  const text = readFileSync(new URL(name, folder), 'utf8');
  texts.set(name, text);
  for (const [, path = ''] of text.matchAll(/^import "([^"]+)"/gm)) if (!texts.has(path)) withImports(path, texts);
  return texts;
}

// Comparing all facts of a thousand VMs takes longer than it is worth.
const LARGE = ['ten-thousand.vdc', 'vdi-farm.vdc'];
const names = readdirSync(folder).filter((name) => name.endsWith('.vdc') && !LARGE.includes(name));
for (const name of names) {
  test(`${name}: whatever is offered leaves the meaning as it was`, () => {
    tryAll(withImports(name), name, name.length, 12, new Map());
  });
}

test('random designs: the same', () => {
  const counts = new Map<string, number>();
  for (let seed = 7_000; seed < 7_040; seed++)
    tryAll(new Map([['a.vdc', randomDesign(seed)]]), 'a.vdc', seed, 15, counts);
  for (const verb of ['Extract', 'Inline', 'Split', 'Merge', 'Sort', 'Write', 'Move'])
    assert.ok((counts.get(verb) ?? 0) > 0, `${verb} was never offered; ${JSON.stringify([...counts])}`);
});
