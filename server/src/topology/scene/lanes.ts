import { type ClusterNode, isTrouble, type Link, type NetworkNode, worst } from '../graph.ts';
import { LANE, lanesAt, MOST_LANES, networksOn } from '../layout/lanes.ts';
import type { Box, Wire } from '../layout/layout-types.ts';
import { type Drawing, ownerToken, plural } from './context.ts';
import { inkOf } from './gauge.ts';
import { badgeIcon } from './icons.ts';
import { networkReading } from './readings.ts';
import { type Item, path, rect, type Token, text } from './scene.ts';

/** Where an uplink comes down to a host, and what it carries. */
interface Riser {
  /** Absent where no wire comes down. */
  readonly wire?: Wire;
  readonly x: number;
  readonly host: string;
  readonly carries: readonly number[];
  readonly lacks: readonly number[];
  /** Top of a line of its own, where no wire comes down. */
  readonly top?: number;
}

/** Lanes of a row of hosts. */
export interface Lanes {
  /** Lines with words, which lie below the wires. */
  readonly lines: () => Item[];
  /** Marks where the risers of a wire cross them, for whatever draws the wire: they lie on it. */
  readonly marks: (wire: Wire) => Item[];
}

/** Room for `213/233` at the right, clear of what stands before it. */
const FIGURES = 76;

/** Room between a riser and words. */
const CLEAR = 7;

/** VLANs between the rails and a row of hosts: a dot where a riser carries one, a ring with a cross where it is needed and missing. */
export function lanesIn(b: Box, wires: readonly Wire[], links: ReadonlyMap<string, Link>, d: Drawing): Lanes {
  const cluster = d.index.nodes.get(b.parent ?? '');
  const risers = risersOf(b, wires, links, d);
  const all = cluster?.kind === 'cluster' ? networksOf(cluster, d) : [];
  const shown = chosen(all, d);
  const [top = b.y] = lanesAt(b.y, b.h);
  const laneY = (i: number): number => top + i * LANE;
  /** In the order of lanes, or that of the measure. */
  const token = (i: number): Token => {
    const network = d.graph.networks[shown[i] ?? -1];
    return (network && networkReading(network, d)?.token) ?? ownerToken(i);
  };
  const marksOn = (wire: Wire | undefined): Item[] =>
    shown.flatMap((n, i) => {
      const y = laneY(i);
      return risers.flatMap((riser): Item[] => {
        if (riser.wire !== wire) return [];
        const { x, host, carries, lacks } = riser;
        const node = d.index.nodes.get(host);
        if (lacks.includes(n)) return missingMark(x, y, 'critical');
        if (carries.includes(n))
          return [rect(x - 3.5, y - 3.5, 7, 7, { r: 3.5, fill: token(i), stroke: 'cluster', width: 1 })];
        const isLacking = node?.kind === 'host' && node.lacks?.includes(n);
        return isLacking ? missingMark(x, y, 'warning') : [];
      });
    });
  return {
    lines: () => {
      const zones = zonesBetween(b, risers);
      const columns = columnsFor(
        shown.flatMap((n) => d.graph.networks[n] ?? []),
        zones,
        d,
      );
      const own = risers.flatMap(({ x, top }) => (top === undefined ? [] : `M${x + 0.5} ${top}V${b.y + b.h}`)).join('');
      const stubs = own ? [path(own, { stroke: 'wire', width: 1 })] : [];
      const items = shown.flatMap((n, i): Item[] => {
        const network = d.graph.networks[n];
        if (!network) return [];
        const y = laneY(i);
        return [
          path(`M${b.x} ${y}H${b.x + b.w}`, { stroke: token(i), width: 2 }),
          ...laneWords(network, zones, columns, y - 5, token(i), d),
        ];
      });
      const more = all.length - shown.length;
      const words = plural(more, 'more network');
      const zone = zones.find(({ from, to }) => d.look.face.width(words, 10) <= to - from);
      if (more > 0 && zone) items.push(text(zone.from, laneY(shown.length) - 3, words, 10, 'muted', { figures: true }));
      return [...items, ...stubs, ...marksOn(undefined)];
    },
    marks: marksOn,
  };
}

