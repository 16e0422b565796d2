// Plain Node 20 without dependencies: what a fresh clone needs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node that the tools need; it comes with the dev dependencies, whatever the machine has. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The path of the JavaScript behind a command of a dev dependency. */
export function toolPath(packageName, command) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8'));
  return join(root, 'node_modules', packageName, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs a command to its end with our output streams; answers its exit code. */
export function run(command, args, { cwd = root, env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(signal ? 128 : (code ?? 1));
    });
  });
}

/** Runs a command and throws if it fails. */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`"${[command, ...args].join(' ')}" ended with exit code ${code}`);
}

/** Runs npm, whatever the shell of the platform is. */
export function npm(args, options = {}) {
  return mustRun(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    shell: process.platform === 'win32',
    ...options,
  });
}

/** True if every package that the lock file asks for is there in that version. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    const matches = ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version;
    return Object.entries(wanted).every(matches) && existsSync(node);
  } catch {
    return false;
  }
}

/** Installs exactly what the lock file says, unless it is already there. Installing builds, too. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing the development dependencies (npm ci)');
  await npm(['ci', '--no-audit', '--no-fund']);
}
