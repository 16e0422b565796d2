// Programs that no package registry has come from Debian, where that can be done without asking.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** The path of a program, by the first of its names that is found. */
export function onPath(...names: readonly string[]): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Whether packages can be installed: as root, on a system that has apt. */
export const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages of Debian. @throws Error if apt fails: no network, no such package. */
export function aptInstall(...packages: readonly string[]): void {
  console.log(`Installing ${packages.join(', ')} (apt-get install)`);
  const apt = (...args: readonly string[]): void => {
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    });
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}
