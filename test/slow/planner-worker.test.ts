import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CancellationToken,
  CancellationTokenSource,
  type CodeAction,
  type Hover,
  WorkDoneProgress,
} from 'vscode-languageserver-protocol';
import { UNWATCHED } from '../../server/src/base/course.ts';
import { finish } from '../../server/src/base/steps.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { Background } from '../../server/src/lsp/background.ts';
import { PLANNER_ROLE, type PlannerRequest, type PlannerResponse } from '../../server/src/lsp/planner/messages.ts';
import { Planner } from '../../server/src/lsp/planner/planner.ts';
import { stepsTo } from '../../server/src/lsp/planner/questions.ts';
import { spawnWorker } from '../../server/src/lsp/spawn.node.ts';
import type { PlanAnswer } from '../../server/src/protocol/plans.ts';
import { crowdedDesign } from '../support/crowded.ts';
import { startSession } from '../support/language-session.ts';

const TEXT = crowdedDesign();
const URI = 'file:///plan/crowded.vdc';
const CONSOLIDATE = { uri: URI, wish: { kind: 'consolidate', cluster: 'cluster:prod' } } as const;
const at = (name: string) => {
  const lines = TEXT.split('\n');
  const line = lines.findIndex((text) => text.includes(name));
  return { line, character: lines[line]?.indexOf(name) ?? 0 };
};

function opened(text: string): Workspace {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText(URI, text);
  return workspace;
}

const planOf = (text: string) => finish(stepsTo('plan', opened(text), CONSOLIDATE, UNWATCHED));

