/** How long a person waits for what an editor asks while they type, also while the server makes a picture or a plan. */
import type { Position } from 'vscode-languageserver-protocol';
import type { Document } from './designs.ts';
import type { Candidate } from './measure.ts';
import { type Change, Session } from './session.ts';

/** What an editor asks at a place. */
const ASKED = ['completion', 'hover'] as const;
export type Asked = (typeof ASKED)[number];

/** When it asks. */
const MOMENTS = ['idle', 'edit', 'picture', 'plan'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Milliseconds of each answer. */
export type Answers = ReadonlyMap<`${Asked} ${Moment}`, readonly number[]>;

/** Rounds that do not count: they run code for the first time. */
const WARM_UP = 2;

/** Asks each server in turn; pictures and plans only of the one that makes them. */
export async function measureAnswers(
  candidates: readonly Candidate[],
  rounds: number,
): Promise<ReadonlyMap<string, Answers>> {
  const found = new Map<string, Answers>();
  const running: { readonly session: Session; readonly document: Document; readonly times: Map<string, number[]> }[] =
    [];
  try {
    for (const { server, document } of candidates) {
      const session = await Session.start(server);
      const times = new Map<`${Asked} ${Moment}`, number[]>();
      found.set(server.name, times);
      running.push({ session, document, times });
      await session.open(document.text);
    }
    for (let round = 0; round < WARM_UP + rounds; round++) {
      for (const { session, document, times } of running)
        for (const asked of ASKED) {
          for (const moment of MOMENTS) {
            const milliseconds = await ask(session, document, asked, moment, round);
            if (round >= WARM_UP)
              times.set(`${asked} ${moment}`, [...(times.get(`${asked} ${moment}`) ?? []), ...milliseconds]);
          }
        }
    }
    return found;
  } finally {
    for (const { session } of running) await session.stop();
  }
}

async function ask(session: Session, document: Document, asked: Asked, moment: Moment, round: number) {
  const at = asked === 'hover' ? document.name : document.reference;
  const once = () => timed(() => session.request(`textDocument/${asked}`, { position: at }));
  const change: Change = { at: document.edit, length: 1, text: round % 2 === 0 ? '7' : '6' };
  if (moment === 'idle') return [await once()];
  if (moment === 'edit') {
    // The edit is on its way when the question is asked, as it is when somebody types.
    const published = session.edit(change);
    const milliseconds = await once();
    await published;
    return [milliseconds];
  }
  if (session.server.name !== 'vdc') return [];
  const { diagnostics } = await session.edit(change);
  const work = moment === 'picture' ? picture : plan;
  return await during(await work(session, diagnostics[0]?.range.start), once);
}

type Work = () => Promise<unknown>;

async function picture(session: Session): Promise<Work> {
  return () => session.request('vdc/topology', {});
}

/** A plan that is named when the cursor is on a finding is made when it is chosen. */
async function plan(session: Session, at: Position | undefined): Promise<Work> {
  const actions = await session.request<readonly { readonly data?: unknown }[]>('textDocument/codeAction', {
    range: { start: at, end: at },
    context: { diagnostics: [], triggerKind: 2 },
  });
  const action = actions.find(({ data }) => data !== undefined);
  if (!action) throw new Error('the design has no host to make a plan for');
  return async () => {
    const resolved = await session.request<{ readonly edit?: unknown }>('codeAction/resolve', action);
    if (!resolved.edit) throw new Error('no plan was found');
  };
}

/** Asks one question after the other for as long as the work lasts. */
async function during(work: Work, once: () => Promise<number>): Promise<number[]> {
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  const times: number[] = [];
  do times.push(await once());
  while (!isDone);
  await done;
  return times;
}

async function timed(work: Work): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
