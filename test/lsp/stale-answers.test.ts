import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { StaleAnswers } from '../../server/src/lsp/stale-answers.ts';

type Listener = (uri: string, by: 'editor' | 'disk') => void;

/** Two open files; an answer for the one is remembered, and how often the editor is told to ask again is counted. */
function shown(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const listeners: Listener[] = [];
  const workspace = new Workspace({ resolve: () => undefined });
  for (const uri of ['a.vdc', 'b.vdc']) workspace.openText(uri, '');
  const state = { figure: 1, asked: 0, refreshed: 0 };
  const answers = new StaleAnswers(
    { workspace, onChanged: (listener: Listener) => void listeners.push(listener) },
    () => state.refreshed++,
  );
  const now = () => {
    state.asked++;
    return String(state.figure);
  };
  answers.remember('a.vdc', 'figure', now(), now);
  const changed: Listener = (uri, by) => {
    for (const listener of listeners) listener(uri, by);
  };
  return { state, workspace, changed, pass: () => t.mock.timers.tick(10_000) };
}

test('an edit of another file that changes the answer', (t) => {
  const { state, changed, pass } = shown(t);
  state.figure = 2;
  changed('b.vdc', 'editor');
  assert.equal(state.refreshed, 0);
  pass();
  assert.equal(state.refreshed, 1);
});

test('an edit of another file that changes nothing of it', (t) => {
  const { state, changed, pass } = shown(t);
  changed('b.vdc', 'editor');
  pass();
  assert.equal(state.refreshed, 0);
});

test('many edits in a row are looked at once', (t) => {
  const { state, changed, pass } = shown(t);
  for (let edit = 0; edit < 50; edit++) changed('b.vdc', 'editor');
  assert.equal(state.asked, 1);
  pass();
  assert.equal(state.asked, 2);
});

test('of the file that was edited the editor asks by itself', (t) => {
  const { state, changed, pass } = shown(t);
  state.figure = 2;
  changed('a.vdc', 'editor');
  pass();
  assert.equal(state.refreshed, 0);
});

test('a file that changed on the disk changes what is shown of the open ones', (t) => {
  const { state, changed, pass } = shown(t);
  state.figure = 2;
  changed('a.vdc', 'disk');
  pass();
  assert.equal(state.refreshed, 1);
});

test('of a file that was closed nothing is shown', (t) => {
  const { state, workspace, changed, pass } = shown(t);
  state.figure = 2;
  workspace.closeText('a.vdc');
  changed('b.vdc', 'editor');
  pass();
  assert.equal(state.refreshed, 0);
});
