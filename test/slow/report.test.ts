// Reports in a plain Chromium: on screen and on paper, light and dark, read as a screen reader reads them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import { finish } from '../../server/src/base/steps.ts';
import { exportInput } from '../../server/src/ide/export-input.ts';
import { importInventory } from '../../server/src/ide/import-inventory.ts';
import { exampleProject, inputOf, pageOf } from '../exporters/support.ts';

const WORKBOOK = path.resolve(import.meta.dirname, '../../../shared/data/rvtools/SizingWorkshop-RVTools.xlsx');

const pages = new Map(
  ['shopping-cart', 'multi-site', 'licence-budget', 'half-typed'].map(
    (name) => [name, () => pageOf(finish(exportInput(exampleProject(name))))] as const,
  ),
);
pages.set('nothing', () => pageOf(inputOf('')));

let browser: Browser;

before(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
});

after(() => browser?.close());

/** Shows a page; asks of the outside world and mistakes are noted. */
async function shown(
  html: string,
  options: { readonly colorScheme?: 'light' | 'dark'; readonly width?: number } = {},
): Promise<{ page: Page; asked: string[]; mistakes: string[] }> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1000, height: 1200 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const asked: string[] = [];
  const mistakes: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  page.on('pageerror', (error) => mistakes.push(error.message));
  await page.setContent(html);
  return { page, asked, mistakes };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** What a checker of accessibility objects to. */
async function objections(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 2).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
  );
}

describe('a report in a browser', () => {
  for (const [name, make] of pages) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name}, ${colorScheme}: needs nothing, and nobody is kept from reading it`, async () => {
        const { page, asked, mistakes } = await shown(make(), { colorScheme });
        assert.deepEqual([asked, mistakes], [[], []]);
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(wide <= 0, `it is ${wide} pixels too wide`);
        await page.close();
        // The checker is a script, which the policy of the page keeps out.
        const { page: again } = await shown(make().replace(/<meta http-equiv[^>]*>/, ''), { colorScheme });
        assert.deepEqual(await objections(again), []);
        await again.close();
      });
    }
  }

  test('no text is cut off or lies on another, on a desk and on a phone', async () => {
    for (const width of [1000, 390]) {
      for (const [name, make] of pages) {
        const { page } = await shown(make(), { width });
        const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('h1,h2,h3,h4,p,li,th,td,caption')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline' && !one.closest('.wide') && one.clientWidth > 0)
          .map((one) => one.textContent.slice(0, 60))`);
        assert.deepEqual(cut, [], `${name} at ${width}`);
        await page.close();
      }
    }
  });

  test('words of charts stand within them', async () => {
    for (const [name, make] of pages) {
      const { page } = await shown(make());
      const outside = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll('svg.chart text, svg.course text')].filter((text) => {
        const [box, around] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
        return box.left < around.left - 1 || box.right > around.right + 1 || box.top < around.top - 1 || box.bottom > around.bottom + 1;
      }).map((text) => text.textContent)`);
      assert.deepEqual(outside, [], name);
      await page.close();
    }
  });

  test('on paper it is light, without links to jump by, and of a sensible length', async () => {
    const { page } = await shown(pages.get('shopping-cart')?.() ?? '', { colorScheme: 'dark' });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const count = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(count >= 4 && count <= 16, `${count} sheets`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
    assert.equal(await page.evaluate('getComputedStyle(document.querySelector("nav")).display'), 'none');
    await page.close();
  });

  const skip = existsSync(WORKBOOK) ? false : `the sample workbook is not at ${path.relative(process.cwd(), WORKBOOK)}`;
  test('an estate of 805 VMs', { skip }, async () => {
    const imported = await importInventory([{ name: 'estate.xlsx', bytes: new Uint8Array(readFileSync(WORKBOOK)) }]);
    assert.ok('text' in imported);
    const html = pageOf(inputOf({ 'estate.vdc': imported.text }));
    assert.ok(html.length < 400_000, `${html.length} characters`);
    const { page } = await shown(html.replace(/<meta http-equiv[^>]*>/, ''));
    assert.deepEqual(await objections(page), []);
    await page.close();
  });
});
