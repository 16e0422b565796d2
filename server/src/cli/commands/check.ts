import { evaluationOf } from '../../ide/evaluation.ts';
import { type Command, oneOf, readArgs, readDay } from '../command.ts';
import { loadDesigns } from '../designs.ts';
import { designFiles } from '../files.ts';
import { formatGithub } from '../formats/github.ts';
import { formatJson } from '../formats/json.ts';
import { formatJunit } from '../formats/junit.ts';
import { formatPretty } from '../formats/pretty.ts';
import { formatSarif } from '../formats/sarif.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { countBySeverity, makeReport, type Report } from '../report.ts';

const FORMATS = {
  pretty: (report: Report, io: Io) => formatPretty(report, io),
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
} as const;
const FORMAT_NAMES = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;

export const checkCommand: Command = {
  name: 'check',
  usage: 'check <files or folders> [--at day] [--format pretty|json|sarif|github|junit]',
  summary: 'say what is wrong with designs, and what they hold in all',
  options: [
    ['--format', 'pretty (for people, the default), json, sarif, github or junit'],
    ['--at', 'evaluate at a later day or month (2027-06-15, 2027-06): demand grown, what ends until then gone'],
    ['exit code', '0 no errors, 1 findings of severity error, 2 something could not be read, or not at that day'],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      format: { type: 'string', default: 'pretty' },
      at: { type: 'string' },
    });
    if (positionals.length === 0) throw new UsageError('name a design, a folder of designs, or - for standard input');
    const format = FORMATS[oneOf('--format', values.format, FORMAT_NAMES)];
    const at = values.at === undefined ? undefined : readDay('--at', values.at);
    const loaded = await loadDesigns(io, await designFiles(io, positionals), at);
    for (const reason of loaded.unreadable) io.err(`vdc check: ${reason}\n`);
    if (loaded.named.size === 0) return EXIT.failed;
    const wrongDays = loaded.projects.flatMap(({ design }) => {
      const evaluation = evaluationOf(design);
      return evaluation?.isProblem ? [`${loaded.fileName(design.root)}: ${evaluation.message}`] : [];
    });
    for (const reason of wrongDays) io.err(`vdc check: ${reason}\n`);
    const report = makeReport(loaded);
    io.out(format(report, io));
    for (const failure of report.failures) io.err(`vdc: a rule of ours failed, its findings are missing: ${failure}\n`);
    if (report.failures.length + loaded.unreadable.length + wrongDays.length > 0) return EXIT.failed;
    return countBySeverity(report.findings).error > 0 ? EXIT.findings : EXIT.ok;
  },
};
