/** What a command may touch of the world, so that tests can stand in for it. Files are real: paths count from `cwd`. */
export interface Io {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Shows on the last line of a terminal what is being done, in place of what it showed before; undefined clears it. */
  readonly status?: (line: string | undefined) => void;
  /** Calls back on Ctrl+C, which then does not end the process, until what it answers is called. */
  readonly onInterrupt?: (listener: () => void) => () => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Whether `out` is a terminal that shows colours. */
  readonly colours: boolean;
  /** Width of the terminal; of plain text where `out` is none. */
  readonly columns: number;
  /** Serves an editor over stdin and stdout until it closes them. */
  readonly serve: () => Promise<void>;
}

/** How a command ended. */
export const EXIT = {
  ok: 0,
  /** Findings of severity error; with `fmt --check`, files that are not formatted. */
  findings: 1,
  /** The input could not be read, the output not written, or the call is wrong. */
  failed: 2,
  /** Ctrl+C was pressed, as shells say it. */
  stopped: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in the call, in words for whoever called. Ends the command with `EXIT.failed` and a pointer to the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something outside that cannot be read or written, in words for its owner. Ends the command with `EXIT.failed`. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}
