import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { finish } from '../../base/steps.ts';
import { CSV_TABLES } from '../../exporters/csv.ts';
import type { ExportInput } from '../../exporters/input.ts';
import { EXPORT_FORMATS, type ExportOptions, exportInSteps } from '../../ide/export.ts';
import { exportInput } from '../../ide/export-input.ts';
import { MEASURES } from '../../topology/graph.ts';
import { type Layer, LEVELS } from '../../topology/layout/metrics.ts';
import type { ThemeKind } from '../../topology/scene/themes.ts';
import { type Command, oneOf, readArgs, readDay } from '../command.ts';
import { loadDesigns } from '../designs.ts';
import { STDIN, statOf, writeText } from '../files.ts';
import { EXIT, type Io, UnusableFile, UsageError } from '../io.ts';
import { routesOf } from '../topology.ts';

const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];
const THEMES: readonly ThemeKind[] = ['light', 'dark', 'hc-dark', 'hc-light'];

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
    ['--at', 'evaluate at a later day or month (2027-06-15, 2027-06)'],
    ['--table', `of csv: ${CSV_TABLES.join(', ')}; the first when not given`],
    ['--layer', `of svg: ${LAYERS.join(', ')}`],
    ['--measure', `of svg, what colours show: ${MEASURES.join(', ')}`],
    ['--level', `of svg, how much is shown: ${LEVELS.join(', ')}; what fits when not given`],
    ['--theme', `of svg: ${THEMES.join(', ')}`],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      to: { type: 'string' },
      out: { type: 'string', short: 'o' },
      at: { type: 'string' },
      table: { type: 'string' },
      layer: { type: 'string', default: 'all' },
      measure: { type: 'string' },
      level: { type: 'string' },
      theme: { type: 'string', default: 'light' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one design');
    if (values.to === undefined) throw new UsageError(`say what to write: --to ${EXPORT_FORMATS.join('|')}`);
    const to = oneOf('--to', values.to, EXPORT_FORMATS);
    const options: ExportOptions = {
      picture: {
        layer: oneOf('--layer', values.layer, LAYERS),
        theme: oneOf('--theme', values.theme, THEMES),
        ...(values.measure === undefined ? {} : { measure: oneOf('--measure', values.measure, MEASURES) }),
        ...(values.level === undefined ? {} : { level: oneOf('--level', values.level, LEVELS) }),
      },
      ...(values.table === undefined ? {} : { table: oneOf('--table', values.table, CSV_TABLES) }),
    };
    if (file !== STDIN && (await statOf(io, file)).isDirectory())
      throw new UsageError(`${file} is a folder; name one design`);
    const at = values.at === undefined ? undefined : readDay('--at', values.at);
    const { projects, unreadable } = await loadDesigns(io, [file], at);
    const [project] = projects;
    if (!project) throw new UnusableFile(unreadable[0] ?? `${file} makes no design`);
    const bare = finish(exportInput(project));
    const input = { ...bare, routes: await routesOf(bare.graph) };
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
