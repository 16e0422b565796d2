import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { hostSupply } from './host.ts';
import { residentsOf } from './residents.ts';

const DAY = 86_400;
/** What was seen for less says nothing of month ends: 30 days, recalled. */
const LONG_ENOUGH = 30 * DAY;

/** A running VM whose CPU was measured for long enough, with the Hz that it used. */
export interface Watched {
  readonly vm: Entity;
  readonly cpu: number;
}

/** On a host, or in the pool of a cluster. A share of vCPUs needs the clock of the host. */
export const watchedOn = derive((holder: Entity): readonly Watched[] => {
  const clock = holder.kind === 'host' ? hostSupply(holder).clock : undefined;
  const { vms, facts: all } = residentsOf(holder);
  return all.flatMap((facts, index) => {
    const vm = vms[index];
    if (!vm || facts.state !== 'on' || !facts.exists || !facts.isCpuMeasured) return [];
    if (facts.cpu === undefined && facts.cpuShare === undefined) return [];
    const by = propsOf(vm).withClause('measured', 'cpu');
    const used = by && clauseNumber(by, 'cpu');
    if (!by || !used || (clauseNumber(by, 'over')?.value ?? 0) < LONG_ENOUGH) return [];
    if (used.dimension === 'frequency') return [{ vm, cpu: used.value }];
    return clock === undefined || facts.vcpus === undefined ? [] : [{ vm, cpu: used.value * facts.vcpus * clock }];
  });
}, sameWatched);

function sameWatched(a: readonly Watched[], b: readonly Watched[]): boolean {
  return a.length === b.length && a.every(({ vm, cpu }, index) => vm === b[index]?.vm && cpu === b[index]?.cpu);
}
