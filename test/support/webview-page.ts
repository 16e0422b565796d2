// The topology view in a plain Chromium, with a page that plays the editor (test/webview/harness.html). Whoever imports it has a page for each test.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Saved } from '../../client/webview/saved.ts';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import type { FromWebview } from '../../server/src/protocol/messages.ts';
import type { Card, DiagramAction, TopologyAnswer, TryMove } from '../../server/src/protocol/topology.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { smallGraph } from '../topology/graphs/small.ts';

export const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'vdc-webview-'));
export const harness = pathToFileURL(join(folder, 'harness.html')).href;

export let browser: Browser;
export let page: Page;
export let mistakes: string[] = [];
let version = 0;

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

export const run = <T>(code: string): Promise<T> => page.evaluate<T>(code);
/** What the view has kept for a reload; nothing at first, as it is kept a moment after it changes. */
export const viewState = async (): Promise<Partial<Saved>> => (await run<Saved | null>('harness.state()')) ?? {};
export const posted = (): Promise<readonly (FromWebview | DiagramAction)[]> => run('harness.posted');
export const graphAnswer = (graph: TopologyGraph): TopologyAnswer => ({
  type: 'graph',
  version: ++version,
  graph,
  routes: [],
});

export async function show(answer: TopologyGraph | TopologyAnswer): Promise<void> {
  await run(`harness.show(${JSON.stringify('sites' in answer ? graphAnswer(answer) : answer)})`);
}

export const node = (id: string) => page.locator(`.scene [data-node="${id}"]`);
/** Where the camera is, once the picture of the present level is shown. */
export async function transform(): Promise<string> {
  await page.locator('.camera').nth(1).waitFor({ state: 'detached' });
  return run(`document.querySelector('.camera').style.transform`);
}

/** The middle of a node on screen. */
export async function middleOf(id: string): Promise<{ x: number; y: number }> {
  const box = await node(id).boundingBox();
  assert.ok(box, `${id} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function until<T>(read: () => Promise<T>, accept: (value: T) => boolean, what: string): Promise<T> {
  for (let i = 0; i < 400; i += 1) {
    const value = await read();
    if (accept(value)) return value;
    await page.waitForTimeout(50);
  }
  assert.fail(`${what}: ${JSON.stringify(await read())}`);
}

/** Params of the questions of one method so far. */
export const asks = async (method: string): Promise<readonly object[]> =>
  (await posted()).flatMap((m) => (m.type === 'ask' && m.method === method ? [m.params] : []));

/** What pictures were asked for so far: of which day, after which failures. */
export const supposed = async (): Promise<readonly object[]> =>
  (await asks('vdc/topology')).map((params) => ({ ...params, shown: undefined }));

/** A spot in the header of a node, left of its badges. */
export async function headerOf(id: string): Promise<[number, number]> {
  const box = await node(id).boundingBox();
  assert.ok(box, `${id} is not on screen`);
  return [box.x + 12, box.y + 12];
}

export const CARD: Card = {
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

export const TRIAL: TryMove = {
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

export const NOTE = {
  key: 'n1',
  rule: 'host-cpu-overloaded',
  severity: 'error',
  message: 'esx-02 is at 110 %.',
  fixes: [],
};

export const FAILED: TopologyGraph = {
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

export const textOf = (id: string): Promise<string> =>
  run(`document.querySelector('[data-node="${id}"]')?.textContent ?? ''`);
