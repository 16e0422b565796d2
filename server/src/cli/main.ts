import process from 'node:process';
import { run } from './run.ts';

/** Entry point of `vdc`: hands the process to the command and sets the exit code when everything is written. */
const { stdin, stdout, stderr } = process;

// A reader that has seen enough closes the pipe: `vdc rules | head`.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

/** One line that is written over: back to its beginning, and what is behind it cleared. */
function status(line: string | undefined): void {
  stderr.write(`\r\x1b[K${line?.slice(0, (stderr.columns || 80) - 1) ?? ''}`);
}

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  readStdin: async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
  ...(stderr.isTTY ? { status } : {}),
  onInterrupt: (listener) => {
    process.on('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  colours: stdout.isTTY === true && stdout.hasColors(),
  columns: stdout.isTTY === true ? stdout.columns : 160,
  serve: async () => {
    // The protocol library looks for the option itself.
    if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
    await import('../main.ts');
    // The connection ends the process when the editor does.
    await new Promise<never>(() => {});
  },
});
