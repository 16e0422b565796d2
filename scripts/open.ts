// Opens the examples with their topology in a real VS Code: the desktop's if there is one, else in the browser.
// `--web` wants the browser in any case, `--port N` a certain port, `--no-browser` only the address.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { root } from './lib/project.mjs';
import { demoSettings, placeOf, quietSettings, startWorkbench } from './lib/workbench.ts';

const { values: options } = parseArgs({
  options: { web: { type: 'boolean' }, port: { type: 'string' }, 'no-browser': { type: 'boolean' } },
});

const examples = join(root, 'examples');
const example = join(examples, 'storefront.vdc');
/** Line and column of the host that asks for help. */
const place = placeOf('esx-01 :', readFileSync(example, 'utf8'));
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (!options.web && hasScreen && hasDesktopEditor()) openDesktop();
else await openWeb();

function hasDesktopEditor(): boolean {
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32', stdio: 'ignore' }).status === 0;
}

/** A profile of its own: the user's settings and extensions stay as they are. */
function openDesktop(): void {
  const profile = join(root, '.vscode-test', 'desktop');
  mkdirSync(join(profile, 'User'), { recursive: true });
  writeFileSync(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...demoSettings }, null, 2));
  const args = [
    ...['--new-window', '--user-data-dir', profile, '--extensions-dir', join(profile, 'extensions')],
    ...[`--extensionDevelopmentPath=${root}`, examples, '--goto', `${example}:${place}`],
  ];
  spawn('code', args, { shell: process.platform === 'win32', stdio: 'ignore', detached: true }).unref();
  console.log('VS Code opens examples/storefront.vdc with its topology.');
}

async function openWeb(): Promise<void> {
  const workbench = await startWorkbench({
    data: join(root, '.vscode-test', 'start'),
    settings: demoSettings,
    token: randomBytes(12).toString('hex'),
    ...(options.port !== undefined && { port: Number(options.port) }),
  });
  const address = workbench.address(examples, [
    ['extensionDevelopmentPath', workbench.developmentUri(root)],
    ['gotoLineMode', 'true'],
    ['openFile', `${workbench.fileUri(example)}:${place}`],
    ['skipWelcome', 'true'],
  ]);
  console.log(`\nVS Code with examples/storefront.vdc and its topology:\n\n  ${address}\n\nCtrl+C stops it.`);
  if (hasScreen && !options['no-browser'] && !process.env.CI) openBrowser(address);
  const stop = (): void => void workbench.stop().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

function openBrowser(address: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]];
  // Without such a command the printed address is there.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
