import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClusterNode, HostNode, TopologyGraph, VmCell } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { isWired, LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { randomTopology } from '../support/random-topology.ts';
import { graphOfText } from './designs.ts';
import { estateGraph, randomGraph } from './fixtures.ts';

const GRAPHS: readonly TopologyGraph[] = [
  estateGraph(),
  ...Array.from({ length: 18 }, (_, i) => graphOfText(randomTopology(i + 1))),
  ...Array.from({ length: 10 }, (_, i) => randomGraph(i + 1)),
];

type Edit = (cluster: ClusterNode) => ClusterNode;

const NEW: VmCell = { id: 'vm:new', name: 'new', cpu: 4e9, memory: 2 ** 33 };
const onHost =
  (change: (host: HostNode) => HostNode): Edit =>
  (cluster) => {
    const at = Math.floor(cluster.hosts.length / 2);
    return { ...cluster, hosts: cluster.hosts.map((h, i) => (i === at ? change(h) : h)) };
  };

/** Edits of what stands on a host. */
const VM_EDITS: Readonly<Record<string, Edit>> = {
  'a VM more': onHost((h) => ({ ...h, vms: [...h.vms, NEW] })),
  'a VM less': onHost((h) => ({ ...h, vms: h.vms.slice(1) })),
  'a VM that is off': onHost((h) => ({ ...h, vms: h.vms.map((vm, i) => (i === 0 ? { ...vm, off: true } : vm)) })),
};

/** Edits of what a node says. */
const WORD_EDITS: Readonly<Record<string, Edit>> = {
  'a demand that grows': onHost((h) => ({
    ...h,
    vms: h.vms.map((vm) => ({ ...vm, cpu: (vm.cpu ?? 1e9) * 3 })),
    gauges: { ...h.gauges, cpu: { value: 3, capacity: 2, share: 1.5, state: 'stated', class: 'over' } },
  })),
  'a finding': onHost((h) => ({ ...h, badge: { errors: 1, warnings: 0, infos: 0, findings: [] } })),
  'a host with another name': onHost((h) => ({ ...h, name: `${h.name}-of-another-name` })),
};

/** Edits that may need room. */
const HOST_EDITS: Readonly<Record<string, Edit>> = {
  'a host more': (c) => ({
    ...c,
    hosts: [...c.hosts, { ...(c.hosts.at(-1) as HostNode), id: 'host:new', name: 'new', vms: [] }],
  }),
  'a host less': (c) => ({ ...c, hosts: c.hosts.slice(0, -1) }),
};

interface Case {
  readonly at: string;
  readonly before: Box;
  readonly after: Box;
  /** Nodes outside the cluster and not around it, before and after. */
  readonly others: readonly (readonly [Box, Box])[];
  readonly hosts: readonly (readonly [Box, Box])[];
  /** Nothing needs other room than before, and all are wired as before. */
  readonly hasRoom: boolean;
}

/** Each edit in each cluster with hosts of each graph. */
function* cases(level: Level, edits: Readonly<Record<string, Edit>>, graphs = GRAPHS): Generator<Case> {
  for (const [g, graph] of graphs.entries()) {
    const first = layoutGraph(graph, { level, layer: 'all' });
    for (const [name, edit] of Object.entries(edits)) {
      for (const { cluster } of graph.sites.flatMap((site) => site.clusters.map((c) => ({ cluster: c })))) {
        if (cluster.hosts.length === 0) continue;
        const edited: TopologyGraph = {
          ...graph,
          sites: graph.sites.map((s) => ({ ...s, clusters: s.clusters.map((c) => (c === cluster ? edit(c) : c)) })),
        };
        const second = layoutGraph(edited, { level, layer: 'all' });
        yield caseOf(`${name} in ${cluster.id} of graph ${g}, ${level}`, cluster.id, first, second);
      }
    }
  }
}

function caseOf(at: string, cluster: string, first: Layout, second: Layout): Case {
  const now = new Map(second.boxes.map((b) => [b.id, b]));
  const known = new Map(first.boxes.map((b) => [b.id, b]));
  const inside = (b: Box): boolean => {
    for (let up: Box | undefined = b; up; up = up.parent === undefined ? undefined : known.get(up.parent))
      if (up.id === cluster) return true;
    return false;
  };
  const pairs = first.boxes.flatMap((b) => {
    const then = now.get(b.id);
    return then ? [[b, then] as const] : [];
  });
  const before = known.get(cluster) as Box;
  const after = now.get(cluster) as Box;
  const same = (a: Box | undefined, b: Box | undefined): boolean => a?.w === b?.w && a?.h === b?.h;
  return {
    at,
    before,
    after,
    hasRoom:
      [...known.values()].every((b) => !now.has(b.id) || same(b, now.get(b.id))) && wiring(first) === wiring(second),
    others: pairs.filter(([b]) => !inside(b)),
    hosts: pairs.filter(([b]) => inside(b) && b.kind === 'host'),
  };
}

/** What is wired to what outside of clusters, and how many rails each cluster has. */
const wiring = (layout: Layout): string =>
  layout.wires.map((w) => `${w.key} ${w.inside === undefined ? w.spokes.map((s) => s.id) : ''}`).join('\n');

const moved = ([a, b]: readonly [Box, Box]): number => Math.hypot(b.x - a.x, b.y - a.y);
const show = ([a, b]: readonly [Box, Box]): string => `${a.id} from ${a.x}, ${a.y} to ${b.x}, ${b.y}`;

describe('an edit in a container moves nothing outside of it', () => {
  for (const level of LEVELS) {
    test(`${level}: words, loads and findings move nothing at all`, () => {
      for (const { at, others, hosts } of cases(level, WORD_EDITS, GRAPHS.slice(0, 12)))
        for (const pair of [...others, ...hosts]) assert.ok(moved(pair) === 0, `${at}: ${show(pair)}`);
    });

    test(`${level}: a VM more or less moves ${isWired(level) ? 'only what its cluster pushes down as it grows' : 'nothing at all'}`, () => {
      for (const { at, before, after, others, hosts } of cases(level, VM_EDITS)) {
        if (!isWired(level)) {
          for (const pair of [...others, ...hosts]) assert.ok(moved(pair) === 0, `${at}: ${show(pair)}`);
          continue;
        }
        // Straight down, and no further than the frame has grown; an open host that gets a further column widens it.
        const grown = Math.abs(after.h - before.h);
        if (after.w !== before.w) continue;
        for (const pair of others) {
          assert.ok(pair[0].x === pair[1].x, `${at}: sidewards, ${show(pair)}`);
          assert.ok(moved(pair) <= grown, `${at}: the frame grew by ${grown}, ${show(pair)}`);
        }
      }
    });

    test(`${level}: a host more or less moves nothing while the frame has room, and mostly it has`, () => {
      let still = 0;
      let all = 0;
      for (const { at, others, hasRoom } of cases(level, HOST_EDITS)) {
        const stays = others.every((pair) => moved(pair) === 0);
        all += 1;
        if (stays) still += 1;
        if (hasRoom) for (const pair of others) assert.ok(moved(pair) === 0, `${at}: ${show(pair)}`);
      }
      // Frames grow by steps: most of these edits find room.
      assert.ok(still >= all * 0.4, `${still} of ${all} edits moved nothing`);
    });
  }
});
