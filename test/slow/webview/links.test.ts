import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TopologyGraph } from '../../../server/src/topology/graph.ts';
import {
  asks,
  CARD,
  headerOf,
  middleOf,
  mistakes,
  NOTE,
  node,
  page,
  posted,
  run,
  show,
  supposed,
  until,
} from '../../support/webview-page.ts';
import { smallGraph } from '../../topology/graphs/small.ts';

const TRUNK = 'core-tor-a';
const UPLINK = 'host:prod/esx-01/nic-a';
const BUNDLE = 'cluster:prod>switch:tor-a';

/** A spot where the pointer is on a link, by the words at the foot of the picture. */
async function spotOf(words: RegExp, from: string, to: string): Promise<[number, number]> {
  const [a, b] = [await node(from).boundingBox(), await node(to).boundingBox()];
  assert.ok(a && b);
  const footer = page.locator('footer .status');
  const left = Math.min(a.x, b.x);
  const right = Math.max(a.x + a.width, b.x + b.width);
  for (let y = a.y + a.height + 3; y < b.y; y += 4) {
    for (let x = left; x < right; x += 4) {
      await page.mouse.move(x, y);
      if (words.test((await footer.textContent()) ?? '')) return [x, y];
    }
  }
  return assert.fail(`no link ${words}`);
}

const last = async (type: string): Promise<unknown> => (await posted()).findLast((message) => message.type === type);

describe('links in the topology view', { timeout: 240_000 }, () => {
  test('are selected by a click, show their figures, and lead to their text', async () => {
    await run(`harness.answers['vdc/card'] = ${JSON.stringify({ ...CARD, title: 'trunk tor-a to core' })}`);
    await show(smallGraph());
    await node('switch:core').waitFor();
    const spot = await spotOf(/^trunk tor-a to core/, 'switch:core', 'switch:tor-a');
    await page.mouse.click(...spot);
    assert.deepEqual(await last('selected'), { type: 'selected', node: TRUNK });
    assert.deepEqual(await last('reveal'), { type: 'reveal', node: TRUNK, focus: false });
    await page.keyboard.press('i');
    await page.getByRole('dialog', { name: 'trunk tor-a to core' }).waitFor();
    assert.deepEqual((await asks('vdc/card')).at(-1), { node: TRUNK });
    await page.keyboard.press('Escape');
    await page.mouse.dblclick(...spot);
    assert.deepEqual(await last('reveal'), { type: 'reveal', node: TRUNK, focus: true });
    await page.keyboard.press('x');
    assert.deepEqual((await supposed()).at(-1), { failed: [TRUNK], shown: undefined });
    assert.deepEqual(mistakes, []);
  });

  test('that run together are one, with a list of its members', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const spot = await spotOf(/^4 uplinks prod to tor-a/, 'switch:tor-a', 'host:prod/esx-01');
    await page.mouse.click(...spot);
    assert.deepEqual(await last('selected'), { type: 'selected', node: BUNDLE });
    await page.mouse.click(...spot, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Show the links in it…' }).click();
    await page.getByRole('menuitem', { name: /^esx-01 to tor-a/ }).click();
    assert.deepEqual(await last('selected'), { type: 'selected', node: UPLINK });
    await page.mouse.click(...spot, { button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'What if it fails' }).click();
    assert.deepEqual((await supposed()).at(-1), { failed: [BUNDLE], shown: undefined });
    await page.getByText('What if links prod to tor-a fails').waitFor();
    assert.deepEqual(mistakes, []);
  });

  test('are reached from a node and walked along by keyboard', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    await page.mouse.click(...(await headerOf('host:prod/esx-01')));
    const focused = (): Promise<string> =>
      run(
        `document.getElementById(document.querySelector('.stage').getAttribute('aria-activedescendant'))?.getAttribute('aria-label') ?? ''`,
      );
    const press = async (key: string, words: RegExp): Promise<void> => {
      await page.keyboard.press(key);
      await until(focused, (label) => words.test(label), key);
    };
    await press('l', /^uplink esx-01 to tor-a, /);
    await press('l', /^path esx-01 to vmax/);
    await press('ArrowLeft', /^uplink esx-01 to tor-a, /);
    await press('Enter', /^tor-a, switch/);
    await press('l', /^4 uplinks prod to tor-a/);
    await press('Enter', /^prod, cluster/);
    await press('l', /^4 uplinks prod to /);
    await press('Escape', /^prod, cluster/);
    assert.deepEqual(mistakes, []);
  });

  test('show what was found on them, with its fix', async () => {
    const badge = { errors: 1, warnings: 0, infos: 0, findings: ['n1'] };
    const small = smallGraph();
    const graph: TopologyGraph = {
      ...small,
      links: small.links.map((link) => (link.id === TRUNK ? { ...link, badge } : link)),
      findings: [{ ...NOTE, severity: 'error', fixes: [{ id: 'wider', title: 'Widen it' }] }],
    };
    await show(graph);
    await node('switch:core').waitFor();
    await page.mouse.click(...(await spotOf(/^trunk tor-a to core.* 1 error/, 'switch:core', 'switch:tor-a')));
    const popover = page.getByRole('dialog', { name: 'Findings on tor-a to core' });
    await popover.waitFor();
    await popover.getByRole('button', { name: 'Apply' }).click();
    assert.deepEqual(await last('applyFix'), { type: 'applyFix', node: TRUNK, finding: 'n1', fix: 'wider' });
  });

  test('the text cursor in the statement of a link marks it', async () => {
    await show(smallGraph());
    await node('switch:core').waitFor();
    await middleOf('switch:core');
    const marks = (): Promise<string> => run(`document.querySelector('.scene > g:last-of-type').innerHTML`);
    const before = await marks();
    await run(`harness.send({ type: 'caret', node: ${JSON.stringify(BUNDLE)} })`);
    const after = await until(marks, (html) => html !== before, 'the mark');
    assert.match(after, /<path/);
  });
});
