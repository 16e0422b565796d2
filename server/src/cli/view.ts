import { indexGraph, MEASURES, type MeasureId, type TopologyGraph } from '../topology/graph.ts';
import { type Layer, LEVELS, type Level } from '../topology/layout/metrics.ts';
import type { Focus } from '../topology/scene/focus.ts';
import type { ThemeKind } from '../topology/scene/themes.ts';
import { oneOf } from './command.ts';
import { UsageError } from './io.ts';

export const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];
const THEMES: readonly ThemeKind[] = ['light', 'dark', 'hc-dark', 'hc-light'];

/** Options that say what of a design a picture shows, and how. */
export const VIEW_OPTIONS = {
  layer: { type: 'string', default: 'all' },
  measure: { type: 'string' },
  level: { type: 'string' },
  theme: { type: 'string', default: 'light' },
  at: { type: 'string' },
  failed: { type: 'string', multiple: true },
  app: { type: 'string' },
  team: { type: 'string' },
  network: { type: 'string' },
} as const;

export const VIEW_HELP: readonly (readonly [string, string])[] = [
  ['--layer', `of svg: ${LAYERS.join(', ')}; network shows the VLANs of each host`],
  ['--measure', `of svg, what colours show: ${MEASURES.join(', ')}`],
  ['--level', `of svg, how much is shown: ${LEVELS.join(', ')}; what fits when not given`],
  ['--theme', `of svg: ${THEMES.join(', ')}`],
  ['--at', 'the design at a later day or month (2027-06-15, 2027-06)'],
  [
    '--failed',
    'of pictures, what has failed: names of hosts, switches, arrays, datastores, clusters, sites, or ids; may be repeated',
  ],
  [
    '--app, --team, --network',
    'of svg: an application with all it stands on, the share of a team, a network; the rest is faded',
  ],
];

export interface ViewValues {
  readonly layer: string;
  readonly theme: string;
  readonly measure?: string | undefined;
  readonly level?: string | undefined;
  readonly at?: string | undefined;
  readonly failed?: readonly string[] | undefined;
  readonly app?: string | undefined;
  readonly team?: string | undefined;
  readonly network?: string | undefined;
}

/** How a picture is drawn. @throws UsageError */
export function lookOf(values: ViewValues): {
  readonly layer: Layer;
  readonly theme: ThemeKind;
  readonly measure?: MeasureId;
  readonly level?: Level;
} {
  return {
    layer: oneOf('--layer', values.layer, LAYERS),
    theme: oneOf('--theme', values.theme, THEMES),
    ...(values.measure === undefined ? {} : { measure: oneOf('--measure', values.measure, MEASURES) }),
    ...(values.level === undefined ? {} : { level: oneOf('--level', values.level, LEVELS) }),
  };
}

/** Ids of what is named as failed. @throws UsageError for what is none, or not one alone. */
export function failedIn(graph: TopologyGraph, names: readonly string[]): readonly string[] {
  const nodes = [...indexGraph(graph).nodes.values()].map(({ id, name }) => ({ id, name }));
  const links = graph.links.map(({ id, name }) => ({ id, name: name ?? id }));
  return names.flatMap((list) => list.split(',')).map((name) => idOf('--failed', name.trim(), [...nodes, ...links]));
}

/** What the picture is about. @throws UsageError for what the design does not have. */
export function focusIn(graph: TopologyGraph, { app, team, network }: ViewValues): Focus | undefined {
  if ([app, team, network].filter((name) => name !== undefined).length > 1)
    throw new UsageError('a picture is about one of --app, --team and --network');
  if (app !== undefined) return { kind: 'app', id: idOf('--app', app, graph.apps) };
  if (network !== undefined) return { kind: 'network', id: idOf('--network', network, graph.networks) };
  const teams = graph.owners.map((name) => ({ id: `team:${name}`, name }));
  return team === undefined ? undefined : { kind: 'team', id: idOf('--team', team, teams) };
}

const MOST_NAMED = 8;

function idOf(
  option: string,
  asked: string,
  things: readonly { readonly id: string; readonly name: string }[],
): string {
  const found = things.filter(({ id, name }) => id === asked || name === asked);
  const [only] = found;
  if (only && found.length === 1) return only.id;
  if (only) throw new UsageError(`${option}: ${asked} may be ${found.map(({ id }) => id).join(' or ')}`);
  const names = [...new Set(things.map(({ name }) => name))];
  const known = names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')}, …` : names.join(', ');
  throw new UsageError(`${option}: there is no ${asked}; there is ${known || 'none'}`);
}
