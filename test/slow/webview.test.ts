// The topology view in a plain Chromium, with a page that plays the editor (test/webview/harness.html).
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import type { FromWebview } from '../../server/src/protocol/messages.ts';
import type { DiagramAction, TopologyAnswer } from '../../server/src/protocol/topology.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import type { WorkerResponse } from '../../server/src/topology/layout/router.ts';
import { estateGraph, smallGraph, thousandGraph } from '../topology/fixtures.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'vdc-webview-'));
const harness = pathToFileURL(join(folder, 'harness.html')).href;

let browser: Browser;
let page: Page;
let mistakes: string[] = [];
let revision = 0;

before(async () => {
  await build({
    entryPoints: [{ in: join(root, 'client/webview/main.ts'), out: 'webview' }],
    outdir: folder,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
  for (const file of ['harness.html', 'harness-host.js', 'harness-themes.css'])
    cpSync(join(root, 'test/webview', file), join(folder, file));
  browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumArguments, '--allow-file-access-from-files'],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  await page?.close();
  mistakes = [];
  page = await browser.newPage({ viewport: { width: 900, height: 760 } });
  // A broken content security policy is reported on the console, too.
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  page.on('pageerror', (error) => mistakes.push(error.message));
  await page.goto(harness);
});

const run = <T>(code: string): Promise<T> => page.evaluate<T>(code);
const posted = (): Promise<readonly (FromWebview | DiagramAction)[]> => run('harness.posted');
const graphAnswer = (graph: TopologyGraph): TopologyAnswer => ({
  type: 'graph',
  revision: ++revision,
  graph,
  routes: [],
});

async function show(answer: TopologyGraph | TopologyAnswer): Promise<void> {
  await run(`harness.show(${JSON.stringify('sites' in answer ? graphAnswer(answer) : answer)})`);
}

const node = (id: string) => page.locator(`.scene [data-node="${id}"]`);
const transform = (): Promise<string> => run(`document.querySelector('.scene').style.transform`);

/** The middle of a node on screen. */
async function middleOf(id: string): Promise<{ x: number; y: number }> {
  const box = await node(id).boundingBox();
  assert.ok(box, `${id} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function until<T>(read: () => Promise<T>, accept: (value: T) => boolean, what: string): Promise<T> {
  for (let i = 0; i < 400; i += 1) {
    const value = await read();
    if (accept(value)) return value;
    await page.waitForTimeout(50);
  }
  assert.fail(`${what}: ${JSON.stringify(await read())}`);
}

const textOf = (id: string): Promise<string> => run(`document.querySelector('[data-node="${id}"]')?.textContent ?? ''`);

describe('the topology view', { timeout: 240_000 }, () => {
  test('asks for the design it is told to show, and draws its nodes with their findings', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    assert.deepEqual((await posted())[0], { type: 'ready' });
    for (const id of [
      'site:seattle',
      'cluster:prod',
      'host:prod/esx-04',
      'switch:tor-a',
      'array:vmax',
      'datastore:vmax/gold-2',
    ])
      assert.equal(await node(id).count(), 1, id);
    assert.match(await textOf('host:prod/esx-01'), /esx-01.*110/s);
    assert.equal(await node('host:prod/esx-01').locator('[fill="var(--vdc-error-icon)"]').count(), 1);
    assert.equal(await node('host:prod/esx-02').locator('[fill="var(--vdc-error-icon)"]').count(), 0);
    assert.equal(await node('datastore:vmax/gold-2').locator('[fill="var(--vdc-warning-icon)"]').count(), 1);
    assert.deepEqual(mistakes, []);
  });

  test('keeps pan, zoom, selection and search over an update', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    const box = await node('host:prod/esx-02').boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 30, box.y + 60);
    await page.mouse.move(400, 400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -40);
    await page.keyboard.up('Control');
    await page.mouse.wheel(0, 60);
    await page.getByRole('searchbox').fill('db');
    const before = await transform();
    const graph = smallGraph();
    const text = JSON.stringify(graph).replaceAll('"pay-1"', '"pay-9"');
    await show(JSON.parse(text) as TopologyGraph);
    await until(
      () => textOf('host:prod/esx-02'),
      (t) => t.includes('pay-9'),
      'the update',
    );
    assert.equal(await transform(), before);
    const kept = (): Promise<{ selected?: string; query?: string }> => run('harness.state()');
    await until(kept, (s) => s.selected === 'host:prod/esx-02' && s.query === 'db', 'selection and search');
  });

  test('a reload brings back what was looked at', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 90);
    await page.getByRole('radio', { name: 'Storage' }).click();
    await until(
      () => run<{ layer?: string }>('harness.state()'),
      (s) => s.layer === 'storage',
      'the layer',
    );
    const before = await transform();
    await page.reload();
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    assert.equal(await transform(), before);
    assert.equal(await page.getByRole('radio', { name: 'Storage' }).getAttribute('aria-checked'), 'true');
    assert.equal(await node('switch:tor-a').count(), 0);
  });

  test('a click shows the text of a host, or of the VM that was hit; a double click goes there', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    const box = await node('host:prod/esx-02').boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 30, box.y + 60);
    await page.mouse.click(box.x + 30, box.y + 130);
    const reveals = await until(
      async () => (await posted()).filter((m) => m.type === 'reveal'),
      (l) => l.length >= 2,
      'reveals',
    );
    assert.deepEqual(reveals[0], { type: 'reveal', node: 'host:prod/esx-02', focus: false });
    assert.deepEqual(reveals[1], { type: 'reveal', node: 'vm:cart-3', focus: false });
    await page.mouse.dblclick(box.x + 30, box.y + 60);
    await until(
      posted,
      (l) => l.some((m) => m.type === 'reveal' && m.node === 'host:prod/esx-02' && m.focus),
      'a reveal with the keyboard',
    );
  });

  test('a badge opens its findings; a fix is applied from there; Escape closes and gives the keyboard back', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const box = await node('host:prod/esx-01').locator('[fill="var(--vdc-error-icon)"]').boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 5, box.y + 5);
    const dialog = page.getByRole('dialog', { name: 'Findings on esx-01' });
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? '', /host-cpu-overloaded.*45\.8 GHz.*Move cart-2/s);
    const popover = await dialog.boundingBox();
    assert.ok(
      popover &&
        (popover.x > box.x + box.width ||
          popover.x + popover.width < box.x ||
          popover.y > box.y + box.height ||
          popover.y + popover.height < box.y),
      'it covers its badge',
    );
    await dialog.getByRole('button', { name: 'Apply' }).click();
    assert.deepEqual((await posted()).at(-1), {
      type: 'applyFix',
      node: 'host:prod/esx-01',
      finding: 'f1',
      fix: 'f1/fix',
    });
    await page.keyboard.press('Escape');
    assert.equal(await dialog.count(), 0);
    assert.equal(await run(`document.activeElement.className.includes('stage')`), true);
  });

  test('can be walked by keyboard, and says where it is', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.getByRole('tree').focus();
    const active = (): Promise<string> =>
      run(
        `document.getElementById(document.querySelector('.stage').getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') ?? ''`,
      );
    for (const key of ['ArrowDown', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    assert.match(await active(), /^esx-01, host, 4 VMs, CPU 110 percent, over capacity/);
    await page.keyboard.press('ArrowRight');
    assert.match(await active(), /^esx-02, host/);
    await page.keyboard.press('F12');
    assert.deepEqual((await posted()).at(-1), { type: 'reveal', node: 'host:prod/esx-02', focus: true });
    for (const key of ['Enter', 'ArrowDown']) await page.keyboard.press(key);
    assert.match(await active(), /^search-1, 6\.2 GHz/);
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted()).at(-1), { type: 'reveal', node: 'vm:search-1', focus: true });
    for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
    assert.match(await active(), /^prod, cluster/);
    await page.keyboard.press('F8');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    assert.equal(await run('document.activeElement.getAttribute("type")'), 'search');
    await page.keyboard.type('db-2');
    await page.keyboard.press('Enter');
    await until(
      () => run<{ selected?: string }>('harness.state()'),
      (s) => s.selected === 'vm:db-2',
      'the match',
    );
    await page.keyboard.press('Escape');
    const zoomed = await page.locator('.percent').textContent();
    await page.keyboard.press('+');
    assert.notEqual(await page.locator('.percent').textContent(), zoomed);
    await page.keyboard.press('0');
  });

  test('marks the node that the text cursor is in, and brings it into sight', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    const before = await transform();
    await run(`harness.send({ type: 'caret', node: 'vm:cart-3' })`);
    await until(
      () => run<number>(`document.querySelectorAll('.scene > g:last-child > rect').length`),
      (n) => n === 1,
      'the cursor bar',
    );
    assert.equal(await transform(), before);
    await page.setViewportSize({ width: 900, height: 360 });
    await run(`harness.send({ type: 'caret', node: 'datastore:vmax/gold-1' })`);
    await until(transform, (t) => t !== before, 'the pan');
  });

  test('a search lights what fits, in hosts, too; Ctrl+F goes there, arrows through it, Escape clears', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.getByRole('tree').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('kind:vm cart');
    const count = page.locator('.count');
    const counted = (words: string): Promise<unknown> =>
      until(
        () => count.textContent(),
        (t) => t === words,
        'the count',
      );
    await counted('4');
    const rings = (): Promise<string> =>
      run(
        `document.querySelector('.scene > g:last-child > path[stroke="var(--vdc-strong)"]')?.getAttribute('d') ?? ''`,
      );
    assert.equal((await rings()).split('M').length - 1, 4);
    await page.keyboard.press('Enter');
    await counted('1/4');
    await page.keyboard.press('Shift+Enter');
    await counted('4/4');
    await until(
      () => run<{ selected?: string } | null>('harness.state()'),
      (s) => s?.selected === 'vm:cart-4',
      'the last match',
    );
    await page.getByRole('button', { name: 'Next match' }).click();
    await counted('1/4');
    await page.getByRole('searchbox').fill('kind:host nowhere');
    await counted('none');
    await page.getByRole('searchbox').press('Escape');
    await counted('');
    assert.equal(await rings(), '');
  });

  test('the same graph as a table: opened, sorted, filtered, with the keyboard, in step with the picture', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    const box = await node('host:prod/esx-02').boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 30, box.y + 60);
    await page.getByRole('button', { name: 'Show as table' }).click();
    const grid = page.getByRole('treegrid');
    const names = (): Promise<string[]> => grid.locator('.lines .what').allTextContents();
    assert.equal(await grid.locator('[aria-selected="true"]').getAttribute('data-row'), 'host:prod/esx-02');
    await page.keyboard.press('ArrowRight');
    await until(names, (n) => n.includes('cart-3'), 'the VMs of the host');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    assert.deepEqual((await posted()).at(-1), { type: 'reveal', node: 'vm:cart-3', focus: false });
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await until(names, (n) => !n.includes('cart-3'), 'the host to close');
    await grid.getByRole('button', { name: 'CPU' }).click();
    assert.equal(await grid.getByRole('columnheader', { name: 'CPU' }).getAttribute('aria-sort'), 'descending');
    await page.getByRole('searchbox').fill('kind:host');
    await until(names, (n) => n.join() === 'esx-01,esx-03,esx-04,esx-02', 'hosts by load');
    await grid.getByRole('button', { name: '1 error on esx-01' }).click();
    await page.getByRole('dialog', { name: 'Findings on esx-01' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('');
    await run(`harness.send({ type: 'select', node: 'vm:db-2' })`);
    await until(names, (n) => n.includes('db-2'), 'the VM that was asked for');
    await page.getByRole('button', { name: 'Show as table' }).click();
    assert.equal(await grid.isHidden(), true);
    assert.deepEqual(mistakes, []);
  });

  test('thousands of VMs as a table: only lines in sight are in the document', async () => {
    await show(thousandGraph());
    await page.locator('.scene [data-node]').first().waitFor();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('searchbox').fill('kind:vm');
    const grid = page.getByRole('treegrid');
    await until(
      () => grid.getAttribute('aria-rowcount'),
      (n) => Number(n) > 7_000,
      'the lines',
    );
    await grid.focus();
    await page.keyboard.press('End');
    const last = grid.locator('.lines .active');
    await until(
      () => last.getAttribute('aria-rowindex'),
      (n) => Number(n) > 7_000,
      'the last line',
    );
    assert.ok((await grid.locator('.lines .line').count()) < 80);
  });

  test('the level follows the zoom, and what is under the pointer stays there', async () => {
    await show(estateGraph());
    await node('host:prod/prod-08').waitFor();
    const at = await middleOf('host:prod/prod-08');
    await page.mouse.move(at.x, at.y);
    const levels = new Set<string>();
    await page.keyboard.down('Control');
    for (let i = 0; i < 24; i += 1) {
      await page.mouse.wheel(0, i < 8 ? -60 : 60);
      levels.add(await run<string>(`document.querySelector('.scene').dataset.level`));
      if (i === 7) {
        const box = await until(
          () => node('host:prod/prod-08').boundingBox(),
          (b) => b !== null,
          'the host',
        );
        assert.ok(box && at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height);
      }
    }
    await page.keyboard.up('Control');
    assert.ok(levels.has('card') && levels.has('square'), [...levels].join());
  });

  test('a thousand hosts: only what is in sight is in the document', async () => {
    await show(thousandGraph());
    await node('cluster:london/erp').waitFor();
    await page.mouse.move(200, 200);
    await page.keyboard.down('Control');
    for (let i = 0; i < 26; i += 1) await page.mouse.wheel(0, -60);
    await page.keyboard.up('Control');
    await node('host:london/erp/erp-01').or(page.locator('.scene [data-node^="host:"]')).first().waitFor();
    const count = await run<number>(`document.querySelectorAll('.scene [data-node^="host:"]').length`);
    assert.ok(count > 0 && count < 200, `${count} hosts in the document`);
  });

  test('the last good picture stays under a strip while the text is broken', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const broken = { place: 'Line 41', uri: 'file:///storefront.vdc', line: 40 };
    await show({ type: 'broken', revision: ++revision, broken });
    const strip = page.getByRole('status');
    await strip.waitFor();
    assert.match((await strip.textContent()) ?? '', /Line 41 does not parse/);
    assert.equal(await node('host:prod/esx-01').count(), 1);
    await strip.getByRole('button', { name: 'Show' }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'showBroken', broken });
    await show(smallGraph());
    await strip.waitFor({ state: 'detached' });
  });

  test('nothing to draw: two ways on', async () => {
    await show({ ...smallGraph(), sites: [], links: [] });
    await page.getByText('No hosts in storefront yet').waitFor();
    await page.getByRole('button', { name: 'Import inventory' }).click();
    await page.getByRole('button', { name: 'Insert a sample' }).click();
    assert.deepEqual((await posted()).slice(-2), [
      { type: 'run', command: 'import' },
      { type: 'run', command: 'sample' },
    ]);
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

  test('the layout worker answers in a browser, and keeps its own message handler', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'server/src/topology/layout/worker.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      define: { document: '{}' },
      logLevel: 'error',
    });
    const problem = {
      nodes: ['core-1', 'core-2', 'leaf'].map((id, i) => ({ id, w: 160, h: i === 2 ? 6 : 34, foot: i === 2 })),
      edges: [
        { from: 'core-1', to: 'core-2', links: ['a'] },
        { from: 'core-2', to: 'leaf', links: ['b'] },
      ],
    };
    await page.goto('about:blank');
    const script = JSON.stringify(outputFiles[0]?.text ?? '');
    const answers = await run<readonly WorkerResponse[]>(`new Promise((resolve, reject) => {
      const worker = new Worker(URL.createObjectURL(new Blob([${script}], { type: 'text/javascript' })));
      const got = [];
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = (event) => got.push(event.data) === 2 && resolve(got);
      for (const id of [1, 2]) worker.postMessage({ id, problem: ${JSON.stringify(problem)} });
    })`);
    assert.deepEqual(answers.map((a) => a.id).sort(), [1, 2]);
    for (const answer of answers)
      assert.deepEqual('block' in answer && answer.block.nodes.map((n) => n.id), ['core-1', 'core-2', 'leaf']);
  });

  test('names that look like markup are words', async () => {
    const text = JSON.stringify(smallGraph()).replaceAll('"esx-02"', '"<img src=x onerror=alert(1)>"');
    await show(JSON.parse(text) as TopologyGraph);
    await node('host:prod/esx-02').waitFor();
    assert.equal(await run(`document.querySelectorAll('img').length`), 0);
    assert.deepEqual(mistakes, []);
  });
});
