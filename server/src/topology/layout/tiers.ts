import type { LinkKind, Side } from '../graph.ts';
import type { LabelSlot, Point, Wire } from './layout-types.ts';
import { LABEL_ROOM, RAIL } from './metrics.ts';

/**
 * Rows of nodes with channels between them, and orthogonal wires that stay in the channels and in the gutters at both sides, so that no wire
 * passes over a node. A net connects one hub with spokes in rows above or below it. In a channel it runs on a lane of its own; where it
 * has to pass a row it takes a trunk in the gutter: side a at the left, side b at the right.
 */
export interface TierNode {
  readonly id: string;
  readonly x: number;
  readonly w: number;
  /** Offset from the top of the row, and height. */
  readonly dy: number;
  readonly h: number;
}

export interface TierRow {
  readonly nodes: readonly TierNode[];
  readonly h: number;
  /** Distance of the next row where no wires run between them, if it is not the usual one. */
  readonly below?: number;
  /** Where it stood before: it stays there while nothing above has grown into it. */
  readonly y?: number | undefined;
}

export interface TierSpoke {
  readonly id: string;
  readonly links: readonly string[];
  /** Where the wire meets the node, from the node's left; chosen when absent. */
  readonly at?: number;
  /** Where it had best meet the node, from the node's left. */
  readonly near?: number;
  /** Its words stand elsewhere: where the wire goes on inside the node. */
  readonly silent?: boolean;
}

export interface TierNet {
  readonly key: string;
  readonly kind: LinkKind;
  readonly side: Side;
  readonly hub: string;
  /** The hub stands outside these rows, above or below. */
  readonly outside?: 'above' | 'below';
  readonly spokes: readonly TierSpoke[];
  /** Spokes are met in their middle, not near the edge of the side. */
  readonly centred?: boolean;
}

interface Part {
  readonly net: TierNet;
  readonly down: boolean;
  /** Channel c lies above row c; the last one below the last row. */
  readonly hubChannel: number;
  readonly spokes: readonly { readonly spoke: TierSpoke; readonly row: number; readonly channel: number }[];
  readonly from: number;
  readonly to: number;
  readonly trunk: boolean;
}

export interface TierPlan {
  readonly parts: readonly Part[];
  /** Gutter lane of each part that needs a trunk. */
  readonly lanes: ReadonlyMap<Part, number>;
  /** Trunk lanes in the left and the right gutter. */
  readonly left: number;
  readonly right: number;
}

/** Which nets need a trunk, and how many lanes the gutters need; from the rows' members alone. */
export function planTiers(rows: readonly (readonly string[])[], nets: readonly TierNet[]): TierPlan {
  const rowOf = new Map<string, number>();
  rows.forEach((ids, r) => {
    for (const id of ids) rowOf.set(id, r);
  });
  const parts: Part[] = [];
  for (const net of nets) {
    const hubRow = net.outside === 'above' ? -1 : net.outside === 'below' ? rows.length : rowOf.get(net.hub);
    if (hubRow === undefined) continue;
    for (const down of [true, false]) {
      const spokes = net.spokes.flatMap((spoke) => {
        const row = rowOf.get(spoke.id);
        if (row === undefined || (down ? row <= hubRow : row >= hubRow)) return [];
        return [{ spoke, row, channel: down ? row : row + 1 }];
      });
      if (spokes.length === 0) continue;
      const hubChannel =
        net.outside === 'above' ? 0 : net.outside === 'below' ? rows.length : down ? hubRow + 1 : hubRow;
      const channels = [hubChannel, ...spokes.map((s) => s.channel)];
      const from = Math.min(...channels);
      const to = Math.max(...channels);
      parts.push({ net, down, hubChannel, spokes, from, to, trunk: net.outside !== undefined || from !== to });
    }
  }
  const lanes = new Map<Part, number>();
  const count = { a: 0, b: 0 };
  for (const side of ['a', 'b'] as const) {
    const taken: { from: number; to: number }[][] = [];
    for (const part of parts) {
      if (!part.trunk || part.net.side !== side) continue;
      // An outside trunk reaches the border: down from the very top, or up from the very bottom.
      const reach = { from: part.from, to: part.to };
      const lane = taken.findIndex((l) => l.every((t) => reach.from > t.to || reach.to < t.from));
      const index = lane < 0 ? taken.length : lane;
      taken[index] = [...(taken[index] ?? []), reach];
      lanes.set(part, index);
    }
    count[side] = taken.length;
  }
  return { parts, lanes, left: count.a, right: count.b };
}

