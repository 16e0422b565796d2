// Pictures of an example in the real VS Code, in every kind of theme, and of its report: into a temporary folder to look at, or with
// `--docs` also into docs/images, as the README shows it. `--file name` takes another example, `--only report` leaves out VS Code.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArguments, ensureChromium } from './lib/chromium.ts';
import { cache } from './lib/install-tool.ts';
import { root } from './lib/project.mjs';
import { demoSettings, placeOf, startWorkbench, temporaryData } from './lib/workbench.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Themes whose pictures the README shows. */
const documented = ['light', 'dark'];

const { values: options } = parseArgs({
  options: {
    docs: { type: 'boolean' },
    file: { type: 'string', default: 'storefront.vdc' },
    only: { type: 'string' },
  },
});

const folder = join(cache, 'screenshots');
mkdirSync(folder, { recursive: true });

for (const [name, theme] of Object.entries(options.only === 'report' ? {} : themes)) {
  const picture = join(folder, `topology-${name}.png`);
  await takePicture(theme, picture);
  console.log(picture);
  if (!options.docs || !documented.includes(name)) continue;
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  copyFileSync(picture, join(root, 'docs/images', `topology-${name}.png`));
}

for (const scheme of ['light', 'dark'] as const) {
  const picture = join(folder, `report-${scheme}.png`);
  await takeReport(scheme, picture);
  console.log(picture);
  if (options.docs && scheme === 'light') copyFileSync(picture, join(root, 'docs/images', 'report-light.png'));
}

/** The first screen of the report, as a browser shows it. */
async function takeReport(colorScheme: 'light' | 'dark', path: string): Promise<void> {
  const html = join(folder, `${basename(options.file, '.vdc')}.html`);
  const design = resolve(root, 'examples', options.file);
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'export', design, '--to', 'html', '-o', html]);
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1320 }, colorScheme });
    await page.goto(pathToFileURL(html).href);
    await page.screenshot({ path });
  } finally {
    await browser.close();
  }
}

async function takePicture(theme: string, path: string): Promise<void> {
  const data = temporaryData('screenshot');
  const workbench = await startWorkbench({
    data,
    settings: { ...demoSettings, 'workbench.colorTheme': theme, 'workbench.sideBar.location': 'left' },
  });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const examples = join(root, 'examples');
    const design = resolve(examples, options.file);
    await page.goto(
      workbench.address(examples, [
        ['extensionDevelopmentPath', workbench.developmentUri(root)],
        ['gotoLineMode', 'true'],
        ['openFile', `${workbench.fileUri(design)}:${placeOf('\n  host ', readFileSync(design, 'utf8'))}`],
        ['skipWelcome', 'true'],
      ]),
    );
    // What is wrong may stand below the first screen; the picture says that the design was read.
    const webview = page.frameLocator('iframe.webview').frameLocator('iframe');
    await webview.locator('svg [data-node]').first().waitFor({ timeout: 30_000 });
    // Notifications, fonts and the first fit have their time.
    await page.waitForTimeout(2_000);
    await page.screenshot({ path });
  } finally {
    await browser.close();
    await workbench.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
