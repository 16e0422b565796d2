import { formatText } from '../../language/format.ts';
import { type Command, readArgs } from '../command.ts';
import { designFiles, nameOf, readDesign, STDIN, writeText } from '../files.ts';
import { EXIT, type Io, UnusableFile, UsageError } from '../io.ts';

export const fmtCommand: Command = {
  name: 'fmt',
  usage: 'fmt [--check] <files or folders>',
  summary: 'bring designs into the one format of the language',
  options: [
    ['--check', 'write nothing; name the files that would change, and exit with 1 if there are any'],
    ['-', 'format standard input to standard output'],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, { check: { type: 'boolean', default: false } });
    if (positionals.length === 0) throw new UsageError('name a design, a folder of designs, or - for standard input');
    const files = await designFiles(io, positionals);
    let changed = 0;
    let failed = 0;
    for (const file of files) {
      try {
        if (await formatOne(file, values.check, io)) changed++;
      } catch (error) {
        if (!(error instanceof UnusableFile)) throw error;
        io.err(`vdc: ${error.message}\n`);
        failed++;
      }
    }
    if (failed > 0) return EXIT.failed;
    return values.check && changed > 0 ? EXIT.findings : EXIT.ok;
  },
};

/** Whether the file was not formatted. */
async function formatOne(file: string, isCheck: boolean, io: Io): Promise<boolean> {
  const text = await readDesign(io, file);
  const formatted = formatText(text);
  const isChanged = formatted !== text;
  if (isCheck) {
    if (isChanged) io.out(`${nameOf(file)} is not formatted; "vdc fmt ${file}" formats it\n`);
  } else if (file === STDIN) io.out(formatted);
  else if (isChanged) {
    await writeText(io, file, formatted);
    io.out(`${file} formatted\n`);
  }
  return isChanged;
}
