import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import { appOf, ownersOf } from '../design/things.ts';
import { featuresOf } from './features.ts';
import { hostSupply } from './host.ts';
import { migrationPath, migrationWith } from './migration.ts';
import { type MoveTimes, scheduleMoves } from './models/move-schedule.ts';
import { concurrencyOf } from './platforms/concurrency.ts';
import { sessionsOf } from './sessions.ts';
import { isRunning, vmFacts } from './vm.ts';

/** A VM that changes its host; `from` undefined: it ran on none. */
export interface HostMove {
  readonly vm: Entity;
  readonly from: Entity | undefined;
  readonly to: Entity;
}

/**
 * `live`: it runs on while its memory is copied. `restart`: it is shut down and started again, where the cluster says
 * that it moves nothing live. `off`: it does not run, so nothing is copied. `start`: it begins to run there.
 */
export type MoveMethod = 'live' | 'restart' | 'off' | 'start';

/** What a move costs. Undefined where an input is not stated. */
export interface MoveCost {
  readonly method: MoveMethod;
  /** Bytes that are copied; disks stay where they are. */
  readonly data: number | undefined;
  /** Seconds, with the link to itself. */
  readonly time: number | undefined;
  /** What the VM writes meanwhile is not stated: data and time are at least this. */
  readonly isAtLeast: boolean;
  /** Seconds that the VM stands still. */
  readonly downtime: number | undefined;
  /** Sessions that are kept in the VM alone. */
  readonly sessions: number | undefined;
  /** Names of the teams that own the VM or its application. */
  readonly teams: readonly string[];
}

export function moveCost({ vm, from, to }: HostMove): MoveCost {
  const app = appOf(vm);
  const sessions = app && sessionsOf(app);
  const owners = [vm, ...(app ? [app] : [])].flatMap(ownersOf);
  const common = {
    sessions: from && sessions?.isServerLocal && sessions.members.includes(vm) ? sessions.perMember : undefined,
    teams: [...new Set(owners.map(({ name }) => name))],
  };
  const none = { data: 0, time: 0, isAtLeast: false, downtime: 0, ...common };
  if (!from) return { method: 'start', ...none };
  if (!isRunning(vm)) return { method: 'off', ...none };
  if (!movesLive(from)) return { method: 'restart', ...none, time: undefined, downtime: undefined };
  const { memory } = vmFacts(vm);
  const rate = rateBetween(from, to);
  const migration = migrationWith(vm, rate);
  return {
    method: 'live',
    data: migration?.dataSent ?? memory,
    time: migration?.time ?? (memory === undefined || !rate ? undefined : (memory * 8) / rate),
    isAtLeast: migration === undefined,
    downtime: migration?.downtime,
    ...common,
  };
}

/** Whether VMs leave a host while they run: unless its cluster lists its features without that one. */
function movesLive(host: Entity): boolean {
  const cluster = clusterOfHost(host);
  const features = cluster && featuresOf(cluster);
  return !features || features.size === 0 || features.has('live-migration');
}

/** bit/s of the slower end; undefined while one end does not state its migration service. */
function rateBetween(from: Entity, to: Entity): number | undefined {
  const [out, into] = [migrationPath(from)?.rate, migrationPath(to)?.rate];
  return out === undefined || into === undefined ? undefined : Math.min(out, into);
}

/** When moves run that are made side by side as far as the platform and their order allow. */
export interface MoveWindow {
  readonly times: readonly MoveTimes[];
  /** Seconds until the last one is done. */
  readonly time: number;
  readonly isAtLeast: boolean;
  /** Moves from or to one host at once; undefined: not known for the platform, one after the other is reckoned. */
  readonly atOnce: number | undefined;
}

/**
 * The whole window of moves in their order. A move waits for those before it that make room on its target, and for
 * earlier ones of the same VM. Undefined while the data of a move or the rate of a link is not stated.
 */
export function moveWindow(moves: readonly HostMove[], costs: readonly MoveCost[]): MoveWindow | undefined {
  const hosts = [...new Set(moves.flatMap(({ from, to }) => (from ? [from, to] : [to])))];
  const indexOf = new Map(hosts.map((host, index) => [host, index]));
  const isCopied = costs.some(({ data }) => data !== 0);
  if (costs.some(({ data, method }) => data === undefined || method === 'restart')) return undefined;
  const rates = hosts.map((host) => migrationPath(host)?.rate);
  if (isCopied && rates.some((rate) => rate === undefined)) return undefined;
  const limits = hosts.map((host, index) => concurrencyOf(hostSupply(host).hypervisor)?.live(rates[index]));
  const known = limits.filter((limit) => limit !== undefined);
  const times = scheduleMoves(
    moves.map(({ vm, from, to }, index) => ({
      from: (from && indexOf.get(from)) ?? -1,
      to: indexOf.get(to) ?? 0,
      data: costs[index]?.data ?? 0,
      after: moves.slice(0, index).flatMap((other, at) => (other.from === to || other.vm === vm ? [at] : [])),
    })),
    hosts.map((_, index) => ({ rate: rates[index] ?? 0, atOnce: limits[index] ?? 1 })),
  );
  return {
    times,
    time: Math.max(0, ...times.map(({ end }) => end)),
    isAtLeast: costs.some((cost) => cost.isAtLeast),
    atOnce: known.length < limits.length ? undefined : Math.max(0, ...known),
  };
}
