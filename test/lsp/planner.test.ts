import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationToken, CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { UNWATCHED } from '../../server/src/base/course.ts';
import { finish } from '../../server/src/base/steps.ts';
import { keyOf } from '../../server/src/ide/proof.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { Background } from '../../server/src/lsp/background.ts';
import type { PlannerPort, PlannerRequest, PlannerResponse } from '../../server/src/lsp/planner/messages.ts';
import { Planner, type Watch } from '../../server/src/lsp/planner/planner.ts';
import { stepsTo } from '../../server/src/lsp/planner/questions.ts';
import { serveQuestions } from '../../server/src/lsp/planner/worker.ts';
import type { WireWish } from '../../server/src/protocol/plans.ts';
import { checkDesign } from '../../server/src/rules/run.ts';

const HARDWARE = `class host h {
  cpu 1 x 10 cores 2.0 GHz
  memory 128 GiB
}
`;
const MAIN = `import "hardware.vdc"

class vm small { vcpu 2; memory 4 GiB; demand cpu 40 % }
class vm odd { vcpu 1; memory 7 GiB; demand cpu 30 % }
vm a-[01..12], b-[1..3] : small
vm c-[01..24] : odd

cluster prod {
  failover none
  host esx-1 : h { runs a-[01..12] }
  host esx-2 : h { runs b-[1..3] }
  host esx-3 : h
  host esx-4 : h { runs c-[01..20] }
  host esx-5 : h { runs c-[21..24] }
}
`;
const URI = 'file:///plan/main.vdc';
const LIBRARY = 'file:///plan/hardware.vdc';

/** A worker that is none: what is posted is copied as for one, and arrives later. */
class PretendedWorker {
  readonly asked: Extract<PlannerRequest, { readonly type: 'ask' }>[] = [];
  readonly port: PlannerPort;
  #fail = (): void => {};
  isEnded = false;

  constructor({ starts = true, fails = !starts }: { starts?: boolean; fails?: boolean } = {}) {
    let toWorker = (_: PlannerRequest): void => {};
    let toServer = (_: PlannerResponse): void => {};
    const later = <T>(message: T, receive: () => (message: T) => void) => {
      const copy = structuredClone(message);
      setImmediate(() => this.isEnded || receive()(copy));
    };
    this.port = {
      post: (request) => {
        if (request.type === 'ask') this.asked.push(request);
        later(request, () => toWorker);
      },
      onMessage: (receive) => {
        toServer = receive;
      },
      onFailure: (failed) => {
        this.#fail = failed;
        if (fails) setImmediate(failed);
      },
      terminate: () => {
        this.isEnded = true;
      },
    };
    if (starts)
      serveQuestions({
        onMessage: (receive) => {
          toWorker = receive;
        },
        post: (response) => later(response, () => toServer),
      });
  }

  die(): void {
    this.isEnded = true;
    this.#fail();
  }
}

const NEVER = CancellationToken.None;
const watch = (more: Partial<Watch> = {}): Watch => ({ giveUp: NEVER, stop: NEVER, report: () => {}, ...more });

function started({ workers = [] as PretendedWorker[], text = MAIN, fewVms = -1, patience = 60_000 } = {}) {
  const workspace = new Workspace({ resolve: (_, path) => `file:///plan/${path}` });
  workspace.openText(URI, text);
  workspace.provide(LIBRARY, HARDWARE);
  const listeners: (() => void)[] = [];
  const spawned = [...workers];
  const planner = new Planner({
    workspace,
    background: new Background(() => workspace.revision),
    spawn: () => {
      const worker = spawned.shift();
      if (!worker) throw new Error('there are no workers here');
      return worker.port;
    },
    onChanged: (listener) => listeners.push(listener),
    fewVms,
    patience,
  });
  const edit = (found: string, text: string) => {
    const from = (workspace.text(URI) ?? '').indexOf(found);
    workspace.edit(URI, [{ from, to: from + found.length, text }]);
    for (const listener of listeners) listener();
  };
  return { workspace, planner, edit };
}

