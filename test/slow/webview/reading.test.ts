import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  asks,
  CARD,
  harness,
  headerOf,
  middleOf,
  mistakes,
  node,
  page,
  posted,
  run,
  show,
  TRIAL,
  transform,
  until,
  viewState,
} from '../../support/webview-page.ts';
import { estateGraph } from '../../topology/graphs/estate.ts';
import { smallGraph } from '../../topology/graphs/small.ts';
import { thousandGraph } from '../../topology/graphs/thousand.ts';

describe('reading the topology view', { timeout: 240_000 }, () => {
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
    await until(viewState, (s) => s.selected === 'vm:db-2', 'the match');
    await page.keyboard.press('Escape');
    const zoomed = await page.locator('.percent').textContent();
    await page.keyboard.press('+');
    assert.notEqual(await page.locator('.percent').textContent(), zoomed);
    await page.keyboard.press('0');
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
    await until(viewState, (s) => s.selected === 'vm:cart-4', 'the last match');
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

  test('of many figures the first and those in trouble are shown under the pointer; lines for 100 % stand below each other', async () => {
    const [cpu] = CARD.rows;
    assert.ok(cpu);
    const { class: _, ...calm } = { ...cpu, share: 0.5, value: '5 %' };
    const stores = Array.from({ length: 16 }, (_, i) => ({ ...calm, label: `space ds-${i + 1}` }));
    const full = { ...cpu, label: 'space ds-17', class: 'critical' as const };
    await run(`harness.answers['vdc/card'] = ${JSON.stringify({ ...CARD, rows: [cpu, ...stores, full] })}`);
    await show(smallGraph());
    const [x, y] = await headerOf('host:prod/esx-02');
    await page.mouse.move(x, y + 40);
    const glance = page.getByRole('tooltip');
    await glance.waitFor();
    assert.match((await glance.textContent()) ?? '', /space ds-7.*space ds-17.*9 more figures: I shows all/s);
    const wide = await run<readonly number[]>(
      `[...document.querySelectorAll('.glance .gauge')].map((gauge) => gauge.getBoundingClientRect().width)`,
    );
    assert.equal(new Set(wide).size, 1, wide.join(' '));
  });

  test('the words about what is under the pointer have the room that the legend leaves', async () => {
    await page.setViewportSize({ width: 1500, height: 760 });
    await show(smallGraph());
    await node('host:prod/esx-02').waitFor();
    const [x, y] = await headerOf('host:prod/esx-02');
    await page.mouse.move(x, y);
    const footer = page.locator('.status');
    await until(
      () => footer.textContent(),
      (words) => words?.startsWith('esx-02') === true,
      'the host is under the pointer',
    );
    assert.ok(
      await run<boolean>(
        `(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('.status'))`,
      ),
    );
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
    await until(viewState, (state) => state.about === 'app app:cart', 'the view is kept');
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
    await until(viewState, (s) => s.selected === 'host:prod/prod-02', 'the selection of another panel');
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
});
