/** When moves of VMs run that share links and the number of moves that hosts make at once. Sizes in bytes, rates in bit/s, times in seconds. */

export interface ScheduledMove {
  /** Index of the host that it leaves; -1: it runs nowhere before, and copies nothing from one. */
  readonly from: number;
  readonly to: number;
  /** Bytes that go over the link. */
  readonly data: number;
  /** Indices of earlier moves that have to be done before it begins. */
  readonly after: readonly number[];
}

export interface ScheduleHost {
  /** What its migration link carries, shared by all moves from and to it. */
  readonly rate: number;
  /** Moves from or to it at once. */
  readonly atOnce: number;
}

export interface MoveTimes {
  readonly start: number;
  readonly end: number;
}

/**
 * Starts each move as early as its order allows: behind those that it waits for, and once both its hosts have a slot; of
 * those that could begin, the earlier in the list first. Running moves share each link evenly; a move is as fast as the
 * slower of its two ends lets it be. Ours; a lower bound, since what VMs write meanwhile is in `data` only at full rate.
 */
export function scheduleMoves(moves: readonly ScheduledMove[], hosts: readonly ScheduleHost[]): readonly MoveTimes[] {
  const times = moves.map(() => ({ start: 0, end: Number.NaN }));
  const left = moves.map(({ data }) => data * 8);
  const active = hosts.map(() => 0);
  const running = new Set<number>();
  const waiting = new Set(moves.keys());
  let now = 0;
  const endsOf = ({ from, to }: ScheduledMove) => (from < 0 || from === to ? [to] : [from, to]);
  const isDone = (index: number) => !Number.isNaN(times[index]?.end ?? 0);
  const begin = () => {
    let hasEnded = true;
    while (hasEnded) {
      hasEnded = false;
      for (const index of waiting) {
        const move = moves[index];
        if (!move?.after.every(isDone)) continue;
        const isInstant = (left[index] ?? 0) <= 0;
        const hasSlots = endsOf(move).every((host) => (active[host] ?? 0) < Math.max(1, hosts[host]?.atOnce ?? 1));
        if (!isInstant && !hasSlots) continue;
        waiting.delete(index);
        if (isInstant) {
          times[index] = { start: now, end: now };
          hasEnded = true;
          continue;
        }
        times[index] = { start: now, end: Number.NaN };
        running.add(index);
        for (const host of endsOf(move)) active[host] = (active[host] ?? 0) + 1;
      }
    }
  };
  const rateOf = (move: ScheduledMove) =>
    Math.min(...endsOf(move).map((host) => (hosts[host]?.rate ?? 0) / Math.max(1, active[host] ?? 1)));
  for (;;) {
    begin();
    if (running.size === 0) return times;
    let step = Number.POSITIVE_INFINITY;
    const rates = new Map<number, number>();
    for (const index of running) {
      const move = moves[index];
      const rate = move ? rateOf(move) : 0;
      rates.set(index, rate);
      step = Math.min(step, rate > 0 ? (left[index] ?? 0) / rate : Number.POSITIVE_INFINITY);
    }
    if (!Number.isFinite(step)) return times;
    now += step;
    for (const [index, rate] of rates) {
      left[index] = (left[index] ?? 0) - rate * step;
      // Rounding must not leave a bit behind.
      if ((left[index] ?? 0) > 1) continue;
      running.delete(index);
      times[index] = { start: times[index]?.start ?? now, end: now };
      const move = moves[index];
      if (move) for (const host of endsOf(move)) active[host] = (active[host] ?? 0) - 1;
    }
  }
}