function risersOf(b: Box, wires: readonly Wire[], links: ReadonlyMap<string, Link>, d: Drawing): readonly Riser[] {
  const foot = b.y + b.h;
  const cabled = wires.flatMap((wire) =>
    wire.inside !== b.parent || wire.kind !== 'uplink'
      ? []
      : wire.spokes.flatMap(({ id, path: way, links: own }) => {
          const end = way[way.length - 1];
          const link = links.get(own[0] ?? '');
          if (!end || !link || link.failed || Math.abs(end.y - foot) >= 2) return [];
          return [{ wire, x: end.x, host: id, carries: link.carries ?? [], lacks: link.lacks ?? [] }];
        }),
  );
  const bare = d.layout.boxes.flatMap((box): Riser[] => {
    const node =
      box.kind === 'host' && box.parent === b.parent && Math.abs(box.y - foot) < 2
        ? d.index.nodes.get(box.id)
        : undefined;
    if (node?.kind !== 'host' || !node.carries || node.failed) return [];
    return [{ x: Math.round(box.x + box.w / 2), host: node.id, carries: node.carries, lacks: [], top: b.y + 8 }];
  });
  return [...cabled, ...bare].sort((p, q) => p.x - q.x);
}

/** Networks that uplinks of a cluster carry, in text order. */
function networksOf(cluster: ClusterNode, d: Drawing): readonly number[] {
  const hosts = new Set(cluster.hosts.map(({ id }) => id));
  return networksOn(
    d.graph.links.filter(({ kind, from }) => kind === 'uplink' && hosts.has(from)),
    cluster.hosts,
  );
}

/** Of more than there is room for, the picked one, those with findings and the fullest; in text order. */
function chosen(all: readonly number[], d: Drawing): readonly number[] {
  if (all.length <= MOST_LANES) return all;
  const rank = (n: number): number => {
    const network = d.graph.networks[n];
    if (d.focus?.id !== undefined && network?.id === d.focus.id) return 0;
    const severity = worst(network?.badge);
    return severity === 'error' ? 1 : severity ? 2 : 3 - fullness(network);
  };
  const best = [...all].sort((a, b) => rank(a) - rank(b) || a - b).slice(0, MOST_LANES);
  return best.sort((a, b) => a - b);
}

const fullness = (network: NetworkNode | undefined): number =>
  Math.min(0.99, Math.max(0, ...(network?.subnets ?? []).map(({ gauge }) => gauge.share)));

interface Zone {
  readonly from: number;
  readonly to: number;
}

/** Where words fit between risers. */
function zonesBetween(b: Box, risers: readonly Riser[]): readonly Zone[] {
  const stops = [b.x - CLEAR, ...risers.map(({ x }) => x), b.x + b.w + CLEAR];
  const zones: Zone[] = [];
  for (let i = 1; i < stops.length; i += 1) {
    const [from, to] = [(stops[i - 1] ?? 0) + CLEAR, (stops[i] ?? 0) - CLEAR];
    if (to - from >= 24) zones.push({ from, to });
  }
  return zones;
}

/** Where names and prefixes of all lanes of a row stand, below each other. */
interface Columns {
  readonly id: number;
  readonly name: Zone | undefined;
  readonly prefix: Zone | undefined;
}

const idOf = ({ vlan }: NetworkNode): string => (vlan === undefined ? '' : String(vlan));

/** Room for the badge of a network beside its name. */
const signOf = ({ badge }: NetworkNode): number => (['error', 'warning'].includes(worst(badge) ?? '') ? 15 : 0);

