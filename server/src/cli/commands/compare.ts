import { type Command, readArgs, readDay } from '../command.ts';
import { loadDesigns } from '../designs.ts';
import { statOf } from '../files.ts';
import { type ComparedDesign, comparePretty, newErrors } from '../formats/compare.ts';
import { EXIT, UsageError } from '../io.ts';
import { makeReport } from '../report.ts';

export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare <before> <after> [--at day]',
  summary: 'say what differs between two designs: what they hold, load, survive and cost, and what is found',
  options: [
    ['--at', 'evaluate both at a later day or month (2027-06-15, 2027-06)'],
    ['exit code', '0 no error that is new, 1 an error in the second that the first has not, 2 one could not be read'],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, { at: { type: 'string' } });
    if (positionals.length !== 2) throw new UsageError('name two designs');
    const at = values.at === undefined ? undefined : readDay('--at', values.at);
    const sides: ComparedDesign[] = [];
    for (const file of positionals) {
      if ((await statOf(io, file)).isDirectory()) throw new UsageError(`${file} is a folder; name a design`);
      // Each by itself: one may import the other.
      const loaded = await loadDesigns(io, [file], at);
      for (const reason of loaded.unreadable) io.err(`vdc compare: ${reason}\n`);
      const [project] = loaded.projects;
      if (!project) return EXIT.failed;
      sides.push({ name: file, design: project.design, report: makeReport(loaded) });
    }
    const [before, after] = sides;
    if (!before || !after) return EXIT.failed;
    io.out(comparePretty(before, after, io));
    return newErrors(before, after) > 0 ? EXIT.findings : EXIT.ok;
  },
};
