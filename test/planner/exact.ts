import { demandOf } from '../../server/src/planner/make-problem.ts';
import type { Problem, Rule } from '../../server/src/planner/problem.ts';
import { brokenBy } from '../../server/src/planner/values.ts';

/**
 * A problem as a mixed integer program in CPLEX's LP format, written from the definitions alone: `x_u_h` is 1 where unit u
 * ends on host h. It asks for the fewest moves after which nothing hard is wrong; order and steps are not in it.
 */
export function asProgram(problem: Problem): string {
  const { hosts, units, resources, rules } = problem;
  const rows: string[] = [];
  const binaries = new Set<string>();
  const x = (unit: number, host: number) => {
    binaries.add(`x_${unit}_${host}`);
    return `x_${unit}_${host}`;
  };
  const objective: string[] = [];
  for (let unit = 0; unit < units.count; unit++) {
    const may = Array.from({ length: hosts.count }, (_, host) => host).filter((host) => mayRun(problem, unit, host));
    rows.push(may.length === 0 ? '0 zero = 1' : `${may.map((host) => x(unit, host)).join(' + ')} = 1`);
    for (const host of may)
      if ((units.home[unit] ?? -1) >= 0 && host !== units.home[unit]) objective.push(x(unit, host));
  }
  const isThere = (unit: number, host: number) => binaries.has(`x_${unit}_${host}`);
  for (let host = 0; host < hosts.count; host++)
    for (let r = 0; r < resources.length; r++) {
      const terms = Array.from({ length: units.count }, (_, unit) => unit)
        .filter((unit) => isThere(unit, host) && demandOf(problem, unit, host, r) > 0)
        .map((unit) => `${demandOf(problem, unit, host, r)} ${x(unit, host)}`);
      const at = host * resources.length + r;
      const room = (hosts.hard[at] ?? 0) - (hosts.base[at] ?? 0);
      if (terms.length > 0) rows.push(`${terms.join(' + ')} <= ${room}`);
      else if (room < 0) rows.push('0 zero = 1');
    }
  for (const [index, rule] of rules.entries()) {
    const allowed = rule.force === 'kept' ? brokenBy(rule, problem.units.home) : 0;
    rows.push(...rowsOf(rule, index, hosts.count, isThere, x, binaries, allowed, problem));
  }
  const named = rows.map((row, index) => ` c${index}: ${row}`);
  return `Minimize\n obj: ${objective.join(' + ') || '0 zero'}\nSubject To\n${named.join('\n')}\nBounds\n 0 <= zero <= 0\nBinary\n ${[...binaries].join(' ')}\nEnd\n`;
}

function mayRun({ hosts, units }: Problem, unit: number, host: number): boolean {
  const isHome = units.home[unit] === host;
  const row = units.barRow[unit] ?? -1;
  const isBarred = row >= 0 && (units.bars[row * hosts.count + host] ?? 0) > 0;
  if (hosts.evacuate[host] || isBarred) return false;
  return isHome || (!units.pinned[unit] && !hosts.closed[host]);
}

function rowsOf(
  rule: Rule,
  index: number,
  hosts: number,
  isThere: (unit: number, host: number) => boolean,
  x: (unit: number, host: number) => string,
  binaries: Set<string>,
  allowed: number,
  problem: Problem,
): string[] {
  const placeOf = rule.kind === 'on' ? rule.hosts : rule.placeOf;
  const places = [...new Set(placeOf)].filter((place) => place >= 0);
  const at = (members: Int32Array, place: number) =>
    Array.from(members).flatMap((unit) =>
      Array.from({ length: hosts }, (_, host) => host)
        .filter((host) => placeOf[host] === place && isThere(unit, host))
        .map((host) => x(unit, host)),
    );
  const y = (place: number) => {
    binaries.add(`y_${index}_${place}`);
    return `y_${index}_${place}`;
  };
  const rows: string[] = [];
  switch (rule.kind) {
    case 'apart':
      for (const place of places) {
        const terms = at(rule.members, place);
        const crowd = Array.from(rule.members).filter((unit) => placeOf[problem.units.home[unit] ?? -1] === place);
        const most = rule.force === 'kept' ? Math.max(rule.most, crowd.length) : rule.most;
        if (terms.length > 0) rows.push(`${terms.join(' + ')} <= ${most}`);
      }
      return rows;
    case 'on': {
      const terms = at(rule.members, 0);
      return terms.length > 0 ? [`${terms.join(' + ')} <= ${allowed}`] : [];
    }
    case 'together':
      // All but `allowed` members at the place that is chosen.
      rows.push(`${places.map(y).join(' + ')} = 1`);
      for (const place of places) {
        const terms = at(rule.members, place);
        const need = rule.members.length - allowed;
        rows.push(`${terms.length > 0 ? terms.join(' + ') : '0 zero'} - ${need} ${y(place)} >= 0`);
      }
      return rule.members.length > 0 ? rows : [];
    case 'spread':
      for (const place of places) {
        const terms = at(rule.members, place);
        rows.push(`${terms.length > 0 ? terms.join(' + ') : '0 zero'} - ${y(place)} >= 0`);
      }
      return [...rows, `${places.map(y).join(' + ')} >= ${rule.least - allowed}`];
    case 'near':
      for (const place of places) {
        const of = at(rule.of, place);
        for (const member of at(rule.members, place))
          rows.push(`${of.length > 0 ? of.join(' + ') : '0 zero'} - ${member} + ${y(place)} >= 0`);
      }
      return rows.length > 0 ? [...rows, `${places.map(y).join(' + ')} <= ${allowed}`] : [];
  }
}
