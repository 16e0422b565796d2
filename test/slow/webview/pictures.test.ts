import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { build } from 'esbuild';
import type { TopologyAnswer } from '../../../server/src/protocol/topology.ts';
import { changeBetween } from '../../../server/src/topology/changes.ts';
import type { TopologyGraph } from '../../../server/src/topology/graph.ts';
import type { WorkerResponse } from '../../../server/src/topology/layout/router.ts';
import {
  asks,
  graphAnswer,
  middleOf,
  mistakes,
  node,
  page,
  posted,
  root,
  run,
  show,
  textOf,
  transform,
  until,
  viewState,
} from '../../support/webview-page.ts';
import { estateGraph } from '../../topology/graphs/estate.ts';
import { smallGraph } from '../../topology/graphs/small.ts';
import { thousandGraph } from '../../topology/graphs/thousand.ts';

describe('pictures of the topology view', { timeout: 240_000 }, () => {
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
    await until(viewState, (s) => s.selected === 'host:prod/esx-02' && s.query === 'db', 'selection and search');
  });

  test('a reload brings back what was looked at', async () => {
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 90);
    await page.getByRole('radio', { name: 'Storage' }).click();
    await until(viewState, (s) => s.layer === 'storage', 'the layer');
    const before = await transform();
    await page.reload();
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    assert.equal(await transform(), before);
    assert.equal(await page.getByRole('radio', { name: 'Storage' }).getAttribute('aria-checked'), 'true');
    assert.equal(await node('switch:tor-a').count(), 0);
  });

  test('an edit sends what changes: that is drawn, and the rest stays; what is of another picture is asked for as a whole', async () => {
    const small = smallGraph();
    await show(small);
    await node('host:prod/esx-02').waitFor();
    await run(`document.querySelector('.scene [data-node="host:prod/esx-02"]').kept = true`);
    const [site] = small.sites;
    const [cluster] = site?.clusters ?? [];
    assert.ok(site && cluster);
    const hosts = cluster.hosts.map((host) => (host.name === 'esx-01' ? { ...host, name: 'esx-renamed' } : host));
    const graph = { ...small, sites: [{ ...site, clusters: [{ ...cluster, hosts }, ...site.clusters.slice(1)] }] };
    const change = changeBetween({ graph: small, routes: [] }, { graph, routes: [] });
    assert.ok(change);
    const told = async (): Promise<readonly unknown[]> =>
      (await asks('vdc/topology')).map((params) => ('shown' in params ? params.shown : undefined));
    const of = Number(await run('harness.answer.version'));
    await show({ type: 'changes', of, version: of + 1_000, change });
    await until(
      () => textOf('host:prod/esx-01'),
      (words) => words.includes('esx-renamed'),
      'the new name',
    );
    assert.equal(await run(`document.querySelector('.scene [data-node="host:prod/esx-02"]').kept`), true);
    assert.equal((await told()).at(-1), of);
    const before = (await told()).length;
    await run(`harness.answer = { ...harness.answer, of: ${of + 1} }; harness.send({ type: 'changed' });`);
    await until(told, (list) => list.slice(before).includes(undefined), 'the question for the whole');
    await show(small);
    await until(
      () => textOf('host:prod/esx-01'),
      (words) => !words.includes('esx-renamed'),
      'the picture as it was',
    );
  });

  test('after an edit what stands somewhere stays there; R lays all out afresh', async () => {
    const whole = estateGraph();
    await show(whole);
    await node('host:prod/prod-02').waitFor();
    /** Where a host stands in the frame of its cluster, in pixels on screen. */
    const stand = async (): Promise<number[]> => {
      const [host, frame] = [await node('host:prod/prod-02').boundingBox(), await node('cluster:prod').boundingBox()];
      assert.ok(host && frame);
      return [host.x - frame.x, host.y - frame.y].map(Math.round);
    };
    const before = await stand();
    const without = JSON.parse(JSON.stringify(whole), (_, value) =>
      Array.isArray(value)
        ? value.filter((v) => v?.id !== 'host:prod/prod-01' && v?.from !== 'host:prod/prod-01')
        : value,
    ) as TopologyGraph;
    await show(without);
    await node('host:prod/prod-01').waitFor({ state: 'detached' });
    assert.deepEqual(await stand(), before);
    await page.locator('.stage').focus();
    await page.keyboard.press('r');
    await until(stand, (now) => now[0] !== before[0] || now[1] !== before[1], 'the host in another place');
    assert.deepEqual(mistakes, []);
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

  test('until another level is drawn, the picture before it stays, and is zoomed along', async () => {
    await show(estateGraph());
    await node('host:prod/prod-08').waitFor();
    const at = await middleOf('host:prod/prod-08');
    await page.mouse.move(at.x, at.y);
    const before = await run<string>(`document.querySelector('.scene').dataset.level`);
    // What waits for a frame, waits for this test.
    await run(`window.waiting = []; window.requestAnimationFrame = (work) => waiting.push(work)`);
    const frame = (): Promise<void> =>
      run(`new Promise((done) => { for (const work of waiting.splice(0)) work(performance.now()); done(); })`);
    const state = () =>
      run<{ level: string; nodes: number; pictures: number; scale: number; steady: boolean }>(`(() => {
        const scene = document.querySelector('.scene');
        const { scale } = /scale\\((?<scale>[^)]*)/.exec(scene.closest('.camera').style.transform).groups;
        const nodes = scene.querySelectorAll('[data-node]').length;
        const pictures = document.querySelectorAll('.camera').length;
        return { level: scene.dataset.level, nodes, pictures, scale: Number(scale), steady: scene.kept === true };
      })()`);
    const first = await state();
    await run(`document.querySelector('.scene').kept = true`);
    await page.keyboard.down('Control');
    await until(
      async () => {
        await page.mouse.wheel(0, -30);
        return state();
      },
      ({ pictures }) => pictures === 2,
      'another level',
    );
    const meanwhile = await state();
    assert.deepEqual(
      { ...meanwhile, scale: 0 },
      { level: before, nodes: first.nodes, pictures: 2, scale: 0, steady: true },
    );
    assert.ok(meanwhile.scale > first.scale);
    const box = await node('host:prod/prod-08').boundingBox();
    assert.ok(box && at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height);
    await page.mouse.wheel(0, -30);
    await until(state, ({ scale }) => scale > meanwhile.scale, 'the zoom of the picture before');
    await page.keyboard.up('Control');
    let after = await state();
    for (let frames = 0; frames < 200 && after.pictures === 2; frames += 1) {
      await frame();
      const seen = await state();
      assert.ok(seen.nodes > 0 && seen.steady === (seen.pictures === 2), JSON.stringify(seen));
      after = seen;
    }
    assert.deepEqual([after.pictures, after.level === before], [1, false]);
    assert.equal(await run(`getComputedStyle(document.querySelector('.stage')).touchAction`), 'auto');
    assert.deepEqual(mistakes, []);
  });

  test('while it moves the picture is a layer of its own; still again, it is drawn sharp and put in words', async () => {
    await show(thousandGraph());
    await node('cluster:london/erp').waitFor();
    await page.mouse.move(200, 200);
    const layer = (): Promise<string> => run(`document.querySelector('.camera').style.willChange`);
    const scene = (): Promise<string> => run(`document.querySelector('.scene').getAttribute('style') ?? ''`);
    await until(layer, (value) => value === '', 'the first picture');
    const before = await transform();
    await page.mouse.wheel(0, 40);
    assert.equal(await layer(), 'transform');
    assert.notEqual(await transform(), before);
    assert.equal(await scene(), '', 'a transform of the scene itself would lay out its texts');
    await until(layer, (value) => value === '', 'the end of the motion');
    const [drawn, words] = ['.scene [data-node]', '.scene [role="treeitem"]'].map((list) => page.locator(list));
    await until(
      async () => [await drawn?.count(), await words?.count()],
      ([nodes, told]) => nodes !== undefined && nodes > 0 && told === nodes,
      'a word for each node',
    );
  });

  test('a level that is not laid out yet does not hold up zooming: the picture gets there by itself', async () => {
    await show(thousandGraph());
    await node('cluster:london/erp').waitFor();
    await page.mouse.move(200, 200);
    await page.keyboard.down('Control');
    for (let i = 0; i < 40; i += 1) await page.mouse.wheel(0, -60);
    await page.keyboard.up('Control');
    const level = (): Promise<string> => run(`document.querySelector('.scene').dataset.level`);
    await until(level, (at) => at === 'open', 'the level');
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
    await show({ type: 'broken', broken });
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
