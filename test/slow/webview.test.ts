// The topology view in a plain Chromium, with a page that plays the editor (test/webview/harness.html).
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import type { FromWebview } from '../../server/src/protocol/messages.ts';
import type { Card, DiagramAction, TopologyAnswer, TryMove } from '../../server/src/protocol/topology.ts';
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

/** Params of the questions of one method so far. */
const asks = async (method: string): Promise<readonly object[]> =>
  (await posted()).flatMap((m) => (m.type === 'ask' && m.method === method ? [m.params] : []));

/** A spot in the header of a node, left of its badges. */
async function headerOf(id: string): Promise<[number, number]> {
  const box = await node(id).boundingBox();
  assert.ok(box, `${id} is not on screen`);
  return [box.x + 12, box.y + 12];
}

const CARD: Card = {
  title: 'host esx-01',
  caption: 'cluster prod',
  rows: [
    {
      label: 'CPU',
      value: '110 %',
      detail: '45.8 of 41.6 GHz',
      share: 1.1,
      class: 'over',
      state: 'derived',
      how: 'peak demand over what is usable',
      inputs: [{ label: 'cart-1', value: '9.4 GHz', how: 'stated', times: 2 }],
      place: {
        uri: 'file:///storefront.vdc',
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
      },
    },
    { label: 'power', value: '?', state: 'unknown' },
  ],
};

const TRIAL: TryMove = {
  hosts: [
    {
      host: 'host:prod/esx-02',
      name: 'esx-02',
      figures: [
        {
          label: 'CPU',
          before: { text: '47 %', share: 0.47, class: 'calm2' },
          after: { text: '70 %', share: 0.7, class: 'calm3' },
        },
      ],
    },
  ],
  findings: { added: [], gone: [] },
  edits: [],
};

const NOTE = { key: 'n1', rule: 'host-cpu-overloaded', severity: 'error', message: 'esx-02 is at 110 %.', fixes: [] };

const FAILED: TopologyGraph = {
  ...smallGraph(),
  failure: {
    failed: ['host:prod/esx-03'],
    summary: '2 VMs restart on 2 hosts, 1 has no place',
    moves: [{ vm: 'vm:search-2', from: 'host:prod/esx-03', to: 'host:prod/esx-02' }],
    shifts: [],
    stranded: [
      { vm: 'vm:db-2', name: 'db-2', needs: '208 GiB', why: 'no host has as much', shortBy: '16 GiB on esx-04' },
    ],
    lost: [],
    findings: { added: [], gone: [] },
  },
};

const textOf = (id: string): Promise<string> => run(`document.querySelector('[data-node="${id}"]')?.textContent ?? ''`);

