import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headerOf, mistakes, node, page, run, show, transform, until } from '../../support/webview-page.ts';
import { smallGraph } from '../../topology/graphs/small.ts';

describe('the toolbar', { timeout: 240_000 }, () => {
  test('the size is said in the toolbar, and its menu goes to fixed ones', async () => {
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const percent = page.getByRole('button', { name: /^Zoom: \d+ percent$/ });
    for (const size of ['50', '200', '100']) {
      await percent.click();
      await page.getByRole('menu', { name: 'Zoom' }).waitFor();
      await page.getByRole('menuitemcheckbox', { name: `${size} %` }).click();
      assert.equal(await percent.textContent(), `${size}\u202f%`);
    }
    await page.getByRole('tree').focus();
    await page.keyboard.press('z');
    assert.equal(await page.getByRole('menuitemcheckbox', { name: '100 %' }).getAttribute('aria-checked'), 'true');
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    assert.equal(await percent.textContent(), '200\u202f%');
    const before = await transform();
    await page.keyboard.press('z');
    await page.getByRole('menuitem', { name: 'Fit all' }).click();
    await until(transform, (t) => t !== before, 'the picture moves');
    await page.mouse.click(...(await headerOf('host:prod/esx-02')));
    await page.keyboard.press('z');
    await page.getByRole('menuitem', { name: 'Fit the selection' }).click();
    assert.notEqual(await percent.textContent(), '200\u202f%');
    assert.deepEqual(mistakes, []);
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
        // The field of the search takes a moment to become as wide as it shall be.
        await until(
          () =>
            run<number>(
              `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.toolbar'))`,
            ),
          (over) => over === 0,
          `the toolbar to fit ${width} pixels, searching for "${query}"`,
        );
      }
    }
  });

  test('the field of the search shows its whole word in a large font, too', async () => {
    await page.setViewportSize({ width: 1300, height: 700 });
    await run(`document.body.style.setProperty('--vscode-font-size', '20px')`);
    await show(smallGraph());
    await node('host:prod/esx-01').waitFor();
    const [field, word] = await run<readonly [number, number]>(`(() => {
      const input = document.querySelector('.search input');
      const word = Object.assign(document.createElement('span'), { textContent: input.placeholder });
      word.style.font = getComputedStyle(input).font;
      word.style.position = 'absolute';
      document.body.append(word);
      return [input.clientWidth, word.getBoundingClientRect().width];
    })()`);
    assert.ok(field >= word, `${field} for ${word}`);
  });
});
