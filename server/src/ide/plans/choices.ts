import { exists } from '../../capacity/exists.ts';
import { carriesLoad } from '../../capacity/host.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { hostsOf, vmsOn } from '../../design/placement.ts';
import { newcomersOf } from './cluster-tasks.ts';
import { spreadFindings } from './finding-tasks.ts';
import { serversWithoutWave } from './migrate.ts';

/** What could be planned in a design. */
export interface Choices {
  readonly clusters: readonly ClusterChoice[];
  readonly classes: readonly string[];
  /** Physical servers that no wave moves. */
  readonly unconverted: number;
}

export interface ClusterChoice {
  readonly id: string;
  readonly name: string;
  readonly hosts: readonly { readonly id: string; readonly name: string; readonly vms: number }[];
  /** VMs of its pool, and those that run nowhere. */
  readonly unplaced: number;
  /** How often rules find that VMs share a host that should not. */
  readonly crowded: number;
}

export function planChoices(design: Design): Choices {
  const clusters = [...design.members('cluster')].map((cluster: Entity): ClusterChoice => {
    const hosts = hostsOf(cluster)
      .filter(carriesLoad)
      .map((host) => ({ id: entityId(host), name: host.name, vms: vmsOn(host).filter(exists).length }));
    const { name } = cluster;
    const [unplaced, crowded] = [newcomersOf(cluster).length, spreadFindings(cluster).length];
    return { id: entityId(cluster), name, hosts, unplaced, crowded };
  });
  return {
    clusters,
    classes: design.names.declaredClasses('vm'),
    unconverted: serversWithoutWave(design).length,
  };
}
