import {
  type HostNode,
  indexGraph,
  type Link,
  type MeasureId,
  type TopologyGraph,
  type TopologyNode,
  type VmCell,
} from '../graph.ts';
import { TIERS } from '../layout/device-squares.ts';
import { type Box, isGrouping, type Layout, type Wire } from '../layout/layout-types.ts';
import { isOverview } from '../layout/metrics.ts';
import { type Drawing, levelOf, plural } from './context.ts';
import { describe, describeVm } from './describe.ts';
import { drawArray, drawDatastore, drawSwitch } from './devices.ts';
import { drawStranded, failureRails } from './failed.ts';
import { type Focus, fade, litBy } from './focus.ts';
import { drawCluster, drawSite, drawSiteOverview } from './frames.ts';
import type { Look } from './gauge.ts';
import { boxesOf } from './hit.ts';
import { drawHost } from './host.ts';
import { badgeIcon, icon } from './icons.ts';
import { lanesIn } from './lanes.ts';
import { drawFaintWire, drawLabel, drawWire } from './links.ts';
import { looseCells } from './loose.ts';
import { drawRack, drawVm } from './open.ts';
import { drawArrayOverview, drawClusterOverview, drawTier } from './overview.ts';
import { flowParts } from './planned.ts';
import { type Described, type Group, type Item, rect, type Scene, text } from './scene.ts';

export interface SceneOptions {
  readonly measure: MeasureId;
  readonly look: Look;
  /** What the picture is about: the rest is faded. */
  readonly focus?: Focus | undefined;
}

/** A group that is drawn, and put in words, when it is needed. */
export interface Part extends Omit<Group, 'items' | 'node'> {
  readonly describe?: () => Described;
  readonly draw: () => readonly Item[];
}

/** The whole picture of a graph in a layout. */
export function drawScene(graph: TopologyGraph, layout: Layout, options: SceneOptions): Scene {
  const groups = sceneParts(graph, layout, options).map(
    ({ draw, describe: words, ...rest }): Group => ({
      ...rest,
      ...(words ? { node: words() } : {}),
      items: draw(),
    }),
  );
  return { title: graph.name, width: layout.width, height: layout.height, groups };
}

