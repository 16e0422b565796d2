import { kindOfLink } from '../../server/src/topology/bundles.ts';
import {
  type Badge,
  type Gauge,
  type GaugeMeasure,
  isTrouble,
  type LoadClass,
  type TopologyGraph,
  UNPLACED_ID,
} from '../../server/src/topology/graph.ts';
import { plural } from '../../server/src/topology/scene/context.ts';
import { shareText } from '../../server/src/topology/scene/gauge.ts';
import { NARROW } from '../../server/src/topology/text.ts';
import { canBeCut } from './cables.ts';
import { find } from './search.ts';
import type { Column, Sort } from './state.ts';
import { pathOf, type Thing, thingsOf } from './things.ts';

/** A line of the table: what stands there, and where in the tree it is. Figures are made when the line is shown. */
export interface Entry {
  readonly id: string;
  /** Depth from 1; place among its siblings from 1. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  /** Absent where there is nothing inside. */
  readonly isOpen?: boolean;
}

export interface Outline {
  readonly entries: readonly Entry[];
  /** A list of what was looked for, each with where it stands, instead of a tree. */
  readonly isList: boolean;
}

export interface OutlineOptions {
  readonly folds: ReadonlyMap<string, boolean>;
  readonly query: string;
  readonly sort: Sort | undefined;
}

/** The lines of the table. Sorting keeps the tree and orders what stands side by side; a search makes one list, sorted as a whole. */
export function outlineOf(graph: TopologyGraph, { folds, query, sort }: OutlineOptions): Outline {
  const things = thingsOf(graph);
  const order = orderBy(graph, sort);
  if (query.trim()) {
    const ids = find(graph, query).matches.map((m) => m.id);
    const sorted = order ? ids.toSorted((a, b) => order(things.get(a), things.get(b))) : ids;
    return { isList: true, entries: sorted.map((id, i) => ({ id, level: 1, place: i + 1, siblings: ids.length })) };
  }
  const inside = childrenOf(graph);
  const entries: Entry[] = [];
  const add = (ids: readonly string[], level: number): void => {
    const sorted = order ? ids.toSorted((a, b) => order(things.get(a), things.get(b))) : ids;
    sorted.forEach((id, i) => {
      const children = inside.get(id) ?? [];
      const isOpen = children.length > 0 && isUnfolded(folds, things.get(id), id);
      const entry = { id, level, place: i + 1, siblings: ids.length };
      entries.push(children.length > 0 ? { ...entry, isOpen } : entry);
      if (isOpen) add(children, level + 1);
    });
  };
  add(inside.get('') ?? [], 1);
  return { entries, isList: false };
}

/** Hosts are closed by themselves, so that an estate is as many lines as it has hosts. */
const isUnfolded = (folds: ReadonlyMap<string, boolean>, thing: Thing | undefined, id: string): boolean =>
  folds.get(id) ?? (thing?.kind === 'site' || thing?.kind === 'cluster' || thing?.kind === 'array');

/** What has to be opened so that a thing is listed. */
export function closedAround(graph: TopologyGraph, folds: ReadonlyMap<string, boolean>, id: string): string[] {
  const things = thingsOf(graph);
  const closed: string[] = [];
  for (let up = things.get(id)?.parent; up !== undefined; up = things.get(up)?.parent)
    if (!isUnfolded(folds, things.get(up), up)) closed.push(up);
  return closed;
}

const trees = new WeakMap<TopologyGraph, ReadonlyMap<string, readonly string[]>>();

/** Ids by what they stand in, in the order of the picture: switches, clusters, arrays. `''`: the top. */
function childrenOf(graph: TopologyGraph): ReadonlyMap<string, readonly string[]> {
  const known = trees.get(graph);
  if (known) return known;
  const tree = new Map<string, string[]>();
  for (const { id, parent = '', links } of thingsOf(graph).values()) {
    // What is mounted without a path is no cable that one would look for.
    if (links && !links.some(canBeCut)) continue;
    const list = tree.get(parent);
    if (list) list.push(id);
    else tree.set(parent, [id]);
  }
  for (const site of graph.sites) {
    const { switches, clusters, arrays } = site;
    const ids = [...switches, ...clusters, ...arrays].map((n) => n.id);
    if (ids.length > 0) tree.set(site.id, ids);
  }
  if (graph.unplaced.length > 0) tree.set('', [...(tree.get('') ?? []), UNPLACED_ID]);
  trees.set(graph, tree);
  return tree;
}

/** One cell of a figure: what it says, and what it is sorted by. */
export interface Figure {
  readonly text: string;
  readonly class?: LoadClass;
}

export interface Row {
  readonly name: string;
  readonly kind: string;
  /** Where it stands, in a list. */
  readonly path: string;
  readonly figures: Readonly<Record<GaugeMeasure, Figure | undefined>>;
  readonly owner: string;
  readonly badge: Badge | undefined;
}