function columnsFor(networks: readonly NetworkNode[], zones: readonly Zone[], d: Drawing): Columns {
  const { face } = d.look;
  const [first, ...others] = zones;
  const ids = networks.map((network) => Math.ceil(face.width(idOf(network), 11, true)));
  const id = Math.max(0, ...ids) > 0 ? Math.max(...ids) + 6 : 0;
  if (!first) return { id, name: undefined, prefix: undefined };
  const middle = others.slice(0, -1).filter(({ from, to }) => to - from >= 60);
  const widest = Math.max(0, ...networks.map((network) => Math.ceil(face.width(network.name, 11)) + signOf(network)));
  // Names stand beside their ids, or in the next gap if that is too narrow for one of them.
  const beside: Zone = { from: first.from + 7 + id, to: first.to };
  const isBeside = beside.to - beside.from >= widest;
  const prefixes = networks.flatMap(({ subnets }) => subnets.slice(0, 1).map(({ prefix }) => face.width(prefix, 10)));
  const longest = Math.max(0, ...prefixes);
  // Where few hosts leave one gap at the right, it has room for more than addresses.
  const last = middle.length === 0 ? others.at(-1) : undefined;
  const rest = last && { from: last.from, to: last.to - FIGURES };
  const inRest = !isBeside && rest && rest.to - rest.from >= widest ? { ...rest, to: rest.from + widest } : undefined;
  const name = isBeside ? beside : (middle[0] ?? inRest ?? (others.length > 1 ? others[0] : beside));
  const free = rest && { ...rest, from: inRest ? inRest.to + 12 : rest.from };
  const prefix = [...middle, ...(free && name !== others[0] ? [free] : [])].find(
    (zone) => zone !== name && zone.to - zone.from >= longest,
  );
  return { id, name, prefix };
}

/** Id and name at the left, addresses at the right, the prefix where there is room between. */
function laneWords(
  network: NetworkNode,
  zones: readonly Zone[],
  columns: Columns,
  baseline: number,
  token: Token,
  d: Drawing,
): Item[] {
  const { face } = d.look;
  const [first, ...others] = zones;
  if (!first) return [];
  const items: Item[] = [rect(first.from, baseline - 9, 3, 10, { r: 1, fill: token })];
  const id = idOf(network);
  const left = first.from + 7;
  if (id && left + columns.id <= first.to + 6)
    items.push(text(left, baseline, id, 11, 'strong', { bold: true, figures: true }));
  const last = others.length > 0 ? others[others.length - 1] : undefined;
  const severity = worst(network.badge);
  const sign = signOf(network);
  const { name: at, prefix: free } = columns;
  if (at) {
    const name = face.shorten(network.name, at.to - at.from - sign, 11);
    if (name) items.push(text(at.from, baseline, name, 11, 'text'));
    if (name && sign && severity)
      items.push(...badgeIcon(severity, at.from + Math.ceil(face.width(name, 11)) + 4, baseline - 9, 11));
  }
  const reading = networkReading(network, d);
  if (reading) {
    const words = last && last !== at ? face.shorten(reading.text, last.to - last.from, 10) : '';
    if (last && words) items.push(text(last.to, baseline, words, 10, 'muted', { anchor: 'end', figures: true }));
    return items;
  }
  const [subnet] = network.subnets;
  if (!subnet) return items;
  const { gauge } = subnet;
  if (last && last !== at) {
    const isKnown = gauge.state !== 'unknown';
    const words = isKnown ? `${Math.round(gauge.value)}/${Math.round(gauge.capacity)}` : '?';
    const isBad = isKnown && isTrouble(gauge.class);
    if (face.width(words, 10, isBad) <= last.to - last.from)
      items.push(
        text(last.to, baseline, words, 10, inkOf(gauge, 'muted'), { bold: isBad, anchor: 'end', figures: true }),
      );
  }
  if (free) items.push(text(free.to, baseline, subnet.prefix, 10, 'muted', { anchor: 'end', figures: true }));
  return items;
}

/** A ring with a cross: needed here, and missing. */
export function missingMark(x: number, y: number, stroke: 'critical' | 'warning'): Item[] {
  return [
    rect(x - 5.5, y - 5.5, 11, 11, { r: 5.5, fill: 'cluster', stroke, width: 1.5 }),
    path(`M${x - 2.2} ${y - 2.2}l4.4 4.4M${x + 2.2} ${y - 2.2}l-4.4 4.4`, { stroke, width: 1.3 }),
  ];
}