/** The parts of the picture in the order of painting: frames, what stands in them, wires, words at wires. */
export function sceneParts(graph: TopologyGraph, layout: Layout, options: SceneOptions): readonly Part[] {
  const index = indexGraph(graph);
  const lit = options.focus && litBy(graph, index, options.focus);
  const d: Drawing = { graph, index, layout, ...options, lit };
  const isDim = (id: string): boolean => lit !== undefined && !lit.nodes.has(id);
  const overview = isOverview(layout.level);
  const children = new Map<string, Box[]>();
  for (const b of layout.boxes) {
    const list = children.get(b.parent ?? '');
    if (list) list.push(b);
    else children.set(b.parent ?? '', [b]);
  }
  const frames: Part[] = [];
  const nodes: Part[] = [];
  const part = (b: Box, words: (() => Described) | undefined, draw: () => readonly Item[]): Part => ({
    key: b.id,
    x: b.x - 4,
    y: b.y - 4,
    w: b.w + 8,
    h: b.h + 8,
    ...(words ? { describe: words } : {}),
    draw,
  });
  const insets = wiringInsets(layout);
  const vmIn = vmFinder(d);
  const wordsOf = (b: Box, label: string): Described => {
    const siblings = (children.get(b.parent ?? '') ?? []).filter((s) => !isGrouping(s.kind));
    const level = depth(b, index.parents) + (b.kind === 'vm' ? 2 : 0);
    return { id: b.id, label, level, place: siblings.indexOf(b) + 1, siblings: siblings.length };
  };
  for (const b of layout.boxes) {
    if (b.kind === 'tray') {
      const isStranded = (graph.failure?.stranded.length ?? 0) > 0;
      nodes.push(part(b, undefined, () => (isStranded ? drawStranded(b, d) : drawTray(b, d))));
      continue;
    }
    if (b.kind === 'vm-pool') {
      nodes.push(part({ ...b, id: `pool-of:${b.id}` }, undefined, () => drawPool(b, d)));
      continue;
    }
    if (b.kind === 'lanes') continue;
    if (b.kind === 'rack') {
      nodes.push(part({ ...b, id: `rack:${b.id}` }, undefined, () => drawRack(rackName(b, d), b, d)));
      continue;
    }
    if (b.kind === 'tier') {
      const inside = children.get(b.parent ?? '') ?? [];
      nodes.push(part(b, undefined, () => drawTierOf(b, inside, d)));
      continue;
    }
    if (b.kind === 'vm') {
      const vm = vmIn(b);
      if (vm)
        nodes.push(
          part(
            b,
            () => wordsOf(b, describeVm(vm, graph)),
            () => (lit && !lit.vms(vm) ? fade(drawVm(vm, hostOf(b, d), b, d)) : drawVm(vm, hostOf(b, d), b, d)),
          ),
        );
      continue;
    }
    const node = index.nodes.get(b.id);
    if (!node || (overview && isSquare(node) && !b.level)) continue;
    const words = (): Described => wordsOf(b, describe(node, graph.plan !== undefined));
    const inside = children.get(b.id) ?? [];
    const list = node.kind === 'site' || node.kind === 'cluster' ? frames : nodes;
    const drawn = (): readonly Item[] => drawNode(node, b, inside, insets.get(b.id) ?? 12, overview && !b.level, d);
    list.push(part(b, words, isDim(b.id) ? () => fade(drawn()) : drawn));
  }
  const links = new Map<string, Link>(graph.links.map((l) => [l.id, l]));
  const isDimLink = (ids: readonly string[]): boolean => lit !== undefined && !ids.some((id) => lit.links.has(id));
  const lanes = layout.boxes.flatMap((b) => (b.kind === 'lanes' ? [{ b, ...lanesIn(b, layout.wires, links, d) }] : []));
  const under = lanes.map(({ b, lines }) => part(b, undefined, lines));
  const wires = layout.wires.map((w): Part => {
    const crossed = lanes.filter(({ b }) => w.inside !== undefined && w.inside === b.parent);
    const drawn = (): readonly Item[] => [...drawWire(w, links, d), ...crossed.flatMap(({ marks }) => marks(w))];
    const isOff = isDimLink(w.spokes.flatMap((s) => s.links));
    return { key: `wire:${w.key}`, ...boundsOf(w), draw: isOff ? () => drawFaintWire(w) : drawn };
  });
  const labels = layout.labels.map(
    (slot, i): Part => ({
      key: `label:${slot.links[0] ?? i}|${slot.x}|${slot.y}`,
      x:
        slot.anchor === 'start'
          ? slot.x - 4
          : slot.anchor === 'end'
            ? slot.x - slot.width - 4
            : slot.x - slot.width / 2 - 4,
      y: slot.y - 14,
      w: slot.width + 8,
      h: slot.anchor === 'middle' ? 50 : 34,
      draw: () => (isDimLink(slot.links) ? fade(drawLabel(slot, links, d)) : drawLabel(slot, links, d)),
    }),
  );
  const missing = graph.missing.flatMap((m): Part[] => {
    const b = layout.boxes.find((x) => x.id === m.from);
    if (!b || overview) return [];
    const x = m.side === 'a' ? b.x + 12 : b.x + b.w - 12;
    return [
      {
        key: `missing:${m.from}|${m.side}`,
        x: b.x,
        y: b.y - 30,
        w: b.w,
        h: 30,
        draw: () => drawMissing(m.text, x, b.y, m.side),
      },
    ];
  });
  const rails = overview
    ? []
    : failureRails(d, boxesOf(layout)).map(({ id, box, items }) =>
        part({ ...box, id: `flow:rail:${id}` }, undefined, () => items),
      );
  const flows = graph.plan
    ? flowParts(d, boxesOf(layout)).map(({ id, box, items }) =>
        part({ ...box, id: `flow:${id}` }, undefined, () => items),
      )
    : [];
  return [...frames, ...nodes, ...under, ...wires, ...labels, ...missing, ...rails, ...flows];
}

/** VMs of the holders that show them, by id. */
function vmFinder({ index }: Drawing): (b: Box) => VmCell | undefined {
  const held = new Map<string, ReadonlyMap<string, VmCell>>();
  return (b) => {
    const holder = b.parent ?? '';
    let own = held.get(holder);
    if (!own) {
      const node = index.nodes.get(holder.replace(/\/pool$/, ''));
      const vms = node?.kind === 'host' ? node.vms : node?.kind === 'cluster' ? node.pool : [];
      own = new Map(vms.map((vm) => [vm.id, vm]));
      held.set(holder, own);
    }
    return own.get(b.id);
  };
}

function hostOf(b: Box, { index }: Drawing): HostNode | undefined {
  const node = index.nodes.get(b.parent ?? '');
  return node?.kind === 'host' ? node : undefined;
}

/** In the overview these are drawn by what they stand in. */
const isSquare = ({ kind }: TopologyNode): boolean =>
  kind !== 'site' && kind !== 'cluster' && kind !== 'array' && kind !== 'pool';

function drawTierOf(b: Box, inside: readonly Box[], d: Drawing): Item[] {
  const kind = b.id.endsWith(`/${TIERS.fabric}`) ? 'fabric' : 'switch';
  const site = d.index.nodes.get(b.parent ?? '');
  const devices = site?.kind === 'site' ? site.switches.filter((s) => s.kind === kind) : [];
  return drawTier(TIERS[kind], devices, b, inside, d);
}

