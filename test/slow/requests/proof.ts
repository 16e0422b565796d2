/** What a row of the table of requests is, and the design that all of them ask about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position, Range } from 'vscode-languageserver-protocol';
import { type Session, startSession } from '../../support/language-session.ts';

/** A request, what it asks, and what its answer must hold. */
export interface Proof {
  readonly method: string;
  /** Who sends it. */
  readonly from: 'client' | 'server';
  readonly prove: (sample: Sample) => Promise<void>;
}

/** The design that is asked about, in a folder where the file that it imports lies on the disk. */
export interface Sample {
  readonly session: Session;
  readonly uri: string;
  readonly textDocument: { readonly uri: string };
  /** The first place of a text in the design, as params. */
  at(needle: string): { readonly textDocument: { readonly uri: string }; readonly position: Position };
  /** The first place of a text, as a range. */
  range(needle: string): Range;
  ask<R>(method: string, params: object): Promise<R>;
}

/** A row: params of the sample, and what is expected of the answer. */
export function proof<R>(
  method: string,
  params: (sample: Sample) => object | Promise<object>,
  expect: (answer: R, sample: Sample) => void,
): Proof {
  return {
    method,
    from: 'client',
    prove: async (sample) => expect(await sample.ask<R>(method, await params(sample)), sample),
  };
}

export const DESIGN = `import "hardware.vdc"
team server
cluster prod {
  owner server
  host esx-01 : dl380 { runs web-[1..2] }
  host esx-02 : dl380
}
vm web-[1..2] { vcpu  4 }
app crowd {
  owner sevrer
  vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }
}
cluster small {
  features live-migration
  host s-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
  host s-02 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB }
}
`;

/** Starts a server and opens the design in it; `close` ends both. */
export async function openSample(): Promise<Sample & { readonly close: () => Promise<number | null> }> {
  const session = await startSession();
  const folder = mkdtempSync(join(tmpdir(), 'vdc-server-'));
  writeFileSync(join(folder, 'hardware.vdc'), 'class host dl380 { memory 512 GiB }\n');
  const uri = pathToFileURL(join(folder, 'shop.vdc')).href;
  await session.open(uri, DESIGN);
  await session.settled(uri, (diagnostics) => diagnostics.every(({ code }) => code !== 'import-unreadable'));
  const textDocument = { uri };
  const place = (offset: number): Position => {
    const before = DESIGN.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const find = (needle: string): number => {
    const offset = DESIGN.indexOf(needle);
    if (offset < 0) throw new Error(`the sample has no "${needle}"`);
    return offset;
  };
  return {
    session,
    uri,
    textDocument,
    at: (needle) => ({ textDocument, position: place(find(needle)) }),
    range: (needle) => ({ start: place(find(needle)), end: place(find(needle) + needle.length) }),
    ask: (method, params) => session.connection.sendRequest(method, params),
    close: async () => {
      rmSync(folder, { recursive: true });
      return await session.close();
    },
  };
}