/** What a fresh start answers. */
function expected(name: 'plan', params: { uri: string; wish: WireWish }, text = MAIN, hardware = HARDWARE) {
  const workspace = new Workspace({ resolve: (_, path) => `file:///plan/${path}` });
  workspace.openText(URI, text);
  workspace.provide(LIBRARY, hardware);
  return finish(stepsTo(name, workspace, params, UNWATCHED));
}

const EVACUATE = { uri: URI, wish: { kind: 'evacuate', host: 'host:prod/esx-1' } } as const;
const BALANCE = { uri: URI, wish: { kind: 'rebalance', cluster: 'cluster:prod' } } as const;

describe('the planner', () => {
  test('answers in a worker what it would answer here, for every wish and file', async (t) => {
    const worker = new PretendedWorker();
    const { planner, workspace } = started({ workers: [worker] });
    t.after(() => planner.dispose());
    const finding = checkDesign(workspace.projectOf(URI)?.design as never).findings.find(
      ({ rule }) => rule.remedy === 'plan',
    );
    assert.ok(finding);
    const cluster = 'cluster:prod';
    const wishes: WireWish[] = [
      ...(['rebalance', 'failover', 'spread', 'place', 'consolidate'] as const).map((kind) => ({ kind, cluster })),
      EVACUATE.wish,
      { kind: 'fit', cluster, className: 'small' },
      { kind: 'migrate' },
      { kind: 'mend', key: keyOf(finding) },
      { kind: 'mend', key: 'gone' },
    ];
    const outcomes = new Set<string>();
    for (const uri of [URI, LIBRARY])
      for (const wish of wishes) {
        const answer = await planner.ask('plan', { uri, wish }, watch());
        assert.deepEqual(answer, expected('plan', { uri, wish }), JSON.stringify({ uri, wish }));
        outcomes.add(answer.outcome);
      }
    assert.deepEqual([...outcomes].sort(), ['no-plan', 'nothing', 'plan']);
    assert.deepEqual(
      worker.asked.map(({ changes }) => changes.texts.length),
      worker.asked.map((_, index) => (index === 0 ? 2 : 0)),
      'texts are sent once',
    );
  });

  test('has every edit, of the file and of what it imports, and only what has changed is sent', async (t) => {
    const worker = new PretendedWorker();
    const { planner, workspace, edit } = started({ workers: [worker] });
    t.after(() => planner.dispose());
    const same = async (text: string, hardware: string, sent: readonly string[], gone: readonly string[] = []) => {
      assert.deepEqual(await planner.ask('plan', EVACUATE, watch()), expected('plan', EVACUATE, text, hardware));
      const { changes } = worker.asked.at(-1) ?? {};
      assert.deepEqual([changes?.texts.map(({ uri }) => uri), changes?.gone], [sent, gone]);
    };
    await same(MAIN, HARDWARE, [URI, LIBRARY]);
    edit('a-[01..12] }', 'a-[01..10] }');
    const fewer = MAIN.replace('a-[01..12] }', 'a-[01..10] }');
    await same(fewer, HARDWARE, [URI]);
    const larger = HARDWARE.replace('128', '256');
    workspace.provide(LIBRARY, larger);
    await same(fewer, larger, [LIBRARY]);
    edit('import "hardware.vdc"\n', '');
    await same(fewer.replace('import "hardware.vdc"\n', ''), larger, [URI], [LIBRARY]);
    edit('\nclass vm', 'import "hardware.vdc"\n\nclass vm');
    await same(fewer, larger, [URI, LIBRARY]);
  });

  test('answers the text as it is then, and never goes back in what it tells', async (t) => {
    const worker = new PretendedWorker();
    const { planner, edit } = started({ workers: [worker] });
    t.after(() => planner.dispose());
    const shares: number[] = [];
    let edits = 0;
    const report = (share: number) => {
      shares.push(share);
      if (edits < 2) edit(`a-[01..${12 - edits}] }`, `a-[01..${12 - ++edits}] }`);
    };
    const answer = await planner.ask('plan', BALANCE, watch({ report }));
    // On a busy machine little is told, but always something.
    assert.ok(edits > 0, shares.join());
    assert.deepEqual(answer, expected('plan', BALANCE, MAIN.replace('a-[01..12] }', `a-[01..${12 - edits}] }`)));
    assert.ok(worker.asked.length >= 1 && worker.asked.length <= 3, `${worker.asked.length}`);
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
  });

  test('gives the best so far when it is stopped, and nothing when it is given up', async (t) => {
    const { planner } = started({ workers: [new PretendedWorker()] });
    t.after(() => planner.dispose());
    const stop = new CancellationTokenSource();
    const answer = await planner.ask('plan', BALANCE, watch({ stop: stop.token, report: () => stop.cancel() }));
    assert.deepEqual([answer.isStopped, answer.outcome === 'plan'], [true, answer.edits.length > 0], answer.title);
    assert.match(answer.title, /^stopped early: /i);
    const giveUp = new CancellationTokenSource();
    const given = planner.ask('plan', BALANCE, watch({ giveUp: giveUp.token, report: () => giveUp.cancel() }));
    await assert.rejects(given, { code: LSPErrorCodes.RequestCancelled });
    assert.deepEqual(await planner.ask('plan', BALANCE, watch()), expected('plan', BALANCE), 'the next one is whole');
  });

  test('does without a worker where there can be none, or where it does not start', async (t) => {
    const broken = new PretendedWorker({ starts: false });
    for (const workers of [[], [broken]]) {
      const { planner, edit } = started({ workers });
      t.after(() => planner.dispose());
      assert.deepEqual(await planner.ask('plan', EVACUATE, watch()), expected('plan', EVACUATE));
      const stop = new CancellationTokenSource();
      const shares: number[] = [];
      const report = (share: number) => {
        shares.push(share);
        stop.cancel();
      };
      const stopped = await planner.ask('plan', BALANCE, watch({ stop: stop.token, report }));
      assert.ok(stopped.isStopped && shares.length > 0, stopped.title);
      edit('a-[01..12] }', 'a-[01..10] }');
      const text = MAIN.replace('a-[01..12] }', 'a-[01..10] }');
      assert.deepEqual(await planner.ask('plan', EVACUATE, watch()), expected('plan', EVACUATE, text));
    }
    assert.ok(broken.isEnded && broken.asked.length === 1, 'it is tried once');
  });

  test('waits for a worker that has started, however long a plan takes, and not for one that has not', async (t) => {
    const worker = new PretendedWorker();
    const { planner } = started({ workers: [worker], patience: 100 });
    t.after(() => planner.dispose());
    let hasStarted = false;
    const report = () => {
      if (hasStarted) return;
      hasStarted = true;
      const until = performance.now() + 200;
      while (performance.now() < until);
    };
    assert.deepEqual(await planner.ask('plan', BALANCE, watch({ report })), expected('plan', BALANCE));
    assert.ok(!worker.isEnded && hasStarted);
    const silent = new PretendedWorker({ starts: false, fails: false });
    const other = started({ workers: [silent], patience: 5 });
    t.after(() => other.planner.dispose());
    assert.deepEqual(await other.planner.ask('plan', EVACUATE, watch()), expected('plan', EVACUATE));
    assert.ok(silent.isEnded);
  });

  test('says so when its worker dies, and the next question gets another one', async (t) => {
    const [first, second] = [new PretendedWorker(), new PretendedWorker()];
    const { planner } = started({ workers: [first, second] });
    t.after(() => planner.dispose());
    await assert.rejects(planner.ask('plan', BALANCE, watch({ report: () => first.die() })), /has ended/);
    assert.deepEqual(await planner.ask('plan', EVACUATE, watch()), expected('plan', EVACUATE));
    assert.equal(second.asked[0]?.changes.texts.length, 2, 'it gets all texts');
  });

  test('starts no worker for what is done soon', async (t) => {
    const worker = new PretendedWorker();
    const { planner } = started({ workers: [worker], fewVms: 1_000 });
    t.after(() => planner.dispose());
    const wish = { kind: 'mend', key: 'gone' } as const;
    assert.equal((await planner.ask('plan', { uri: URI, wish }, watch())).title, 'the finding is gone');
    await sleep(1);
    assert.equal(worker.asked.length, 0);
  });
});
