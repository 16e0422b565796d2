import { monthsBetween, parseDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { hostsOf } from '../design/placement.ts';
import { firstYearOf } from './budget.ts';
import { clusterUse, growingCluster, supplyAfterLoss } from './cluster.ts';
import { costLinesOf, PRICED_KINDS, unpricedOf } from './cost.ts';
import { clusterExhaustion } from './forecast.ts';
import { nextHost } from './growth-steps.ts';
import { hostSupply } from './host.ts';
import { costByYear, furtherUnits, type Payment, PLAN_YEARS, type Year } from './models/cost-years.ts';
import { sumAfter } from './models/growth.ts';
import { dateOf, statedAsOf } from './time.ts';

/** What a plan costs in each of its first years, with the hosts that its growth needs. In the currency of totals. */
export interface PlanYears {
  readonly years: readonly (Year & { readonly further: number })[];
  /** A price is missing, or a cluster grows whose next host has none. */
  readonly isAtLeast: boolean;
}

/** Undefined for a plan without dates or prices. Hosts that growth needs come in the year in which the cluster is full, and stay. */
export const planYears = derive((design: Design): PlanYears | undefined => {
  const firstYear = firstYearOf(design);
  const { lines, isComplete } = costLinesOf(design);
  if (firstYear === undefined || lines.length === 0) return undefined;
  const payments: Payment[] = lines.map(({ amount, isYearly, fromYear, untilYear }) => ({
    amount,
    isYearly,
    from: fromYear,
    until: untilYear,
  }));
  let isAtLeast = !isComplete || PRICED_KINDS.some((kind) => unpricedOf(design, kind).length > 0);
  const further = new Map<number, number>();
  for (const cluster of design.members('cluster')) {
    const next = nextHost(cluster);
    let known = 0;
    for (let index = 0; index < PLAN_YEARS; index++) {
      const year = firstYear + index;
      const needed = furtherHosts(cluster, year);
      if (needed === undefined) isAtLeast = true;
      const come = Math.max(0, (needed ?? known) - known);
      known += come;
      if (come === 0) continue;
      further.set(year, (further.get(year) ?? 0) + come);
      if (!next || next.isAtLeast) isAtLeast = true;
      const { capex = 0, opex = 0 } = next ?? {};
      payments.push({ amount: come * capex, isYearly: false, from: year, until: undefined });
      payments.push({ amount: come * opex, isYearly: true, from: year, until: undefined });
    }
  }
  const years = costByYear(payments, firstYear, PLAN_YEARS);
  return { years: years.map((one) => ({ ...one, further: further.get(one.year) ?? 0 })), isAtLeast };
});

/** Hosts like the last one that the growth of a cluster needs by the end of a year, beside those planned until then. */
function furtherHosts(cluster: Entity, year: number): number | undefined {
  const start = statedAsOf(cluster.design);
  const end = parseDate([`${year}-12-31`]);
  const { cpu, memory } = clusterExhaustion(cluster);
  if (!start || 'error' in end || (!cpu && !memory)) return 0;
  const use = clusterUse(cluster);
  const months = monthsBetween(start, end.value);
  const load = growingCluster(cluster);
  const left = supplyAfterLoss(cluster);
  const like = nextHost(cluster)?.like ?? use.hosts.at(-1);
  const unit = like && hostSupply(like);
  const forCpu = cpu ? furtherUnits(sumAfter(load.cpu, months), left.cpu?.value, unit?.cpu?.value) : 0;
  const forMemory = memory ? furtherUnits(sumAfter(load.memory, months), left.memory?.value, unit?.memory?.value) : 0;
  if (forCpu === undefined || forMemory === undefined) return undefined;
  return Math.max(0, Math.max(forCpu, forMemory) - plannedHosts(cluster, end.value.day));
}

/** Hosts that come to a cluster after the plan's day and until another. */
function plannedHosts(cluster: Entity, until: number): number {
  const start = statedAsOf(cluster.design)?.day;
  return hostsOf(cluster).filter((host) => {
    const from = dateOf(host, 'from')?.day;
    return start !== undefined && from !== undefined && from > start && from <= until;
  }).length;
}
