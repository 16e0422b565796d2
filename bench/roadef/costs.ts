import type { Aim } from '../../server/src/planner/aim.ts';
import type { State } from '../../server/src/planner/state.ts';
import type { Instance } from './instance.ts';

/** What an assignment costs in the ROADEF/EURO challenge 2012: load above the safe capacity, wrong balance, and moves. */
export function costAim(
  instance: Instance,
  state: State,
): Aim & { readonly cost: number; lossOf(host: number): number } {
  const { resources, machines, processes, balances, services } = instance;
  const width = resources.length;
  const count = machines.length;
  const { load, demand, at, home } = state;
  const safe = Float64Array.from(machines.flatMap((machine) => machine.safe));
  const capacity = Float64Array.from(machines.flatMap((machine) => machine.capacity));
  const weight = Float64Array.from(resources, (resource) => resource.weight);
  const serviceOf = Int32Array.from(processes, ({ service }) => service);
  const moveCost = Float64Array.from(processes, (process) => process.moveCost * instance.processWeight);
  const pathCost = Float64Array.from(machines.flatMap((machine) => machine.moveCost)).map(
    (cost) => cost * instance.machineWeight,
  );
  const balanceFirst = Int32Array.from(balances, ({ first }) => first);
  const balanceSecond = Int32Array.from(balances, ({ second }) => second);
  const balanceTarget = Float64Array.from(balances, ({ target }) => target);
  const balanceWeight = Float64Array.from(balances, (balance) => balance.weight);
  const movedOf = new Int32Array(services.length);
  /** Services by how many of their processes are away. */
  const withMoved = new Int32Array(processes.length + 1);
  withMoved[0] = services.length;
  let mostMoved = 0;
  const net = new Float64Array(width);
  const hostCost = new Float64Array(count);

  /** What a machine costs with `sign * net` added. */
  const costOf = (host: number, sign: number): number => {
    const base = host * width;
    let sum = 0;
    for (let r = 0; r < width; r++) {
      const over = (load[base + r] ?? 0) + sign * (net[r] ?? 0) - (safe[base + r] ?? 0);
      if (over > 0) sum += over * (weight[r] ?? 0);
    }
    for (let b = 0; b < balanceFirst.length; b++) {
      const [i, j] = [balanceFirst[b] ?? 0, balanceSecond[b] ?? 0];
      const first = (capacity[base + i] ?? 0) - (load[base + i] ?? 0) - sign * (net[i] ?? 0);
      const second = (capacity[base + j] ?? 0) - (load[base + j] ?? 0) - sign * (net[j] ?? 0);
      const lack = (balanceTarget[b] ?? 0) * first - second;
      if (lack > 0) sum += lack * (balanceWeight[b] ?? 0);
    }
    return sum;
  };
  const awayCost = (unit: number, from: number, to: number): number => {
    const start = home[unit] ?? 0;
    const before = from === start ? 0 : (moveCost[unit] ?? 0) + (pathCost[start * count + from] ?? 0);
    const after = to === start ? 0 : (moveCost[unit] ?? 0) + (pathCost[start * count + to] ?? 0);
    return after - before;
  };
  const serviceChange = (unit: number, from: number, to: number): number => {
    const start = home[unit] ?? 0;
    if ((from === start) === (to === start)) return 0;
    const moved = movedOf[serviceOf[unit] ?? 0] ?? 0;
    if (from === start) return moved === mostMoved ? instance.serviceWeight : 0;
    return moved === mostMoved && withMoved[moved] === 1 ? -instance.serviceWeight : 0;
  };
  const count1 = (unit: number, step: 1 | -1): void => {
    const service = serviceOf[unit] ?? 0;
    const before = movedOf[service] ?? 0;
    const after = before + step;
    movedOf[service] = after;
    withMoved[before] = (withMoved[before] ?? 0) - 1;
    withMoved[after] = (withMoved[after] ?? 0) + 1;
    if (after > mostMoved) mostMoved = after;
    else if (before === mostMoved && withMoved[before] === 0) mostMoved = after;
  };
  const scarcest = scarcestOf(instance);
  let moving = 0;
  for (let host = 0; host < count; host++) hostCost[host] = costOf(host, 0);
  return {
    moveChange: (unit, to) => {
      const from = at[unit] ?? 0;
      for (let r = 0; r < width; r++) net[r] = demand[unit * width + r] ?? 0;
      const change = costOf(from, -1) + costOf(to, 1) - (hostCost[from] ?? 0) - (hostCost[to] ?? 0);
      return change + awayCost(unit, from, to) + serviceChange(unit, from, to);
    },
    swapChange: (a, b) => {
      const [from, to] = [at[a] ?? 0, at[b] ?? 0];
      for (let r = 0; r < width; r++) net[r] = (demand[a * width + r] ?? 0) - (demand[b * width + r] ?? 0);
      const change = costOf(from, -1) + costOf(to, 1) - (hostCost[from] ?? 0) - (hostCost[to] ?? 0);
      return (
        change + awayCost(a, from, to) + awayCost(b, to, from) + serviceChange(a, from, to) + serviceChange(b, to, from)
      );
    },
    moved: (unit, from, to) => {
      net.fill(0);
      hostCost[from] = costOf(from, 0);
      hostCost[to] = costOf(to, 0);
      moving += awayCost(unit, from, to);
      const start = home[unit] ?? 0;
      if ((from === start) !== (to === start)) count1(unit, from === start ? 1 : -1);
    },
    /** What is above the safe capacity of a machine, and what it leaves unused of the resource that is scarcest: others lack it. */
    lossOf: (host) => {
      let sum = 0;
      for (let r = 0; r < width; r++) {
        const over = (load[host * width + r] ?? 0) - (safe[host * width + r] ?? 0);
        if (over > 0) sum += over * (weight[r] ?? 0);
        else if (r === scarcest) sum -= over * (weight[r] ?? 0);
      }
      return sum;
    },
    get cost() {
      let sum = moving + mostMoved * instance.serviceWeight;
      for (let host = 0; host < count; host++) sum += hostCost[host] ?? 0;
      return sum;
    },
  };
}

/** The resource of which everything takes the largest share of what all machines offer below their safe capacity. */
function scarcestOf({ resources, machines, processes }: Instance): number {
  const shares = resources.map((_, r) => {
    const need = processes.reduce((sum, { needs }) => sum + (needs[r] ?? 0), 0);
    return need / machines.reduce((sum, { safe }) => sum + (safe[r] ?? 0), 0);
  });
  return shares.indexOf(Math.max(...shares));
}