/** The boxes of a rack are as many as clusters stand in it; the first host in one knows its name. */
function rackName(b: Box, { index }: Drawing): string {
  const cluster = index.nodes.get(b.parent ?? '');
  const id = b.id.slice((b.parent?.length ?? 0) + 1);
  const host = cluster?.kind === 'cluster' ? cluster.hosts.find((h) => (h.rack?.id ?? '') === id) : undefined;
  return host?.rack?.name ?? '';
}

function depth(b: Box, parents: ReadonlyMap<string, string>): number {
  let level = 1;
  for (let id = parents.get(b.id); id !== undefined; id = parents.get(id)) level += 1;
  return level;
}

function drawNode(
  node: TopologyNode,
  b: Box,
  inside: readonly Box[],
  inset: number,
  overview: boolean,
  d: Drawing,
): readonly Item[] {
  switch (node.kind) {
    case 'site':
      return overview ? drawSiteOverview(node, b, d) : drawSite(node, b, d);
    case 'cluster':
      return overview ? drawClusterOverview(node, b, inside, d) : drawCluster(node, b, inset, d);
    case 'host':
      return drawHost(node, b, d);
    case 'switch':
    case 'fabric':
    case 'outside':
      return drawSwitch(node, b, d);
    case 'array':
    case 'pool':
      return overview ? drawArrayOverview(node, b, inside, d) : drawArray(node, b, inside, d);
    case 'datastore':
      return drawDatastore(node, b, d);
  }
}

/** How far a cluster's words keep from its edges, so that the wires that enter there stay clear of them. */
function wiringInsets(layout: Layout): ReadonlyMap<string, number> {
  const insets = new Map<string, number>();
  const frames = new Map(layout.boxes.filter((b) => b.kind === 'cluster').map((b) => [b.id, b]));
  for (const w of layout.wires) {
    const b = w.inside === undefined ? undefined : frames.get(w.inside);
    const x = w.spokes[0]?.path[0]?.x;
    if (!b || x === undefined) continue;
    const from = Math.min(x - b.x, b.x + b.w - x);
    insets.set(b.id, Math.max(insets.get(b.id) ?? 12, from + 13));
  }
  return insets;
}

function boundsOf(wire: Wire): { x: number; y: number; w: number; h: number } {
  const all = wire.spokes.flatMap((s) => s.path);
  const xs = all.map((p) => p.x);
  const ys = all.map((p) => p.y);
  const x = Math.min(...xs) - 10;
  const y = Math.min(...ys) - 10;
  return { x, y, w: Math.max(...xs) + 10 - x, h: Math.max(...ys) + 10 - y };
}

/** VMs placed on the cluster: cells without a host. */
function drawPool(b: Box, d: Drawing): Item[] {
  const cluster = b.parent === undefined ? undefined : d.index.nodes.get(b.parent);
  if (cluster?.kind !== 'cluster') return [];
  return [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 3, fill: 'tile', stroke: 'hairline', width: 1 }),
    text(b.x + 8, b.y + 15, plural(cluster.pool.length, 'VM'), 11, 'strong', { bold: true }),
    text(b.x + b.w - 8, b.y + 15, 'on the cluster', 10, 'muted', { anchor: 'end' }),
    ...(levelOf(b, d) === 'open' ? [] : looseCells(cluster.pool, b, d)),
  ];
}

/** VMs without a place. */
function drawTray(b: Box, d: Drawing): Item[] {
  return [
    rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 6, stroke: 'edge-warning', dash: '4 3', width: 1 }),
    ...badgeIcon('warning', b.x + 14, b.y + 13, 14),
    icon('vm', b.x + 36, b.y + 12, 15, 'text'),
    text(b.x + 58, b.y + 24, `${plural(d.graph.unplaced.length, 'VM')} without a place`, 12, 'strong', { bold: true }),
    ...looseCells(d.graph.unplaced, b, d),
  ];
}

/** A path that is not there: dots that end in a dashed port. */
function drawMissing(words: string, x: number, y: number, side: 'a' | 'b'): Item[] {
  return [
    { t: 'path', d: `M${x} ${y - 24}V${y - 4}`, stroke: 'critical', width: 1.5, dash: '1.5 3' },
    rect(x - 3, y - 2.5, 6, 5, { r: 1, fill: 'bg', stroke: 'critical', width: 1.2, dash: '2 1.5' }),
    text(x + (side === 'a' ? 8 : -8), y - 8, words, 10, 'ink-critical', {
      bold: true,
      ...(side === 'b' ? { anchor: 'end' as const } : {}),
    }),
  ];
}
