// Tools that only some tasks need are installed when they are needed, each into a folder of its own, in a fixed version.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { root } from './project.mjs';

/** Where installed tools, test data and screenshots are kept; git ignores it. */
export const cache = join(root, '.vscode-test');

/**
 * Installs a package once, without running its install scripts; answers its folder. `finish` does what is left to do in
 * the package's folder before the installation counts.
 */
export function installTool(name: string, version: string, finish?: (folder: string) => void): string {
  const home = join(cache, `${basename(name)}-${version}`);
  const inside = join('node_modules', name);
  if (existsSync(home)) return join(home, inside);
  console.log(`Installing ${name} ${version} into .vscode-test`);
  const staging = `${home}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  try {
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    npmInstall(staging, [`${name}@${version}`]);
    finish?.(join(staging, inside));
    renameSync(staging, home);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return join(home, inside);
}

export function npmInstall(cwd: string, args: readonly string[]): void {
  const isWindows = process.platform === 'win32';
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync(isWindows ? 'npm.cmd' : 'npm', ['install', ...quiet, ...args], {
    cwd,
    shell: isWindows,
    stdio: 'inherit',
    timeout: 600_000,
  });
}