describe('the built server makes plans beside its answers', () => {
  for (const command of [
    ['dist/server.js', '--stdio'],
    ['dist/cli.js', 'lsp', '--stdio'],
  ])
    test(`${command[0]}: hovers are answered meanwhile, it is told how far it is, an edit is noticed, a stop gives the best`, async (t) => {
      const session = await startSession(command);
      t.after(() => session.close());
      const { connection } = session;
      await session.open(URI, TEXT);
      const hover = () =>
        connection.sendRequest<Hover>('textDocument/hover', { textDocument: { uri: URI }, position: at('esx-07') });
      /** Asks for a plan; `meanwhile` is called with the shares that were told as often as there is time. */
      const planned = async (
        workDoneToken: string,
        meanwhile: (told: readonly number[]) => Promise<void>,
        token = CancellationToken.None,
      ) => {
        const told: number[] = [];
        const kinds: string[] = [];
        const listening = connection.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
          kinds.push(value.kind);
          if (value.kind !== 'end') told.push(value.percentage ?? -1);
        });
        let isDone = false;
        let hovers = 0;
        const answer = connection
          .sendRequest<PlanAnswer>('vdc/plan', { ...CONSOLIDATE, workDoneToken }, token)
          .finally(() => {
            isDone = true;
          });
        while (!isDone) {
          assert.match(JSON.stringify(await hover()), /host esx-0/);
          hovers++;
          await meanwhile(told);
        }
        listening.dispose();
        assert.deepEqual([kinds[0], kinds.at(-1), told[0]], ['begin', 'end', 0]);
        assert.deepEqual(
          told,
          [...told].sort((a, b) => a - b),
          'it never goes back',
        );
        assert.ok(hovers > 2, `${hovers} hovers`);
        return { answer: await answer, told };
      };

      const whole = await planned('whole', async () => {});
      assert.equal(whole.answer.title, planOf(TEXT).title);
      assert.equal(whole.told.at(-1), 100);
      assert.ok(whole.told.length > 3, whole.told.join());

      const stop = new CancellationTokenSource();
      const searching = async (told: readonly number[]) => {
        if ((told.at(-1) ?? 0) > 0) stop.cancel();
      };
      const stopped = await planned('stopped', searching, stop.token);
      assert.ok(stopped.answer.isStopped, stopped.answer.title);
      assert.match(stopped.answer.title, /^stopped early: /i);
      if (stopped.answer.outcome === 'plan') assert.match(stopped.answer.page, /The search was stopped before/);

      let isEdited = false;
      const position = { line: 0, character: 0 };
      // One more host: another plan.
      const more = {
        range: { start: at('  host esx-28'), end: at('  host esx-28') },
        newText: '  host esx-29 : h { runs w }\n',
      };
      const vm = { range: { start: position, end: position }, newText: 'vm w : small\n' };
      const edited = await planned('edited', async (told) => {
        if (isEdited || (told.at(-1) ?? 0) === 0) return;
        isEdited = true;
        await session.edit(URI, [more, vm]);
      });
      assert.ok(isEdited);
      assert.equal(edited.answer.title, planOf(session.text(URI)).title);
      assert.notEqual(edited.answer.title, whole.answer.title);
    });

  test('an editor without requests of ours is shown how far it is, and asked before what it stopped is applied', async (t) => {
    const asked: string[] = [];
    let shown: string | number | undefined;
    const session = await startSession(undefined, {
      window: { workDoneProgress: true, showMessage: { messageActionItem: { additionalPropertiesSupport: false } } },
      answers: {
        'window/workDoneProgress/create': (params) => {
          shown = (params as { token: string }).token;
          session.connection.onProgress(WorkDoneProgress.type, shown, ({ kind }) => {
            if (kind !== 'begin') return;
            void session.connection.sendNotification('window/workDoneProgress/cancel', { token: shown });
          });
          return null;
        },
        'window/showMessageRequest': (params) => {
          const { message, actions } = params as { message: string; actions: readonly { title: string }[] };
          asked.push(message);
          return actions[0];
        },
        'window/showMessage': () => null,
      },
    });
    t.after(() => session.close());
    await session.open(URI, TEXT);
    const range = { start: at('cluster prod'), end: at('cluster prod') };
    const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range,
      context: { diagnostics: [], only: ['refactor.move'] },
    });
    const action = actions.find(({ title }) => title.startsWith('Free hosts'));
    assert.ok(action, actions.map(({ title }) => title).join());
    const messages: string[] = [];
    session.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      messages.push(message);
    });
    const resolved = await session.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    assert.ok(shown !== undefined, 'no progress was shown');
    // What was found until then depends on how fast this machine is.
    if (resolved.edit) assert.match(asked[0] ?? '', /^Stopped early: .* Apply it\?$/);
    else assert.match(messages[0] ?? '', /^Nothing is moved: stopped early: /);
  });
});

for (const script of ['dist/server.js', 'server/src/planner-worker.ts'])
  test(`${script} is a worker that makes plans, and can be stopped`, async () => {
    const workspace = opened(TEXT);
    let spawned = 0;
    const planner = new Planner({
      workspace,
      background: new Background(() => workspace.revision),
      spawn: () => {
        spawned++;
        return spawnWorker<PlannerRequest, PlannerResponse>(new URL(`../../${script}`, import.meta.url), PLANNER_ROLE);
      },
      onChanged: () => {},
    });
    try {
      const told: string[] = [];
      const watch = { giveUp: CancellationToken.None, stop: CancellationToken.None };
      const whole = await planner.ask('plan', CONSOLIDATE, {
        ...watch,
        report: (_, doing) => told.push(doing ?? ''),
      });
      assert.deepEqual(whole, planOf(TEXT));
      assert.ok(
        told.some((doing) => doing.startsWith('trying ')),
        told.join(),
      );
      const stop = new CancellationTokenSource();
      const stopped = await planner.ask('plan', CONSOLIDATE, {
        ...watch,
        stop: stop.token,
        report: (_, doing) => {
          if (doing?.startsWith('trying ')) stop.cancel();
        },
      });
      assert.ok(stopped.outcome === 'plan' && stopped.isStopped, stopped.title);
      assert.equal(spawned, 1);
    } finally {
      planner.dispose();
    }
  });
