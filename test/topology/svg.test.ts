import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { drawPicture } from '../../server/src/topology/picture.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { drawLegend, LEGEND_HEIGHT } from '../../server/src/topology/scene/legend.ts';
import { toSvg } from '../../server/src/topology/scene/svg.ts';
import { fileTheme, PALETTES, type ThemeKind } from '../../server/src/topology/scene/themes.ts';
import { faceOf, fitFacts, shorten, textWidth } from '../../server/src/topology/text.ts';
import { estateGraph } from './graphs/estate.ts';
import { randomGraph } from './graphs/random.ts';
import { smallGraph } from './graphs/small.ts';
import { thousandGraph } from './graphs/thousand.ts';
import { WIDEST } from './support.ts';

const KINDS = Object.keys(PALETTES) as ThemeKind[];

function svgOf(graph: ReturnType<typeof smallGraph>, kind: ThemeKind, level: 'square' | 'tile' | 'card'): string {
  const look = { ...WIDEST, contrast: kind.startsWith('hc') };
  const layout = layoutGraph(graph, { level, layer: 'all' });
  const legend = { height: LEGEND_HEIGHT, items: drawLegend(graph, layout, 'cpu', look, layout.width) };
  return toSvg(drawScene(graph, layout, { measure: 'cpu', look }), fileTheme(kind), legend);
}

describe('the picture as a file', () => {
  // UPDATE_GOLDEN=1 writes the pictures anew; look at them before committing.
  for (const [name, kind] of [
    ['four-hosts-dark', 'dark'],
    ['four-hosts-high-contrast', 'hc-dark'],
  ] as const) {
    test(`${name} is drawn as it was`, () => {
      const path = join(import.meta.dirname, 'golden', `${name}.svg`);
      const svg = svgOf(smallGraph(), kind, 'card');
      if (process.env.UPDATE_GOLDEN) writeFileSync(path, svg);
      assert.equal(svg, readFileSync(path, 'utf8'));
    });
  }

  test('every colour is resolved, every pattern is defined, and there is neither script, style attribute nor foreign object', () => {
    for (const kind of KINDS) {
      for (const level of ['square', 'tile', 'card'] as const) {
        const svg = svgOf(estateGraph(), kind, level);
        assert.doesNotMatch(svg, /var\(|undefined|NaN|<script|foreignObject|style="|href/);
        const used = new Set([...svg.matchAll(/url\(#([\w-]+)\)/g)].map((m) => m[1]));
        for (const id of used) assert.ok(svg.includes(`id="${id}"`), `${kind}: ${id}`);
      }
    }
  });

  test('words are text, and each node has a title', () => {
    const svg = svgOf(smallGraph(), 'light', 'card');
    assert.match(svg, />esx-01<\/text>/);
    assert.match(
      svg,
      /<g data-node="host:prod\/esx-01"><title>esx-01<\/title><desc>host, 4 VMs, CPU 110 percent, over capacity/,
    );
  });

  test('names that look like markup stay names', () => {
    const evil = '<script>&"\u0001\ud800';
    const graph = smallGraph();
    const [site] = graph.sites;
    assert.ok(site);
    const svg = svgOf({ ...graph, sites: [{ ...site, name: evil }] }, 'dark', 'card');
    assert.match(svg, /&lt;script&gt;&amp;&quot;\ufffd\ufffd/);
    assert.doesNotMatch(svg, /<script/);
  });

  test('a picture takes the largest level that is not too large, and memory where no CPU is known', () => {
    assert.match(drawPicture(smallGraph()), /build-1/);
    assert.match(drawPicture(thousandGraph()), /host, device, filled to its load/);
    assert.match(drawPicture(estateGraph(), { level: 'tile', theme: 'dark', measure: 'memory' }), /area = GiB/);
    assert.match(drawPicture({ ...smallGraph(), sites: [] }), /<\/svg>$/);
  });

  test('any graph can be drawn in any theme', () => {
    for (let seed = 100; seed < 115; seed += 1)
      for (const level of ['square', 'tile', 'card'] as const)
        assert.ok(svgOf(randomGraph(seed), KINDS[seed % 4] ?? 'dark', level).endsWith('</svg>'));
  });
});

describe('colours of the default themes', () => {
  const luminance = (hex: string): number => {
    const channel = (at: number): number => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  };
  /** Contrast after WCAG 2.2, from 1 to 21. */
  const contrast = (a: string, b: string): number => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };

  for (const [kind, palette] of Object.entries(PALETTES)) {
    test(`${kind}: words, wires and trouble can be told from what they stand on`, () => {
      for (const surface of ['bg', 'cluster', 'tile'] as const) {
        for (const ink of ['text', 'muted', 'strong', 'ink-warning', 'ink-critical'] as const) {
          const is = contrast(palette[ink], palette[surface]);
          assert.ok(is >= 4.5, `${ink} on ${surface}: ${is.toFixed(2)}`);
        }
        for (const mark of ['warning', 'critical'] as const)
          assert.ok(contrast(palette[mark], palette[surface]) >= 3.2, `${mark} on ${surface}`);
      }
      for (const surface of ['bg', 'cluster'] as const)
        assert.ok(contrast(palette.wire, palette[surface]) >= 3, `wire on ${surface}`);
    });
  }
});

describe('words', () => {
  test('a name is shortened in the middle and keeps its last three characters', () => {
    const width = textWidth('vmprod3-', 11);
    const short = shorten('vmprod3-02', width, 11);
    assert.match(short, /^vmp.*…-02$/);
    assert.ok(textWidth(short, 11) <= width);
    assert.equal(shorten('esx-01', 200, 11), 'esx-01');
    assert.equal(shorten('esx-01', 5, 11), '');
  });

  test('facts are dropped from the end', () => {
    assert.equal(fitFacts('dl380 · 16 cores · 256 GiB', textWidth('dl380 · 16 cores', 10), 10), 'dl380 · 16 cores');
    assert.equal(fitFacts('dl380', 3, 10), '');
  });

  test('a narrower face leaves more of a name', () => {
    assert.ok(
      faceOf(0.85).shorten('vmware-production-01', 80, 11).length >
        faceOf(1).shorten('vmware-production-01', 80, 11).length,
    );
  });
});
