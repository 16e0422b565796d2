// Pictures of an example in the real VS Code, in every kind of theme: into a temporary folder to look at, or with
// `--docs` also into docs/images, as the README shows it. `--file name` takes another example.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArguments, ensureChromium } from './lib/chromium.ts';
import { cache } from './lib/install-tool.ts';
import { root } from './lib/project.mjs';
import { demoSettings, startWorkbench, temporaryData } from './lib/workbench.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Themes whose pictures the README shows. */
const documented = ['light', 'dark'];

const { values: options } = parseArgs({
  options: { docs: { type: 'boolean' }, file: { type: 'string', default: 'shopping-cart.vdc' } },
});

const folder = join(cache, 'screenshots');
mkdirSync(folder, { recursive: true });

for (const [name, theme] of Object.entries(themes)) {
  const picture = join(folder, `topology-${name}.png`);
  await takePicture(theme, picture);
  console.log(picture);
  if (!options.docs || !documented.includes(name)) continue;
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  copyFileSync(picture, join(root, 'docs/images', `topology-${name}.png`));
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
    await page.goto(
      workbench.address(examples, [
        ['extensionDevelopmentPath', workbench.developmentUri(root)],
        ['openFile', workbench.fileUri(resolve(examples, options.file))],
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