export interface TierOptions {
  readonly width: number;
  /** Room for words between a lane and the nodes it feeds; 0 where nothing is written. */
  readonly labelRoom: number;
  /** Distance of two rows without wires between them. */
  readonly gap: number;
  /** Distance of the first trunk lane from the border. */
  readonly trunkAt: number;
  /** Distance from a node's edge at which wires meet it. */
  readonly inset: number;
  /** Least height of a channel with wires. */
  readonly least?: number;
  /** Least height of all. */
  readonly height?: number | undefined;
}

export interface TierResult {
  readonly rowY: readonly number[];
  readonly height: number;
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
  /** Where the trunks of outside nets meet the border, by net key. */
  readonly exits: ReadonlyMap<string, number>;
}

interface Attached {
  readonly node: TierNode;
  readonly row: number;
}

/** Stacks the rows and routes the nets of a plan. All x are given by the nodes; y follow from what the channels hold. */
export function routeTiers(rows: readonly TierRow[], plan: TierPlan, options: TierOptions): TierResult {
  const places = new Map<string, Attached>();
  rows.forEach((row, r) => {
    for (const node of row.nodes) places.set(node.id, { node, row: r });
  });
  // Places taken along the upper and the lower edge of each node.
  const used = new Map<string, Set<number>>();
  const edgeOf = (id: string, upper: boolean): string => `${id}|${upper ? 'top' : 'bottom'}`;
  const claim = (key: string, x: number, step: number): number => {
    const taken = used.get(key) ?? new Set();
    used.set(key, taken);
    let at = Math.round(x);
    while (taken.has(at)) at += step;
    taken.add(at);
    return at;
  };
  const taken = (key: string, x: number): number => {
    used.set(key, (used.get(key) ?? new Set()).add(x));
    return x;
  };
  const routed = plan.parts.map((part) => {
    const { net } = part;
    const sign = net.side === 'a' ? 1 : -1;
    const spokes = part.spokes.flatMap(({ spoke, row, channel }) => {
      const place = places.get(spoke.id);
      if (!place) return [];
      const { node } = place;
      const wish =
        spoke.near !== undefined
          ? node.x + spoke.near
          : net.centred
            ? node.x + node.w / 2
            : net.side === 'a'
              ? node.x + options.inset
              : node.x + node.w - options.inset;
      const x =
        spoke.at !== undefined
          ? taken(edgeOf(spoke.id, part.down), node.x + spoke.at)
          : claim(edgeOf(spoke.id, part.down), wish, RAIL * sign);
      return [{ spoke, row, channel, x, node }];
    });
    const lane = plan.lanes.get(part);
    const trunkX =
      lane === undefined
        ? undefined
        : net.side === 'a'
          ? options.trunkAt + lane * RAIL
          : options.width - options.trunkAt - lane * RAIL;
    return { part, spokes, trunkX, hubX: hubX(part, spokes, trunkX) };
  });

  function hubX(part: Part, spokes: readonly { x: number }[], trunkX: number | undefined): number {
    const hub = places.get(part.net.hub)?.node;
    if (!hub || part.net.outside) return trunkX ?? 0;
    const sign = part.net.side === 'a' ? 1 : -1;
    const within = (x: number): boolean => x >= hub.x + 6 && x <= hub.x + hub.w - 6;
    const single = spokes.length === 1 && !part.trunk ? spokes[0]?.x : undefined;
    const edge = part.net.side === 'a' ? hub.x + options.inset : hub.x + hub.w - options.inset;
    const near = part.net.centred ? hub.x + hub.w / 2 - 12 * sign : edge;
    const wish =
      trunkX !== undefined && within(trunkX) ? trunkX : single !== undefined && within(single) ? single : near;
    return claim(edgeOf(part.net.hub, !part.down), wish, RAIL * sign);
  }

  // Lanes of each channel: what is fed upward first, then what is fed downward, so that the two never cross.
  const laneOf = new Map<string, number>();
  const heights: number[] = [];
  const tops: number[] = [];
  for (let c = 0; c <= rows.length; c += 1) {
    const here = routed.filter((r) => r.part.hubChannel === c || r.spokes.some((s) => s.channel === c));
    const lanes: { from: number; to: number }[][] = [];
    let barrier = 0;
    const order = [
      ...here.filter((r) => !r.part.down && r.part.net.side === 'b'),
      ...here.filter((r) => !r.part.down && r.part.net.side === 'a'),
      ...here.filter((r) => r.part.down && r.part.net.side === 'a'),
      ...here.filter((r) => r.part.down && r.part.net.side === 'b'),
    ];
    let downward = false;
    for (const r of order) {
      if (r.part.down && !downward) {
        downward = true;
        barrier = lanes.length;
      }
      const xs = r.spokes.filter((s) => s.channel === c).map((s) => s.x);
      if (r.part.hubChannel === c && !r.part.net.outside) xs.push(r.hubX);
      if (r.trunkX !== undefined) xs.push(r.trunkX);
      const from = Math.min(...xs);
      const to = Math.max(...xs);
      if (from === to) continue;
      let lane = barrier;
      while (lanes[lane]?.some((t) => from <= t.to + 12 && to >= t.from - 12)) lane += 1;
      lanes[lane] = [...(lanes[lane] ?? []), { from, to }];
      laneOf.set(`${c}|${r.part.net.key}|${r.part.down}`, lane);
    }
    const feedsUp = here.some((r) => !r.part.down && r.spokes.some((s) => s.channel === c && !s.spoke.silent));
    const feedsDown = here.some((r) => r.part.down && r.spokes.some((s) => s.channel === c && !s.spoke.silent));
    const inner = c > 0 && c < rows.length;
    if (here.length === 0) {
      heights.push(inner ? (rows[c - 1]?.below ?? options.gap) : 0);
      tops.push(0);
      continue;
    }
    const top = feedsUp ? options.labelRoom : 8;
    const bottom = feedsDown ? options.labelRoom : 8;
    const height = top + Math.max(0, lanes.length - 1) * RAIL + bottom;
    const least = options.least ?? 0;
    heights.push(Math.max(height, least));
    tops.push(height < least && !feedsUp ? top + least - height : top);
  }
  const rowY: number[] = [];
  const channelY: number[] = [];
  let y = 0;
  for (let c = 0; c <= rows.length; c += 1) {
    channelY.push(y);
    y += heights[c] ?? 0;
    const row = rows[c];
    if (!row) continue;
    y = Math.max(y, row.y ?? 0);
    rowY.push(y);
    y += row.h;
  }
  const height = Math.max(y, options.height ?? 0);
  const laneY = (c: number, r: { part: Part }): number => {
    const lane = laneOf.get(`${c}|${r.part.net.key}|${r.part.down}`) ?? 0;
    return (channelY[c] ?? 0) + (tops[c] ?? 0) + lane * RAIL;
  };

  const exits = new Map<string, number>();
  const groups = new Map<
    string,
    { xs: number[]; links: string[]; node: TierNode; y: number; down: boolean; side: Side }
  >();
  const wires = routed.map((r): Wire => {
    const { part, trunkX } = r;
    const hub = places.get(part.net.hub);
    const hubY = part.net.outside
      ? part.net.outside === 'above'
        ? 0
        : height
      : (rowY[hub?.row ?? 0] ?? 0) + (hub?.node.dy ?? 0) + (part.down ? (hub?.node.h ?? 0) : 0);
    if (part.net.outside) exits.set(part.net.key, r.hubX);
    const joints: Point[] = [];
    const spokes = r.spokes.map((s) => {
      const end = (rowY[s.row] ?? 0) + s.node.dy + (part.down ? 0 : s.node.h);
      const lane = laneY(s.channel, r);
      const path: Point[] = [{ x: r.hubX, y: hubY }];
      if (!part.net.outside && trunkX !== undefined && s.channel !== part.hubChannel) {
        const first = laneY(part.hubChannel, r);
        path.push({ x: r.hubX, y: first }, { x: trunkX, y: first });
      }
      const before = path[path.length - 1];
      if (trunkX !== undefined && (part.net.outside || s.channel !== part.hubChannel))
        path.push({ x: trunkX, y: lane });
      else if (before) path.push({ x: before.x, y: lane });
      path.push({ x: s.x, y: lane }, { x: s.x, y: end });
      if (r.spokes.length > 1 && s.x !== r.hubX) joints.push({ x: s.x, y: lane });
      if (!s.spoke.silent) {
        const key = `${s.spoke.id}|${part.down}|${part.net.side}`;
        const group = groups.get(key) ?? {
          xs: [],
          links: [],
          node: s.node,
          y: end,
          down: part.down,
          side: part.net.side,
        };
        group.xs.push(s.x);
        group.links.push(...s.spoke.links);
        groups.set(key, group);
      }
      return { id: s.spoke.id, links: s.spoke.links, path: simplify(path) };
    });
    if (trunkX !== undefined) {
      const channels = [...new Set(r.spokes.map((s) => s.channel))].sort((a, b) => a - b);
      const passed = part.down ? channels.slice(0, -1) : channels.slice(1);
      for (const c of passed) if (c !== part.hubChannel || part.net.outside) joints.push({ x: trunkX, y: laneY(c, r) });
    }
    return {
      key: `${part.net.key}|${part.down ? 'd' : 'u'}`,
      kind: part.net.kind,
      side: part.net.side,
      hub: part.net.hub,
      spokes,
      joints,
    };
  });
  const labels =
    options.labelRoom < LABEL_ROOM
      ? []
      : [...groups.values()].map((g): LabelSlot => {
          const middle = g.node.x + g.node.w / 2;
          const near = [...(used.get(edgeOf(g.node.id, g.down)) ?? [])].filter((x) =>
            g.side === 'a' ? x <= middle : x >= middle,
          );
          const last = g.side === 'a' ? Math.max(...g.xs, ...near) : Math.min(...g.xs, ...near);
          // Up to the middle, where the other side begins; or to the next wire, or the node's end, where the half is taken.
          const sign = g.side === 'a' ? 1 : -1;
          const half = (middle - last) * sign;
          const beyond = [...(used.get(edgeOf(g.node.id, g.down)) ?? [])]
            .map((x) => (x - last) * sign)
            .filter((x) => x > 0);
          const end = ((g.side === 'a' ? g.node.x + g.node.w : g.node.x) - last) * sign;
          const shared = groups.has(`${g.node.id}|${g.down}|${g.side === 'a' ? 'b' : 'a'}`);
          const room = half > 20 ? half : shared ? 0 : Math.min(end, ...beyond);
          const width = Math.max(0, room - 12);
          return {
            links: g.links,
            x: last + (g.side === 'a' ? 8 : -8),
            y: g.down ? g.y - 8 : g.y + 16,
            anchor: g.side === 'a' ? 'start' : 'end',
            width,
          };
        });
  return { rowY, height, wires, labels, exits };
}

/** Drops points that lie on the straight line between their neighbours. */
export function simplify(path: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of path) {
    const last = kept[kept.length - 1];
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept[kept.length - 2];
    if (last && before && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y)))
      kept.pop();
    kept.push(point);
  }
  return kept;
}
