import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Io } from '../../server/src/cli/io.ts';
import { run } from '../../server/src/cli/run.ts';

/** A folder of files that a command runs in; gone after the test. */
export interface World {
  readonly folder: string;
  readonly io: Io;
  /** Runs `vdc` with a line of arguments. */
  readonly vdc: (line: string, stdin?: string) => Promise<Outcome>;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function world(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  screen: { readonly colours?: boolean; readonly columns?: number } = {},
): World {
  const folder = mkdtempSync(path.join(tmpdir(), 'vdc-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  let out = '';
  let err = '';
  let input = '';
  const io: Io = {
    cwd: folder,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => new TextEncoder().encode(input),
    colours: screen.colours ?? false,
    columns: screen.columns ?? 160,
    serve: async () => {
      out += 'served\n';
    },
  };
  return {
    folder,
    io,
    vdc: async (line, stdin = '') => {
      [out, err, input] = ['', '', stdin];
      const args = line.split(' ').filter((arg) => arg !== '');
      const code = await run(args, io);
      return { code, out, err };
    },
  };
}

/** A host whose two VMs ask for less than it has: nothing is wrong with it. */
export const HEALTHY = `host esx-01 {
  cpu 1 x 8 cores 2.0 GHz
  memory 64 GiB
  runs db-[1..2]
}

vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }
`;

/** The same on half the cores. */
export const OVERLOADED = HEALTHY.replace('8 cores', '4 cores');
