/** The built server in a web worker of a Chromium, without an editor: its own workers start there, too. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import type { PlanAnswer } from '../../server/src/protocol/plans.ts';
import type { TopologyAnswer } from '../../server/src/protocol/topology.ts';
import { crowdedDesign } from '../support/crowded.ts';

const root = join(import.meta.dirname, '../..');

/** A page that starts the server as an editor in a browser does, and answers when it asks for files. */
const PAGE = `<!doctype html><script>
  const waiting = new Map();
  const told = [];
  let server, last = 0;
  const start = (layoutWorker, script, files) => {
    server = new Worker('/server.js');
    server.onmessage = ({ data }) => {
      if (data.method === 'vdc/readFile')
        return server.postMessage({ jsonrpc: '2.0', id: data.id, result: files[data.params.uri] ?? null });
      if (data.method === '$/progress') return told.push(data.params.value);
      if (data.method && data.id !== undefined)
        return server.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
      waiting.get(data.id)?.(data);
    };
    return ask('initialize', {
      processId: null, rootUri: null, capabilities: {},
      initializationOptions: { readsFiles: true, layoutWorker, server: script },
    }).then(() => tell('initialized', {}));
  };
  const tell = (method, params) => server.postMessage({ jsonrpc: '2.0', method, params });
  const ask = (method, params, stopAt) => new Promise((answer, fail) => {
    const id = ++last;
    waiting.set(id, ({ result, error }) => error ? fail(new Error(error.message)) : answer(result));
    server.postMessage({ jsonrpc: '2.0', id, method, params });
    if (stopAt !== undefined) {
      const timer = setInterval(() => {
        if ((told.at(-1)?.percentage ?? 0) < stopAt) return;
        clearInterval(timer);
        tell('$/cancelRequest', { id });
      }, 1);
    }
  });
  const open = (uri, text) => tell('textDocument/didOpen', { textDocument: { uri, languageId: 'vdc', version: 1, text } });
</script>`;

let http: Server;
let browser: Browser;
let page: Page;
let address: string;
/** Scripts that were asked for, in turn. */
let loaded: string[] = [];

