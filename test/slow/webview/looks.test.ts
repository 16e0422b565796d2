import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe from 'axe-core';
import {
  CARD,
  FAILED,
  headerOf,
  middleOf,
  mistakes,
  NOTE,
  node,
  page,
  posted,
  run,
  show,
  TRIAL,
  transform,
  until,
} from '../../support/webview-page.ts';
import { smallGraph } from '../../topology/graphs/small.ts';

describe('looks of the topology view', { timeout: 240_000 }, () => {
  test('the picture is copied to the clipboard as a PNG', async (t) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.bringToFront();
    if (!(await run<boolean>('isSecureContext && typeof ClipboardItem === "function" && !!navigator.clipboard'))) {
      t.skip('this page has no clipboard');
      return;
    }
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy picture' }).click();
    const told = await until(posted, (l) => l.at(-1)?.type === 'tell', 'what came of it');
    assert.deepEqual(told.at(-1), { type: 'tell', message: 'The picture is on the clipboard.' });
    const bytes = await run<number[]>(`navigator.clipboard.read()
      .then(([item]) => item.getType('image/png'))
      .then((blob) => blob.arrayBuffer())
      .then((buffer) => [...new Uint8Array(buffer)].slice(0, 24))`);
    const png = Buffer.from(bytes);
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(png.readUInt32BE(16) > 600, `${png.readUInt32BE(16)} pixels wide`);
  });

  test('without a clipboard for pictures it says what to do instead', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await run(
      `Object.defineProperty(navigator, 'clipboard', { value: { write: () => Promise.reject(new Error('no')) } })`,
    );
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy picture' }).click();
    const told = await until(posted, (l) => l.at(-1)?.type === 'tell', 'what came of it');
    assert.deepEqual(told.at(-1), {
      type: 'tell',
      message: 'The clipboard takes no picture here. Export it as a PNG instead.',
    });
  });

  for (const [how, set] of [
    ['the editor asks for it', () => run(`document.body.classList.add('vscode-reduce-motion')`)],
    ['the system asks for it', () => page.emulateMedia({ reducedMotion: 'reduce' })],
    ['nobody asks for less', undefined],
  ] as const)
    test(`what moves is ${set ? 'not ' : ''}shown on its way where ${how}`, async () => {
      await set?.();
      await show(smallGraph());
      await node('host:prod/esx-04').waitFor();
      await run(`globalThis.moves = 0; const { animate } = Element.prototype;
        Element.prototype.animate = function (...what) { globalThis.moves += 1; return animate.apply(this, what); }`);
      const before = await middleOf('array:vmax');
      const graph = smallGraph();
      const more = (h: { id: string; name: string }) => ({ ...h, id: `${h.id}b`, name: `${h.name}b` });
      const sites = graph.sites.map((s) => ({
        ...s,
        clusters: s.clusters.map((c) => ({
          ...c,
          hosts: [...c.hosts, ...c.hosts.map((h) => ({ ...h, ...more(h), vms: [] }))],
        })),
      }));
      await show({ ...graph, sites });
      await node('host:prod/esx-01b').waitFor();
      await until(
        () => middleOf('array:vmax'),
        ({ y }) => y > before.y + 20,
        'the array to move down',
      );
      assert.equal((await run<number>('moves')) > 0, set === undefined);
      const width = `getComputedStyle(document.querySelector('.search input')).transitionDuration`;
      assert.equal(await run(width), set ? '0s' : '0.12s');
    });

  test('the picture is exported as SVG in the colours of the theme, and as PNG at a chosen scale', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const more = page.getByRole('button', { name: 'More' });
    const saved = async (format: string): Promise<string> => {
      const list = await until(posted, (l) => l.some((m) => m.type === 'save' && m.format === format), format);
      return list.flatMap((m) => (m.type === 'save' && m.format === format ? [m.data] : [])).at(-1) ?? '';
    };
    await more.click();
    await page.getByRole('menuitem', { name: 'Export as SVG' }).click();
    const svg = await saved('svg');
    assert.match(svg, /^<svg xmlns=.*esx-01.*<\/svg>$/s);
    assert.ok(svg.includes('fill="#1f1f1f"') && !svg.includes('var(') && !svg.includes('foreignObject'));
    const size = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.slice(1).map(Number) ?? [];
    await more.click();
    await page.getByRole('menuitem', { name: 'Export as PNG' }).click();
    await page.getByRole('menuitem', { name: '3 ×' }).click();
    const png = Buffer.from(await saved('png'), 'base64');
    assert.deepEqual(
      [png.readUInt32BE(16), png.readUInt32BE(20)],
      size.map((n) => n * 3),
    );
    assert.deepEqual(mistakes, []);
  });

  for (const theme of ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'])
    test(`no accessibility violation in ${theme}: picture, table, menu, findings, failure, figures`, async () => {
      await run(`document.body.dataset.vscodeThemeKind = '${theme}'`);
      await run(`harness.answers['vdc/card'] = ${JSON.stringify(CARD)}`);
      await page.evaluate(axe.source);
      const check = async (what: string): Promise<void> => {
        const found = await run<readonly { id: string; nodes: readonly { html: string; failureSummary: string }[] }[]>(
          `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
        );
        const words = found.map(
          ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary}`).join('; ')}`,
        );
        assert.deepEqual(words, [], what);
      };
      await show({ ...FAILED, time: { asOf: '2026-11-30', horizon: 36 } });
      await node('host:prod/esx-01').waitFor();
      await check('picture');
      await page.mouse.move(...(await headerOf('host:prod/esx-01')));
      await page.getByRole('tooltip').waitFor();
      await check('figures under the pointer');
      await run(
        `harness.answers['vdc/tryMove'] = ${JSON.stringify({ ...TRIAL, findings: { added: [NOTE], gone: [] } })}`,
      );
      const [x, y] = await headerOf('host:prod/esx-01');
      const to = await middleOf('host:prod/esx-02');
      await page.mouse.move(x + 18, y + 118);
      await page.mouse.down();
      await page.mouse.move(x + 40, y + 118, { steps: 2 });
      await page.locator('.trial').waitFor();
      await check('a VM in the hand');
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.locator('.trial').getByText('47 % to 70 %').waitFor();
      await check('a VM over a host');
      await run(`harness.answers['vdc/tryMove'] = ${JSON.stringify({ ...TRIAL, barred: 'esx-04 is in maintenance' })}`);
      const closed = await middleOf('host:prod/esx-04');
      await page.mouse.move(closed.x, closed.y, { steps: 4 });
      await page.locator('.trial.barred').waitFor();
      await check('a VM over a host that bars it');
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await page.mouse.click(...(await headerOf('host:prod/esx-01')));
      await page.keyboard.press('Space');
      await page.getByRole('dialog').waitFor();
      await check('findings');
      await page.keyboard.press('Escape');
      await page.keyboard.press('i');
      await page.getByRole('dialog').waitFor();
      await check('figures');
      await page.keyboard.press('Escape');
      for (const key of ['x', 'g']) await page.keyboard.press(key);
      await page.getByRole('button', { name: 'Details' }).click();
      await check('failure');
      await page.getByRole('button', { name: 'More' }).click();
      await check('menu');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Show as table' }).click();
      await page.getByRole('searchbox').fill('esx');
      await check('table');
      await page.getByRole('button', { name: 'Show as table' }).click();
      await page.getByRole('searchbox').fill('');
      await page.mouse.click(...(await headerOf('host:prod/esx-01')));
      await page.keyboard.press('Shift+X');
      await page.getByRole('menuitemcheckbox').first().waitFor();
      await check('links that may fail');
      await page.keyboard.press('Escape');
      await page.getByRole('tree').focus();
      await page.keyboard.press('l');
      await check('a link that has the keyboard');
      for (const key of ['Space', 'i']) await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      await check('figures of a link');
      await page.keyboard.press('Escape');
      await page.getByRole('tree').focus();
      await page.keyboard.press('z');
      await page.getByRole('menu', { name: 'Zoom' }).waitFor();
      await check('sizes');
    });

  test('follows the theme without losing the view, in high contrast with patterns', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const before = await transform();
    const fill = (): Promise<string> =>
      run(`getComputedStyle(document.querySelector('.scene [data-node="switch:tor-a"] rect')).fill`);
    const dark = await fill();
    await run(`document.body.dataset.vscodeThemeKind = 'vscode-light'`);
    await until(fill, (f) => f !== dark, 'the light tile');
    await run(`document.body.dataset.vscodeThemeKind = 'vscode-high-contrast'`);
    await node('host:prod/esx-01').locator('[fill="url(#vdc-hc-critical)"]').first().waitFor();
    assert.equal(await transform(), before);
    assert.deepEqual(mistakes, []);
  });

  test('marks of networks lie on the wires that carry them, and the ways of restarted VMs on all wires', async () => {
    const graph = smallGraph();
    const network = { id: 'network:web', name: 'web', vlan: 110, subnets: [] };
    const links = graph.links.map((l) => (l.kind === 'uplink' ? { ...l, carries: [0] } : l));
    await show({ ...graph, networks: [network], links });
    await node('host:prod/esx-01').waitFor();
    await page.locator('.layers button', { hasText: 'Network' }).click();
    const dot = page.locator('.scene rect[width="7"][rx="3.5"]');
    await dot.first().waitFor();
    const [x, y] = await run<readonly [number, number]>(`(({ left, top, width, height }) =>
      [left + width / 2, top + height / 2])(document.querySelector('.scene rect[width="7"][rx="3.5"]').getBoundingClientRect())`);
    assert.equal(
      await run(`(document.querySelector('.scene').style.pointerEvents = 'painted',
        document.elementsFromPoint(${x}, ${y}).find((e) => e.closest('.scene g')).getAttribute('rx'))`),
      '3.5',
    );
    await page.locator('.layers button', { hasText: 'All' }).click();
    await show(FAILED);
    const rail = '.scene path[stroke="var(--vdc-focus)"]';
    await page.locator(rail).first().waitFor({ state: 'attached' });
    assert.ok(
      await run(`(({ parentElement: part }) => part.querySelector('path') && part === part.parentElement.lastElementChild)(
        document.querySelector('${rail}'))`),
      'it is drawn after the wires',
    );
  });
});
