/** Edits as different editors take them: made when they are chosen, in new files, with something to fill in. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { type Session, startSession } from '../support/language-session.ts';

async function actionsAt(session: Session, text: string, only: string): Promise<CodeAction[]> {
  const uri = 'file:///plan/actions.vdc';
  const before = text.slice(0, text.indexOf('$0')).split('\n');
  await session.open(uri, text.replace('$0', ''));
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start, end: start },
    context: { diagnostics: [], only: [only], triggerKind: 1 },
  });
}

async function sessionOf(workspaceEdit: object): Promise<Session> {
  const session = await startSession(undefined, { workspace: { workspaceEdit } });
  after(() => session.close());
  return session;
}

const MOVABLE = 'class vm b$0ig { vcpu 8; memory 64 GiB }\nvm a : big\n';

test('a block moves to a new file where the editor makes files, and only there', async () => {
  const makes = await sessionOf({ documentChanges: true, resourceOperations: ['create'] });
  const [action] = await actionsAt(makes, MOVABLE, 'refactor.move');
  assert.ok(action, 'a move is offered');
  const { edit } = action.edit ? action : await makes.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  const kinds = edit?.documentChanges?.map((change) => ('kind' in change ? change.kind : 'edit')) ?? [];
  assert.equal(kinds[0], 'create');
  assert.ok(kinds.includes('edit'));
  assert.match(JSON.stringify(edit), /class vm big/);
  const plain = await sessionOf({ documentChanges: true });
  assert.deepEqual(await actionsAt(plain, MOVABLE, 'refactor.move'), []);
});

test('the reason of a silence is filled in where the editor takes snippets', async () => {
  const text = `vm db { vcpu 8; memory 16 GiB; demand cpu 90 % }
cluster small {
  host $0s-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db }
}
`;
  for (const [snippetEditSupport, expected] of [
    [true, /"snippet":\{"kind":"snippet","value":"[^}]*\$\{1:/],
    [false, /"newText":"[^}]*because/],
  ] as const) {
    const session = await sessionOf({ documentChanges: true, snippetEditSupport });
    const silence = (await actionsAt(session, text, 'quickfix')).find(({ edit }) =>
      /because/.test(JSON.stringify(edit)),
    );
    assert.match(JSON.stringify(silence?.edit), expected);
  }
});

test('a wide refactoring is worked out when it is chosen, and at once where the editor cannot ask again', async () => {
  const text = 'class vm b$0ig { vcpu 8; memory 64 GiB }\nvm a : big\nvm b : big\n';
  const title = 'Inline class big everywhere';
  const session = await sessionOf({});
  const deferred = (await actionsAt(session, text, 'refactor.inline')).find((action) => action.title === title);
  assert.ok(deferred?.data !== undefined && !deferred.edit);
  const { edit } = await session.connection.sendRequest<CodeAction>('codeAction/resolve', deferred);
  assert.match(JSON.stringify(edit), /vcpu 8/);
  const plain = await startSession(undefined, { textDocument: { codeAction: {} } });
  after(() => plain.close());
  const made = (await actionsAt(plain, text, 'refactor.inline')).find((action) => action.title === title);
  assert.match(JSON.stringify(made?.edit), /vcpu 8/);
});

test('the menu of a person has the plan with what it moves; a light bulb alone only says that there may be one', async () => {
  const session = await sessionOf({ documentChanges: true });
  const uri = 'file:///plan/menu.vdc';
  const text = `class vm big { vcpu 4; memory 8 GiB; demand cpu 90 % }
vm a-[1..3] : big
cluster small {
  host h-1 { cpu 1 x 11 cores 2.0 GHz; memory 64 GiB; runs a-[1..3] }
  host h-2 { cpu 1 x 11 cores 2.0 GHz; memory 64 GiB }
}
`;
  await session.open(uri, text);
  const range = { start: { line: 3, character: 8 }, end: { line: 3, character: 8 } };
  const ask = (triggerKind: 1 | 2) =>
    session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ['quickfix'], triggerKind },
    });
  const [[made], [named]] = await Promise.all([ask(1), ask(2)]);
  assert.match(made?.title ?? '', /^Move a-\d to h-2: CPU of h-1/);
  assert.ok(made?.edit, 'it has its edit');
  assert.deepEqual([named?.title, named?.edit], ['Move VMs so that h-1 fits', undefined]);
});