const KINDS: Readonly<Record<Thing['kind'], string>> = {
  site: 'site',
  cluster: 'cluster',
  host: 'host',
  switch: 'switch',
  fabric: 'fabric',
  outside: 'outside',
  array: 'array',
  pool: 'storage',
  datastore: 'datastore',
  vm: 'VM',
  link: 'link',
  bundle: 'links',
};

const kindOf = ({ kind, links: [link] = [] }: Thing): string => (link ? kindOfLink(link) : KINDS[kind]);

/** What stands in a line. */
export function rowOf(graph: TopologyGraph, id: string): Row {
  const thing = thingsOf(graph).get(id);
  const of = (measure: GaugeMeasure): Figure | undefined => thing && figureOf(thing, measure);
  const figures = { cpu: of('cpu'), memory: of('memory'), network: of('network'), storage: of('storage') };
  if (!thing) {
    const name = `${plural(graph.unplaced.length, 'VM')} without a place`;
    return { name, kind: 'VMs', path: '', figures, owner: '', badge: undefined };
  }
  return {
    name: thing.name,
    kind: `${kindOf(thing)}${thing.vm?.off ? ', off' : ''}`,
    path: pathOf(graph, id),
    figures,
    owner: thing.owner === undefined ? '' : (graph.owners[thing.owner] ?? ''),
    badge: thing.badge,
  };
}

function figureOf(thing: Thing, measure: GaugeMeasure): Figure | undefined {
  const { vm } = thing;
  if (vm) {
    const demand = demandOf(vm, measure);
    if (measure !== 'cpu' && measure !== 'memory') return undefined;
    if (demand === undefined) return { text: '?' };
    const amount = measure === 'cpu' ? `${(demand / 1e9).toFixed(1)}${NARROW}GHz` : gib(demand);
    return { text: `${vm.assumed ? '≈' : ''}${amount}` };
  }
  const gauge = gaugeOf(thing, measure);
  if (!gauge) return undefined;
  const isBad = gauge.state !== 'unknown' && isTrouble(gauge.class);
  return { text: shareText(gauge), ...(isBad ? { class: gauge.class } : {}) };
}

const gib = (bytes: number): string => {
  const amount = bytes / 2 ** 30;
  return `${amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)}${NARROW}GiB`;
};

const demandOf = (vm: NonNullable<Thing['vm']>, measure: GaugeMeasure): number | undefined =>
  measure === 'cpu' ? vm.cpu : measure === 'memory' ? vm.memory : undefined;

/** The gauge of a node in a column: of a device the one it has, under what it is about. */
function gaugeOf({ node, links: [link] = [] }: Thing, measure: GaugeMeasure): Gauge | undefined {
  if (link)
    return measure === (link.kind === 'fabric' || link.kind === 'mount' ? 'storage' : 'network')
      ? link.gauge
      : undefined;
  switch (node?.kind) {
    case 'site':
    case 'cluster':
    case 'host':
      return node.gauges[measure];
    case 'switch':
    case 'outside':
      return measure === 'network' ? node.gauge : undefined;
    case 'fabric':
    case 'datastore':
      return measure === 'storage' ? node.gauge : undefined;
    case 'array':
    case 'pool':
      return measure === 'storage' ? worstOf(node.gauges) : undefined;
    case undefined:
      return undefined;
  }
}

const worstOf = (gauges: readonly Gauge[]): Gauge | undefined =>
  gauges.reduce<Gauge | undefined>((worst, g) => (!worst || g.share > worst.share ? g : worst), undefined);

type Order = (a: Thing | undefined, b: Thing | undefined) => number;

/** What is not known comes last in either direction; equals stay in the order of the text. */
function orderBy(graph: TopologyGraph, sort: Sort | undefined): Order | undefined {
  if (!sort) return undefined;
  const sign = sort.descending ? -1 : 1;
  const words = new Intl.Collator('en', { numeric: true });
  return (a, b) => {
    if (!a || !b) return Number(!a) - Number(!b);
    const [x, y] = [keyOf(graph, a, sort.column), keyOf(graph, b, sort.column)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    if (typeof x === 'string' && typeof y === 'string') return sign * words.compare(x, y);
    return sign * (Number(x) - Number(y));
  };
}

function keyOf(graph: TopologyGraph, thing: Thing, column: Column): number | string | undefined {
  switch (column) {
    case 'name':
      return thing.name;
    case 'kind':
      return kindOf(thing);
    case 'owner':
      return thing.owner === undefined ? undefined : graph.owners[thing.owner];
    case 'findings': {
      const { errors = 0, warnings = 0, infos = 0 } = thing.badge ?? {};
      return errors * 1e8 + warnings * 1e4 + infos;
    }
    default: {
      if (thing.vm) return demandOf(thing.vm, column);
      const gauge = gaugeOf(thing, column);
      return gauge && gauge.state !== 'unknown' ? gauge.share : undefined;
    }
  }
}