describe('the topology view', { timeout: 240_000 }, () => {
  test('says that links could not be routed in time, and takes it back', async () => {
    await show({ ...graphAnswer(smallGraph()), late: true } as TopologyAnswer);
    const strip = page.locator('.strip', { hasText: 'could not be routed in time' });
    await strip.waitFor();
    assert.equal(await node('host:prod/esx-01').count(), 1);
    await show(smallGraph());
    await strip.waitFor({ state: 'detached' });
  });

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
    await run(`harness.answers['vdc/tryFix'] = ${JSON.stringify({ ...TRIAL, title: 'Move cart-2 to esx-02' })}`);
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('47 % to 70 %').waitFor();
    assert.match((await dialog.textContent()) ?? '', /Move cart-2 to esx-02.*No new finding/s);
    assert.deepEqual(await asks('vdc/tryFix'), [{ finding: 'f1', fix: 'f1/fix' }]);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    assert.deepEqual((await posted()).at(-1), {
      type: 'applyFix',
      node: 'host:prod/esx-01',
      finding: 'f1',
      fix: 'f1/fix',
    });
    await dialog.getByRole('button', { name: 'Silence with a reason' }).click();
    await page.keyboard.type('it is a test bench');
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted()).at(-1), {
      type: 'applyFix',
      node: 'host:prod/esx-01',
      finding: 'f1',
      fix: 'silence',
      reason: 'it is a test bench',
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

  test('the toolbar fits every width, with and without a search', async () => {
    await show({ ...smallGraph(), apps: [{ id: 'app:cart', name: 'cart', vips: [] }] });
    await node('host:prod/esx-01').waitFor();
    for (const query of ['', 'cart']) {
      await page.setViewportSize({ width: 1200, height: 500 });
      await page.getByRole('searchbox').fill(query);
      await page.getByRole('tree').focus();
      for (const width of [400, 500, 620, 760, 870, 890, 1000, 1200]) {
        await page.setViewportSize({ width, height: 500 });
        const over = await run<number>(
          `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.toolbar'))`,
        );
        assert.equal(over, 0, `${width} ${query}`);
      }
    }
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

  test('figures of a node with their arithmetic: under the pointer, and with the keyboard to stay', async () => {
    await run(`harness.answers['vdc/card'] = ${JSON.stringify(CARD)}`);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const box = await node('host:prod/esx-01').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 30, box.y + 50);
    const glance = page.getByRole('tooltip');
    await glance.waitFor();
    assert.match((await glance.textContent()) ?? '', /host esx-01.*110 %.*45\.8 of 41\.6 GHz · peak demand/s);
    assert.deepEqual(await asks('vdc/card'), [{ node: 'host:prod/esx-01' }]);
    await page.mouse.move(5, 700);
    await glance.waitFor({ state: 'detached' });
    await page.mouse.click(box.x + 30, box.y + 50);
    await page.keyboard.press('i');
    const card = page.getByRole('dialog', { name: 'host esx-01' });
    await card.getByText('2 × cart-1: 9.4 GHz').waitFor();
    await card.getByRole('button', { name: 'Show where it is stated' }).click();
    assert.equal((await posted()).at(-1)?.type, 'showPlace');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    assert.equal(await run(`document.activeElement.className.includes('stage')`), true);
  });

  test('a VM is dragged to another host, which shows what it would become', async () => {
    await run(`harness.answers['vdc/tryMove'] = ${JSON.stringify(TRIAL)}`);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const from = await node('host:prod/esx-01').boundingBox();
    const to = await middleOf('host:prod/esx-02');
    assert.ok(from);
    const take = async (): Promise<void> => {
      await page.mouse.move(from.x + 30, from.y + 130);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
    };
    const before = await transform();
    await take();
    const trial = page.locator('.trial');
    await trial.getByText('47 % to 70 %').waitFor();
    assert.match((await trial.textContent()) ?? '', /cart-1 to esx-02.*No new finding/s);
    await page.keyboard.press('Escape');
    await trial.waitFor({ state: 'detached' });
    await page.mouse.up();
    assert.equal((await posted()).filter((m) => m.type === 'move').length, 0);
    await take();
    await trial.getByText('47 % to 70 %').waitFor();
    await page.mouse.up();
    await until(posted, (l) => l.at(-1)?.type === 'move', 'the move');
    assert.deepEqual((await posted()).at(-1), { type: 'move', vm: 'vm:cart-1', to: 'host:prod/esx-02' });
    assert.equal(await transform(), before, 'a VM was dragged, not the picture');
    await run(
      `harness.answers['vdc/tryMove'] = ${JSON.stringify({ ...TRIAL, barred: 'esx-02 does not reach gold-1' })}`,
    );
    await take();
    await trial.getByText('esx-02 does not reach gold-1').waitFor();
    await page.mouse.up();
    await trial.waitFor({ state: 'detached' });
    assert.equal((await posted()).filter((m) => m.type === 'move').length, 1);
  });

  test('a VM is moved with the keyboard', async () => {
    await run(`harness.answers['vdc/tryMove'] = ${JSON.stringify(TRIAL)}`);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.getByRole('tree').focus();
    for (const key of ['ArrowDown', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter', 'Enter'])
      await page.keyboard.press(key);
    for (const key of ['m', 'ArrowRight']) await page.keyboard.press(key);
    const live = page.locator('[aria-live].unseen');
    await until(
      () => live.textContent(),
      (t) => t === 'esx-02, CPU 47 % to 70 %, no new finding',
      'the words',
    );
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted()).at(-1), { type: 'move', vm: 'vm:cart-1', to: 'host:prod/esx-02' });
  });

  describe('VMs without a host', () => {
    const pool = ['p-0', 'p-1'].map((name) => ({ id: `vm:${name}`, name, cpu: 2e9, memory: 4 * 2 ** 30 }));
    const pooled = (): TopologyGraph => {
      const graph = smallGraph();
      const sites = graph.sites.map((s) => ({ ...s, clusters: s.clusters.map((c) => ({ ...c, pool })) }));
      return { ...graph, sites, unplaced: [{ id: 'vm:lost', name: 'lost', cpu: 2e9, memory: 4 * 2 ** 30 }] };
    };
    beforeEach(async () => {
      await page.setViewportSize({ width: 900, height: 1100 });
      await run(`harness.answers['vdc/tryMove'] = ${JSON.stringify(TRIAL)}`);
      await show(pooled());
      await node('host:prod/esx-01').waitFor();
    });

    test('are dragged to a host from their pool', async () => {
      // The first cell is below the first words of the pool.
      const box = await page.locator('.scene text').getByText('2 VMs', { exact: true }).boundingBox();
      assert.ok(box);
      const to = await middleOf('host:prod/esx-02');
      const before = await transform();
      await page.mouse.move(box.x + 10, box.y + box.height + 14);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      const trial = page.locator('.trial');
      await trial.getByText('47 % to 70 %').waitFor();
      assert.match((await trial.textContent()) ?? '', /p-0 to esx-02/);
      await page.mouse.up();
      await until(posted, (l) => l.at(-1)?.type === 'move', 'the move');
      assert.deepEqual((await posted()).at(-1), { type: 'move', vm: 'vm:p-0', to: 'host:prod/esx-02' });
      assert.equal(await transform(), before, 'a VM was dragged, not the picture');
    });

    test('are carried there by keyboard, from the pool and from the tray', async () => {
      const search = page.getByRole('searchbox');
      for (const name of ['p-1', 'lost']) {
        await search.fill(name);
        await page.keyboard.press('Enter');
        await page.keyboard.press('Escape');
        await page.getByRole('tree').focus();
        for (const key of ['m', 'ArrowUp']) await page.keyboard.press(key);
        await page.locator('.trial').getByText('47 % to 70 %').waitFor();
        await page.keyboard.press('Enter');
        const last = await until(posted, (l) => l.at(-1)?.type === 'move', 'the move');
        const move = last.at(-1);
        assert.ok(
          move?.type === 'move' && move.vm === `vm:${name}` && move.to.startsWith('host:'),
          JSON.stringify(move),
        );
      }
    });
  });

  test('a link is failed by key from its host, and by a right click where it is drawn', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.mouse.click(...(await headerOf('host:prod/esx-01')));
    await page.keyboard.press('Shift+X');
    const item = page.getByRole('menuitemcheckbox', { name: /^tor-b · / });
    await item.waitFor();
    assert.equal(await page.getByRole('menuitemcheckbox').count(), 4);
    await item.click();
    const strip = page.getByRole('region', { name: 'What if it fails' });
    await strip.getByText('What if link esx-01 to tor-b fails').waitFor();
    assert.deepEqual((await asks('vdc/topology')).at(-1), { failed: ['host:prod/esx-01/nic-b'] });
    await strip.getByRole('button', { name: 'Restore' }).click();
    await strip.waitFor({ state: 'hidden' });
    // Where it enters the switch from above, between the two rows of nodes.
    const core = await node('switch:core').boundingBox();
    const tor = await node('switch:tor-a').boundingBox();
    assert.ok(core && tor);
    const footer = page.locator('footer .status');
    const y = (core.y + core.height + tor.y) / 2;
    let hit: number | undefined;
    for (let x = tor.x; x < tor.x + tor.width && hit === undefined; x += 3) {
      await page.mouse.move(x, y);
      if (/tor-a to core/.test((await footer.textContent()) ?? '')) hit = x;
    }
    assert.ok(hit !== undefined, 'no link between core and tor-a');
    await page.mouse.click(hit, y, { button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: /tor-a to core/ }).click();
    await strip.getByText('What if link tor-a to core fails').waitFor();
    assert.deepEqual((await asks('vdc/topology')).at(-1), { failed: ['core-tor-a'] });
    assert.deepEqual(mistakes, []);
  });

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

  test('a host is failed and brought back; the strip tells what becomes of its VMs', async () => {
    await show(smallGraph());
    await node('host:prod/esx-03').waitFor();
    await run(`harness.answer = ${JSON.stringify(graphAnswer(FAILED))}`);
    const box = await node('host:prod/esx-03').boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 30, box.y + 10, { button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'What if it fails' }).click();
    const strip = page.getByRole('region', { name: 'What if it fails' });
    await strip.getByText('2 VMs restart on 2 hosts, 1 has no place').waitFor();
    assert.match((await strip.textContent()) ?? '', /What if esx-03 fails/);
    assert.deepEqual((await asks('vdc/topology')).at(-1), { failed: ['host:prod/esx-03'] });
    await strip.getByRole('button', { name: 'Details' }).click();
    const list = page.getByRole('region', { name: 'What becomes of it' });
    assert.match(
      (await list.textContent()) ?? '',
      /1 VM without a place.*db-2.*16 GiB on esx-04.*search-2.*esx-03 to esx-02/s,
    );
    await page.keyboard.press('Escape');
    await until(
      () => run<{ failed?: string[] } | null>('harness.state()'),
      (s) => s?.failed?.join() === 'host:prod/esx-03',
      'the failure to be kept',
    );
    await page.reload();
    await show(FAILED);
    await strip.getByText('2 VMs restart on 2 hosts, 1 has no place').waitFor();
    await run(`harness.answer = ${JSON.stringify(graphAnswer(smallGraph()))}`);
    await page.getByRole('tree').focus();
    await page.mouse.click(box.x + 30, box.y + 40);
    await strip.getByRole('button', { name: 'Restore' }).click();
    await strip.waitFor({ state: 'hidden' });
    assert.deepEqual((await asks('vdc/topology')).at(-1), {});
  });

  test('the months ahead: a slider asks for the picture of each, and goes back to today', async () => {
    const graph = { ...smallGraph(), time: { asOf: '2026-11-30', horizon: 36 } };
    await show(graph);
    await node('host:prod/esx-01').waitFor();
    await page.getByRole('tree').focus();
    await page.keyboard.press('g');
    const slider = page.getByRole('slider', { name: 'Months from today' });
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await slider.press(key);
    assert.equal(await slider.getAttribute('aria-valuetext'), '28 February 2027 · in 3 months');
    await until(
      () => asks('vdc/topology'),
      (l) => JSON.stringify(l.at(-1)) === '{"at":"2027-02-28"}',
      'the question',
    );
    await page.getByRole('button', { name: 'Today' }).click();
    assert.equal(await slider.inputValue(), '0');
    await slider.press('Escape');
    await slider.waitFor({ state: 'hidden' });
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

  test('a picture is about one application, from the toolbar, and about everything again', async () => {
    const graph = smallGraph();
    const app = { id: 'app:cart', name: 'cart', vips: [] };
    const sites = graph.sites.map((site) => ({
      ...site,
      clusters: site.clusters.map((cluster) => ({
        ...cluster,
        hosts: cluster.hosts.map((host, i) =>
          i === 0 ? { ...host, vms: host.vms.map((vm) => ({ ...vm, app: 0 })) } : host,
        ),
      })),
    }));
    await show({ ...graph, sites, apps: [app] });
    await node('host:prod/esx-02').waitFor();
    const faded = (id: string): Promise<number> =>
      run(`document.querySelectorAll('.scene [data-node="${id}"] [opacity="0.3"]').length`);
    assert.equal(await faded('host:prod/esx-02'), 0);
    await page.getByRole('combobox', { name: 'About' }).selectOption({ label: 'cart' });
    await until(
      () => faded('host:prod/esx-02'),
      (n) => n > 5,
      'a host without the application is faded',
    );
    assert.equal(await faded('host:prod/esx-01'), 0);
    await until(
      () => run<{ about?: string } | null>('harness.state()'),
      (state) => state?.about === 'app app:cart',
      'the view is kept',
    );
    await page.getByRole('combobox', { name: 'About' }).selectOption({ label: 'Everything' });
    await until(
      () => faded('host:prod/esx-02'),
      (n) => n === 0,
      'everything is back',
    );
    assert.deepEqual(mistakes, []);
  });

  test('a link holds the view, and brings it back in another panel', async () => {
    await show(estateGraph());
    await node('host:prod/prod-08').waitFor();
    await page.getByRole('radio', { name: 'Compute' }).click();
    const at = await middleOf('host:prod/prod-08');
    await page.mouse.click(at.x, at.y);
    await page.keyboard.press('f');
    const seen = await transform();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    const link = (await posted()).findLast((m) => m.type === 'copyLink');
    assert.ok(link?.type === 'copyLink');
    await run('sessionStorage.clear()');
    await page.goto('about:blank');
    await page.goto(harness);
    await run(`harness.send(${JSON.stringify({ type: 'view', view: link.view })})`);
    await show(estateGraph());
    const numbers = (t: string): number[] => [...t.matchAll(/-?[\d.]+/g)].map((m) => Number(m[0]));
    await until(
      transform,
      (t) => numbers(t).every((n, i) => Math.abs(n - (numbers(seen)[i] ?? 0)) < 1),
      `the view ${seen}`,
    );
    assert.equal(await page.getByRole('radio', { name: 'Compute' }).getAttribute('aria-checked'), 'true');
    await run(`harness.send({ type: 'shared', node: 'host:prod/prod-02' })`);
    await until(
      () => run<{ selected?: string } | null>('harness.state()'),
      (s) => s?.selected === 'host:prod/prod-02',
      'the selection of another panel',
    );
    assert.ok(!(await posted()).some((m) => m.type === 'selected' && m.node === 'host:prod/prod-02'));
  });

  test('a container is collapsed and shown again; the small map is there only where it helps', async () => {
    await show(estateGraph());
    await node('cluster:batch').waitFor();
    const map = page.locator('.minimap');
    await page.getByRole('tree').focus();
    await page.keyboard.press('0');
    assert.equal(await map.isHidden(), true);
    await page.mouse.click(...(await headerOf('cluster:batch')));
    await page.keyboard.press('c');
    await node('host:batch/batch-01').waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await node('host:batch/batch-01').waitFor();
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('+');
    await map.waitFor();
    const before = await transform();
    const box = await map.boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 20, box.y + 20);
    await until(transform, (t) => t !== before, 'the view to go there');
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

  test('what is laid out ahead is of the design that is shown, also when that has changed meanwhile', async () => {
    await run(`globalThis.idle = []; globalThis.requestIdleCallback = (work) => idle.push(work)`);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await until(
      () => run<number>('idle.length'),
      (length) => length > 0,
      'work for later',
    );
    await show(estateGraph());
    await until(
      () => run<number>(`document.querySelectorAll('.scene [data-node*="esx-01"]').length`),
      (n) => n === 0,
      'no host of before',
    );
    await run(
      `for (let turns = 0; turns < 1000 && idle.length > 0; turns++) idle.shift()({ timeRemaining: () => 50 })`,
    );
    await page.locator('.stage').focus();
    for (let presses = 0; presses < 24; presses++) {
      await page.keyboard.press('+');
      const hosts = () => run<number>(`document.querySelectorAll('.scene [data-node^="host:"]').length`);
      await until(hosts, (n) => n > 0, `hosts at level ${await run('document.querySelector(".scene").dataset.level')}`);
    }
    assert.deepEqual(mistakes, []);
  });

  test('names that look like markup are words', async () => {
    const text = JSON.stringify(smallGraph()).replaceAll('"esx-02"', '"<img src=x onerror=alert(1)>"');
    await show(JSON.parse(text) as TopologyGraph);
    await node('host:prod/esx-02').waitFor();
    assert.equal(await run(`document.querySelectorAll('img').length`), 0);
    assert.deepEqual(mistakes, []);
  });
});
