import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { TopologyGraph } from '../../../server/src/topology/graph.ts';
import {
  FAILED,
  graphAnswer,
  headerOf,
  middleOf,
  mistakes,
  node,
  page,
  posted,
  run,
  show,
  supposed,
  TRIAL,
  transform,
  until,
  viewState,
} from '../../support/webview-page.ts';
import { smallGraph } from '../../topology/graphs/small.ts';

describe('moves, failures and growth in the topology view', { timeout: 240_000 }, () => {
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
      // Where the pointer rests then, figures are asked for.
      const moves = await until(
        async () => (await posted()).filter(({ type }) => type === 'move'),
        (list) => list.length > 0,
        'the move',
      );
      assert.deepEqual(moves, [{ type: 'move', vm: 'vm:p-0', to: 'host:prod/esx-02' }]);
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
    assert.deepEqual((await supposed()).at(-1), { failed: ['host:prod/esx-01/nic-b'], shown: undefined });
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
    await page.getByRole('menu', { name: 'tor-a to core' }).waitFor();
    await page.getByRole('menuitemcheckbox', { name: 'What if it fails' }).click();
    await strip.getByText('What if link tor-a to core fails').waitFor();
    assert.deepEqual((await supposed()).at(-1), { failed: ['core-tor-a'], shown: undefined });
    assert.deepEqual(mistakes, []);
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
    assert.deepEqual((await supposed()).at(-1), { failed: ['host:prod/esx-03'], shown: undefined });
    await strip.getByRole('button', { name: 'Details' }).click();
    const list = page.getByRole('region', { name: 'What becomes of it' });
    assert.match(
      (await list.textContent()) ?? '',
      /1 VM without a place.*db-2.*16 GiB on esx-04.*search-2.*esx-03 to esx-02/s,
    );
    await page.keyboard.press('Escape');
    await until(viewState, (s) => s.failed?.join() === 'host:prod/esx-03', 'the failure to be kept');
    await page.reload();
    await show(FAILED);
    await strip.getByText('2 VMs restart on 2 hosts, 1 has no place').waitFor();
    await run(`harness.answer = ${JSON.stringify(graphAnswer(smallGraph()))}`);
    await page.getByRole('tree').focus();
    await page.mouse.click(box.x + 30, box.y + 40);
    await strip.getByRole('button', { name: 'Restore' }).click();
    await strip.waitFor({ state: 'hidden' });
    assert.deepEqual((await supposed()).at(-1), { shown: undefined });
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
      () => supposed(),
      (l) => JSON.stringify(l.at(-1)) === '{"at":"2027-02-28"}',
      'the question',
    );
    await page.getByRole('button', { name: 'Today' }).click();
    assert.equal(await slider.inputValue(), '0');
    await slider.press('Escape');
    await slider.waitFor({ state: 'hidden' });
  });
});
