/**
 * A checker of its own for the machine reassignment problem of ROADEF/EURO 2012: it reads the files itself, looks at every
 * hard constraint and adds the cost up from the definitions. It shares no code with the search or its reader.
 */
export interface Verdict {
  readonly cost: number;
  /** Constraints that are broken, in words. */
  readonly broken: readonly string[];
}

export function check(model: string, initial: string, assignment: readonly number[]): Verdict {
  const words = model.split(/\s+/).filter((word) => word !== '');
  let position = 0;
  const take = () => Number.parseInt(words[position++] ?? 'NaN', 10);
  const takeMany = (count: number) => {
    const list: number[] = [];
    for (let i = 0; i < count; i++) list.push(take());
    return list;
  };
  const R = take();
  const transient: boolean[] = [];
  const loadWeight: number[] = [];
  for (let r = 0; r < R; r++) {
    transient.push(take() === 1);
    loadWeight.push(take());
  }
  const M = take();
  const neighbourhood: number[] = [];
  const location: number[] = [];
  const capacity: number[][] = [];
  const safety: number[][] = [];
  const machineMove: number[][] = [];
  for (let m = 0; m < M; m++) {
    neighbourhood.push(take());
    location.push(take());
    capacity.push(takeMany(R));
    safety.push(takeMany(R));
    machineMove.push(takeMany(M));
  }
  const S = take();
  const spreadMin: number[] = [];
  const dependsOn: number[][] = [];
  for (let s = 0; s < S; s++) {
    spreadMin.push(take());
    dependsOn.push(takeMany(take()));
  }
  const P = take();
  const service: number[] = [];
  const requirement: number[][] = [];
  const processMove: number[] = [];
  for (let p = 0; p < P; p++) {
    service.push(take());
    requirement.push(takeMany(R));
    processMove.push(take());
  }
  const balances: { r1: number; r2: number; target: number; weight: number }[] = [];
  const B = take();
  for (let b = 0; b < B; b++) balances.push({ r1: take(), r2: take(), target: take(), weight: take() });
  const [wProcess = 0, wService = 0, wMachine = 0] = takeMany(3);
  const first = initial
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number);
  const broken: string[] = [];
  if (assignment.length !== P || first.length !== P) return { cost: Number.NaN, broken: ['not one machine for each'] };
  if (assignment.some((m) => !Number.isInteger(m) || m < 0 || m >= M)) broken.push('a machine that does not exist');

  const usage = Array.from({ length: M }, () => Array<number>(R).fill(0));
  const during = Array.from({ length: M }, () => Array<number>(R).fill(0));
  const on = (table: number[][], m: number) => table[m] ?? [];
  for (let p = 0; p < P; p++) {
    const [now, before] = [assignment[p] ?? 0, first[p] ?? 0];
    for (let r = 0; r < R; r++) {
      const need = requirement[p]?.[r] ?? 0;
      on(usage, now)[r] = (on(usage, now)[r] ?? 0) + need;
      on(during, now)[r] = (on(during, now)[r] ?? 0) + need;
      if (now !== before) on(during, before)[r] = (on(during, before)[r] ?? 0) + need;
    }
  }
  for (let m = 0; m < M; m++)
    for (let r = 0; r < R; r++) {
      const most = capacity[m]?.[r] ?? 0;
      if ((usage[m]?.[r] ?? 0) > most) broken.push(`capacity of resource ${r} on machine ${m}`);
      if (transient[r] && (during[m]?.[r] ?? 0) > most) broken.push(`transient resource ${r} on machine ${m}`);
    }
  const machinesOf = Array.from({ length: S }, () => new Set<number>());
  const locationsOf = Array.from({ length: S }, () => new Set<number>());
  const neighbourhoodsOf = Array.from({ length: S }, () => new Set<number>());
  for (let p = 0; p < P; p++) {
    const [s, m] = [service[p] ?? 0, assignment[p] ?? 0];
    if (machinesOf[s]?.has(m)) broken.push(`two processes of service ${s} on machine ${m}`);
    machinesOf[s]?.add(m);
    locationsOf[s]?.add(location[m] ?? 0);
    neighbourhoodsOf[s]?.add(neighbourhood[m] ?? 0);
  }
  for (let s = 0; s < S; s++) {
    if ((locationsOf[s]?.size ?? 0) < (spreadMin[s] ?? 0)) broken.push(`spread of service ${s}`);
    for (const other of dependsOn[s] ?? [])
      for (const n of neighbourhoodsOf[s] ?? [])
        if (!neighbourhoodsOf[other]?.has(n)) broken.push(`service ${s} without ${other} in neighbourhood ${n}`);
  }

  let cost = 0;
  for (let m = 0; m < M; m++) {
    for (let r = 0; r < R; r++)
      cost += (loadWeight[r] ?? 0) * Math.max(0, (usage[m]?.[r] ?? 0) - (safety[m]?.[r] ?? 0));
    for (const { r1, r2, target, weight } of balances) {
      const free = (r: number) => (capacity[m]?.[r] ?? 0) - (usage[m]?.[r] ?? 0);
      cost += weight * Math.max(0, target * free(r1) - free(r2));
    }
  }
  const movedOf = Array<number>(S).fill(0);
  for (let p = 0; p < P; p++) {
    const [now, before, s] = [assignment[p] ?? 0, first[p] ?? 0, service[p] ?? 0];
    if (now === before) continue;
    movedOf[s] = (movedOf[s] ?? 0) + 1;
    cost += wProcess * (processMove[p] ?? 0) + wMachine * (machineMove[before]?.[now] ?? 0);
  }
  cost += wService * Math.max(0, ...movedOf);
  return { cost, broken };
}
