import { nearest } from '../language/values/nearest.ts';
import type { Command } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { exportCommand } from './commands/export.ts';
import { fixCommand } from './commands/fix.ts';
import { fmtCommand } from './commands/fmt.ts';
import { importCommand } from './commands/import.ts';
import { lspCommand } from './commands/lsp.ts';
import { planCommand } from './commands/plan.ts';
import { rulesCommand } from './commands/rules.ts';
import { EXIT, type ExitCode, type Io, UnusableFile, UsageError } from './io.ts';
import { VERSION } from './version.ts';

/** Every command, in the order of the help. */
const COMMANDS: readonly Command[] = [
  checkCommand,
  compareCommand,
  fixCommand,
  planCommand,
  fmtCommand,
  importCommand,
  exportCommand,
  rulesCommand,
  lspCommand,
];

/** Runs `vdc` with its arguments and answers its exit code; whatever goes wrong is said in one line. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.err(help());
    return EXIT.failed;
  }
  if (name === '--version' || name === '-v') {
    io.out(`${VERSION}\n`);
    return EXIT.ok;
  }
  const topic = name === 'help' || name === '--help' || name === '-h' ? rest[0] : undefined;
  const command = COMMANDS.find((candidate) => candidate.name === (topic ?? name));
  if (topic === undefined && (name === 'help' || name === '--help' || name === '-h')) {
    io.out(help());
    return EXIT.ok;
  }
  if (!command) {
    io.err(`vdc: there is no command "${topic ?? name}"; ${meantBy(topic ?? name)}\n`);
    return EXIT.failed;
  }
  if (topic !== undefined || asksForHelp(rest)) {
    io.out(helpOf(command));
    return EXIT.ok;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    io.err(`vdc ${command.name}: ${explain(error)}\n`);
    if (error instanceof UsageError) io.err(`Usage: vdc ${command.usage}\n`);
    return EXIT.failed;
  }
}

/** A slip, or a file where a command should be: what was meant by that. */
function meantBy(name: string): string {
  const [near] = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  if (near !== undefined) return `did you mean ${near}?`;
  if (name.endsWith('.vdc')) return `"vdc check ${name}" checks a design`;
  if (/\.(xlsx|csv|json|xml)$/i.test(name)) return `"vdc import ${name} -o estate.vdc" makes a design of an inventory`;
  return '"vdc --help" lists them';
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof UnusableFile) return error.message;
  return `this is a mistake of ours, please report it: ${error instanceof Error ? error.message : String(error)}`;
}

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `vdc plans virtual data centres as text.

Usage: vdc <command> [arguments]

${lines.join('\n')}

"vdc <command> --help" says more; "vdc --version" prints the version.
`;
}

function helpOf({ usage, summary, options }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const lines = options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}\n`);
  return `vdc ${usage}\n\n${summary[0]?.toUpperCase()}${summary.slice(1)}.\n\n${lines.join('')}`;
}
