import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from './designs.ts';
import { type Answer, type Change, type Server, Session } from './session.ts';

/** A server with the text that it is measured on. */
export interface Candidate {
  readonly server: Server;
  readonly document: Document;
  /** Measured in every such round only: one that waits on purpose costs time and tells nothing new. */
  readonly every?: number;
}

/** Milliseconds of each kind of step, and what was found in the text. */
export interface Measured {
  readonly openings: readonly number[];
  readonly edits: readonly number[];
  readonly braces: readonly number[];
  /** The brace taken away again. */
  readonly mended: readonly number[];
  /** MiB after all of it. */
  readonly memory: number;
  readonly diagnostics: Answer['diagnostics'];
}

export interface Rounds {
  readonly edits: number;
  readonly braces: number;
}

/** First edits that do not count: they run code for the first time. */
const WARM_UP = 5;

/** Memory is read when the server has come to rest. */
const REST = 1_500;

/**
 * Opens each text in its server and edits it, the servers taking turns, so that whatever else the machine does hits
 * all of them alike.
 */
export async function measureEdits(
  candidates: readonly Candidate[],
  rounds: Rounds,
): Promise<ReadonlyMap<string, Measured>> {
  const sessions: Session[] = [];
  try {
    const running = [];
    for (const candidate of candidates) {
      const session = await Session.start(candidate.server);
      sessions.push(session);
      const { milliseconds, diagnostics } = await session.open(candidate.document.text);
      const [edits, braces, mended]: number[][] = [[], [], []];
      running.push({ ...candidate, session, opening: milliseconds, diagnostics, edits, braces, mended });
    }
    for (let round = 0; round < WARM_UP + rounds.edits; round++) {
      for (const { session, document, every = 1, edits } of running) {
        if (round % every !== 0) continue;
        const { milliseconds } = await session.edit(digit(document, round));
        if (round >= WARM_UP) edits?.push(milliseconds);
      }
    }
    for (let round = 0; round < 1 + rounds.braces; round++) {
      for (const { session, document, every = 1, braces, mended } of running) {
        if (round % every !== 0) continue;
        const typed = await session.edit({ at: document.brace, length: 0, text: '{' });
        const removed = await session.edit({ at: document.brace, length: 1, text: '' });
        if (round < 1) continue;
        braces?.push(typed.milliseconds);
        mended?.push(removed.milliseconds);
      }
    }
    await sleep(REST);
    return new Map(
      running.map(({ server, session, opening, diagnostics, edits = [], braces = [], mended = [] }) => [
        server.name,
        { openings: [opening], edits, braces, mended, memory: session.memory(), diagnostics },
      ]),
    );
  } finally {
    for (const session of sessions) await session.stop();
  }
}

/** Starts each server anew and opens its text, the servers taking turns. */
export async function measureOpenings(candidates: readonly Candidate[], rounds: number) {
  const found = new Map(
    candidates.map(({ server }) => [server.name, { starts: [] as number[], openings: [] as number[] }]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { server, document } of candidates) {
      const session = await Session.start(server);
      try {
        found.get(server.name)?.starts.push(session.startMilliseconds);
        found.get(server.name)?.openings.push((await session.open(document.text)).milliseconds);
      } finally {
        await session.stop();
      }
    }
  }
  return found;
}

/** One digit becomes another, so that each round changes what the VM asks for. */
function digit({ edit }: Document, round: number): Change {
  return { at: edit, length: 1, text: round % 2 === 0 ? '7' : '6' };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
