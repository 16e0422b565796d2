import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { converter, differenceCiede2000, type Lrgb, wcagContrast } from 'culori';
import { PALETTES, type ThemeKind } from '../../server/src/topology/scene/themes.ts';

type Matrix = readonly (readonly [number, number, number])[];

/** How people see who lack one kind of cone, in linear light: after Machado, Oliveira and Fernandes, 2009, at full severity. */
const SIGHTS: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = converter('lrgb');
const distance = differenceCiede2000();

function seen(hex: string, sight: Matrix): Lrgb {
  const { r, g, b } = linear(hex) ?? assert.fail(hex);
  const [x = 0, y = 0, z = 0] = sight.map(([p, q, s]) => Math.min(1, Math.max(0, p * r + q * g + s * b)));
  return { mode: 'lrgb', r: x, g: y, b: z };
}

/** The two that are hardest to tell apart in any sight. */
function least(colours: readonly string[], pairs: (a: number, b: number) => boolean): readonly [number, string] {
  let found: readonly [number, string] = [Number.POSITIVE_INFINITY, ''];
  for (const [name, sight] of Object.entries(SIGHTS)) {
    colours.forEach((a, i) => {
      colours.forEach((b, k) => {
        if (i >= k || !pairs(i, k)) return;
        const is = distance(seen(a, sight), seen(b, sight));
        if (is < found[0]) found = [is, `${a} and ${b} in ${name} sight: ${is.toFixed(1)}`];
      });
    });
  }
  return found;
}

const neighbours = (a: number, b: number): boolean => b === a + 1;

describe('colours can be told apart, whoever looks', () => {
  for (const kind of ['dark', 'light'] as const satisfies readonly ThemeKind[]) {
    const palette = PALETTES[kind];

    test(`${kind}: classes of load that follow on each other`, () => {
      const classes = [palette.calm1, palette.calm2, palette.calm3, palette.warning, palette.critical];
      const [is, where] = least(classes, neighbours);
      assert.ok(is >= 9.95, where);
      const [trouble, which] = least([palette.warning, palette.critical], () => true);
      assert.ok(trouble >= 17, which);
    });

    test(`${kind}: steps of cost`, () => {
      const [is, where] = least([palette.cost1, palette.cost2, palette.cost3, palette.cost4], neighbours);
      assert.ok(is >= 9.95, where);
    });

    test(`${kind}: owners, applications and networks`, () => {
      const six = [palette.owner1, palette.owner2, palette.owner3, palette.owner4, palette.owner5, palette.owner6];
      const [is, where] = least(six, () => true);
      assert.ok(is >= 9.5, where);
    });

    test(`${kind}: no owner looks like trouble`, () => {
      for (const owner of [
        palette.owner1,
        palette.owner2,
        palette.owner3,
        palette.owner4,
        palette.owner5,
        palette.owner6,
      ])
        for (const trouble of [palette.warning, palette.critical])
          assert.ok(distance(owner, trouble) >= 15, `${owner} and ${trouble}`);
    });
  }

  for (const kind of ['hc-dark', 'hc-light'] as const satisfies readonly ThemeKind[])
    test(`${kind}: steps of cost and owners stand out from the background, and steps from each other`, () => {
      const { bg, cost1, cost2, cost3, cost4, ...palette } = PALETTES[kind];
      const steps = [cost1, cost2, cost3, cost4];
      const [is, where] = least(steps, neighbours);
      assert.ok(is >= 9.95, where);
      const owners = Object.entries(palette).flatMap(([token, hex]) => (token.startsWith('owner') ? [hex] : []));
      for (const hex of [...steps, ...owners])
        assert.ok(wcagContrast(hex, bg) >= 3, `${hex}: ${wcagContrast(hex, bg)}`);
    });

  for (const [kind, palette] of Object.entries(PALETTES))
    test(`${kind}: the page has the colours of the pictures that are written to files`, () => {
      const variables = variablesIn(kind.replace('hc-dark', 'high-contrast').replace('hc-', 'high-contrast-'));
      for (const [token, hex] of Object.entries(palette)) {
        const set = variables.get(`--vdc-${token}`);
        if (set?.startsWith('#')) assert.equal(set.toUpperCase(), hex, token);
        else if (/^(calm[12]|cost|owner)/.test(token)) assert.equal(set, 'var(--fg)', token);
      }
    });
});

/** What the page's style sheet sets in one kind of theme: of rules that are equally specific the last one counts. */
function variablesIn(kind: string): ReadonlyMap<string, string> {
  const css = readFileSync(new URL('../../client/webview/styles/theme.css', import.meta.url), 'utf8');
  const variables = new Map<string, string>();
  for (const [, selector = '', body = ''] of css.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const isMeant =
      selector.trim() === 'body' ||
      selector.includes(`"vscode-${kind}"`) ||
      (selector.includes('^="vscode-high-contrast"') && kind.startsWith('high-contrast'));
    if (!isMeant) continue;
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+): ([^;]+);/g)) variables.set(name, value);
  }
  return variables;
}
