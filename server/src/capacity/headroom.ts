import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { classOf } from '../design/layers.ts';
import { referencesIn } from '../design/names.ts';
import { failoverResult, lossOfOneHost } from './absorption.ts';
import { type ClusterUse, clusterUse, failoverDemand, meanClock } from './cluster.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { hostSupply } from './host.ts';
import { cpuDemandOn, memoryDemandOn } from './load.ts';
import { vmFacts } from './vm.ts';

/** How many more VMs of the class that most of a cluster's VMs have would find room. */
export interface Headroom {
  readonly className: string;
  /** About: totals are compared, so what is scattered over hosts counts as room. */
  readonly count: Figure;
  /** What runs out first. */
  readonly limit: 'CPU' | 'memory';
}

/** One VM alone says nothing of the next. */
const FEWEST_ALIKE = 2;

/**
 * Room for further VMs: what is left after the loss that `failover` asks to survive (of one host, where it asks for
 * nothing; of none for `failover none` and a single host), less what runs, divided by what one of the usual class asks for on average.
 * Undefined where memory is not known of every host and VM; CPU counts if it is.
 */
export const headroom = derive((cluster: Entity): Headroom | undefined => {
  const use = clusterUse(cluster);
  const usual = usualClass(use);
  if (!usual) return undefined;
  const left = supplyFor(cluster, use);
  const clock = meanClock(use.hosts);
  const [first] = use.hosts;
  const hypervisor = first && hostSupply(first).hypervisor;
  const facts = usual.vms.map(vmFacts);
  const memory = roomIn(
    'memory',
    use.memory,
    left.memory,
    usual.className,
    facts.map((vm) => memoryDemandOn(vm, hypervisor)),
  );
  const cpu = roomIn(
    'CPU',
    use.cpu,
    left.cpu,
    usual.className,
    facts.map((vm) => cpuDemandOn(vm, clock, undefined)),
  );
  if (!memory) return undefined;
  const isCpu = cpu !== undefined && cpu.value < memory.value;
  return { className: usual.className, count: isCpu ? cpu : memory, limit: isCpu ? 'CPU' : 'memory' };
});

function supplyFor(cluster: Entity, use: ClusterUse): { readonly cpu?: Figure; readonly memory?: Figure } {
  const all = { cpu: use.cpuSupply, memory: use.memorySupply };
  const demand = failoverDemand(cluster);
  const losesNone = demand?.kind === 'none' || (!demand && use.hosts.length < 2);
  const { cpu, memory } = losesNone ? all : (failoverResult(cluster) ?? lossOfOneHost(cluster)).left;
  return { ...(use.cpuShare && cpu ? { cpu } : {}), ...(use.memoryShare && memory ? { memory } : {}) };
}

function roomIn(
  what: string,
  load: Figure | undefined,
  left: Figure | undefined,
  className: string,
  demands: readonly (number | undefined)[],
): Figure | undefined {
  const known = demands.filter((demand) => demand !== undefined);
  const mean = known.reduce((sum, demand) => sum + demand, 0) / known.length;
  if (!load || !left || load.isAtLeast || known.length < demands.length || !(mean > 0)) return undefined;
  const count = Math.max(0, Math.floor((left.value - load.value) / mean + 1e-9));
  const one = derivedFigure(`${what} of one ${className}`, load.unit, mean, `mean of ${known.length} VMs`, []);
  return derivedFigure(
    `room for ${className}`,
    'count',
    count,
    `(${left.label} − ${load.label}) ÷ ${one.label}, by totals`,
    [left, load, one],
  );
}

/** The class that most of the running VMs name first. */
function usualClass({ vms }: ClusterUse): { readonly className: string; readonly vms: readonly Entity[] } | undefined {
  const byClass = new Map<string, Entity[]>();
  for (const vm of vms) {
    const [reference] = referencesIn(vm.declaration.head()?.sentence.clauses.get(':')?.value);
    const name = reference && classOf('vm', reference, vm.declaration)?.names[0];
    if (name === undefined) continue;
    const alike = byClass.get(name);
    if (alike) alike.push(vm);
    else byClass.set(name, [vm]);
  }
  const [most] = [...byClass].sort(([, a], [, b]) => b.length - a.length);
  return most && most[1].length >= FEWEST_ALIKE ? { className: most[0], vms: most[1] } : undefined;
}
