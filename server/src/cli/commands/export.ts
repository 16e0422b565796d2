import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { finish } from '../../base/steps.ts';
import { CSV_TABLES } from '../../exporters/csv.ts';
import type { ExportInput } from '../../exporters/input.ts';
import { EXPORT_FORMATS, type ExportOptions, exportInSteps } from '../../ide/export.ts';
import { exportInput } from '../../ide/export-input.ts';
import { topologyOfProject } from '../../ide/topology.ts';
import { type Command, oneOf, readArgs, readDay } from '../command.ts';
import { loadDesigns } from '../designs.ts';
import { STDIN, statOf, writeText } from '../files.ts';
import { EXIT, type Io, UnusableFile, UsageError } from '../io.ts';
import { routesOf } from '../topology.ts';
import { failedIn, focusIn, lookOf, VIEW_HELP, VIEW_OPTIONS } from '../view.ts';

/** What is made of the topology alone: it can be that of a design after a failure. */
const DRAWN: ReadonlySet<string> = new Set(['svg', 'mermaid', 'dot', 'drawio']);

export const exportCommand: Command = {
  name: 'export',
  usage: `export <file> --to ${EXPORT_FORMATS.join('|')} [-o out]`,
  summary: 'write a design as a report, a picture, or data',
  options: [
    ['--to html', 'a report in one page, for people who will not open an editor'],
    ['--to svg', 'the picture that the editor shows'],
    ['--to mermaid, dot, drawio', 'the same for Markdown pages, Graphviz and diagrams.net'],
    ['--to json', 'entities and figures with their origin, as docs/design-export.schema.json says'],
    ['--to csv', 'a table for a spreadsheet; all of them if -o is a folder (ends with /)'],
    ['-o, --out', 'file to write; standard output when not given'],
    ['--table', `of csv: ${CSV_TABLES.join(', ')}; the first when not given`],
    ...VIEW_HELP,
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      to: { type: 'string' },
      out: { type: 'string', short: 'o' },
      table: { type: 'string' },
      ...VIEW_OPTIONS,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one design');
    if (values.to === undefined) throw new UsageError(`say what to write: --to ${EXPORT_FORMATS.join('|')}`);
    const to = oneOf('--to', values.to, EXPORT_FORMATS);
    const look = lookOf(values);
    const table = values.table === undefined ? {} : { table: oneOf('--table', values.table, CSV_TABLES) };
    if (file !== STDIN && (await statOf(io, file)).isDirectory())
      throw new UsageError(`${file} is a folder; name one design`);
    const at = values.at === undefined ? undefined : readDay('--at', values.at);
    const { projects, unreadable } = await loadDesigns(io, [file], at);
    const [project] = projects;
    if (!project) throw new UnusableFile(unreadable[0] ?? `${file} makes no design`);
    const bare = finish(exportInput(project));
    const failed = failedIn(bare.graph, values.failed ?? []);
    if (failed.length > 0 && !DRAWN.has(to)) throw new UsageError(`--failed goes with --to ${[...DRAWN].join(', ')}`);
    const graph = failed.length > 0 ? topologyOfProject(project, { failed }) : bare.graph;
    const options: ExportOptions = { picture: { ...look, focus: focusIn(graph, values) }, ...table };
    const input = { ...bare, graph, routes: await routesOf(graph) };
    const { out } = values;
    if (to === 'csv' && out !== undefined && /[/\\]$/.test(out)) await writeTables(io, out, input);
    else {
      const written = finish(exportInSteps(input, to, options));
      if (out === undefined || out === STDIN) io.out(written);
      else await writeText(io, out, written);
    }
    return EXIT.ok;
  },
};

/** Every table as a file of its own. */
async function writeTables(io: Io, folder: string, input: ExportInput): Promise<void> {
  try {
    await mkdir(path.resolve(io.cwd, folder), { recursive: true });
  } catch (error) {
    throw new UnusableFile(`${folder}: ${error instanceof Error ? error.message : error}`);
  }
  for (const table of CSV_TABLES)
    await writeText(io, path.join(folder, `${table}.csv`), finish(exportInSteps(input, 'csv', { table })));
}
