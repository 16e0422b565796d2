import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe from 'axe-core';
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
  textOf,
  until,
} from '../../support/webview-page.ts';
import { smallGraph } from '../../topology/graphs/small.ts';
import { moved } from '../../topology/planned.ts';

const MOVES = [
  ['esx-01', 'esx-02'],
  ['esx-01', 'esx-04'],
] as const;
const after = (steps: number): TopologyGraph => moved(smallGraph(), MOVES, steps);

const strip = () => page.getByRole('region', { name: 'Plan' });
const live = () => page.locator('[aria-live].unseen');

/** The design, and then the plan that the editor sends. */
async function preview(): Promise<void> {
  await show(smallGraph());
  await node('host:prod/esx-01').waitFor();
  await run(`harness.answer = ${JSON.stringify(graphAnswer(after(2)))}`);
  await run(`harness.send({ type: 'plan', id: 'plan-1' })`);
  await strip().getByText('2 moves').waitFor();
}

/** What the last picture was asked for. */
const wished = async (): Promise<object> => JSON.parse(JSON.stringify((await supposed()).at(-1) ?? {}));

const does = async (): Promise<readonly string[]> =>
  (await posted()).flatMap((message) => (message.type === 'plan' ? [message.does] : []));

describe('a plan in the topology view', { timeout: 240_000 }, () => {
  test('is shown with what it takes, each host before and after, and words for who does not see it', async () => {
    await preview();
    assert.match((await strip().textContent()) ?? '', /Move some.*After all 2 steps/s);
    assert.deepEqual(await wished(), { plan: { id: 'plan-1' } });
    assert.match(await textOf('host:prod/esx-01'), /CPU 110.→.\d+.%/);
    assert.match((await live().textContent()) ?? '', /Move some.*2 moves/);
    const label = await page.locator('[role="treeitem"][aria-label*="moved away"]').first().getAttribute('aria-label');
    assert.match(label ?? '', /^esx-01, host, .*2 VMs moved away/);
    await until(
      () => page.locator('footer').textContent(),
      (words) => /moves.*was here/s.test(words ?? ''),
      'the legend',
    );
    assert.deepEqual(mistakes, []);
  });

  test('its steps are gone through by key and slider, and the picture is asked for after each', async () => {
    await preview();
    await page.getByRole('tree').focus();
    await run(`harness.answer = ${JSON.stringify(graphAnswer(after(1)))}`);
    await page.keyboard.press(',');
    await strip().getByText('Step 1 of 2: cart-1 to esx-02').waitFor();
    assert.deepEqual(await wished(), { plan: { id: 'plan-1', step: 1 } });
    assert.equal(await live().textContent(), 'Step 1 of 2: cart-1 to esx-02');
    const slider = strip().getByRole('slider', { name: 'Steps of the plan' });
    await slider.press('Home');
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Before the first of 2 steps');
    assert.ok(await strip().getByRole('button', { name: 'Step back' }).isDisabled());
    await slider.press('End');
    await until(wished, (last) => JSON.stringify(last) === '{"plan":{"id":"plan-1"}}', 'the question for the whole');
  });

  test('a plan of one step has nothing to go through', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const one = moved(smallGraph(), [['esx-01', 'esx-02']]);
    await run(`harness.answer = ${JSON.stringify(graphAnswer(one))}`);
    await run(`harness.send({ type: 'plan', id: 'plan-1' })`);
    await strip().getByText('1 move').waitFor();
    assert.equal(await strip().getByRole('slider').count(), 0);
  });

  test('is accepted by key: the picture stays until the text says so', async () => {
    await preview();
    await page.getByRole('tree').focus();
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await does(), ['accept']);
    assert.ok(await strip().isVisible());
    await show(smallGraph());
    await strip().waitFor({ state: 'hidden' });
    assert.ok(!(await page.getByText('The text has changed').isVisible()));
  });

  test('is discarded by Escape, from the picture and from its strip', async () => {
    for (const from of ['picture', 'strip']) {
      await preview();
      if (from === 'picture') await page.getByRole('tree').focus();
      else await strip().getByRole('button', { name: 'Details' }).focus();
      await run(`harness.answer = ${JSON.stringify(graphAnswer(smallGraph()))}`);
      await page.keyboard.press('Escape');
      await strip().waitFor({ state: 'hidden' });
      assert.equal((await does()).at(-1), 'discard');
      assert.deepEqual(await wished(), {});
    }
  });

  test('an edit meanwhile ends it, says so, and offers it for the new text', async () => {
    await preview();
    await show(smallGraph());
    const word = page.getByText('The text has changed since the plan was made');
    await word.waitFor();
    assert.ok(!(await strip().isVisible()));
    await page.getByRole('button', { name: 'Plan Anew' }).click();
    await word.waitFor({ state: 'hidden' });
    assert.deepEqual(await does(), ['anew']);
  });

  test('what it does is listed; nothing is failed or carried meanwhile', async () => {
    await preview();
    await strip().getByRole('button', { name: 'Details' }).click();
    const list = page.getByRole('region', { name: 'What the plan does' });
    assert.match((await list.textContent()) ?? '', /Moves in their order.*cart-1.*1: esx-01 to esx-02/s);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    assert.ok(await strip().isVisible(), 'Escape closes the list, and no more');
    await page.mouse.click(...(await headerOf('host:prod/esx-03')));
    await page.keyboard.press('x');
    assert.match((await live().textContent()) ?? '', /accept or discard it first/);
    const said = strip().getByText('accept or discard it first');
    assert.ok(await said.isVisible(), 'it is there to be read, too');
    await page.mouse.click(...(await headerOf('host:prod/esx-03')), { button: 'right' });
    const item = page.getByRole('menuitemcheckbox', { name: 'What if it fails: not while a plan is shown' });
    assert.equal(await item.getAttribute('aria-disabled'), 'true');
    await page.keyboard.press('Escape');
    await page.mouse.click(...(await headerOf('host:prod/esx-02')));
    assert.ok(!(await said.isVisible()), 'until one does something else');
    await page.mouse.click(...(await headerOf('host:prod/esx-03')));
    assert.deepEqual(await wished(), { plan: { id: 'plan-1' } });
    await page.keyboard.press('Enter');
    await page.keyboard.press('m');
    assert.equal(await page.locator('.trial').count(), 0);
  });

  for (const theme of ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'])
    test(`no accessibility violation in ${theme}: plan, its list, the word that it has ended`, async () => {
      await run(`document.body.dataset.vscodeThemeKind = '${theme}'`);
      await page.evaluate(axe.source);
      const check = async (what: string): Promise<void> => {
        const found = await run<readonly { id: string; nodes: readonly { html: string }[] }[]>(
          `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
        );
        assert.deepEqual(
          found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
          [],
          what,
        );
      };
      await preview();
      await check('the plan');
      await strip().getByRole('button', { name: 'Details' }).click();
      await page.getByRole('region', { name: 'What the plan does' }).waitFor();
      await check('its list');
      await show(smallGraph());
      await page.getByText('The text has changed').waitFor();
      await check('the word');
    });

  test('is asked for from the picture: by key, by menu and in the findings of a node', async () => {
    const graph = smallGraph();
    const fixes = [{ id: 'plan', title: 'Move VMs until it fits', preferred: true }];
    const findings = graph.findings.map((one) => (one.rule === 'host-cpu-overloaded' ? { ...one, fixes } : one));
    await show({ ...graph, findings });
    await page.mouse.click(...(await headerOf('host:prod/esx-01')));
    await page.keyboard.press('p');
    const wanted = async (): Promise<number> => (await posted()).filter(({ type }) => type === 'previewFix').length;
    await until(wanted, (n) => n === 1, 'the first wish');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Preview the moves that mend it' }).click();
    await until(wanted, (n) => n === 2, 'the second wish');
    await page.keyboard.press(' ');
    await page.getByRole('dialog').getByRole('button', { name: 'Preview' }).first().click();
    await until(wanted, (n) => n === 3, 'the third wish');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.mouse.click(...(await headerOf('host:prod/esx-03')));
    await page.keyboard.press('p');
    assert.equal(await wanted(), 3);
  });
});

describe('VMs that a failure leaves without a place', { timeout: 240_000 }, () => {
  test('are dragged to a host from the tray', async () => {
    await page.setViewportSize({ width: 900, height: 1200 });
    await run(`harness.answers['vdc/tryMove'] = ${JSON.stringify(TRIAL)}`);
    const [lost] = FAILED.failure?.stranded ?? [];
    const cell = { id: lost?.vm ?? '', name: lost?.name ?? '', memory: 208 * 2 ** 30 };
    await show({ ...FAILED, unplaced: [cell] });
    const name = page.locator('.scene text').getByText('db-2', { exact: true }).last();
    await name.waitFor();
    const box = await name.boundingBox();
    assert.ok(box);
    const to = await middleOf('host:prod/esx-02');
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    const trial = page.locator('.trial');
    await trial.getByText('47 % to 70 %').waitFor();
    assert.match((await trial.textContent()) ?? '', /db-2 to esx-02/);
    await page.mouse.up();
    // Where the pointer rests then, figures are asked for.
    const moves = await until(
      async () => (await posted()).filter(({ type }) => type === 'move'),
      (list) => list.length > 0,
      'the move',
    );
    assert.deepEqual(moves, [{ type: 'move', vm: 'vm:db-2', to: 'host:prod/esx-02' }]);
  });
});
