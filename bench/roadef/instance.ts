import { blankProblem } from '../../server/src/planner/make-problem.ts';
import type { Problem, Rule } from '../../server/src/planner/problem.ts';

/**
 * An instance of the machine reassignment problem of the ROADEF/EURO challenge 2012, as its files state it: machines with
 * resources, services made of processes, and what the wrong balance and each move cost.
 */
export interface Instance {
  readonly resources: readonly { readonly isTransient: boolean; readonly weight: number }[];
  readonly machines: readonly {
    readonly neighbourhood: number;
    readonly location: number;
    readonly capacity: readonly number[];
    readonly safe: readonly number[];
    readonly moveCost: readonly number[];
  }[];
  readonly services: readonly { readonly spread: number; readonly needs: readonly number[] }[];
  readonly processes: readonly {
    readonly service: number;
    readonly needs: readonly number[];
    readonly moveCost: number;
  }[];
  readonly balances: readonly {
    readonly first: number;
    readonly second: number;
    readonly target: number;
    readonly weight: number;
  }[];
  readonly processWeight: number;
  readonly serviceWeight: number;
  readonly machineWeight: number;
  /** Machine of each process at the start. */
  readonly start: readonly number[];
}

/** Reads a model file and its assignment file: whole numbers, apart by white space. Throws if there are too few or too many. */
export function readInstance(model: string, assignment: string): Instance {
  const numbers = model.trim().split(/\s+/).map(Number);
  let at = 0;
  const next = (): number => {
    const value = numbers[at++];
    if (value === undefined || !Number.isInteger(value)) throw new RangeError(`no whole number at ${at}`);
    return value;
  };
  const list = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  const resources = list(next(), () => ({ isTransient: next() === 1, weight: next() }));
  const machineCount = next();
  const machines = list(machineCount, () => ({
    neighbourhood: next(),
    location: next(),
    capacity: list(resources.length, next),
    safe: list(resources.length, next),
    moveCost: list(machineCount, next),
  }));
  const services = list(next(), () => {
    const spread = next();
    return { spread, needs: list(next(), next) };
  });
  const processes = list(next(), () => ({ service: next(), needs: list(resources.length, next), moveCost: next() }));
  const balances = list(next(), () => ({ first: next(), second: next(), target: next(), weight: next() }));
  const [processWeight, serviceWeight, machineWeight] = [next(), next(), next()];
  if (at !== numbers.length) throw new RangeError(`${numbers.length - at} numbers too many`);
  const start = assignment.trim().split(/\s+/).map(Number);
  if (start.length !== processes.length) throw new RangeError('the assignment is of another model');
  return { resources, machines, services, processes, balances, processWeight, serviceWeight, machineWeight, start };
}

/** The hard constraints of an instance, as a problem. What is to be paid is reckoned by `costs.ts`. */
export function problemOf({ resources, machines, services, processes, start }: Instance): Problem {
  const blank = blankProblem(
    machines.length,
    processes.length,
    resources.map(({ isTransient }, index) => ({ key: `r${index}`, label: `resource ${index}`, isTransient })),
  );
  const { hosts, units } = blank;
  for (const [host, { capacity, safe }] of machines.entries()) {
    hosts.capacity.set(capacity, host * resources.length);
    hosts.hard.set(capacity, host * resources.length);
    hosts.warn.set(safe, host * resources.length);
  }
  units.home.set(start);
  for (const [unit, { needs }] of processes.entries())
    for (const [r, need] of needs.entries()) blank.resources[r]?.demand.set([need], unit);
  const membersOf = services.map((_, service) =>
    Int32Array.from(processes.flatMap((process, unit) => (process.service === service ? [unit] : []))),
  );
  const hostItself = Int32Array.from(machines.keys());
  const locations = Int32Array.from(machines, ({ location }) => location);
  const neighbourhoods = Int32Array.from(machines, ({ neighbourhood }) => neighbourhood);
  const rules = services.flatMap(({ spread, needs }, service): Rule[] => {
    const members = membersOf[service] ?? new Int32Array(0);
    const base = { label: `service ${service}`, members, force: 'hard' } as const;
    return [
      ...(members.length > 1
        ? [{ ...base, kind: 'apart', placeOf: hostItself, most: 1, weights: undefined } as const]
        : []),
      ...(spread > 1 ? [{ ...base, kind: 'spread', placeOf: locations, least: spread } as const] : []),
      ...needs.map(
        (other) =>
          ({ ...base, kind: 'near', placeOf: neighbourhoods, of: membersOf[other] ?? new Int32Array(0) }) as const,
      ),
    ];
  });
  return { ...blank, rules };
}
