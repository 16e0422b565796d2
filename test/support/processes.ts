import { execFileSync } from 'node:child_process';
import process from 'node:process';

/** Kills what a process has started, directly or not, and what has a text in its command line; answers how many. */
export function killBelow(root: number, name: string): number {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).matchAll(
    /^\s*(\d+)\s+(\d+)\s+(.*)$/gm,
  );
  const processes = [...listed].map(([, pid, parent, command = '']) => ({
    pid: Number(pid),
    parent: Number(parent),
    command,
  }));
  const below = (parent: number): typeof processes =>
    processes.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  const found = below(root).filter(({ command }) => command.includes(name));
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
  return found.length;
}
