import path from 'node:path';
import { formatNumber } from '../../base/units.ts';
import { diagnosticsOfProject } from '../../ide/diagnostics.ts';
import { Workspace } from '../../ide/workspace.ts';
import type { Importer, ImportFile, ImportResult } from '../../importers/importer.ts';
import { importerOf, importers, recogniseImporter } from '../../importers/index.ts';
import { printStatements } from '../../language/make/print.ts';
import { type Command, oneOf, readArgs } from '../command.ts';
import { filesBelow, readBytes, readDesign, STDIN, statOf, uriOf, writeText } from '../files.ts';
import { EXIT, type ExitCode, type Io, UnusableFile, UsageError } from '../io.ts';

export const importCommand: Command = {
  name: 'import',
  usage: 'import <files or folders> [--from kind] [-o out.vdc] [--force]',
  summary: 'write an inventory export as a design; says what it could not carry over, and why',
  options: [
    ['--from', `kind of the export: ${importers.map(({ id }) => id).join(', ')}; recognised when not given`],
    ['-o, --out', 'file to write; standard output when not given'],
    ['--force', 'write over a file that was not made by an import'],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      from: { type: 'string' },
      out: { type: 'string', short: 'o' },
      force: { type: 'boolean', default: false },
    });
    const { from, out, force } = values;
    const kind =
      from === undefined
        ? undefined
        : importerOf(
            oneOf(
              '--from',
              from,
              importers.map(({ id }) => id),
            ),
          );
    if (positionals.length === 0)
      throw new UsageError('name an inventory export: a file, or a folder that holds its files');
    if (out !== undefined && !force) await refuseToReplace(io, out);
    const files = await inventoryFiles(io, positionals);
    const importer = kind ?? recogniseImporter(files);
    if (!importer) throw new UnusableFile(`${positionals.join(', ')}: ${whyUnknown(files)}`);
    const result = await importer.read(files);
    if (result.statements.length === 0) {
      for (const { message, where } of result.problems) io.err(`vdc: ${where === '' ? '' : `${where}: `}${message}\n`);
      if (result.problems.length === 0)
        io.err(`vdc: ${positionals.join(', ')}: there is nothing in it that a design holds\n`);
      return EXIT.failed;
    }
    const text = printStatements(result.statements);
    if (out === undefined || out === STDIN) io.out(text);
    else await writeText(io, out, text);
    io.err(account(importer, result, out));
    return checkOwnText(io, text, out);
  },
};

/** Why nobody knows the kind of an export. */
function whyUnknown(files: readonly ImportFile[]): string {
  if (files.every(({ bytes }) => bytes.length === 0)) return files.length > 1 ? 'they are empty' : 'it is empty';
  if (files.every(({ name }) => name.endsWith('.vdc')))
    return 'this is a design already; vdc check says what is wrong with it';
  const known = importers.map(({ title }) => title).join(', ');
  return `no inventory that is known (${known}); --from names its kind`;
}

/** A folder is every file in it: an export of several files is one inventory. They are named from that folder on. */
async function inventoryFiles(io: Io, args: readonly string[]): Promise<readonly ImportFile[]> {
  const files: ImportFile[] = [];
  for (const arg of args) {
    const isFolder = arg !== STDIN && (await statOf(io, arg)).isDirectory();
    const paths = isFolder ? await filesBelow(io, arg, (name) => !/^[.~]|\.vdc$/.test(name)) : [arg];
    if (paths.length === 0) throw new UnusableFile(`${arg}: there is no file in this folder`);
    for (const file of paths) {
      const name = isFolder
        ? path.join(path.basename(path.resolve(io.cwd, arg)), path.relative(arg, file))
        : path.basename(file);
      files.push({ name: name.replaceAll(path.sep, '/'), bytes: await readBytes(io, file) });
    }
  }
  return files;
}

/** What people wrote beside an import is not theirs to lose; the text of an import names its source. */
async function refuseToReplace(io: Io, out: string): Promise<void> {
  let text: string;
  try {
    text = await readDesign(io, out);
  } catch {
    return;
  }
  if (text.trim() === '' || /^source\s/m.test(text)) return;
  throw new UnusableFile(`${out} was not written by an import; choose another name, or --force to lose what is in it`);
}

/** What came over, what was noticed and what was left behind. */
function account(importer: Importer, { summary, problems, notCarried }: ImportResult, out: string | undefined): string {
  const counts = `${count(summary.vms, 'VM')}, ${count(summary.hosts, 'host')}, ${count(summary.clusters, 'cluster')}`;
  const lines = [`${importer.title}: ${counts}${out === undefined ? '' : ` written to ${out}`}`];
  for (const { severity, message, where } of problems)
    lines.push(`${severity}: ${where === '' ? '' : `${where}: `}${message}`);
  if (notCarried.length > 0) lines.push('Not carried over:');
  for (const { what, count, reason } of notCarried) lines.push(`  ${what} (${formatNumber(count)}): ${reason}`);
  return `${lines.join('\n')}\n`;
}

function count(value: number, one: string): string {
  return `${formatNumber(value)} ${one}${value === 1 ? '' : 's'}`;
}

/** Reads the design that was written as `vdc check` will, and says what that finds. */
function checkOwnText(io: Io, text: string, out: string | undefined): ExitCode {
  const workspace = new Workspace({ resolve: () => undefined });
  const uri = uriOf(io, out ?? STDIN);
  workspace.openText(uri, text);
  const found = workspace.projectsOf(uri).flatMap(diagnosticsOfProject);
  const mistakes = found.filter(({ finding, severity }) => !finding && severity === 'error');
  if (mistakes.length > 0) {
    const [first] = mistakes;
    io.err(`vdc: the text has ${mistakes.length} mistakes of ours, the first: ${first?.message}\n`);
    return EXIT.findings;
  }
  const next = out === undefined ? '' : `; "vdc check ${out}" shows them`;
  io.err(found.length === 0 ? 'Checked: no findings\n' : `Checked: ${count(found.length, 'finding')}${next}\n`);
  return EXIT.ok;
}
