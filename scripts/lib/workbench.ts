// The real VS Code in a browser: the workbench and the extension host that the npm package code-server carries.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { cache, installTool, npmInstall } from './install-tool.ts';

/** code-server 4.139.1 holds VS Code 1.139.1. */
const version = '4.139.1';

/** What a quiet workbench needs: no trust dialog, no welcome, no chat, no telemetry, nothing fetched. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off',
};

/** The text and its picture side by side, with room for both. */
export const demoSettings: Readonly<Record<string, unknown>> = {
  'vdc.topology.openAutomatically': true,
  'editor.minimap.enabled': false,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the editor fills it in.
  'window.title': '${activeEditorShort} – VDC Designer',
};

export interface WorkbenchOptions {
  /** Where settings, logs and installed extensions live. */
  readonly data: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packed extension to install first. */
  readonly vsix?: string;
  /** A fixed port; without it, any free one. */
  readonly port?: number;
  /** A secret that the address must carry. Without it, whoever is on this machine may connect. */
  readonly token?: string;
}

export interface Workbench {
  readonly origin: string;
  /** Id of the process that serves it. */
  readonly pid: number;
  /** A file on this machine as the workbench names it. */
  fileUri(path: string): string;
  /** A folder or module of an extension under development, as the payload names it. */
  developmentUri(path: string): string;
  /** The address of the workbench with a folder or a `.code-workspace` open and a payload of key and value pairs. */
  address(folder: string, payload: readonly (readonly [string, string])[]): string;
  stop(): Promise<void>;
}

/** Serves the workbench on the loopback interface, and answers when it accepts connections. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const main = ensureWorkbench();
  const common = ['--server-data-dir', options.data, '--extensions-dir', join(options.data, 'extensions')];
  writeSettings(options);
  if (options.vsix) {
    const install = [main, ...common, '--install-extension', options.vsix];
    execFileSync(process.execPath, install, { stdio: 'pipe', timeout: 120_000 });
  }
  const { token } = options;
  const port = options.port ?? (await freePort());
  const child = spawn(
    process.execPath,
    [
      main,
      ...common,
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
      ...['--accept-server-license-terms', '--disable-telemetry'],
      // A built workbench reads the payload of its address only with this.
      '--enable-smoke-test-driver',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const origin = `http://127.0.0.1:${port}`;
  await accepting(child, origin);
  return {
    origin,
    pid: child.pid ?? 0,
    fileUri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    // Any name will do for the machine; with the real one, the workbench takes its own themes, which lie below our
    // folder, for the themes of the extension under development.
    developmentUri: (path) => `vscode-remote://remote${path}`,
    address: (folder, payload) => {
      const query = new URLSearchParams({
        [toOpen(folder)]: folder,
        payload: JSON.stringify(payload),
        ...(token !== undefined && { tkn: token }),
      });
      return `${origin}/?${query}`;
    },
    stop: () => stop(child),
  };
}

/** The parameter of an address that opens a path: a workspace has a file that lists its folders. */
export const toOpen = (path: string): 'workspace' | 'folder' =>
  path.endsWith('.code-workspace') ? 'workspace' : 'folder';

/** Installs the workbench once, without its native modules; answers the path of its server. */
function ensureWorkbench(): string {
  const workbench = join('lib', 'vscode');
  const home = installTool('code-server', version, (folder) => npmInstall(join(folder, workbench), ['--omit=dev']));
  return join(home, workbench, 'out', 'server-main.js');
}

/** A data folder of its own for one run; the caller removes it. */
export function temporaryData(name: string): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, `${name}-`));
}

function writeSettings({ data, settings }: WorkbenchOptions): void {
  const user = join(data, 'data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), `${JSON.stringify({ ...quietSettings, ...settings }, null, 2)}\n`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function accepting(child: ChildProcess, origin: string): Promise<void> {
  let log = '';
  child.stdout?.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    const response = await fetch(`${origin}/version`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`The workbench did not start at ${origin}:\n${log}`);
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** `line:column` where words begin in a text, or after a line break that they begin with; `1:1` if they are not in it. */
export function placeOf(words: string, text: string): string {
  const at = text.indexOf(words);
  if (at < 0) return '1:1';
  const lines = text.slice(0, at + (words.length - words.trimStart().length)).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