before(async () => {
  http = createServer(({ url = '/' }, response) => {
    const name = url.slice(1);
    if (name !== '') loaded.push(name);
    try {
      const body = name === '' ? PAGE : readFileSync(join(root, 'dist', name));
      response.setHeader('content-type', name === '' ? 'text/html' : 'text/javascript');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
});

after(async () => {
  await browser?.close();
  http.close();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  await page.goto(address);
  loaded = [];
});

const run = <T>(code: string): Promise<T> => page.evaluate<T>(code);
const json = JSON.stringify;
const scripts = () => loaded.filter((name) => name.endsWith('.js'));

const start = (files: Readonly<Record<string, string>>, script = `${address}/server.js`) =>
  run(`start(${json(`${address}/layout-worker.js`)}, ${json(script)}, ${json(files)})`);

/** The design in two files, of which the editor holds one. */
const [URI, LIBRARY] = ['virtual:/plan/main.vdc', 'virtual:/plan/library.vdc'];
const [head = '', cluster = ''] = crowdedDesign().split(/(?=^cluster)/m);
const MAIN = `import "library.vdc"\n${cluster}`;
const CONSOLIDATE = { uri: URI, wish: { kind: 'consolidate', cluster: 'cluster:prod' }, workDoneToken: 'plan' };

const uplinks = (to: string) => [1, 2, 3].map((one) => `uplink 1 x 100 Gbps to ${to}-${one}`).join('; ');

/** Switches above those that hosts are on: only the layout engine places these. */
const FABRIC = `site s
switch core-[1..3] at s { ports 32 x 100 Gbps }
switch spine-[1..3] at s { ports 32 x 100 Gbps; ${uplinks('core')} }
switch leaf-[1..4] at s { ports 48 x 25 Gbps; ${uplinks('spine')} }
class host h { cpu 1 x 16 cores 2 GHz; memory 64 GiB; nic nic[1..4] 25 Gbps }
cluster c at s {
  vswitch vs0 { uplink nic1 to leaf-1; uplink nic2 to leaf-2; uplink nic3 to leaf-3; uplink nic4 to leaf-4 }
  host e-[1..3] : h
}
`;

describe('the server in a web worker', () => {
  test('makes the plans of a large design in a worker of its own, and answers meanwhile', async () => {
    await start({ [LIBRARY]: head });
    await run(`open(${json(URI)}, ${json(MAIN)})`);
    // Once the import is read there is something to say of the host.
    const position = { line: MAIN.split('\n').findIndex((text) => text.includes('esx-07')), character: 8 };
    const hover = json({ textDocument: { uri: URI }, position });
    const answer = await run<{ made: PlanAnswer; hovers: number }>(`(async () => {
      while (!JSON.stringify(await ask('textDocument/hover', ${hover})).includes('60')) await new Promise((go) => setTimeout(go, 10));
      let isDone = false, hovers = 0;
      const plan = ask('vdc/plan', ${json(CONSOLIDATE)}).finally(() => { isDone = true; });
      while (!isDone) { await ask('textDocument/hover', ${hover}); hovers++; }
      return { made: await plan, hovers };
    })()`);
    assert.equal(answer.made.outcome, 'plan', answer.made.title);
    assert.match(answer.made.title, /^Free \d+ hosts of prod/);
    assert.ok(answer.hovers > 2, `${answer.hovers} hovers`);
    assert.deepEqual(scripts(), ['server.js', 'server.js'], 'the server, and once more in its other role');
    const told = await run<{ kind: string; percentage?: number }[]>('told');
    const shares = told.flatMap(({ percentage = -1, kind }) => (kind === 'end' ? [] : [percentage]));
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
    assert.deepEqual([told[0]?.kind, shares[0], shares.at(-1), told.at(-1)?.kind], ['begin', 0, 100, 'end']);

    const stopped = await run<PlanAnswer>(`told.length = 0, ask('vdc/plan', ${json(CONSOLIDATE)}, 30)`);
    assert.ok(stopped.isStopped, stopped.title);
    assert.match(stopped.title, /^stopped early: /i);
    assert.equal(scripts().length, 2, 'the worker is kept');
  });

  test('makes plans where no worker can be started', async () => {
    await start({ [LIBRARY]: head }, `${address}/gone.js`);
    await run(`open(${json(URI)}, ${json(MAIN)})`);
    const evacuate = { uri: URI, wish: { kind: 'evacuate', host: 'host:prod/esx-28' } };
    const made = await run<PlanAnswer>(`(async () => {
      while ((await ask('vdc/planChoices', ${json({ uri: URI })})).clusters[0]?.hosts[0]?.vms !== 60) await new Promise((go) => setTimeout(go, 10));
      return ask('vdc/plan', ${json(evacuate)});
    })()`);
    assert.equal(made.outcome, 'plan', made.title);
    assert.deepEqual(scripts(), ['server.js', 'gone.js']);
  });

  test('routes the links of a picture in the layout worker', async () => {
    const uri = 'virtual:/plan/fabric.vdc';
    await start({});
    await run(`open(${json(uri)}, ${json(FABRIC)})`);
    const picture = await run<TopologyAnswer>(`(async () => {
      for (;;) {
        const answer = await ask('vdc/topology', ${json({ uri })});
        if (answer.type === 'graph' && !answer.late && answer.routes.length > 0) return answer;
        await new Promise((go) => setTimeout(go, 20));
      }
    })()`);
    assert.ok(picture.type === 'graph');
    const edges = picture.routes.flatMap(([, block]) => block.edges);
    assert.ok(edges.length > 0 && edges.every(({ path }) => path.length >= 2), json(edges.slice(0, 3)));
    // Who is late is replaced.
    assert.deepEqual([...new Set(scripts())], ['server.js', 'layout-worker.js']);
  });
});
