import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { type Layer, LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { type Area, draw, inside, isText, overlap, overlapping, PICTURES, textArea } from './support.ts';

const LAYERS: readonly Layer[] = ['all', 'network', 'storage'];

function* pictures(levels: readonly Level[] = LEVELS) {
  for (const [name, graph] of PICTURES) {
    for (const level of levels) {
      for (const layer of LAYERS) {
        if (layer !== 'all' && (level === 'dot' || level === 'square')) continue;
        yield { at: `${name}, ${level}, ${layer}`, ...draw(graph, { level, layer }) };
      }
    }
  }
}

const show = (b: Box): string => `${b.id} (${b.x}, ${b.y}, ${b.w} × ${b.h})`;

/** Horizontal and vertical pieces of every wire, a pixel thick. */
function* pieces(layout: Layout) {
  for (const wire of layout.wires) {
    for (const spoke of wire.spokes) {
      for (let i = 1; i < spoke.path.length; i += 1) {
        const a = spoke.path[i - 1];
        const b = spoke.path[i];
        if (!a || !b) continue;
        assert.ok(a.x === b.x || a.y === b.y, `${wire.key} has a slanted piece`);
        const area: Area = {
          x: Math.min(a.x, b.x) - 0.5,
          y: Math.min(a.y, b.y) - 0.5,
          w: Math.abs(a.x - b.x) + 1,
          h: Math.abs(a.y - b.y) + 1,
        };
        yield { wire, area };
      }
    }
  }
}

describe('boxes', () => {
  test('nodes stand inside what holds them and never on each other', () => {
    for (const { at, layout } of pictures()) {
      const byId = new Map(layout.boxes.map((b) => [b.id, b]));
      const siblings = new Map<string, Box[]>();
      for (const b of layout.boxes) {
        assert.ok(
          Number.isInteger(b.x) && Number.isInteger(b.y) && Number.isInteger(b.w) && Number.isInteger(b.h),
          `${at}: ${show(b)}`,
        );
        const parent = b.parent === undefined ? undefined : byId.get(b.parent);
        if (b.parent !== undefined)
          assert.ok(parent && inside(b, parent), `${at}: ${show(b)} leaves ${parent ? show(parent) : b.parent}`);
        assert.ok(inside(b, { x: 0, y: 0, w: layout.width, h: layout.height }), `${at}: ${show(b)} leaves the picture`);
        siblings.set(b.parent ?? '', [...(siblings.get(b.parent ?? '') ?? []), b]);
      }
      for (const list of siblings.values()) {
        for (const [a, b] of overlapping(list, (x) => x)) assert.fail(`${at}: ${show(a)} and ${show(b)} overlap`);
      }
    }
  });

  test('every node of the graph has a place, in every layer that shows it', () => {
    for (const { at, layout } of pictures())
      assert.equal(new Set(layout.boxes.map((b) => b.id)).size, layout.boxes.length, at);
  });
});

describe('wires', () => {
  test('no wire passes over a node', () => {
    for (const { at, layout } of pictures(['chip', 'label', 'tile', 'card'])) {
      const clusterOf = new Map(layout.boxes.map((b) => [b.id, b.kind === 'cluster' ? b.id : b.parent]));
      const solid = layout.boxes.filter((b) => b.kind !== 'site' && b.kind !== 'datastore');
      for (const { wire, area } of pieces(layout)) {
        for (const b of solid) {
          // A cluster's own wiring runs inside its frame; what stands in other clusters is inside their frames.
          if (
            wire.inside !== undefined
              ? b.id === wire.inside || clusterOf.get(b.id) !== wire.inside
              : b.kind === 'host' || b.kind === 'vm-pool'
          )
            continue;
          assert.ok(!overlap(area, b, 1), `${at}: ${wire.key} passes over ${show(b)} at ${JSON.stringify(area)}`);
        }
      }
      for (const wire of layout.wires) {
        if (wire.kind !== 'wan') continue;
        for (const site of layout.boxes.filter((b) => b.kind === 'site')) {
          for (const { area } of pieces({ ...layout, wires: [wire] }))
            assert.ok(!overlap(area, site, 1), `${at}: ${wire.key} passes over ${site.id}`);
        }
      }
    }
  });

  test('both ends of a wire are at the edge of its nodes', () => {
    for (const { at, layout } of pictures(['tile', 'card'])) {
      const byId = new Map(layout.boxes.map((b) => [b.id, b]));
      for (const wire of layout.wires) {
        for (const spoke of wire.spokes) {
          const box = byId.get(spoke.id);
          const end = spoke.path[spoke.path.length - 1];
          if (!box || !end) continue;
          const touches =
            (end.y === box.y || end.y === box.y + box.h || end.x === box.x || end.x === box.x + box.w) &&
            inside({ ...end, w: 0, h: 0 }, box);
          assert.ok(touches, `${at}: ${wire.key} ends at ${end.x}, ${end.y}, not at ${show(box)}`);
        }
      }
    }
  });
});

describe('words', () => {
  test('no two texts overlap, none leaves its place, in the widest face', () => {
    for (const { at, scene } of pictures()) {
      const texts = scene.groups.flatMap((group) => group.items.filter(isText).map((item) => ({ item, group })));
      for (const { item, group } of texts) {
        if (item.text === '') continue;
        assert.ok(
          inside(textArea(item), group, 2),
          `${at}: "${item.text}" leaves ${group.key} ${JSON.stringify([textArea(item), group.x, group.y, group.w, group.h])}`,
        );
      }
      for (const [a, b] of overlapping(texts, (t) => textArea(t.item), 0.5)) {
        assert.fail(`${at}: "${a.item.text}" of ${a.group.key} and "${b.item.text}" of ${b.group.key} overlap`);
      }
    }
  });

  test('no text crosses a wire', () => {
    for (const { at, scene, layout } of pictures(['chip', 'label', 'tile', 'card'])) {
      const texts = scene.groups.flatMap((g) => g.items.filter(isText).filter((t) => t.text !== '' && t.text !== '1'));
      const all = [
        ...texts.map((t) => ({ text: t.text, area: textArea(t), wire: '' })),
        ...[...pieces(layout)].map((p) => ({ text: '', area: p.area, wire: p.wire.key })),
      ];
      for (const [a, b] of overlapping(all, (x) => x.area)) {
        if ((a.text === '') === (b.text === '')) continue;
        assert.fail(`${at}: "${a.text || b.text}" is crossed by ${a.wire || b.wire}`);
      }
    }
  });
});
