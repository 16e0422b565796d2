import { finish } from '../../base/steps.ts';
import { reportInSteps, reportPage } from '../../exporters/report/report.ts';
import { exportInput } from '../../ide/export-input.ts';
import { MEASURES } from '../../topology/graph.ts';
import { type Layer, LEVELS } from '../../topology/layout/metrics.ts';
import { drawPicture } from '../../topology/picture.ts';
import type { ThemeKind } from '../../topology/scene/themes.ts';
import { type Command, oneOf, readArgs } from '../command.ts';
import { loadDesigns } from '../designs.ts';
import { STDIN, statOf, writeText } from '../files.ts';
import { JSON_VERSION, text } from '../formats/json.ts';
import { EXIT, UnusableFile, UsageError } from '../io.ts';
import { routesOf } from '../topology.ts';

const FORMATS = ['svg', 'html', 'json'] as const;
const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];
const THEMES: readonly ThemeKind[] = ['light', 'dark', 'hc-dark', 'hc-light'];

export const exportCommand: Command = {
  name: 'export',
  usage: `export <file> --to ${FORMATS.join('|')} [-o out]`,
  summary: 'draw the topology of a design, or write it as data',
  options: [
    [
      '--to',
      'svg (the picture that the editor shows), html (a report), json (sites, clusters, hosts, VMs, links, findings)',
    ],
    ['-o, --out', 'file to write; standard output when not given'],
    ['--layer', `${LAYERS.join(', ')}`],
    ['--measure', `what colours show: ${MEASURES.join(', ')}`],
    ['--level', `how much is shown: ${LEVELS.join(', ')}; what fits when not given`],
    ['--theme', `${THEMES.join(', ')}`],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      to: { type: 'string' },
      out: { type: 'string', short: 'o' },
      layer: { type: 'string', default: 'all' },
      measure: { type: 'string' },
      level: { type: 'string' },
      theme: { type: 'string', default: 'light' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one design');
    if (values.to === undefined) throw new UsageError(`say what to write: --to ${FORMATS.join('|')}`);
    const to = oneOf('--to', values.to, FORMATS);
    const look = {
      layer: oneOf('--layer', values.layer, LAYERS),
      theme: oneOf('--theme', values.theme, THEMES),
      ...(values.measure === undefined ? {} : { measure: oneOf('--measure', values.measure, MEASURES) }),
      ...(values.level === undefined ? {} : { level: oneOf('--level', values.level, LEVELS) }),
    };
    if (file !== STDIN && (await statOf(io, file)).isDirectory())
      throw new UsageError(`${file} is a folder; name one design`);
    const { projects, unreadable } = await loadDesigns(io, [file]);
    const [project] = projects;
    if (!project) throw new UnusableFile(unreadable[0] ?? `${file} makes no design`);
    const input = finish(exportInput(project));
    const routes = await routesOf(input.graph);
    const written =
      to === 'json'
        ? text({ version: JSON_VERSION, topology: input.graph })
        : to === 'html'
          ? reportPage(finish(reportInSteps({ ...input, routes })))
          : `${drawPicture(input.graph, { ...look, routes })}\n`;
    if (values.out === undefined || values.out === STDIN) io.out(written);
    else await writeText(io, values.out, written);
    return EXIT.ok;
  },
};
