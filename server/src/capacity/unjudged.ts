import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder } from '../design/order.ts';
import { propsOf } from '../design/things.ts';
import { clusterUse } from './cluster.ts';
import { exists } from './exists.ts';
import { arrayUse, datastoreUse } from './storage.ts';
import { subnetsOf } from './subnets.ts';
import { networkUse } from './uplinks.ts';
import { isRunning } from './vm.ts';

/** A question of capacity that a design does not answer, as figures for it are not stated. Silence of its rules is then no good news. */
export interface Unjudged {
  readonly about: 'load' | 'space' | 'iops' | 'network' | 'addresses';
  /** In a list: `disk space`. */
  readonly what: string;
  /** What is not stated. */
  readonly why: string;
}

/** What cannot be judged of the room that a design has, by what it states; empty without running VMs. */
export function unjudgedOf(design: Design): readonly Unjudged[] {
  const all = (kind: string): readonly Entity[] => [...design.members(kind)].filter(exists);
  if (!all('vm').some(isRunning)) return [];
  const found: Unjudged[] = [];
  const clusters = inTextOrder(all('cluster')).filter((cluster) => clusterUse(cluster).vms.length > 0);
  const [noCpu, noMemory] = [
    clusters.filter((cluster) => !clusterUse(cluster).cpuShare),
    clusters.filter((cluster) => !clusterUse(cluster).memoryShare),
  ];
  const both = noCpu.filter((cluster) => noMemory.includes(cluster));
  const names = (those: readonly Entity[], rest: string) => {
    const left = those.map(({ name }) => name);
    if (left.length === clusters.length && left.length > 1) return `${rest} of all clusters`;
    if (left.length > 3) return `${rest} of ${left.slice(0, 3).join(', ')} and ${left.length - 3} more`;
    return `${rest} of ${left.length > 1 ? `${left.slice(0, -1).join(', ')} and ` : ''}${left.at(-1)}`;
  };
  const load = (those: readonly Entity[], what: string) => {
    if (those.length > 0)
      found.push({ about: 'load', what: names(those, what), why: 'some host or VM there does not state its part' });
  };
  load(both, 'CPU and memory');
  load(
    noCpu.filter((cluster) => !both.includes(cluster)),
    'CPU',
  );
  load(
    noMemory.filter((cluster) => !both.includes(cluster)),
    'memory',
  );
  // A sum over some of the VMs is a lower bound.
  const isBound = (of: 'cpuShare' | 'memoryShare') => (cluster: Entity) => clusterUse(cluster)[of]?.isAtLeast === true;
  load(clusters.filter(isBound('cpuShare')), 'part of the CPU');
  load(clusters.filter(isBound('memoryShare')), 'part of the memory');
  const datastores = all('datastore');
  if (!datastores.some((datastore) => datastoreUse(datastore).share)) {
    const isSized = datastores.some((datastore) => propsOf(datastore).has('capacity'));
    const why = isSized ? 'nothing says what datastores hold' : 'no datastore states its capacity';
    found.push({ about: 'space', what: 'disk space', why });
  }
  const arrays = all('array');
  if (!arrays.some((array) => arrayUse(array).share)) {
    const isRated = arrays.some((array) => arrayUse(array).limit);
    const why = isRated ? 'no VM states its IOPS' : 'no array states its disks or IOPS';
    found.push({ about: 'iops', what: 'IOPS', why });
  }
  if (!all('host').some((host) => networkUse(host)))
    found.push({ about: 'network', what: 'network load', why: 'speeds of uplinks, or traffic of VMs, are not stated' });
  if (!all('network').some((network) => subnetsOf(network).length > 0))
    found.push({ about: 'addresses', what: 'addresses', why: 'no network states its subnet' });
  return found;
}
